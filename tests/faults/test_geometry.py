"""Faults of shapes: broken, missing, enormous, elsewhere on the globe. The last good outlines stay; which is told."""

import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from etl import checks_plausible
from tests.faults.conftest import Served
from tests.faults.test_content import AIRPORTS, is_accepted, spoil
from tests.faults.world import CONTENTS, World

DOCUMENT = json.loads(CONTENTS["outlines"])
CORSE = next(
    item["properties"]["code_region"] for item in DOCUMENT["features"] if item["properties"]["code_region"] == "94"
)
LAMBERT = Transformer.from_crs(4326, 2154, always_xy=True)


def with_corsica(change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> bytes:
    """The outlines, that of Corsica (an island: it has no neighbour) being another."""
    features = [
        {**item, "geometry": change(item["geometry"])} if item["properties"]["code_region"] == CORSE else item
        for item in DOCUMENT["features"]
    ]
    return json.dumps({**DOCUMENT, "features": features}).encode()


def moved(move: Callable[[float, float], tuple[float, float]]) -> bytes:
    def change(geometry: dict[str, Any]) -> dict[str, Any]:
        return dict(shapely.geometry.mapping(shapely.transform(shapely.geometry.shape(geometry), both)))

    def both(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.array([move(lon, lat) for lon, lat in points])

    return with_corsica(change)


def polygon(*rings: list[tuple[float, float]]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda _: {"type": "Polygon", "coordinates": [[list(point) for point in ring] for ring in rings]}


def refused(world: World, served: Served, content: bytes) -> str:
    return is_accepted(world, served, content, "outlines")


def test_self_crossing_geometry(world: World, served: Served) -> None:
    bow_tie = [(9.0, 42.0), (9.2, 42.2), (9.2, 42.0), (9.0, 42.2), (9.0, 42.0)]
    said = refused(world, served, with_corsica(polygon(bow_tie)))
    assert "regions-apercu.geojson: invalid shape (1 row(s): 94: Self-intersection[9.1 42.1])" in said


def test_invalid_geometry_with_a_hole_outside(world: World, served: Served) -> None:
    outer = [(9.0, 42.0), (9.2, 42.0), (9.2, 42.2), (9.0, 42.0)]
    hole = [(9.3, 42.3), (9.4, 42.3), (9.4, 42.4), (9.3, 42.3)]
    assert "invalid shape (1 row(s): 94: Hole lies outside shell" in refused(
        world, served, with_corsica(polygon(outer, hole))
    )


def test_ring_that_is_not_closed(world: World, served: Served) -> None:
    said = refused(world, served, with_corsica(polygon([(9.0, 42.0), (9.2, 42.0)])))
    assert "outlines: expected the columns, encoding and kinds" in said


@pytest.mark.parametrize(
    "empty", [None, {"type": "Polygon", "coordinates": []}, {"type": "GeometryCollection", "geometries": []}]
)
def test_empty_geometry(world: World, served: Served, empty: dict[str, Any] | None) -> None:
    assert "regions-apercu.geojson: no shape (1 row(s): 94)" in refused(world, served, with_corsica(lambda _: empty))


def test_huge_geometry_in_extent(world: World, served: Served) -> None:
    world_box = [(-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0), (-180.0, -90.0)]
    said = refused(world, served, with_corsica(polygon(world_box)))
    assert "shape outside every French territory (1 row(s): 94: [-180, -90, 180, 90])" in said


def test_huge_geometry_in_vertices(world: World, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks_plausible, "MAX_VERTICES", 5_000)  # the real ceiling takes seconds to build and to cross
    turns = [2 * math.pi * step / 5_001 for step in range(5_001)]
    ring = [(9 + 0.2 * math.cos(turn), 42 + 0.2 * math.sin(turn)) for turn in turns]
    said = refused(world, served, with_corsica(polygon([*ring, ring[0]])))
    assert "over 5000 vertices (1 row(s): 94: 5002)" in said


def test_wrong_crs(world: World, served: Served) -> None:
    said = refused(world, served, moved(LAMBERT.transform))
    assert "shape outside every French territory (1 row(s): 94: [1.1" in said
    assert "metres, not degrees? expected WGS84 (EPSG:4326)" in said


def test_swapped_axes(world: World, served: Served) -> None:
    said = refused(world, served, moved(lambda lon, lat: (lat, lon)))
    assert "latitude and longitude swapped? expected longitude first" in said


def test_swapped_axes_of_points(world: World, served: Served) -> None:
    content = spoil(AIRPORTS, lambda lines: ["iata,nom,lat,lon", *lines[1:]])
    said = is_accepted(world, served, content)
    assert "aeroports.parquet: position outside its territory" in said
    assert "latitude and longitude swapped?" in said


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e308"])
def test_coordinates_that_are_no_place(world: World, served: Served, number: str) -> None:
    content = with_corsica(polygon([(9.0, 42.0), (9.2, 42.0), (7777.0, 42.2), (9.0, 42.0)]))
    said = refused(world, served, content.replace(b"7777.0", number.encode()))
    assert ("regions-apercu.geojson" in said and "94: " in said) or "outlines: expected" in said

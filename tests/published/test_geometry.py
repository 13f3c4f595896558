"""The shapes: valid, rounded, inside their territory, neighbours that share a border and nothing else."""

import json
from functools import cache
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from tests.conftest import PUBLISHED

AREAS = ["regions", "departements", "epci", "territoires-2020-10", "territoires-2022-12", "territoires-2024-07"]
LEVELS = [f"{name}{suffix}" for name in AREAS for suffix in ("", "-apercu")]
POINTS = ["projets", "sites", "gares", "ports", "aeroports", "postes", "villes"]
# West, south, east, north in degrees: France, and the collectivities that projects name (Polynésie…).
WORLD = (-180.0, -60.0, 180.0, 52.0)
OVERSEAS = {
    "01": (-62.0, 15.7, -60.9, 16.6),
    "02": (-61.3, 14.3, -60.7, 15.0),
    "03": (-54.7, 2.0, -51.5, 6.0),
    "04": (55.1, -21.5, 55.9, -20.8),
    "06": (44.9, -13.1, 45.4, -12.5),
}
MAINLAND = (-5.3, 41.2, 9.7, 51.2)


@cache
def collection(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((PUBLISHED / f"{name}.geojson").read_bytes())["features"]
    return found


@cache
def shapes(name: str) -> np.ndarray:
    return np.array([shape(feature["geometry"]) for feature in collection(name)])


@pytest.mark.parametrize("name", LEVELS)
def test_every_area_is_valid_and_not_empty(name: str) -> None:
    found = shapes(name)
    assert shapely.is_valid(found).all()
    assert (shapely.area(found) > 0).all()
    assert set(shapely.get_type_id(found)) <= {3, 6}


@pytest.mark.parametrize("name", LEVELS)
def test_neighbours_share_a_border_with_no_gap_and_no_overlap(name: str) -> None:
    found = shapes(name)
    assert shapely.coverage_is_valid(found), name


@pytest.mark.parametrize("name", LEVELS)
def test_coordinates_have_four_decimals_at_most(name: str) -> None:
    coordinates = shapely.get_coordinates(shapes(name))
    assert np.abs(coordinates * 1e4 - np.round(coordinates * 1e4)).max() < 1e-6


@pytest.mark.parametrize("name", ["regions", "departements", "territoires-2022-12"])
def test_every_area_is_inside_its_part_of_the_world(name: str) -> None:
    for feature, area in zip(collection(name), shapes(name), strict=True):
        west, south, east, north = OVERSEAS.get(feature["properties"]["code_region"], MAINLAND)
        x0, y0, x1, y1 = area.bounds
        assert (west <= x0, south <= y0, x1 <= east, y1 <= north) == (True,) * 4, feature["properties"]


@pytest.mark.parametrize("name", POINTS)
def test_points_are_on_earth_or_absent(name: str) -> None:
    for feature in collection(name):
        if feature["geometry"] is not None:
            lon, lat = feature["geometry"]["coordinates"]
            assert WORLD[0] <= lon <= WORLD[2]
            assert WORLD[1] <= lat <= WORLD[3]


def test_the_departements_of_a_region_cover_it() -> None:
    areas = dict(zip((f["properties"]["code_region"] for f in collection("regions")), shapes("regions"), strict=True))
    codes = np.array([feature["properties"]["code_region"] for feature in collection("departements")])
    for code, area in areas.items():
        children = shapely.union_all(shapes("departements")[codes == code])
        assert children.symmetric_difference(area).area / area.area < 0.01, code


@pytest.mark.parametrize("name", AREAS)
def test_the_overview_is_the_same_areas_drawn_lighter(name: str) -> None:
    key = next(
        key for key in ("territoire_id", "code_epci", "code_departement", "code_region") if key in _properties(name)
    )
    assert [f["properties"][key] for f in collection(name)] == [
        f["properties"][key] for f in collection(f"{name}-apercu")
    ]
    assert shapely.get_num_coordinates(shapes(f"{name}-apercu")).sum() < shapely.get_num_coordinates(shapes(name)).sum()


def _properties(name: str) -> dict[str, Any]:
    properties: dict[str, Any] = collection(f"{name}-apercu")[0]["properties"]
    return properties


@pytest.mark.parametrize("name", LEVELS)
def test_no_hole_touches_the_outer_ring(name: str) -> None:
    """Such a polygon is valid, yet browsers draw a triangle across it."""
    for area in shapes(name):
        for part in shapely.get_parts(area):
            assert not any(ring.intersects(part.exterior) for ring in part.interiors), area.bounds

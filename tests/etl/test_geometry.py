"""Coverages: cleaned, dissolved, simplified, rounded; neighbours keep sharing their borders."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from etl import geometry


def array(*shapes: shapely.Geometry) -> geometry.Geometries:
    result = np.empty(len(shapes), dtype=object)
    result[:] = shapes
    return result


def wavy_pair(seed: int, steps: int = 60) -> geometry.Geometries:
    """Two neighbours around 2.5° E, 47° N that share a ragged border, each about 20 km wide."""
    shift = np.random.default_rng(seed).uniform(-0.01, 0.01, steps)
    border = list(zip(2.5 + shift, np.linspace(47.0, 47.3, steps), strict=True))
    west = shapely.Polygon([(2.2, 47.0), *border, (2.2, 47.3)])
    east = shapely.Polygon([(2.8, 47.3), *border[::-1], (2.8, 47.0)])
    return array(west, east)


@given(st.integers(0, 10_000), st.sampled_from([100.0, 300.0, 1_400.0]))
def test_simplified_neighbours_leave_no_gap_and_no_overlap(seed: int, tolerance: float) -> None:
    pair = wavy_pair(seed)

    simple = geometry.simplify(pair, np.array([2154, 2154]), tolerance)

    assert not len(geometry.faults_of(simple))
    assert shapely.get_num_coordinates(simple).sum() <= shapely.get_num_coordinates(pair).sum()
    assert shapely.area(simple).sum() == pytest.approx(shapely.area(shapely.union_all(simple)))


@given(st.integers(0, 10_000))
def test_rounding_keeps_four_decimals_and_the_shared_border(seed: int) -> None:
    rounded = geometry.round_degrees(wavy_pair(seed))

    points = shapely.get_coordinates(rounded)
    assert np.array_equal(points, np.round(points, geometry.DECIMALS))
    assert not len(geometry.faults_of(rounded))


def test_an_overlap_is_repaired_and_the_rest_untouched() -> None:
    left, right, far = shapely.box(0, 0, 1, 1), shapely.box(0.999, 0, 2, 1), shapely.box(5, 5, 6, 6)

    cleaned = geometry.clean_coverage(array(left, right, far))

    assert shapely.coverage_is_valid(cleaned)
    assert cleaned[2] is far
    assert shapely.area(shapely.union_all(cleaned[:2])) == pytest.approx(2.0)


def test_an_islet_goes_but_the_only_part_and_an_enclave_stay() -> None:
    islet, rock = shapely.box(9_000, 0, 9_010, 10), shapely.box(20_000, 0, 20_010, 10)
    enclave = shapely.box(400, 400, 410, 410)
    land = shapely.Polygon(shapely.box(0, 0, 1_000, 1_000).exterior, [enclave.exterior])
    neighbour = shapely.MultiPolygon([shapely.box(1_000, 0, 2_000, 1_000), enclave])

    kept = geometry.drop_islets(array(shapely.MultiPolygon([land, islet]), neighbour, rock), islet_ha=2)

    assert shapely.get_num_geometries(kept).tolist() == [1, 2, 1]


def test_a_collapsed_part_and_a_collapsed_hole_disappear_when_rounded() -> None:
    hole = [(0.5, 0.5), (0.50001, 0.5), (0.5, 0.50001)]
    speck = shapely.box(3, 3, 3.00001, 3.00001)
    shape = shapely.MultiPolygon([shapely.Polygon(shapely.box(0, 0, 1, 1).exterior, [hole]), speck])

    rounded = geometry.round_degrees(array(shape))[0]

    assert rounded.is_valid
    assert len(shapely.get_parts(rounded)) == 1
    assert rounded.area == pytest.approx(1.0)


def test_groups_are_sorted_and_leave_out_the_empty_key() -> None:
    labels, groups = geometry.group_rows(["b", "", "a", "b"])

    assert labels == ["a", "b"]
    assert [rows.tolist() for rows in groups] == [[2], [0, 3]]


@pytest.mark.parametrize(
    ("code", "zone"), [("59", 2154), ("2A", 2154), ("971", 5490), ("973", 2972), ("974", 2975), ("976", 4471)]
)
def test_each_departement_has_the_projection_of_its_territory(code: str, zone: int) -> None:
    assert geometry.zone_of(code) == zone


@given(st.floats(-5, 8), st.floats(42, 51))
def test_projecting_there_and_back_is_identity(lon: float, lat: float) -> None:
    there = geometry.project(array(shapely.Point(lon, lat)), 2154)
    back = geometry.project(there, 2154, inverse=True)[0]

    assert (back.x, back.y) == pytest.approx((lon, lat), abs=1e-7)


def test_a_label_lies_inside_the_largest_part() -> None:
    shape = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 9, 9)])

    lon, lat = geometry.label_points(array(shape))[0]

    assert shapely.box(5, 5, 9, 9).contains(shapely.Point(lon, lat))

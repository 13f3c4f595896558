"""Lambert-93 without a library, held against PROJ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from imports.positions import Position, distance_km, lambert_to_wgs84, place_point, wgs84_to_lambert


@given(st.floats(100_000, 1_240_000), st.floats(6_050_000, 7_110_000))
def test_lambert_is_that_of_proj_to_a_metre(x: float, y: float) -> None:
    lon, lat = Transformer.from_crs(2154, 4326, always_xy=True).transform(x, y)
    found = lambert_to_wgs84(x, y)
    assert found == pytest.approx((lon, lat), abs=1.1e-5)
    back = wgs84_to_lambert(lon, lat)
    assert back == pytest.approx((x, y), abs=0.01)


def test_distance() -> None:
    assert distance_km(Position(2.35, 48.86), Position(3.06, 50.63)) == pytest.approx(203, abs=2)


@pytest.mark.parametrize(
    ("pair", "code"),
    [((2.3, 48.8), None), ((652_000, 6_862_000), "lambert"), ((48.8, 2.3), "swapped"), ((-74.0, 40.7), "outside")],
)
def test_what_a_pair_of_numbers_is(pair: tuple[float, float], code: str | None) -> None:
    position, problem = place_point(*pair, 2, "lon")
    assert (problem.code if problem else None) == code
    assert (position is None) == (code in ("swapped", "outside"))

import itertools

import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.projection import MAINLAND, OVERSEAS, fit, france


@given(st.floats(-5, 9.5), st.floats(41.4, 51))
def test_the_mainland_is_in_lambert_93(longitude: float, latitude: float) -> None:
    to_lambert = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:2154", always_xy=True)
    place = fit(MAINLAND, 600).place
    assert place.project(longitude, latitude) == pytest.approx(to_lambert.transform(longitude, latitude), abs=0.01)


@pytest.mark.parametrize("bbox", OVERSEAS)
def test_a_kilometre_is_as_long_east_as_north_overseas(bbox: tuple[float, float, float, float]) -> None:
    west, south, east, north = bbox
    place = fit(bbox, 200, 200).place
    geod = pyproj.Geod(ellps="WGS84")
    middle = (south + north) / 2
    flat_east = place.project(east, middle)[0] - place.project(west, middle)[0]
    flat_north = place.project(west, north)[1] - place.project(west, south)[1]
    assert flat_east == pytest.approx(geod.inv(west, middle, east, middle)[2], rel=0.01)
    assert flat_north == pytest.approx(geod.inv(west, south, west, north)[2], rel=0.01)


@pytest.mark.parametrize("bbox", [MAINLAND, *OVERSEAS, (2.0, 48.0, 3.0, 49.0)])
@pytest.mark.parametrize("height", [None, 120, 700])
def test_a_frame_is_whole_in_its_picture(bbox: tuple[float, float, float, float], height: float | None) -> None:
    box = fit(bbox, 300, height)
    west, south, east, north = bbox
    for longitude in (west, (west + east) / 2, east):
        for latitude in (south, (south + north) / 2, north):
            x, y = box.place.project(longitude, latitude)
            across, down = (x - box.origin[0]) * box.scale, (box.origin[1] - y) * box.scale
            assert -0.01 <= across <= box.width + 0.01
            assert -0.01 <= down <= box.height + 0.01


def test_the_insets_of_france_stand_under_the_mainland_and_do_not_touch() -> None:
    mainland, *row = france(500)
    assert len(row) == 5
    assert all(box.top >= mainland.height for box in row)
    assert all(first.left + first.width < second.left for first, second in itertools.pairwise(row))
    assert row[-1].left + row[-1].width <= 500

"""TopoJSON to shapes."""

from pathlib import Path

import orjson
import pytest
import shapely

from etl.errors import ExtractError
from etl.extract.topojson import read_topology
from tests.etl.topology import box, write_topology


def test_areas_and_lines_come_back_in_degrees(tmp_path: Path) -> None:
    land = [({"id": "250", "name": "France"}, [box(-4, 43, 8, 50), box(55, -22, 56, -20)])]
    rivers = [({"name": "Loire"}, [[(4, 45), (2, 48), (-2, 47)]])]
    path = write_topology(tmp_path / "t.json", {"countries": land, "rivers": rivers})
    [(row, shape)] = read_topology(path, "countries")
    assert row == {"id": "250", "name": "France"}
    assert shape.equals(shapely.union_all([shapely.box(-4, 43, 8, 50), shapely.box(55, -22, 56, -20)]))
    [(_, river)] = read_topology(path, "rivers")
    assert [tuple(point) for point in shapely.get_coordinates(river).round(6)] == [(4, 45), (2, 48), (-2, 47)]


def test_what_is_far_or_wraps_the_globe_is_left_out(tmp_path: Path) -> None:
    shapes = [({"id": "a"}, [box(0, 0, 1, 1), box(50, 50, 51, 51)]), ({"id": "b"}, [box(-179, 0, 179, 1)])]
    path = write_topology(tmp_path / "t.json", {"countries": shapes})
    [(row, shape)] = read_topology(path, "countries", shapely.box(-2, -2, 2, 2))
    assert (row["id"], shape.bounds) == ("a", (0, 0, 1, 1))


def test_an_arc_backwards_is_the_same_border(tmp_path: Path) -> None:
    arcs = [[[0, 0], [10, 0]], [[0, 0], [0, 10], [10, -10]]]
    ring = {"type": "Polygon", "arcs": [[0, ~1]], "properties": {"name": "x"}}
    transform = {"scale": [1, 1], "translate": [0, 0]}
    document = {"objects": {"countries": {"geometries": [ring]}}, "arcs": arcs, "transform": transform}
    path = tmp_path / "t.json"
    path.write_bytes(orjson.dumps(document))
    [(_, shape)] = read_topology(path, "countries")
    assert shape.area == 50


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"arcs": [], "objects": {}}'])
def test_a_file_that_is_no_topology_says_so(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "t.json"
    path.write_bytes(text)
    with pytest.raises(ExtractError, match=r"t\.json: expected a quantised TopoJSON with an object 'countries'"):
        read_topology(path, "countries")

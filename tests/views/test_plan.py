import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from geodata.repository import Tables
from geodata.shapes import load_shapes
from views.plan import FRANCE, Layer, Marks, draw_plan

NAMES = {"svg": "http://www.w3.org/2000/svg"}
HOSTILE = '"><script>alert(1)</script>&\u202e'


@pytest.fixture(scope="module")
def regions(tables: Tables) -> dict[str, Any]:
    return load_shapes(tables, "regions-apercu", "code_region")


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def test_france_shows_each_region_once_in_its_own_frame(regions: dict[str, Any]) -> None:
    layer = Layer(regions, "#eee", titles={code: code for code in regions})
    boxes = drawn(draw_plan([layer], [], FRANCE, 600, "Régions")).findall("svg:svg", NAMES)
    found = [[title.text for title in box.iterfind(".//svg:title", NAMES)] for box in boxes]
    assert [len(box) for box in found] == [13, 1, 1, 1, 1, 1]
    assert sorted(code for box in found for code in box if code) == sorted(regions)


def test_a_point_is_drawn_in_the_frame_that_holds_it_and_nowhere_else() -> None:
    points = [(2.35, 48.86, "Paris"), (55.45, -20.88, "Saint-Denis"), (2.0, 10.0, "ailleurs")]
    boxes = drawn(draw_plan([], [Marks(points)], FRANCE, 600, "")).findall("svg:svg", NAMES)
    found = [[title.text for title in box.iterfind(".//svg:title", NAMES)] for box in boxes]
    assert found == [["Paris"], [], [], [], ["Saint-Denis"], []]


@pytest.mark.parametrize("shape", ["disc", "ring", "square", "diamond", "text"])
def test_words_of_the_data_are_text_whatever_they_hold(shape: str, regions: dict[str, Any]) -> None:
    layer = Layer(regions, titles=dict.fromkeys(regions, HOSTILE), links=dict.fromkeys(regions, f"/x?{HOSTILE}"))
    svg = draw_plan([layer], [Marks([(2.35, 48.86, HOSTILE)], shape)], FRANCE, 300, HOSTILE)
    root = drawn(svg)
    assert root.get("aria-label") == HOSTILE
    assert not root.findall(".//svg:script", NAMES)


def test_an_area_without_a_colour_is_empty_and_a_hatched_one_says_so_without_colour(regions: dict[str, Any]) -> None:
    layer = Layer({"84": regions["84"], "32": regions["32"]}, {"84": "#123456"}, hatched=frozenset({"32"}))
    svg = drawn(draw_plan([layer], [], FRANCE, 300, ""))
    pattern = svg.find(".//svg:pattern", NAMES)
    paths = svg.findall("./svg:svg//svg:path", NAMES)
    assert pattern is not None
    assert [path.get("fill") for path in paths] == ["#123456", "none", f"url(#{pattern.get('id')})"]


def test_two_maps_of_a_page_share_no_id_and_one_map_keeps_its_own(regions: dict[str, Any]) -> None:
    layer = Layer(regions, "#eee", hatched=frozenset(regions))
    ids = [re.findall('id="([^"]+)"', draw_plan([layer], [], FRANCE, 300, title)) for title in ("A", "B", "A")]
    assert len(ids[0]) == 1
    assert ids[0] != ids[1]
    assert ids[0] == ids[2]


def test_a_small_map_weighs_little(regions: dict[str, Any]) -> None:
    assert len(draw_plan([Layer(regions, "#eee")], [], FRANCE, 180, "")) < 25_000


def test_the_scale_bar_is_as_long_as_it_says(regions: dict[str, Any]) -> None:
    svg = draw_plan([Layer(regions)], [], (2.0, 48.0, 4.0, 50.0), 400, "", has_scale=True)
    label = next(node for node in drawn(svg).iterfind("svg:text", NAMES))
    assert label.text is not None
    kilometres = int(label.text.split()[0])
    bar = next(path for path in drawn(svg).iterfind("svg:g/svg:path", NAMES)).get("d", "")
    pixels = int(bar.split("h")[1].split("v")[0]) / 10
    # The frame is about 147 km wide in its middle; Lambert-93 keeps lengths to a few per mille there.
    assert pixels / 400 == pytest.approx(kilometres / 149.7, rel=0.03)

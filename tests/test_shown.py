"""What an address says of a view to take away: any is read, and reads the same when written again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.scene import CHARTS
from state.shown import Shown, is_embedded
from tests.strategies import any_selections

EDGES = st.floats(-200, 200, allow_nan=False)
BOXES = st.tuples(EDGES, EDGES, EDGES, EDGES).map(lambda box: ",".join(map(str, box)))
FRAMES = st.one_of(
    BOXES, st.sampled_from(("france", "region:32", "site:scm20a-01", "territoire:ti-3201", "", "region:"))
)


@given(any_selections(), FRAMES, st.sampled_from((*CHARTS, "camembert")), st.sampled_from(("1", "2", "9")))
def test_a_view_reads_as_it_was_written(selection: object, frame: str, chart: str, scale: str) -> None:
    asked = f"{selection.to_query()}&cadre={frame}&graphique={chart}&echelle={scale}"  # type: ignore[attr-defined]
    shown = Shown.from_query(asked)
    assert Shown.from_query(shown.to_query()) == shown
    assert shown.selection == selection
    assert shown.chart in CHARTS
    assert shown.scale in (1, 2)


@given(st.text(max_size=300))
def test_any_query_is_read(query: str) -> None:
    shown = Shown.from_query(query)
    assert shown.frame
    assert Shown.from_query(shown.to_query()) == shown


@pytest.mark.parametrize(
    ("query", "frame"),
    [
        ("", "france"),
        ("region=32", "region:32"),
        ("region=32,44", "france"),
        ("region=32&departement=59", "departement:59"),
        ("region=32&cadre=france", "france"),
        ("cadre=-20,30,20,60", "france"),  # all of the mainland: with the overseas insets
        ("cadre=2,50,3,51", "2,50,3,51"),
        ("cadre=2,50,2.0001,50.0001", "1.85,49.85,2.1501,50.1501"),  # grown until there is something to see
        ("cadre=179.9,84.9,180,85", "179.7,84.7,180,85"),
        ("cadre=3,51,2,50", "france"),
        ("cadre=nan,0,inf,1", "france"),
        ("cadre=region:../../etc", "france"),
        (f"cadre=region:{'9' * 500}", "france"),
    ],
)
def test_the_frame_is_what_is_asked_or_the_one_place_filtered(query: str, frame: str) -> None:
    assert Shown.from_query(query).frame == frame


@pytest.mark.parametrize(
    ("query", "expected"), [("embed=1", True), ("?a=b&embed=1", True), ("embed=0", False), ("embed=1&embed=0", False)]
)
def test_only_one_is_embedded(query: str, expected: bool) -> None:
    assert is_embedded(query) is expected

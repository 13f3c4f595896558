import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

import contract
from callbacks.charts import chart_panels
from geodata.repository import Tables
from ids import Charts
from state import FACETS, Selection
from tests.strategies import known_selections
from views import charts

QUERIES = (
    "",
    "region=32",
    "region=01,06",
    "filiere=petrochimie",
    "q=zzzzzz",
    "mois=2021-02&mesure=covid",
    "vague=2024-04",
)


@pytest.mark.parametrize("language", contract.LANGUAGES)
@pytest.mark.parametrize("query", QUERIES)
def test_every_figure_is_one_that_plotly_accepts(tables: Tables, query: str, language: str) -> None:
    selection = Selection.from_query(f"{query}&lang={language}").only_filters()
    panels = chart_panels(tables, selection)
    assert set(panels) == set(Charts.all)
    for panel in panels.values():
        go.Figure(panel.figure)
        assert panel.finding
        assert "{" not in panel.finding
        assert "nan" not in panel.finding.lower().split()


@given(st.data())
def test_any_selection_can_be_drawn(tables: Tables, data: st.DataObject) -> None:
    for panel in chart_panels(tables, data.draw(known_selections(tables))).values():
        go.Figure(panel.figure, skip_invalid=False)


def test_every_mark_that_can_be_clicked_says_which_filter_it_is(tables: Tables) -> None:
    facets = {item.name for item in FACETS}
    for panel in chart_panels(tables, Selection()).values():
        for trace in panel.figure["data"]:
            for facet, value in trace.get("customdata", ()):
                assert facet in facets
                assert value


def test_a_figure_is_plain_json_small_enough_to_send(tables: Tables) -> None:
    """No array of a library, no template: what is cached is what goes out."""
    for panel in chart_panels(tables, Selection()).values():
        assert "template" not in panel.figure["layout"]
        assert _is_plain(panel.figure)


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(item) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return all(_is_plain(item) for item in value)
    return value is None or isinstance(value, (str, bool)) or type(value) in (int, float) or hasattr(value, "item")


def test_an_unknown_announcement_is_drawn_as_unknown_and_never_as_zero() -> None:
    rows = pd.DataFrame({"vague": ["2020-01", "2021-09"], "annonces": [12.0, None], "documentes": [10, 0]})
    figure = charts.draw_sites_by_wave(rows, (), "fr")
    announced = figure["data"][0]
    drawn = dict(zip(announced["y"], announced["x"], strict=True))
    assert drawn[contract.label_of("vague", "2021-09", "fr")] is None
    words = next(trace for trace in figure["data"] if trace.get("mode") == "text")
    assert any(contract.unknown("fr") in word for word in words["text"])


def test_a_gap_in_a_series_stays_a_gap() -> None:
    rows = pd.DataFrame({"code": ["FR"] * 3, "nom": ["France"] * 3, "date": ["2021-01-01", "2021-02-01", "2021-03-01"]})
    line = charts.draw_companies_helped(rows.assign(valeur=[1.0, None, 3.0]), "fr")["data"][0]
    assert line["y"] == [1.0, None, 3.0]
    assert line["connectgaps"] is False


def test_what_is_not_chosen_is_faded(tables: Tables) -> None:
    rows = pd.DataFrame({"code": ["sante", "bois"], "n": [5, 2]})
    bar = charts.draw_projects_by_filiere(rows, ("bois",), "fr")["data"][0]
    opacity = dict(zip((code for _, code in bar["customdata"]), bar["marker"]["opacity"], strict=True))
    assert opacity["bois"] > opacity["sante"]


def test_the_median_is_drawn_and_named(tables: Tables) -> None:
    figure = chart_panels(tables, Selection())[Charts.by_mesure].figure
    assert len(figure["layout"]["shapes"]) == 1
    assert "médiane" in figure["layout"]["annotations"][0]["text"].lower()

"""The banner of a dated address, the sentences of a change, the drawing of the lanes."""

import re

import pytest
from hypothesis import given

import contract
from geodata.queries.as_of import change_between, standing_on
from geodata.repository import Tables
from pages.chronologie import context_of, show
from pages.visit import Visit
from state import Selection
from tests.strategies import any_selections
from views.chronologie.changes import sentences
from views.chronologie.lanes import draw_lanes, position
from views.chronologie.standing import draw_standing
from views.links import without_date
from views.markup import to_html
from views.notices import draw_as_of


def visit(query: str) -> Visit:
    return Visit("/chronologie", query, Selection.from_query(query))


@given(any_selections())
def test_a_banner_stands_on_dated_addresses_only_and_leads_back(selection: Selection) -> None:
    banner = to_html(draw_as_of("/", selection.to_query(), selection))
    assert bool(banner) == bool(selection.date)
    back = without_date("/", selection.to_query())
    assert "date=" not in back.replace("update=", "")
    assert Selection.from_query(back.partition("?")[2]).filters == selection.filters


@pytest.mark.parametrize(
    ("path", "words"),
    [("/", "État au"), ("/mesures", "État au"), ("/sources", "ne dépend pas"), ("/sites", "ne dépend pas")],
)
def test_a_page_that_does_not_depend_on_the_day_says_so(path: str, words: str) -> None:
    selection = Selection.from_query("date=2022-01-15")
    assert words in to_html(draw_as_of(path, "date=2022-01-15", selection))


def test_before_any_list_the_banner_says_that_there_is_none() -> None:
    assert "Pas de liste" in to_html(draw_as_of("/", "date=2020-07-20", Selection.from_query("date=2020-07-20")))
    assert "Pas de liste" not in to_html(draw_as_of("/", "date=2020-10-13", Selection.from_query("date=2020-10-13")))


@pytest.mark.parametrize("language", contract.LANGUAGES)
@pytest.mark.parametrize("day", ["2018-01-01", "2018-11-22", "2020-01-21", "2020-07-20", "2021-12-31", "2024-12-31"])
def test_every_number_of_a_day_is_on_its_page(tables: Tables, language: str, day: str) -> None:
    query = f"lang={language}&date={day}"
    known = standing_on(tables, day)
    written = to_html(draw_standing(context_of(tables, visit(query)), known))
    read = re.sub(r"[\s\u202f\u00a0,]", "", re.sub(r"<[^>]+>", "", written))
    for value in (known.territoires, known.sites_announced, known.sites_documented, known.projects):
        assert str(value) in read
    assert not re.search(r"\bnan\b", written.lower())


@pytest.mark.parametrize("language", contract.LANGUAGES)
def test_every_number_of_a_change_leads_somewhere(tables: Tables, language: str) -> None:
    context = context_of(tables, visit(f"lang={language}"))
    written = to_html(sentences(context, change_between(tables, "2020-07-20", "2022-12-31")))
    links = {words: href for href, words in re.findall(r'<a href="([^"]+)"[^>]*>([\d\u202f,]+)</a>', written)}
    assert {"144", "149", "78", "127"} <= set(links)
    assert all(href.startswith(("/?", "/chiffres")) for href in links.values())
    assert "2022-12-31" in links["149"]


def test_the_lanes_hold_every_dated_event_with_its_words(tables: Tables) -> None:
    context = context_of(tables, visit("date=2020-07-20"))
    written = to_html(draw_lanes(context))
    marks = len(re.findall(r'class="lane-mark', written))
    assert marks == len(context.timeline.events)
    assert written.count("<title>") == marks + sum(month.projects > 0 for month in context.timeline.months)
    assert 'class="lane-now"' in written
    assert 'class="lane-now"' not in to_html(draw_lanes(context_of(tables, visit(""))))


def test_time_goes_from_left_to_right() -> None:
    days = ["2018-11-22", "2020-01-20", "2020-07-20", "2024-12-31"]
    assert sorted(days, key=position) == days


@pytest.mark.parametrize(
    "query",
    ["", "pas=999", "pas=0", "date=1000-01-01", "date=2999-12-31", "de=2999-01-01&a=1000-01-01", "de=<b>&a=&pas=x"],
)
@pytest.mark.parametrize("language", contract.LANGUAGES)
def test_any_day_has_a_page(tables: Tables, query: str, language: str) -> None:
    document = show(tables, visit(f"lang={language}&{query}"))
    assert "<h1>" in to_html(document.content)

"""Selections for property tests: any state that a visitor can reach, and codes that name nothing."""

from datetime import date

from hypothesis import strategies as st

import contract
from geodata.queries.filters import known_values
from geodata.repository import Tables
from state import FACETS, SELECTABLE, TABS, VIEWS, Selection

DAYS = st.one_of(st.just(""), st.dates(date(2018, 1, 1), date(2025, 12, 31)).map(date.isoformat))
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
CODES = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789-_é"), min_size=1, max_size=12)


@st.composite
def any_selections(draw: st.DrawFn) -> Selection:
    """Every field free, made the way a visitor makes it: from an address."""
    selection = Selection(
        language=draw(st.sampled_from(contract.LANGUAGES)),
        view=draw(st.sampled_from(VIEWS)),
        tab=draw(st.sampled_from(TABS)),
        page=draw(st.integers(1, 99)),
        millesime=draw(st.sampled_from(contract.MILLESIMES)),
        text=" ".join(draw(WORDS).split())[:100].strip(),
        selected=draw(st.one_of(st.just(""), st.builds("{}:{}".format, st.sampled_from(SELECTABLE), st.just("24-ab")))),
        publication=draw(st.sampled_from(("", "041100fb429f"))),
    )
    for facet in draw(st.lists(st.sampled_from(FACETS), max_size=4)):
        selection = selection.with_values(facet.name, draw(st.lists(CODES, max_size=4)))
    day = draw(DAYS)
    return selection.at(day) if day else selection


def known_selections(tables: Tables) -> st.SearchStrategy[Selection]:
    """Filters that name codes of the atlas, a few values a facet."""

    @st.composite
    def build(draw: st.DrawFn) -> Selection:
        selection = Selection(millesime=draw(st.sampled_from(contract.MILLESIMES)))
        for facet in draw(st.lists(st.sampled_from(FACETS), max_size=3)):
            codes = sorted(known_values(tables, facet.name, selection.millesime))
            values = draw(st.lists(st.sampled_from(codes), min_size=1, max_size=3))
            selection = selection.with_values(facet.name, values)
        day = draw(DAYS)
        return selection.at(day) if day else selection

    return build()

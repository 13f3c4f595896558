from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import contract
from geodata.queries import filters
from geodata.queries.filters import known_values, normalise, objects_of, unknown_codes
from geodata.repository import Tables
from state import FACETS, KINDS, NOT_STATED, ObjectKind, Selection
from tests.strategies import known_selections

kinds = st.sampled_from(KINDS)


def rows(tables: Tables, selection: Selection, kind: ObjectKind) -> set[int]:
    return set(objects_of(tables, selection, kind).index)


@given(st.data(), kinds)
def test_filters_commute(tables: Tables, data: st.DataObject, kind: ObjectKind) -> None:
    """Both filters at once leave what each leaves alone: the order in which they are set cannot matter."""
    selection = data.draw(known_selections(tables))
    together = rows(tables, selection, kind)
    each = [rows(tables, replace(selection, filters=(pair,)), kind) for pair in selection.filters]
    alone = rows(tables, replace(selection, filters=()), kind)
    opened = {item.name for item in FACETS if item.default} & {name for name, _ in selection.filters}
    if not opened:
        assert together == set.intersection(alone, *each)


@given(st.data(), kinds)
def test_one_more_value_never_leaves_fewer_rows(tables: Tables, data: st.DataObject, kind: ObjectKind) -> None:
    selection = data.draw(known_selections(tables))
    for name, values in selection.filters:
        more = data.draw(st.sampled_from(sorted(known_values(tables, name, selection.millesime))))
        wider = selection.with_values(name, (*values, more))
        assert rows(tables, selection, kind) <= rows(tables, wider, kind) or wider.values_of(name) != tuple(
            sorted({*values, more})
        )


@given(st.data(), kinds)
def test_taking_a_filter_off_never_leaves_fewer_rows(tables: Tables, data: st.DataObject, kind: ObjectKind) -> None:
    selection = data.draw(known_selections(tables))
    for name, values in selection.filters:
        if not filters.facet(name).default:
            without = replace(selection, filters=tuple(p for p in selection.filters if p != (name, values)))
            assert rows(tables, selection, kind) <= rows(tables, without, kind)


@pytest.mark.parametrize("facet", [item for item in FACETS if "projets" in item.applies], ids=lambda item: item.name)
def test_the_values_of_a_facet_share_out_the_projects(tables: Tables, facet: filters.Facet) -> None:
    """Every project is under exactly one value, « non renseigné » included: no total depends on how one counts."""
    values = known_values(tables, facet.name, contract.DEFAULT_MILLESIME)
    counted = [len(objects_of(tables, Selection().with_values(facet.name, [value]), "projets")) for value in values]
    assert sum(counted) == len(tables["projets"])


def test_no_filter_leaves_every_project_and_the_territoires_of_the_millesime(tables: Tables) -> None:
    assert len(objects_of(tables, Selection(), "projets")) == 3080
    for millesime, expected in (("2020-10", 148), ("2022-12", 149), ("2024-07", 183)):
        assert len(objects_of(tables, Selection(millesime=millesime), "territoires")) == expected


def test_a_region_code_keeps_only_its_objects(tables: Tables) -> None:
    kept = objects_of(tables, Selection.from_query("region=32"), "projets")
    assert set(kept["code_region"]) == {"32"}
    territoires = objects_of(tables, Selection.from_query("region=32"), "territoires")
    assert all("32" in codes for codes in territoires["codes_region"])


def test_low_confidence_sites_are_shown_only_when_asked_for(tables: Tables) -> None:
    everything = Selection.from_query("confiance=elevee,moyenne,faible")
    assert "faible" not in set(objects_of(tables, Selection(), "sites")["confiance"])
    assert len(objects_of(tables, everything, "sites")) == len(tables["sites"])


def test_not_stated_finds_the_nulls(tables: Tables) -> None:
    kept = objects_of(tables, Selection.from_query(f"filiere={NOT_STATED}"), "projets")
    assert len(kept) == tables["projets"]["filiere"].isna().sum() > 0
    assert kept["filiere"].isna().all()


def test_a_code_that_names_nothing_is_ignored_and_reported(tables: Tables) -> None:
    stale = Selection.from_query("region=32,99&filiere=licorne&territoire=ti-9999")
    assert unknown_codes(tables, stale) == (("region", "99"), ("territoire", "ti-9999"), ("filiere", "licorne"))
    assert rows(tables, stale, "projets") == rows(tables, Selection.from_query("region=32"), "projets")


@pytest.mark.parametrize(("typed", "same"), [("ÉLECTRONIQUE", "electronique"), ("Saint-Étienne", "saint-etienne")])
def test_words_are_compared_without_accents_or_case(typed: str, same: str) -> None:
    assert normalise(typed) == same


def test_text_search_ignores_accents_and_takes_every_word(tables: Tables) -> None:
    accented, plain = Selection.from_query("q=Besançon"), Selection.from_query("q=BESANCON")
    found = objects_of(tables, plain, "projets")
    assert len(found) > 0
    pd.testing.assert_frame_equal(found, objects_of(tables, accented, "projets"))
    both = objects_of(tables, Selection.from_query("q=besancon zzzz"), "projets")
    assert both.empty


@pytest.mark.parametrize("text", [".*", "(", "\\", "%", "[a-z]", "'; drop table projets; --"])
def test_text_is_words_and_never_a_pattern(tables: Tables, text: str) -> None:
    for kind in KINDS:
        assert len(objects_of(tables, Selection(text=text), kind)) < len(objects_of(tables, Selection(), kind))


@given(st.data(), kinds)
def test_a_later_day_never_leaves_fewer_sites_or_projects(
    tables: Tables, data: st.DataObject, kind: ObjectKind
) -> None:
    selection = data.draw(known_selections(tables))
    if kind == "territoires" or not selection.date:
        return
    without_perimeter = tuple(pair for pair in selection.filters if pair[0] not in ("territoire", "ti"))
    selection = replace(selection, filters=without_perimeter)
    earlier = selection.at(data.draw(st.sampled_from(["2018-11-21", "2020-07-20", "2021-03-12"])))
    low, high = sorted((earlier, selection), key=lambda item: item.date)
    assert rows(tables, low, kind) <= rows(tables, high, kind)


@pytest.mark.parametrize(
    ("day", "territoires", "sites", "projets"),
    [
        ("2018-11-21", 0, 0, 0),
        ("2020-01-19", 0, 0, 0),
        ("2020-01-20", 0, 9, 0),
        ("2020-07-20", 0, 34, 0),
        ("2020-10-13", 148, 34, 0),
        ("2021-02-10", 148, 34, 606),
        ("2022-12-31", 149, None, 3080),
        ("2024-07-04", 183, None, 3080),
    ],
)
def test_what_was_known_on_a_day(tables: Tables, day: str, territoires: int, sites: int | None, projets: int) -> None:
    selection = Selection().with_values("confiance", contract.codes("confiance")).at(day)
    assert len(rows(tables, selection, "territoires")) == territoires
    assert len(rows(tables, selection, "projets")) == projets
    assert sites is None or len(rows(tables, selection, "sites")) == sites


def test_a_wave_to_come_is_not_a_wave_of_the_site(tables: Tables) -> None:
    """Some sites bear a label of 2020 and another of 2024: asked as of 2021, only the first is one."""
    selection = Selection.from_query("vague=2024-04")
    assert len(rows(tables, selection, "sites")) > 30
    assert not rows(tables, selection.at("2021-01-01"), "sites")

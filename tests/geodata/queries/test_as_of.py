"""What was known on a day: the landmarks of the founding documents, and what may never happen between two days."""

import json

import pytest
from hypothesis import given

from geodata.queries.as_of import change_between, neighbours, standing_on
from geodata.queries.filters import objects_of
from geodata.queries.timeline import claims_of, timeline_of
from geodata.repository import Tables
from state import Selection
from state.dates import sure_from
from tests.strategies import DAYS

SOME_DAYS = DAYS.filter(bool)


@pytest.mark.parametrize(
    ("day", "case", "count"),
    [
        ("2018-11-21", "avant", 0),
        ("2018-11-22", "annonce", 124),
        ("2019-11-14", "annonce", 144),
        ("2020-07-20", "annonce", 144),
        ("2020-10-13", "liste", 148),
        ("2022-12-31", "liste", 149),
        ("2024-07-04", "liste", 183),
    ],
)
def test_territoires(tables: Tables, day: str, case: str, count: int) -> None:
    found = standing_on(tables, day)
    assert (found.territoires_case, found.territoires) == (case, count)
    assert (found.territoires_claim is None) == (case == "avant")
    assert bool(found.millesime) == (case == "liste")


@pytest.mark.parametrize(
    ("day", "announced", "documented"),
    [("2020-01-19", 0, 0), ("2020-01-20", 12, 9), ("2020-01-21", 12, 9), ("2020-07-19", 12, 9), ("2020-07-20", 78, 34)],
)
def test_sites(tables: Tables, day: str, announced: int, documented: int) -> None:
    found = standing_on(tables, day)
    assert (found.sites_announced, found.sites_documented) == (announced, documented)


@pytest.mark.parametrize(("day", "is_presented"), [("2020-09-02", False), ("2020-09-03", True)])
def test_france_relance(tables: Tables, day: str, is_presented: bool) -> None:
    assert standing_on(tables, day).is_relance_presented is is_presented


@pytest.mark.parametrize(
    ("day", "value", "date"),
    [
        ("2019-12-31", None, None),
        ("2020-11-29", 0, "2020-10-31"),
        ("2020-11-30", 253, "2020-11-30"),
        ("2024-01-01", 8972, "2022-12-31"),
    ],
)
def test_barometer(tables: Tables, day: str, value: float | None, date: str | None) -> None:
    found = standing_on(tables, day)
    assert (found.barometer, found.barometer_date) == (value, date)


def test_measures(tables: Tables) -> None:
    assert standing_on(tables, "2020-07-20").open_measures == ("M19",)
    found = standing_on(tables, "2022-01-15")
    assert (found.open_measures, found.closed_measures) == (("M25",), ("M19",))


@given(day=SOME_DAYS)
def test_a_standing_is_what_the_map_shows(tables: Tables, day: str) -> None:
    found = standing_on(tables, day)
    selection = Selection.from_query(f"date={day}&confiance=elevee,moyenne,faible")
    assert len(objects_of(tables, selection, "projets")) == found.projects
    assert len(objects_of(tables, selection, "sites")) == found.sites_documented
    listed = found.territoires if found.territoires_case == "liste" else 0
    assert len(objects_of(tables, selection, "territoires")) == listed


@given(one=SOME_DAYS, other=SOME_DAYS)
def test_a_change_is_the_difference_of_two_standings(tables: Tables, one: str, other: str) -> None:
    change = change_between(tables, one, other)
    assert change == change_between(tables, other, one)
    assert change.before.day <= change.after.day
    assert change.before.projects <= change.after.projects
    assert change.before.sites_announced <= change.after.sites_announced
    assert all(change.before.day < event.sure <= change.after.day for event in change.events)


def test_nothing_changes_between_a_day_and_itself(tables: Tables) -> None:
    change = change_between(tables, "2020-07-20", "2020-07-20")
    assert not change.events
    assert not change.claims


def test_from_the_summit_to_the_pack(tables: Tables) -> None:
    change = change_between(tables, "2020-01-19", "2020-07-20")
    assert change.after.sites_announced == 78
    change = change_between(tables, "2020-01-20", "2020-07-20")
    assert change.after.sites_announced - change.before.sites_announced == 66
    ids = {event.id for event in change.events}
    assert {"plan-hdf", "senat", "pack-rebond", "sites-66"} <= ids
    assert "choose-france" not in ids
    assert "sites-66" in {claim.id for claim in change.claims}


def test_the_timeline_holds_every_milestone_and_every_dated_claim_once(tables: Tables) -> None:
    found = timeline_of(tables)
    ids = [event.id for event in (*found.events, *found.undated)]
    assert len(ids) == len(set(ids))
    assert set(tables["jalons"]["jalon_id"]) <= set(ids)
    claims = [claim.id for event in found.events for claim in event.claims]
    assert sorted(claims) == sorted(claim.id for _, claim in claims_of(tables))
    assert [event.id for event in found.undated] == ["assemblee-3"]
    assert list(found.steps) == sorted(set(found.steps))


def test_a_call_is_told_once(tables: Tables) -> None:
    """The milestones tell the days of the calls of the CNAM and of Centre-Val de Loire already."""
    days = [event.sure for event in timeline_of(tables).events if event.lane == "mesures"]
    assert len(days) == len(set(days)) == 6


def test_months_add_up(tables: Tables) -> None:
    months = timeline_of(tables).months
    assert sum(month.projects for month in months) == months[-1].total == len(tables["projets"])
    assert {month.month: month.barometer for month in months}["2020-11"] == 253


def test_neighbours() -> None:
    steps = ("2018-11-22", "2020-01-20", "2020-07-20")
    assert neighbours(steps, "2020-01-20") == ("2018-11-22", "2020-07-20")
    assert neighbours(steps, "2018-11-22") == (None, "2020-01-20")
    assert neighbours(steps, "2024-01-01") == ("2020-07-20", None)


@pytest.mark.parametrize(
    ("written", "sure"),
    [("2020-07-20", "2020-07-20"), ("2021-09", "2021-09-30"), ("2020-02", "2020-02-29"), ("2022", "2022-12-31")],
)
def test_a_month_and_a_year_are_sure_on_their_last_day(written: str, sure: str) -> None:
    assert sure_from(written) == sure


def test_the_dates_of_the_waves_are_those_of_the_labels(tables: Tables) -> None:
    labels = [label for cell in tables["sites"]["labels"] for label in json.loads(cell)]
    dates = {label["vague"]: label["date"] for label in labels if label["date"]}
    assert dates == {"2020-01": "2020-01-20", "2020-07": "2020-07-20", "2021-09": "2021-09-23", "2024-04": "2024-04"}

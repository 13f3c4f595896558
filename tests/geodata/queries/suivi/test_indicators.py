from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.models.measures import MEASURES
from geodata.models.monitoring import Value
from geodata.queries.suivi.indicators import NATION, linear_path, next_expected, stand, standing
from geodata.repository import Tables

START, END = date(2022, 1, 1), date(2026, 1, 1)


def rows(*values: tuple[str, date, float]) -> pd.DataFrame:
    return pd.DataFrame(values, columns=["nature", "date", "valeur"])


def test_half_way_is_half_of_the_distance() -> None:
    middle = date(2024, 1, 1)  # 730 of 1,461 days
    path = linear_path(Value(100.0, START), Value(200.0, END), middle)
    assert path == pytest.approx(100 + 100 * 730 / 1461)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_the_path_goes_from_one_end_to_the_other(first: float, last: float) -> None:
    assert linear_path(Value(first, START), Value(last, END), START) == first
    assert linear_path(Value(first, START), Value(last, END), END) == pytest.approx(last)


@pytest.mark.parametrize(
    ("initial", "target", "day"),
    [
        (None, Value(1.0, END), START),
        (Value(1.0, START), None, START),
        (Value(1.0, START), Value(2.0, END), date(2021, 12, 31)),
        (Value(1.0, START), Value(2.0, END), date(2026, 1, 2)),
        (Value(1.0, START), Value(2.0, START), START),
    ],
)
def test_without_a_line_there_is_no_path(initial: Value | None, target: Value | None, day: date) -> None:
    assert linear_path(initial, target, day) is None


def test_ahead_and_behind_follow_the_direction_of_the_source() -> None:
    values = rows(("initiale", START, 10.0), ("atteinte", date(2024, 1, 1), 12.0), ("cible", END, 20.0))
    rising = stand("nouveaux_sites", "84", values)  # more is progress: 12 is behind about 15
    falling = stand("delai", "84", values)  # less is progress: 12 is ahead of about 15
    assert rising.advance is not None
    assert rising.advance < 0
    assert falling.advance == -rising.advance


def test_the_latest_value_is_the_actual_and_the_one_before_the_previous() -> None:
    values = rows(("atteinte", date(2022, 12, 1), 5.0), ("atteinte", date(2023, 12, 1), 3.0))
    found = stand("nouveaux_sites", "84", values)
    assert found.actual == Value(3.0, date(2023, 12, 1))
    assert found.change == -2.0
    assert stand("delai", "84", values).change == 2.0


def test_nothing_published_is_nothing_known() -> None:
    found = stand("delai", "06", rows())
    assert (found.initial, found.actual, found.target, found.path, found.advance, found.change) == (None,) * 6


def test_national_values_are_those_of_the_source_in_units(tables: Tables) -> None:
    sites, money, jobs = (standing(tables, name, NATION) for name in ("nouveaux_sites", "engagements", "emplois"))
    assert sites.initial == Value(185.0, date(2022, 12, 1))
    assert sites.actual == Value(386.0, date(2023, 12, 1))
    assert sites.target == Value(703.0, date(2026, 12, 1))
    assert money.actual == Value(29.9e9, date(2023, 12, 1))
    assert jobs.actual == Value(3_430_000.0, date(2022, 12, 1))


def test_as_of_a_day_later_values_are_unknown_and_targets_stay(tables: Tables) -> None:
    found = standing(tables, "nouveaux_sites", NATION, "2023-06-30")
    assert found.actual == Value(185.0, date(2022, 12, 1))
    assert found.target == Value(703.0, date(2026, 12, 1))
    assert standing(tables, "entreprises", NATION, "2020-11-30").actual == Value(253.0, date(2020, 11, 30))


def test_the_next_value_is_never_guessed() -> None:
    last = Value(1.0, date(2022, 12, 1))
    assert next_expected(MEASURES["emplois"], last) == {"state": "due", "month": "2023-03"}
    assert next_expected(MEASURES["nouveaux_sites"], last) == {"state": "unknown"}
    assert next_expected(MEASURES["emplois"], None) == {"state": "unknown"}
    assert next_expected(MEASURES["entreprises"], last) == {"state": "frozen"}

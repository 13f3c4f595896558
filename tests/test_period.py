import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.period import Period
from tests.strategies import DAYS, WORDS


@given(DAYS, DAYS, st.one_of(st.none(), st.integers(0, 999)))
def test_a_period_survives_its_address(start: str, end: str, step: int | None) -> None:
    period = Period(start, end, step)
    assert Period.from_query(period.to_query()) == period


@given(st.dictionaries(st.sampled_from(["de", "a", "pas", "de_jour", "a_jour"]), WORDS))
def test_any_value_is_read(values: dict[str, str]) -> None:
    period = Period.from_query("&".join(f"{name}={value}" for name, value in values.items()))
    assert Period.from_query(period.to_query()) == period


@pytest.mark.parametrize("query", ["de=2020-13-01", "pas=-1", "pas=99999", "a=<script>", "de=2020-07", "%ff"])
def test_what_cannot_be_read_is_not_asked(query: str) -> None:
    assert Period.from_query(query) == Period()


def test_a_typed_day_wins_over_a_milestone() -> None:
    assert Period.from_query("de=2020-01-20&de_jour=2020-02-01").start == "2020-02-01"
    assert Period.from_query("de=2020-01-20&de_jour=").start == "2020-01-20"

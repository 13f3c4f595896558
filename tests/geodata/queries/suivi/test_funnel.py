"""Control limits against values computed by hand, without any library of statistics."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.models.measures import MEASURES
from geodata.queries.suivi.funnel import binomial_quantile, funnel, limits_at, poisson_quantile
from geodata.queries.suivi.regions import region_values
from geodata.repository import Tables
from state import Selection


def poisson(k: int, mean: float) -> float:
    return math.exp(-mean) * mean**k / math.factorial(k)


def test_poisson_limits_of_ten_by_hand() -> None:
    # F(3) = 0.01034, F(4) = 0.02925: the first at 2.5 % is 4; interpolated, 4 − (0.02925 − 0.025) / f(4).
    cumulated = sum(poisson(k, 10) for k in range(5))
    assert cumulated == pytest.approx(0.029253, abs=1e-6)
    assert poisson_quantile(0.025, 10) == pytest.approx(4 - (cumulated - 0.025) / poisson(4, 10))
    assert poisson_quantile(0.025, 10) == pytest.approx(3.7752, abs=1e-4)
    # F(16) = 0.97296, F(17) = 0.98572: the first at 97.5 % is 17.
    above = sum(poisson(k, 10) for k in range(18))
    assert poisson_quantile(0.975, 10) == pytest.approx(17 - (above - 0.975) / poisson(17, 10))


def test_binomial_limits_of_ten_tosses_by_hand() -> None:
    # Ten tosses of a fair coin: F(1) = 11/1024 = 0.01074, F(2) = 56/1024 = 0.05469; f(2) = 45/1024.
    assert binomial_quantile(0.025, 0.5, 10) == pytest.approx(2 - (56 / 1024 - 0.025) / (45 / 1024))
    assert binomial_quantile(0.5, 0.5, 10) == pytest.approx(5 - (638 / 1024 - 0.5) / (252 / 1024))


@given(st.floats(0.05, 900.0))
def test_limits_enclose_the_average_and_widen(mean: float) -> None:
    (low, high), (lower, higher) = limits_at("poisson", mean, 1.0)
    assert 0 <= lower <= low <= mean + 1
    assert mean - 1 <= high <= higher


@given(st.floats(0.01, 0.99), st.integers(1, 500))
def test_a_share_stays_a_share(share: float, n: int) -> None:
    for low, high in limits_at("binomial", share, float(n)):
        assert 0 <= low <= high <= 1


def test_limits_are_wider_for_a_smaller_region() -> None:
    small, large = (limits_at("poisson", 4.5e-5, size)[0] for size in (300_000.0, 8_000_000.0))
    assert small[1] - small[0] > large[1] - large[0]


def test_a_small_region_with_a_low_rate_is_not_the_worst(tables: Tables) -> None:
    values = region_values(tables, Selection(), "nombre")
    found = funnel(values, "projets", "habitants")
    assert found is not None
    rows = found.rows.set_index("code_region")
    assert rows.loc["02", "rate"] < rows.loc["53", "rate"]  # Martinique's rate is lower than Bretagne's
    assert rows.loc["02", "side"] == "inside"  # and says nothing
    assert rows.loc["53", "side"] == "outside"


def test_the_average_is_the_whole_over_the_whole(tables: Tables) -> None:
    values = region_values(tables, Selection(), "nombre")
    found = funnel(values, "projets", "habitants")
    assert found is not None
    regions = values.rows[values.rows["zone"] != "collectivite"]
    assert found.average == pytest.approx(regions["projets"].sum() / regions["population"].sum() * 100_000)
    by_jobs = funnel(values, "projets", "emplois")
    assert by_jobs is not None
    assert "94" not in set(by_jobs.rows["code_region"])  # its jobs are known to within 50 %


def test_measures_that_chance_does_not_rule_have_no_funnel(tables: Tables) -> None:
    values = region_values(tables, Selection(), "nombre")
    for code, item in MEASURES.items():
        assert (funnel(values, code, "nombre") is not None) == (item.limits is not None)


def test_nothing_counted_has_no_funnel(tables: Tables) -> None:
    empty = region_values(tables, Selection.from_query("mesure=covid&filiere=petrochimie"), "nombre")
    assert empty.rows["projets"].sum() == 0
    assert funnel(empty, "projets", "habitants") is None
    assert funnel(empty, "dans", "nombre") is None


def test_the_columns_of_limits_are_in_order(tables: Tables) -> None:
    found = funnel(region_values(tables, Selection(), "nombre"), "dans", "nombre")
    assert found is not None
    limits: pd.DataFrame = found.limits
    assert (limits["low_998"] <= limits["low_95"]).all()
    assert (limits["high_95"] <= limits["high_998"]).all()
    assert limits["size"].is_monotonic_increasing

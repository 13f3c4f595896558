"""Funnel plots: the rate of a region against its size, with the limits that chance alone would give.

A small region moves far from the average by chance: it is outside only when it leaves the limits (Spiegelhalter,
« Funnel plots for comparing institutional performance », Statistics in Medicine, 2005). Limits are exact:

- a count of events, Poisson. With the average rate r over all regions and a region of size s (inhabitants or jobs), the
  expected count is λ = r × s. The limit at probability p is q(p) / s;
- a share, binomial. With the average share r and n cases in the region, the limit at p is q(p) / n;

where q(p) is the interpolated quantile k − (F(k) − p) / f(k), k being the smallest whole number with F(k) ≥ p, F the
cumulative probability and f the probability of exactly k. p is 0.025 and 0.975 for 95 %, 0.001 and 0.999 for 99.8 %.
"""

import math

import numpy as np
import pandas as pd

from geodata.models.measures import MEASURES, PER
from geodata.models.monitoring import Funnel, RegionValues

LEVELS = ((0.025, 0.975), (0.001, 0.999))
_POINTS = 48
_FAR = 9  # deviations


def funnel(values: RegionValues, measure: str, view: str) -> Funnel | None:
    """The funnel of a measure over the 18 regions; None for a measure that is neither a count of events nor a share.

    Args:
        values: the measures in the view ``nombre``.
        measure: its code.
        view: ``emplois`` sizes regions by industrial jobs, any other by inhabitants; a share by its number of cases.
    """
    law = MEASURES[measure].limits
    if law is None:
        return None
    rows = values.rows[values.rows["zone"] != "collectivite"]
    scale = float(PER["emplois"] if view == "emplois" else PER["habitants"])
    if law == "binomial":
        scale = 1.0
        size = rows["projets"]
        count = rows[measure] * size
    else:
        size = rows["emplois_base"] if view == "emplois" else rows["population"]
        count = rows[measure]
    found = pd.DataFrame({"code_region": rows["code_region"], "nom": rows["nom"], "size": size, "count": count})
    found = found[(found["size"] > 0) & found["count"].notna()].reset_index(drop=True)
    if found.empty or not found["count"].sum() > 0:
        return None
    return _drawn(found, law, scale)


def _drawn(found: pd.DataFrame, law: str, scale: float) -> Funnel:
    average = float(found["count"].sum() / found["size"].sum())
    bounds = [limits_at(law, average, float(size)) for size in found["size"]]
    rate = found["count"] / found["size"]
    sides = [_side(value, limits) for value, limits in zip(rate, bounds, strict=True)]
    grid = _grid(float(found["size"].min()) * 0.8, float(found["size"].max()) * 1.08)
    lines = pd.DataFrame(
        [(size, *(limit * scale for pair in limits_at(law, average, size) for limit in pair)) for size in grid],
        columns=["size", "low_95", "high_95", "low_998", "high_998"],
    )
    rows = found.assign(rate=rate * scale, side=sides)
    return Funnel(rows, lines, average * scale, law)


def limits_at(law: str, average: float, size: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """The (low, high) rates at 95 % and at 99.8 % for a region of that size."""
    quantile = poisson_quantile if law == "poisson" else binomial_quantile
    expected = average * size if law == "poisson" else average
    (inner, outer) = (tuple(quantile(p, expected, size) / size for p in pair) for pair in LEVELS)
    return (inner[0], inner[1]), (outer[0], outer[1])


def _side(rate: float, limits: tuple[tuple[float, float], tuple[float, float]]) -> str:
    inner, outer = limits
    if inner[0] <= rate <= inner[1]:
        return "inside"
    return "warning" if outer[0] <= rate <= outer[1] else "outside"


def poisson_quantile(p: float, expected: float, _: float = 0.0) -> float:
    """The interpolated quantile of a Poisson law of mean ``expected``; never below 0."""
    counts = _counts(expected, math.sqrt(expected))
    return _quantile(p, counts, counts * math.log(expected) - expected - _log_factorials(counts))


def binomial_quantile(p: float, share: float, size: float) -> float:
    """The interpolated quantile of a binomial law of ``size`` cases (rounded), within 0 and ``size``."""
    n = max(round(size), 1)
    if not 0 < share < 1:
        return share * n
    counts = _counts(n * share, math.sqrt(n * share * (1 - share)), n)
    ways = math.lgamma(n + 1) - _log_factorials(counts) - _log_factorials((n - counts)[::-1])[::-1]
    return min(_quantile(p, counts, ways + counts * math.log(share) + (n - counts) * math.log1p(-share)), n)


def _counts(mean: float, deviation: float, most: float = math.inf) -> np.ndarray:
    """The whole numbers that matter: what lies further than nine deviations is below the precision of a sum."""
    low, high = mean - _FAR * deviation - _FAR, mean + _FAR * deviation + 4 * _FAR
    return np.arange(max(int(low), 0), int(min(high, most)) + 1)


def _log_factorials(counts: np.ndarray) -> np.ndarray:
    """log(k!) of whole numbers that follow one another."""
    steps = np.log(counts[1:], dtype=float)
    return math.lgamma(int(counts[0]) + 1) + np.concatenate([[0.0], np.cumsum(steps)])


def _quantile(p: float, counts: np.ndarray, logs: np.ndarray) -> float:
    masses = np.exp(logs)
    cumulated = np.cumsum(masses)
    place = min(int(np.searchsorted(cumulated, p)), len(counts) - 1)
    k, found = float(counts[place]), float(masses[place])
    return max(k - (float(cumulated[place]) - p) / found, 0.0) if found else k


def _grid(low: float, high: float) -> list[float]:
    """Sizes from low to high, evenly spaced on a logarithmic scale: a funnel bends most where regions are small."""
    step = (math.log(high) - math.log(low)) / (_POINTS - 1)
    return [math.exp(math.log(low) + step * position) for position in range(_POINTS)]

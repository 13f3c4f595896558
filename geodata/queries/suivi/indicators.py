"""Published indicators (baromètre, DITP): initial, actual and target values with their dates, and the straight path."""

from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from geodata.models.measures import MEASURES, Measure, unit_factor
from geodata.models.monitoring import Standing, Value
from geodata.repository import Tables

NATION = "FR"


@lru_cache(maxsize=128)
def values_of(tables: Tables, measure: str, level: str, day: str = "") -> pd.DataFrame:
    """``code, nature, date, valeur`` of one indicator at one level (``pays``, ``region``, ``departement``), by date.

    With a ``day``, the values dated after it are left out; targets stay, whatever their date. Kept: not to be changed.
    """
    item = MEASURES[measure]
    rows = tables["indicateurs"]
    kept = rows[
        (rows["source"] == item.source)
        & (rows["indicateur_id"] == item.indicator)
        & (rows["niveau"] == level)
        & rows["valeur"].notna()
    ]
    factors = kept["unite"].map(unit_factor)
    shown = kept[["code", "nature", "date"]].assign(valeur=kept["valeur"] * factors)
    if day:
        shown = shown[(shown["nature"] == "cible") | (shown["date"].astype(str) <= day)]
    return shown.sort_values(["code", "date"], ignore_index=True)


def standing(tables: Tables, measure: str, code: str, day: str = "") -> Standing:
    """The standing of France (``FR``) or of one region."""
    rows = values_of(tables, measure, "pays" if code == NATION else "region", day)
    return stand(measure, code, rows[rows["code"] == code])


def standings(tables: Tables, measure: str, codes: tuple[str, ...], day: str = "") -> dict[str, Standing]:
    """Standings by region code."""
    rows = values_of(tables, measure, "region", day)
    return {code: stand(measure, code, rows[rows["code"] == code]) for code in codes}


def stand(measure: str, code: str, rows: pd.DataFrame) -> Standing:
    """A standing from the rows ``nature, date, valeur`` of one area, in the order of dates."""
    by_nature = {name: _values(part) for name, part in rows.groupby("nature")}
    actuals = by_nature.get("atteinte", [])
    initial = _first(by_nature.get("initiale", []))
    target = _first(by_nature.get("cible", [])[::-1])
    actual = actuals[-1] if actuals else None
    path = linear_path(initial, target, actual.day) if actual else None
    advance = None if path is None or actual is None else _signed(actual.value - path, MEASURES[measure])
    previous = actuals[-2] if len(actuals) > 1 else None
    return Standing(measure, code, initial, previous, actual, target, path, advance)


def linear_path(initial: Value | None, target: Value | None, day: date) -> float | None:
    """``v0 + (v1 − v0) × (day − d0) / (d1 − d0)``: where a steady progress would be on ``day``.

    None when an end is missing, when the line has no length, or when ``day`` is outside it.
    """
    if initial is None or target is None or not initial.day <= day <= target.day or initial.day == target.day:
        return None
    done = (day - initial.day).days / (target.day - initial.day).days
    # A weighted mean, not first + difference × done, which misses the target by a rounding.
    return initial.value * (1 - done) + target.value * done


def _values(rows: pd.DataFrame) -> list[Value]:
    return [Value(float(value), day) for value, day in zip(rows["valeur"], rows["date"], strict=True)]


def _first(values: list[Value]) -> Value | None:
    return values[0] if values else None


def _signed(change: float, measure: Measure) -> float:
    return -change if measure.trend == "baisse" else change


def latest_values(tables: Tables, measure: str, day: str = "") -> dict[str, Value]:
    """The latest actual value by region."""
    rows = values_of(tables, measure, "region", day)
    actuals = rows[rows["nature"] == "atteinte"].drop_duplicates("code", keep="last")
    return {row.code: Value(float(row.valeur), row.date) for row in actuals.itertuples()}


def helped_series(tables: Tables, day: str = "") -> pd.DataFrame:
    """``code, date, valeur``: companies helped (cumulative, end of month) of France and of the 18 regions.

    The national value is below the sum of the regions in the source: the two levels are never added.
    """
    parts = [values_of(tables, "entreprises", level, day) for level in ("pays", "region")]
    rows = pd.concat(parts, ignore_index=True)
    return rows.loc[rows["nature"] == "atteinte", ["code", "date", "valeur"]].reset_index(drop=True)


def next_expected(measure: Measure, last: Value | None) -> dict[str, Any]:
    """``state`` (``frozen``, ``unknown``, ``due``) and, when the source states a frequency, the ``month`` (YYYY-MM).

    Nothing is inferred from past rhythm: a source that does not say is « non renseigné ».
    """
    if measure.frozen:
        return {"state": "frozen"}
    if measure.frequency is None or last is None:
        return {"state": "unknown"}
    months = last.day.year * 12 + last.day.month - 1 + measure.frequency
    return {"state": "due", "month": f"{months // 12}-{months % 12 + 1:02d}"}

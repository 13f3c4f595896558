"""The typed facts of a sheet: waves of sites, announced figures, indicators, measures, milestones."""

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

import contract
from geodata.models.sheet_parts import Claim, Figure, Indicator, MeasureLine, Milestone, Named, Reading, Wave
from geodata.queries.sheet_figures import none_if_missing
from geodata.queries.sheet_scope import METROPOLITAN, Scope
from geodata.repository import Tables
from state.dates import sure_from, waves_at

_LEVELS = ("local", "regional", "national")


@lru_cache(maxsize=2)
def region_names(tables: Tables) -> dict[str, str]:
    """Names of the 18 regions by code."""
    return dict(tables["regions"][["code_region", "nom"]].itertuples(index=False))


def waves_of(scope: Scope) -> tuple[Wave, ...]:
    """Every wave known at the date; a region without a line in one has no announced number, which is not 0."""
    rows = scope.tables["sites-couverture"]
    found = rows[rows["code_region"] == scope.code].set_index("vague").to_dict("index")
    known = [wave for wave in waves_at(scope.base.date) if "|" not in wave or wave in found]
    return tuple(_wave(wave, found.get(wave, {})) for wave in known)


def _wave(code: str, row: dict[str, Any]) -> Wave:
    announced = none_if_missing(row.get("annonces"))
    return Wave(
        code,
        None if announced is None else int(announced),
        int(row.get("documentes", 0)),
        int(row.get("documentes_surs", 0)),
    )


def claims_of(scope: Scope) -> tuple[Claim, ...]:
    """The figures announced for the region, in order of date then id."""
    rows = scope.tables["chiffres"]
    rows = rows[(rows["niveau"] == "region") & (rows["code"] == scope.code)]
    rows = rows[_past(rows, scope)]
    ordered = rows.assign(_date=rows["date"].fillna("9")).sort_values(["_date", "chiffre_id"])
    return tuple(
        Claim(
            row["chiffre_id"],
            row["enonce_fr"],
            row["enonce_en"],
            none_if_missing(row["date"]),
            none_if_missing(row["auteur"]),
            row["source"],
        )
        for row in ordered.to_dict("records")
    )


def indicators_of(scope: Scope) -> tuple[Indicator, ...]:
    """The indicators of the priority policies that have values by region."""
    rows = scope.tables["indicateurs"]
    rows = rows[(rows["source"] == "ditp") & (rows["niveau"] == "region")]
    rows = rows[(rows["nature"] == "cible") | _past(rows, scope)]
    return tuple(
        _indicator(scope, code, rows[rows["indicateur_id"] == code]) for code in sorted(set(rows["indicateur_id"]))
    )


def _indicator(scope: Scope, code: str, rows: pd.DataFrame) -> Indicator:
    own = rows[rows["code"] == scope.code]
    zones = scope.tables["regions"].set_index("code_region")["zone"]
    actual = rows[(rows["nature"] == "atteinte") & (rows["code"].map(zones) == METROPOLITAN)]
    latest = actual.sort_values("date").groupby("code")["valeur"].last()
    first = rows.iloc[0]
    return Indicator(
        code=code,
        name=str(first["nom"]),
        unit=str(first["unite"]),
        initial=_reading(own, "initiale"),
        actual=_reading(own, "atteinte"),
        target=_reading(own, "cible"),
        median=float(latest.median()) if len(latest) else None,
        n_compared=len(latest),
        note=none_if_missing(first["note"]),
        vintage=str(first["vintage"]),
        source="ditp",
    )


def _reading(rows: pd.DataFrame, nature: str) -> Reading | None:
    found = rows[(rows["nature"] == nature) & rows["valeur"].notna()].sort_values("date")
    return Reading(float(found.iloc[-1]["valeur"]), str(found.iloc[-1]["date"])) if len(found) else None


def companies_figure(scope: Scope) -> Figure:
    """Companies helped in the region (baromètre, cumulative), latest value known; the median is of the same date."""
    rows = scope.tables["indicateurs"]
    rows = rows[(rows["source"] == "barometre") & (rows["nature"] == "atteinte") & (rows["niveau"] == "region")]
    own = rows[(rows["code"] == scope.code) & rows["valeur"].notna()]
    own = own[_past(own, scope)].sort_values("date")
    if own.empty:
        return Figure("aidees", None, None, "barometre", where=scope.area, anchor="chart-barometre")
    day = own.iloc[-1]["date"]
    zones = scope.tables["regions"].set_index("code_region")["zone"]
    others = rows[(rows["date"] == day) & (rows["code"].map(zones) == METROPOLITAN)]["valeur"]
    value, median = float(own.iloc[-1]["valeur"]), float(others.median())
    return Figure("aidees", value, str(day), "barometre", median=median, where=scope.area, anchor="chart-barometre")


def measures_of(tables: Tables, regions: tuple[str, ...]) -> tuple[MeasureLine, ...]:
    """Measures that may apply in the regions: local ones first, then regional, then national."""
    return tuple(line for line in _every_measure(tables) if line.region is None or line.region.code in regions)


@lru_cache(maxsize=2)
def _every_measure(tables: Tables) -> tuple[MeasureLine, ...]:
    names = region_names(tables)
    lines = [_measure(row, names) for row in tables["mesures"].to_dict("records")]
    return tuple(sorted(lines, key=lambda line: (_LEVELS.index(line.level), line.code)))


def _measure(row: dict[Any, Any], names: dict[str, str]) -> MeasureLine:
    region = none_if_missing(row["code_region"])
    return MeasureLine(
        code=row["mesure_id"],
        name_fr=row["nom_fr"],
        name_en=row["nom_en"],
        level=row["echelon"],
        region=Named(region, names[region]) if region else None,
        kind=none_if_missing(row["type"]),
        axis=none_if_missing(row["axe"]),
        opening=_text(none_if_missing(row["date_ouverture"])),
        closing=_text(none_if_missing(row["date_cloture"])),
        source=row["source"],
    )


def _text(day: Any) -> str | None:
    return None if day is None else str(day)


def milestones_of(scope: Scope, regions: tuple[str, ...]) -> tuple[Milestone, ...]:
    """National milestones and those of the regions, in order; without a date last."""
    return tuple(
        item
        for item in _every_milestone(scope.tables)
        if (item.region is None or item.region.code in regions) and _is_past(item.date, scope.base.date)
    )


@lru_cache(maxsize=2)
def _every_milestone(tables: Tables) -> tuple[Milestone, ...]:
    names = region_names(tables)
    rows = tables["jalons"]
    ordered = rows.assign(_date=rows["date"].fillna("9")).sort_values(["_date", "jalon_id"])
    return tuple(_milestone(row, names) for row in ordered.to_dict("records"))


def _milestone(row: dict[Any, Any], names: dict[str, str]) -> Milestone:
    region = none_if_missing(row["code_region"])
    return Milestone(
        code=row["jalon_id"],
        date=none_if_missing(row["date"]),
        is_derived=bool(row["is_derive"]),
        title_fr=row["titre_fr"],
        title_en=row["titre_en"],
        region=Named(region, names.get(region, region)) if region else None,
        place=none_if_missing(row["lieu"]),
        source=row["source"],
    )


def _past(rows: pd.DataFrame, scope: Scope) -> np.ndarray:
    return np.fromiter((_is_past(day, scope.base.date) for day in rows["date"]), bool, len(rows))


def _is_past(day: Any, asked: str) -> bool:
    """Whether something was known on the day asked for; without a date of its own it is known only today."""
    if not asked:
        return True
    return none_if_missing(day) is not None and sure_from(str(day)) <= asked


def perimeter_date(millesime: str) -> str:
    """The date of a list of territoires, as its source writes it."""
    return contract.codes("millesime")[millesime].date or millesime

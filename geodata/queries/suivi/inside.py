"""Inside a territoire d’industrie, outside, or not known: for every measure of number or money."""

import pandas as pd

import contract
from geodata.models.measures import MEASURES
from geodata.models.monitoring import Split
from geodata.queries.filters import projects_of, sites_of
from geodata.queries.suivi.indicators import NATION, latest_values, standing
from geodata.queries.suivi.regions import project_selection
from geodata.queries.totals import region_names
from geodata.repository import Tables
from state import Selection

PARTS = ("dans", "hors", "inconnu")
_STATED = {
    "emplois_crees": "emplois_crees",
    "emplois_maintenus": "emplois_maintenus",
    "investissement": "investissement_eur",
}
_UNLOCATED = ("entreprises", "nouveaux_sites", "emplois", "engagements")
LOCATED = ("projets", "sites", *_STATED)
SPLIT = (*LOCATED, *_UNLOCATED)


def national_splits(tables: Tables, selection: Selection) -> tuple[Split, ...]:
    """One split a measure, for France; sums are made only of rows, never of regional values that overlap."""
    return tuple(split_of(tables, selection, measure, NATION) for measure in SPLIT)


def region_splits(tables: Tables, selection: Selection, measure: str) -> dict[str, Split]:
    """The split of one measure by region code; collectivities included for what the projects say."""
    return {code: split_of(tables, selection, measure, code) for code in region_names(tables)["code_region"]}


def split_of(tables: Tables, selection: Selection, measure: str, code: str) -> Split:
    """The split of one measure for France or one region.

    Raises:
        KeyError: a share or a mean has no split.
    """
    asked = project_selection(selection)
    if measure in _UNLOCATED:
        return Split(measure, code, None, None, _published(tables, measure, code, asked.date))
    rows = sites_of(tables, asked) if measure == "sites" else projects_of(tables, asked)
    rows = rows if code == NATION else rows[rows["code_region"] == code]
    places = rows[contract.column_for("ti", asked.millesime)]
    if measure in ("sites", "projets"):
        counts = places.value_counts()
        inside, outside, unknown = (float(counts.get(part, 0)) for part in PARTS)
        return Split(measure, code, inside, outside, unknown)
    return _stated(measure, code, rows[_STATED[measure]], places)


def _stated(measure: str, code: str, values: pd.Series, places: pd.Series) -> Split:
    """Sums of what the texts state; a part where no text states anything is null when there are projects in it."""
    inside, outside, unknown = (_sum(values[places == part]) for part in PARTS)
    return Split(measure, code, inside, outside, unknown, int(values.notna().sum()), len(values))


def _sum(values: pd.Series) -> float | None:
    if values.empty:
        return 0.0
    return float(values.sum()) if values.notna().any() else None


def _published(tables: Tables, measure: str, code: str, day: str) -> float | None:
    if MEASURES[measure].indicator is None:
        raise KeyError(measure)
    if code == NATION:
        actual = standing(tables, measure, NATION, day).actual
        return actual.value if actual else None
    value = latest_values(tables, measure, day).get(code)
    return value.value if value else None

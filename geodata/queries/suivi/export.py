"""The table of regions as rows for a file: the view shown, the gap, the indicators with dates, inside and outside."""

from typing import Any

import pandas as pd

from geodata.models.measures import FOLLOWED, MEASURES
from geodata.queries.suivi.indicators import standings
from geodata.queries.suivi.inside import PARTS, region_splits
from geodata.queries.suivi.regions import project_selection, region_values
from geodata.repository import Tables
from state import Selection

SPLIT = ("projets", "sites")
STEPS = ("initial", "actual", "target")


def export_rows(tables: Tables, selection: Selection, view: str, measure: str) -> pd.DataFrame:
    """One row a region (and a collectivity that projects name), by code.

    Columns: ``code_region, nom, zone, population``, one a measure in the view, ``ecart`` (of ``measure`` to the median
    of mainland regions), the concentration, ``<measure>_<initial|actual|target>`` with ``_date`` in the unit of the
    view « nombre », ``<projets|sites>_<dans|hors|inconnu>``.
    """
    asked = project_selection(selection)
    values = region_values(tables, asked, view)
    rows = values.rows.copy()
    median = values.median[measure]
    gap = rows[measure] - (float("nan") if median is None else median)
    rows["ecart"] = gap.where(rows["zone"] != "collectivite")
    codes = tuple(rows["code_region"])
    more: dict[str, list[Any]] = {}
    for name in FOLLOWED:
        found = standings(tables, name, codes, asked.date)
        for step in STEPS:
            known = [getattr(found[code], step) for code in codes]
            more[f"{name}_{step}"] = [item.value if item else None for item in known]
            more[f"{name}_{step}_date"] = [item.day if item else None for item in known]
    for name in SPLIT:
        splits = region_splits(tables, asked, name)
        for part in PARTS:
            more[f"{name}_{part}"] = [getattr(splits[code], part) for code in codes]
    return pd.concat([rows, pd.DataFrame(more, index=rows.index)], axis=1)


def export_sources() -> tuple[str, ...]:
    """Short names of the sources behind the rows, in order."""
    return tuple(dict.fromkeys(item.source for item in MEASURES.values()))

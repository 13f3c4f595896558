"""The figures of one chart of Carte as a table, and the filters that it obeys: what its file holds."""

from dataclasses import replace

import pandas as pd

from geodata.queries import totals
from geodata.repository import Tables
from state import Selection

CHARTS = ("mesure", "filiere", "mois", "sites", "barometre")
_OWN_FACET = {"mesure": "region", "filiere": "filiere", "mois": "mois"}  # taken off, so that bars stay comparable


def chart_rows(tables: Tables, selection: Selection, chart: str) -> pd.DataFrame:
    """One row a bar, or a point; columns as in ``geodata.queries.totals``, the total of the last bar first.

    Raises:
        KeyError: no chart bears that name.
    """
    if chart == "mesure":
        return totals.projects_by_region(tables, selection).rows.iloc[::-1].reset_index(drop=True)
    if chart == "filiere":
        return totals.projects_by_code(tables, selection, "filiere").replace({"code": {totals.NOT_STATED_COLUMN: None}})
    if chart == "mois":
        return totals.projects_by_month(tables, selection)
    if chart == "sites":
        return totals.sites_by_wave(tables, selection)
    if chart == "barometre":
        return totals.companies_helped(tables, selection)
    raise KeyError(f"{chart}: expected one of {CHARTS}")


def chart_selection(selection: Selection, chart: str) -> Selection:
    """The selection with the filters that the chart obeys, and no other."""
    if chart in _OWN_FACET:
        return totals.without(selection, _OWN_FACET[chart])
    kept = tuple(pair for pair in selection.filters if pair[0] == "region")
    return replace(selection, filters=kept, text="")

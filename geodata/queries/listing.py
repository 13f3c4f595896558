"""The list twin of the map: the same objects under the same filters, sorted, a page at a time."""

from dataclasses import dataclass

import pandas as pd

import contract
from geodata.queries.filters import objects_of, projects_of, sites_of
from geodata.queries.totals import region_names
from geodata.repository import Tables
from state import Selection

PAGE_SIZE = 50

COLUMNS = {
    "projets": ("entreprise", "mesure", "filiere", "taille", "nom_commune", "date_mise_a_jour"),
    "sites": ("site_nom", "vagues", "nom_commune", "code_region", "surface_ha", "gare_fret_dist_km", "confiance"),
    "territoires": ("nom", "code_region", "n_membres", "n_communes", "population", "n_sites", "n_projets"),
    "regions": ("nom", "n_territoires", "n_sites", "n_projets", "population"),
}
IDS = {"projets": "projet_id", "sites": "site_id", "territoires": "territoire_id", "regions": "code_region"}


@dataclass(frozen=True)
class Listing:
    """One page of a list: its rows (the tab's columns and the id), the total, the pages, the sort in force."""

    tab: str
    rows: pd.DataFrame
    total: int
    page: int
    pages: int
    sort: str


def list_objects(tables: Tables, selection: Selection) -> Listing:
    """The page that the selection asks for; a page beyond the last is the last."""
    rows = _rows(tables, selection)
    sort = selection.sort if selection.sort.lstrip("-") in COLUMNS[selection.tab] else COLUMNS[selection.tab][0]
    rows = _sorted(rows, sort)
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    page = min(selection.page, pages)
    return Listing(selection.tab, rows.iloc[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], len(rows), page, pages, sort)


def _rows(tables: Tables, selection: Selection) -> pd.DataFrame:
    if selection.tab == "territoires":
        return _with_counts(tables, selection, objects_of(tables, selection, "territoires"))
    if selection.tab == "regions":
        return _regions(tables, selection)
    return objects_of(tables, selection, "sites" if selection.tab == "sites" else "projets")


def _with_counts(tables: Tables, selection: Selection, rows: pd.DataFrame) -> pd.DataFrame:
    column = contract.column_for("territoire", selection.millesime)
    return rows.assign(
        n_sites=_counted(rows["territoire_id"], sites_of(tables, selection)[column]),
        n_projets=_counted(rows["territoire_id"], projects_of(tables, selection)[column]),
    )


def _regions(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The 18 regions, and the collectivities that projects name: every project is in one row."""
    population = tables["regions"][["code_region", "population"]]
    rows = region_names(tables).merge(population, on="code_region", how="left")
    chosen = selection.values_of("region")
    rows = rows[rows["code_region"].isin(chosen)] if chosen else rows
    territoires = objects_of(tables, selection, "territoires")
    return rows.assign(
        n_territoires=_counted(rows["code_region"], territoires["code_region"]),
        n_sites=_counted(rows["code_region"], sites_of(tables, selection)["code_region"]),
        n_projets=_counted(rows["code_region"], projects_of(tables, selection)["code_region"]),
    )


def _counted(keys: pd.Series, found: pd.Series) -> pd.Series:
    return keys.map(found.value_counts()).fillna(0).astype(int)


def _sorted(rows: pd.DataFrame, sort: str) -> pd.DataFrame:
    """Sorted by one column, nulls last in both directions, then by id so that pages never overlap."""
    column = sort.lstrip("-")
    keys = rows[column].map(str) if rows[column].map(lambda cell: hasattr(cell, "__len__")).any() else rows[column]
    ordered = keys.sort_values(ascending=not sort.startswith("-"), na_position="last", kind="stable", key=_folded)
    return rows.loc[ordered.index]


def _folded(column: pd.Series) -> pd.Series:
    """Text compared without case or accents."""
    if not pd.api.types.is_string_dtype(column):
        return column
    return column.str.normalize("NFKD").str.encode("ascii", "ignore").str.decode("ascii").str.lower()

"""The list twin of the map: the same objects under the same filters, sorted, a page at a time."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
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
    order = _order(tables, rows, selection.tab, sort)
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    page = min(selection.page, pages)
    shown = rows.loc[order[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]
    return Listing(selection.tab, shown, len(rows), page, pages, sort)


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


def _order(tables: Tables, rows: pd.DataFrame, tab: str, sort: str) -> pd.Index:
    """The rows' labels, sorted by one column, nulls last in both directions, then by id so that pages never overlap."""
    column = sort.lstrip("-")
    is_published = tab in ("projets", "sites")  # the other lists count anew for each selection
    keys = _ranks(tables, tab, column).loc[rows.index] if is_published else ranks_of(rows[column])
    return keys.sort_values(ascending=not sort.startswith("-"), na_position="last", kind="stable").index


@lru_cache(maxsize=64)
def _ranks(tables: Tables, tab: str, column: str) -> pd.Series:
    return ranks_of(tables[tab][column])


def ranks_of(column: pd.Series) -> pd.Series:
    """The place of each value in the order of a list, equal ones together; null for null.

    Text is compared without case or accents, the items of a cell as one text.
    """
    places, known = pd.factorize(column.map(str) if _holds_lists(column) else column)
    values = pd.Series(known)
    order = pd.Series(_folded(values.tolist())) if pd.api.types.is_string_dtype(values) else values
    ranks = np.append(order.rank(method="dense").to_numpy(dtype=float), np.nan)
    return pd.Series(ranks[places], index=column.index)


def _holds_lists(column: pd.Series) -> bool:
    stated = column.dropna() if column.dtype == object else column.iloc[:0]
    return not stated.empty and isinstance(stated.iloc[0], np.ndarray | list | tuple)


def _folded(texts: list[str]) -> list[str]:
    """Texts as they are compared: ASCII alone, all at once where that gives the same."""
    joined = "\n".join(texts)
    if joined.count("\n") != len(texts) - 1:
        return [_ascii(text) for text in texts]
    return _ascii(joined).split("\n")


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()

"""Which objects a selection leaves. The browser's twin is ``assets/js/filter.mjs``; a test compares the two.

Within a facet values are alternatives; facets add up. A code that the atlas does not know is ignored here and named
by ``unknown_codes``, so that an old link never shows an empty map without a word.
"""

import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

import contract
from geodata.repository import Tables
from state import FACETS, NOT_STATED, Facet, ObjectKind, Selection, facet
from state.dates import is_listed, waves_at

_COLUMNS = {"region": "code_region", "departement": "code_departement", "precision": "position_quality"}
_FEW_MARKS = 30  # kinds of accents in a text of ours; each costs one pass
_LIST_COLUMNS = {"region": "codes_region", "departement": "codes_departement", "vague": "vagues"}


def projects_of(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The rows of ``projets`` that the selection leaves, in the order of the table."""
    return _objects_of(tables, selection, "projets")


def sites_of(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The rows of ``sites`` that the selection leaves (low confidence is left out unless asked for)."""
    return _objects_of(tables, selection, "sites")


def territoires_of(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The rows of ``territoires`` of the selected millesime that the selection leaves."""
    return _objects_of(tables, selection, "territoires")


def objects_of(tables: Tables, selection: Selection, kind: ObjectKind) -> pd.DataFrame:
    """The rows of one kind that the selection leaves."""
    return _objects_of(tables, selection, kind)


def unknown_codes(tables: Tables, selection: Selection) -> tuple[tuple[str, str], ...]:
    """The (facet, code) pairs of a link that name nothing in the atlas: mistyped, or gone since."""
    return tuple(
        (name, value)
        for name, values in selection.filters
        for value in values
        if value not in known_values(tables, name, selection.millesime)
    )


@lru_cache(maxsize=128)
def known_values(tables: Tables, facet_name: str, millesime: str) -> frozenset[str]:
    """Every code that a facet accepts, « non renseigné » included."""
    item = facet(facet_name)
    if item.codes:
        return frozenset(contract.codes(item.codes)) | {NOT_STATED}
    if facet_name == "territoire":
        rows = tables["territoires"]
        return frozenset(rows.loc[rows["millesime"] == millesime, "territoire_id"]) | {NOT_STATED}
    if facet_name == "mois":
        return frozenset(months_of(tables["projets"]).unique())
    columns = {"region": "regions", "departement": "departements"}
    stated = tables["projets"][_COLUMNS[facet_name]].dropna()
    return frozenset(tables[columns[facet_name]][_COLUMNS[facet_name]]) | frozenset(stated) | {NOT_STATED}


def months_of(projects: pd.DataFrame) -> pd.Series:
    """The month of the update date, ``YYYY-MM``."""
    days = projects["date_mise_a_jour"]
    places, known = pd.factorize(days)  # few days, however many projects
    months = pd.array([str(day)[:7] for day in known], dtype="str")
    return pd.Series(months.take(places, allow_fill=True), index=days.index, name=days.name)


def normalise(text: str) -> str:
    """Lower case, without accents: how names and questions are compared."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.category(char).startswith("M")).lower()


def normalise_all(texts: Sequence[str]) -> list[str]:
    """``normalise`` of each text; all at once where that gives the same, which is ten times faster."""
    decomposed = unicodedata.normalize("NFD", "\n".join(texts))
    marks = [char for char in set(decomposed) if unicodedata.category(char).startswith("M")]
    if len(marks) > _FEW_MARKS or decomposed.count("\n") != len(texts) - 1:
        return [normalise(text) for text in texts]
    for mark in marks:
        decomposed = decomposed.replace(mark, "")
    return decomposed.lower().split("\n")


def _objects_of(tables: Tables, selection: Selection, kind: ObjectKind) -> pd.DataFrame:
    rows = tables[kind]
    if kind == "territoires":
        rows = rows[rows["millesime"] == selection.millesime]
    keep = known_at(rows, kind, selection.date)
    for item in FACETS:
        values = _accepted(tables, item, selection)
        if kind in item.applies and values:
            keep &= _matches(rows, item, values, selection, kind)
    if selection.text:
        keep &= _matches_text(tables, kind, selection)
    return rows[keep]


def known_at(rows: pd.DataFrame, kind: ObjectKind, day: str) -> np.ndarray:
    """Which rows were known on a day (all, when it is empty): sites by the waves announced, projects by update date.

    Territoires are known once a list of their perimeter is at hand; the selection's millesime says which.
    """
    if not day:
        return np.ones(len(rows), dtype=bool)
    if kind == "territoires":
        return np.full(len(rows), is_listed(day))
    if kind == "projets":
        places, known = pd.factorize(rows["date_mise_a_jour"])
        return np.array([*(str(date) <= day for date in known), False], dtype=bool)[places]
    announced = set(waves_at(day))
    return np.fromiter((not announced.isdisjoint(waves) for waves in rows["vagues"]), bool, len(rows))


def _accepted(tables: Tables, item: Facet, selection: Selection) -> Collection[str]:
    values = selection.values_of(item.name)
    return [value for value in values if value in known_values(tables, item.name, selection.millesime)]


def _matches(
    rows: pd.DataFrame, item: Facet, values: Collection[str], selection: Selection, kind: ObjectKind
) -> np.ndarray:
    if item.name == "mois":
        return months_of(rows).isin(values).to_numpy()
    if item.name in _LIST_COLUMNS and _LIST_COLUMNS[item.name] in rows.columns:
        wanted = set(values) & set(waves_at(selection.date)) if item.name == "vague" else set(values)
        return np.fromiter((not wanted.isdisjoint(cell) for cell in rows[_LIST_COLUMNS[item.name]]), bool, len(rows))
    column = rows[_column(item.name, selection.millesime, kind)]
    found = column.isin([value for value in values if value != NOT_STATED])
    return (found | column.isna() if NOT_STATED in values else found).to_numpy(dtype=bool)


def _column(facet_name: str, millesime: str, kind: ObjectKind) -> str:
    if facet_name == "territoire":
        return "territoire_id" if kind == "territoires" else contract.column_for("territoire", millesime)
    if facet_name == "ti":
        return contract.column_for("ti", millesime)
    return _COLUMNS.get(facet_name, facet_name)


def _matches_text(tables: Tables, kind: ObjectKind, selection: Selection) -> np.ndarray:
    words = normalise(selection.text).split()
    texts = _search_texts(tables, kind, selection.millesime)
    found = np.ones(len(texts), dtype=bool)
    for word in words:
        found &= texts.str.contains(word, regex=False).to_numpy(dtype=bool)
    return found


@lru_cache(maxsize=16)
def _search_texts(tables: Tables, kind: ObjectKind, millesime: str) -> pd.Series:
    rows = tables[kind]
    columns = {"projets": ["entreprise", "nom_commune"], "sites": ["site_nom", "nom_commune"], "territoires": ["nom"]}
    if kind == "territoires":
        rows = rows[rows["millesime"] == millesime]
    parts = (rows[column].fillna("").tolist() for column in columns[kind])
    return pd.Series(normalise_all([" ".join(cells) for cells in zip(*parts, strict=True)]), dtype="str")

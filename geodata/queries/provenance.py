"""Where an answer comes from: the sources and millesime of a table, the filters of a selection by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import contract
from geodata.queries.filters import known_values
from geodata.queries.totals import region_names
from geodata.repository import Tables
from state import FACETS, NOT_STATED, ObjectKind, Selection

_TITLES = {"departement": ("departements", "code_departement"), "territoire": ("territoires", "territoire_id")}


@dataclass(frozen=True)
class Origin:
    """Where the rows of one table come from: millesime, and the manifest's entry of each source by short name."""

    hash: str
    millesime: str
    sources: Mapping[str, Mapping[str, Any]]


def origin_of(tables: Tables, selection: Selection, kind: ObjectKind) -> Origin:
    """The origin of the rows of ``kind``; for territoires the millesime is the selected one."""
    entry = tables.manifest.files[f"{kind}.parquet"]
    millesime = selection.millesime if kind == "territoires" else str(entry["millesime"])
    return Origin(tables.manifest.hash, millesime, {name: tables.manifest.sources[name] for name in entry["sources"]})


def filters_of(tables: Tables, selection: Selection, kind: ObjectKind) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The facets that narrow ``kind`` and the names of their values; defaults are in, unknown codes are out."""
    found = []
    for item in FACETS:
        if kind not in item.applies:
            continue
        known = known_values(tables, item.name, selection.millesime)
        values = [value for value in selection.values_of(item.name) if value in known]
        if values:
            found.append((item.name, tuple(_name(tables, selection, item.name, value) for value in values)))
    return tuple(found)


def _name(tables: Tables, selection: Selection, facet_name: str, code: str) -> str:
    code_list = next(item.codes for item in FACETS if item.name == facet_name)
    if code == NOT_STATED:
        return contract.unknown(selection.language)
    if code_list:
        return contract.label_of(code_list, code, selection.language)
    names = _names(tables, selection, facet_name)
    return f"{names[code]} ({code})" if code in names else code


def _names(tables: Tables, selection: Selection, facet_name: str) -> dict[str, str]:
    """Names by code of the places that a facet names; empty for a facet of another nature (months)."""
    if facet_name == "region":
        return dict(region_names(tables)[["code_region", "nom"]].itertuples(index=False))
    if facet_name not in _TITLES:
        return {}
    table, column = _TITLES[facet_name]
    rows = tables[table]
    if facet_name == "territoire":
        rows = rows[rows["millesime"] == selection.millesime]
    return dict(rows[[column, "nom"]].itertuples(index=False))

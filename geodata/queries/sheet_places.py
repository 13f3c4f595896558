"""The places of a sheet: members and communes of a territoire, its other millesimes; the parts of a region."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

import contract
from geodata.models.sheet_parts import AreaLine, Member, Named, Passage
from geodata.queries.filters import projects_of, sites_of
from geodata.queries.sheet_facts import region_names
from geodata.queries.sheet_figures import none_if_missing
from geodata.queries.sheet_scope import Scope
from geodata.repository import Tables
from state import Selection
from state.dates import is_listed


def members_of(tables: Tables, millesime: str, code: str) -> tuple[Member, ...]:
    """The members of a territoire, in order of name."""
    rows = tables["territoires-membres"]
    rows = rows[(rows["millesime"] == millesime) & (rows["territoire_id"] == code)].sort_values(["nom", "membre_code"])
    names = _names(tables, "epci", "code_epci")
    return tuple(_member(row, names) for row in rows.to_dict("records"))


def _member(row: dict[Any, Any], names: dict[str, str]) -> Member:
    total = none_if_missing(row["n_communes_total"])
    return Member(
        code=row["membre_code"],
        kind=row["membre_type"],
        name=row["nom"],
        n_communes=int(row["n_communes"]),
        n_total=None if total is None else int(total),
        successors=tuple(Named(siren, names.get(siren, siren)) for siren in row["successeurs"]),
    )


def communes_of(tables: Tables, millesime: str, code: str) -> tuple[Named, ...]:
    """Every commune of a territoire, with the code of its list; the name is that of 2024."""
    rows = tables["territoires-communes"]
    rows = rows[(rows["millesime"] == millesime) & (rows["territoire_id"] == code)].sort_values("code_insee")
    names = _names(tables, "communes", "code_insee")
    pairs = zip(rows["code_insee"], rows["code_insee_2024"], strict=True)
    return tuple(Named(insee, names[today]) for insee, today in pairs)


@lru_cache(maxsize=8)
def _names(tables: Tables, table: str, key: str) -> dict[str, str]:
    return dict(tables[table][[key, "nom"]].itertuples(index=False))


def passages_of(tables: Tables, millesime: str, code: str) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """What shares communes with a territoire in the other millesimes, and the same id with nothing in common.

    Compared by the communes of the COG 2024, so that mergers of communes are no difference.
    """
    here = _commune_sets(tables)[millesime, code]
    found: list[Passage] = []
    namesakes: list[Passage] = []
    for (other, there_code), there in _commune_sets(tables).items():
        if other == millesime:
            continue
        shared = len(here & there)
        is_same = there_code == code
        if shared or is_same:
            name = _territoire_names(tables)[other, there_code]
            passage = Passage(other, there_code, name, shared, len(here), len(there), shared / len(here), is_same)
            (found if shared else namesakes).append(passage)
    found.sort(key=lambda item: (item.millesime, -item.n_shared, item.code))
    return tuple(found), tuple(namesakes)


@lru_cache(maxsize=2)
def _commune_sets(tables: Tables) -> dict[tuple[str, str], frozenset[str]]:
    groups = tables["territoires-communes"].groupby(["millesime", "territoire_id"])["code_insee_2024"]
    return {(str(key[0]), str(key[1])): frozenset(codes) for key, codes in groups}


@lru_cache(maxsize=2)
def _territoire_names(tables: Tables) -> dict[tuple[str, str], str]:
    rows = tables["territoires"]
    return dict(zip(zip(rows["millesime"], rows["territoire_id"], strict=True), rows["nom"], strict=True))


def territoires_covering(scope: Scope) -> tuple[AreaLine, ...]:
    """The territoires of the millesime that cover a region, those that it leads first; whole counts, wherever.

    None before a list is at hand.
    """
    if not is_listed(scope.base.date):
        return ()
    rows = scope.tables["territoires"]
    rows = rows[rows["millesime"] == scope.base.millesime]
    rows = rows[np.fromiter((scope.code in regions for regions in rows["codes_region"]), bool, len(rows))]
    counts = area_counts(scope.tables, scope.base, contract.column_for("territoire", scope.base.millesime))
    names = region_names(scope.tables)
    lines = [_territoire(row, scope.code, counts, names) for row in rows.to_dict("records")]
    return tuple(sorted(lines, key=lambda line: (not line.is_lead, line.code)))


def _territoire(row: dict[Any, Any], region: str, counts: dict[str, pd.Series], names: dict[str, str]) -> AreaLine:
    code = row["territoire_id"]
    population = none_if_missing(row["population"])
    return AreaLine(
        code=code,
        name=row["nom"],
        n_communes=int(row["n_communes"]),
        population=None if population is None else int(population),
        n_sites=int(counts["sites"].get(code, 0)),
        n_projects=int(counts["projets"].get(code, 0)),
        n_members=int(row["n_membres"]),
        is_lead=row["code_region"] == region,
        regions=lead_first(row["codes_region"], row["code_region"], names),
    )


def lead_first(codes: Iterable[str], lead: str, names: dict[str, str]) -> tuple[Named, ...]:
    """Regions of a territoire, the lead one first."""
    return tuple(Named(code, names.get(code, code)) for code in sorted(codes, key=lambda code: (code != lead, code)))


def departements_of(scope: Scope) -> tuple[AreaLine, ...]:
    """The départements of a region, with their objects as Carte counts them in the region."""
    rows = scope.tables["departements"]
    rows = rows[rows["code_region"] == scope.code].sort_values("code_departement")
    counts = area_counts(scope.tables, scope.area, "code_departement")
    return tuple(
        AreaLine(
            code=row["code_departement"],
            name=row["nom"],
            n_communes=int(row["n_communes"]),
            population=int(row["population"]),
            n_sites=int(counts["sites"].get(row["code_departement"], 0)),
            n_projects=int(counts["projets"].get(row["code_departement"], 0)),
        )
        for row in rows.to_dict("records")
    )


def area_counts(tables: Tables, selection: Selection, column: str) -> dict[str, pd.Series]:
    """Sites and projects of a selection by the values of a column."""
    return {
        "sites": sites_of(tables, selection)[column].value_counts(),
        "projets": projects_of(tables, selection)[column].value_counts(),
    }


def epci_of(tables: Tables, region: str) -> tuple[Named, ...]:
    """The EPCI (and EPT) that have a commune in a region, by name."""
    communes = tables["communes"]
    codes = set(communes.loc[communes["code_region"] == region, "code_epci"].dropna())
    names = _names(tables, "epci", "code_epci")
    found = (Named(code, names.get(code, code)) for code in codes)
    return tuple(sorted(found, key=lambda item: (item.name.casefold(), item.code)))


def named_departements(tables: Tables, codes: Iterable[str]) -> tuple[Named, ...]:
    names = _names(tables, "departements", "code_departement")
    return tuple(Named(code, names.get(code, code)) for code in sorted(codes))

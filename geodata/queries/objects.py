"""One object and what is around it, for the drawer: a territoire, a site, a project, a region, a commune."""

import json
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

import contract
from geodata.queries.filters import projects_of, sites_of
from geodata.queries.imported import find_imported
from geodata.repository import Tables
from state import Selection


@dataclass(frozen=True)
class Described:
    """An object found: its kind, its row, and the rows of other tables that go with it, by name."""

    kind: str
    code: str
    row: dict[str, Any]
    related: dict[str, pd.DataFrame] = field(default_factory=dict)


def describe(tables: Tables, selection: Selection) -> Described | None:
    """The selected object, or None when its code names nothing (in this millesime, for a territoire)."""
    pair = selection.selected_pair()
    if pair is None:
        return None
    kind, code = pair
    finders = {
        "projet": _project,
        "site": _site,
        "territoire": _territoire,
        "region": _region,
        "commune": _commune,
        "importe": _imported,
    }
    return finders[kind](tables, selection, code)


def _row(table: pd.DataFrame, **where: str) -> dict[str, Any] | None:
    keep = pd.Series(True, index=table.index)
    for column, value in where.items():
        keep &= table[column] == value
    found = table[keep]
    return None if found.empty else _nulls(found.iloc[0].to_dict())


def _nulls(row: dict[str, Any]) -> dict[str, Any]:
    """NaN and NaT become None; lists stay lists."""
    return {key: None if pd.api.types.is_scalar(value) and pd.isna(value) else value for key, value in row.items()}


def _project(tables: Tables, selection: Selection, code: str) -> Described | None:
    row = _row(tables["projets"], projet_id=code)
    return None if row is None else Described("projet", code, row | _places(tables, selection, row))


def _imported(tables: Tables, _: Selection, code: str) -> Described | None:
    row = find_imported(tables, code)
    return None if row is None else Described("importe", code, row)


def _site(tables: Tables, selection: Selection, code: str) -> Described | None:
    row = _row(tables["sites"], site_id=code)
    if row is None:
        return None
    return Described("site", code, row | _places(tables, selection, row) | {"labels_liste": json.loads(row["labels"])})


def _places(tables: Tables, selection: Selection, row: dict[str, Any]) -> dict[str, Any]:
    """Names of the places that a row names by code: ``nom_region``, ``nom_departement``, ``nom_epci``, territoire."""
    territoire = row[contract.column_for("territoire", selection.millesime)]
    return {
        "nom_region": name_of(tables, "regions", row["code_region"]),
        "nom_departement": name_of(tables, "departements", row["code_departement"]),
        "nom_epci": name_of(tables, "epci", row["code_epci"]),
        "territoire": territoire,
        "nom_territoire": territoire_name(tables, selection.millesime, territoire),
        "ti": row[contract.column_for("ti", selection.millesime)],
    }


def name_of(tables: Tables, level: str, code: str | None) -> str | None:
    """The name of a region, département or EPCI by code; None for null or for a code outside the 18 regions."""
    column = {"regions": "code_region", "departements": "code_departement", "epci": "code_epci"}[level]
    if code is None:
        return None
    names = tables[level].loc[tables[level][column] == code, "nom"]
    return None if names.empty else str(names.iloc[0])


def territoire_name(tables: Tables, millesime: str, code: str | None) -> str | None:
    if code is None:
        return None
    row = _row(tables["territoires"], millesime=millesime, territoire_id=code)
    return row["nom"] if row else None


def _territoire(tables: Tables, selection: Selection, code: str) -> Described | None:
    row = _row(tables["territoires"], millesime=selection.millesime, territoire_id=code)
    if row is None:
        return None
    members = tables["territoires-membres"]
    members = members[(members["millesime"] == selection.millesime) & (members["territoire_id"] == code)]
    column = contract.column_for("territoire", selection.millesime)
    names = {region: name_of(tables, "regions", region) for region in row["codes_region"]}
    return Described(
        "territoire",
        code,
        row | {"noms_region": names},
        {
            "membres": members,
            **_around(tables, selection, column, code),
        },
    )


def _region(tables: Tables, selection: Selection, code: str) -> Described | None:
    row = _row(tables["regions"], code_region=code)
    if row is None:
        return None
    territoires = tables["territoires"]
    territoires = territoires[territoires["millesime"] == selection.millesime]
    coverage = tables["sites-couverture"]
    return Described(
        "region",
        code,
        row,
        {
            "territoires": territoires[[code in regions for regions in territoires["codes_region"]]],
            **_around(tables, selection, "code_region", code),
            "couverture": coverage[coverage["code_region"] == code],
        },
    )


def _commune(tables: Tables, selection: Selection, code: str) -> Described | None:
    row = _row(tables["communes"], code_insee=code)
    if row is None:
        return None
    return Described(
        "commune",
        code,
        row | {"nom_departement": name_of(tables, "departements", row["code_departement"])},
        _around(tables, selection, "code_insee", code),
    )


def _around(tables: Tables, selection: Selection, column: str, code: str) -> dict[str, pd.DataFrame]:
    """Sites and projects whose ``column`` is ``code``: those that the filters leave, and all (``sites-tous``…)."""
    whole = Selection(millesime=selection.millesime, date=selection.date)
    return {
        "sites": _among(sites_of(tables, selection), column, code),
        "projets": _among(projects_of(tables, selection), column, code),
        "sites-tous": _among(sites_of(tables, whole), column, code),
        "projets-tous": _among(projects_of(tables, whole), column, code),
    }


def _among(rows: pd.DataFrame, column: str, code: str) -> pd.DataFrame:
    return rows[rows[column] == code]

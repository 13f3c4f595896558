"""The map's own files: every object in columns, small enough to be filtered in the browser.

``carte-objets.json`` holds codes and positions, ``carte-noms.json`` the texts, needed only for hover and search. Lists
run in parallel: item *i* of each column is object *i*. A code is its rank in ``codes``; -1 is null.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import pandas as pd

from contract import MILLESIMES, codes, column_for
from etl.products import Product

DECIMALS = 4
LISTS = ("mesure", "filiere", "taille", "precision", "ti", "vague", "confiance")
_PROJET_CODES = {
    "mesure": "mesure",
    "filiere": "filiere",
    "taille": "taille",
    "precision": "position_quality",
    "region": "code_region",
    "departement": "code_departement",
    "commune": "code_insee",
}
_SITE_CODES = {
    "region": "code_region",
    "departement": "code_departement",
    "commune": "code_insee",
    "precision": "position_quality",
    "confiance": "confiance",
}
Codes = Mapping[str, Any]


def build_carte(tables: Mapping[str, pd.DataFrame], sources: Sequence[str]) -> list[Product]:
    """Both files, from the tables projets, sites, territoires, regions, departements, communes."""
    projets = tables["projets"].sort_values("projet_id", ignore_index=True)
    sites = tables["sites"].sort_values("site_id", ignore_index=True)
    used = list_codes(projets, sites, tables)
    objects = {
        "codes": used,
        "projets": _projets(projets, used),
        "sites": _sites(sites, used),
        "territoires": {name: _territoires(tables["territoires"], used, name) for name in MILLESIMES},
        "regions": _regions(tables["regions"]),
    }
    names = _names(projets, sites, tables, used)
    millesime = ", ".join(MILLESIMES)
    rows = len(projets) + len(sites)
    return [
        Product("carte-objets.json", "raw", tuple(sources), millesime, raw=orjson.dumps(objects), rows=rows),
        Product("carte-noms.json", "raw", tuple(sources), millesime, raw=orjson.dumps(names), rows=rows),
    ]


def list_codes(projets: pd.DataFrame, sites: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """The codes behind the ranks: contract lists in contract order, the others sorted."""
    used: dict[str, Any] = {name: list(codes(name)) for name in LISTS}
    for name, column in (("region", "code_region"), ("departement", "code_departement"), ("commune", "code_insee")):
        used[name] = sorted({*projets[column].dropna(), *sites[column].dropna()})
    used["region"] = sorted({*used["region"], *tables["regions"]["code_region"]})
    used["departement"] = sorted({*used["departement"], *tables["departements"]["code_departement"]})
    used["mois"] = sorted(projets["date_mise_a_jour"].str.slice(0, 7).unique())
    used["jour"] = sorted(projets["date_mise_a_jour"].unique())
    territoires = tables["territoires"]
    used["territoire"] = {
        name: sorted(territoires.loc[territoires["millesime"] == name, "territoire_id"]) for name in MILLESIMES
    }
    return used


def ranks(values: pd.Series, known: Sequence[str]) -> list[int]:
    """Rank of each value in ``known``; -1 for null. An unknown value raises KeyError."""
    rank = {code: place for place, code in enumerate(known)}
    return [-1 if pd.isna(value) else rank[value] for value in values]


def degrees(values: pd.Series) -> list[float | None]:
    """Degrees at ``DECIMALS``; null for a missing one."""
    return [None if pd.isna(value) else round(float(value), DECIMALS) for value in values]


def _projets(frame: pd.DataFrame, used: Codes) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "n": len(frame),
        "id": [int(name[1:]) for name in frame["projet_id"]],
        "lon": degrees(frame["lon"]),
        "lat": degrees(frame["lat"]),
        "mois": ranks(frame["date_mise_a_jour"].str.slice(0, 7), used["mois"]),
        "jour": ranks(frame["date_mise_a_jour"], used["jour"]),
    }
    columns |= {name: ranks(frame[column], used[name]) for name, column in _PROJET_CODES.items()}
    return columns | _perimeters(frame, used)


def _sites(frame: pd.DataFrame, used: Codes) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "n": len(frame),
        "id": frame["site_id"].tolist(),
        "lon": degrees(frame["lon"]),
        "lat": degrees(frame["lat"]),
        "vague": [ranks(pd.Series(list(waves), dtype=object), used["vague"]) for waves in frame["vagues"]],
    }
    columns |= {name: ranks(frame[column], used[name]) for name, column in _SITE_CODES.items()}
    return columns | _perimeters(frame, used)


def _perimeters(frame: pd.DataFrame, used: Codes) -> dict[str, Any]:
    return {
        "ti": {name: ranks(frame[column_for("ti", name)], used["ti"]) for name in MILLESIMES},
        "territoire": {
            name: ranks(frame[column_for("territoire", name)], used["territoire"][name]) for name in MILLESIMES
        },
    }


def _territoires(frame: pd.DataFrame, used: Codes, millesime: str) -> dict[str, Any]:
    rows = frame[frame["millesime"] == millesime].sort_values("territoire_id")
    return {
        "id": rows["territoire_id"].tolist(),
        "regions": [ranks(pd.Series(list(codes_)), used["region"]) for codes_ in rows["codes_region"]],
        "departements": [ranks(pd.Series(list(codes_)), used["departement"]) for codes_ in rows["codes_departement"]],
        "lon": degrees(rows["lon"]),
        "lat": degrees(rows["lat"]),
    }


def _regions(frame: pd.DataFrame) -> dict[str, Any]:
    rows = frame.sort_values("code_region")
    return {
        "code": rows["code_region"].tolist(),
        "lon": degrees(rows["lon"]),
        "lat": degrees(rows["lat"]),
        "bbox": [list(box) for box in rows["bbox"]],
    }


def _names(
    projets: pd.DataFrame, sites: pd.DataFrame, tables: Mapping[str, pd.DataFrame], used: Codes
) -> dict[str, Any]:
    territoires = tables["territoires"].sort_values("territoire_id")
    communes = tables["communes"].set_index("code_insee")["nom"]
    return {
        "projets": {
            "entreprise": [None if pd.isna(name) else name for name in projets["entreprise"]],
            "commune": ranks(projets["code_insee"], used["commune"]),
        },
        "communes": communes.reindex(used["commune"]).tolist(),
        "sites": {"nom": sites["site_nom"].tolist()},
        "territoires": {name: territoires.loc[territoires["millesime"] == name, "nom"].tolist() for name in MILLESIMES},
        "regions": _labels(tables["regions"].set_index("code_region")["nom"], used["region"]),
        "departements": _labels(tables["departements"].set_index("code_departement")["nom"], used["departement"]),
    }


COLLECTIVITES = {"987": "Polynésie française", "988": "Nouvelle-Calédonie"}
"""The two collectivities outside regions and départements that hold projects."""


def _labels(names: pd.Series, known: Sequence[str]) -> list[str]:
    return [names.get(code) or COLLECTIVITES[code] for code in known]

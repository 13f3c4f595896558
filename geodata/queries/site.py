"""The sheet of one site: the same answer for the page, the PDF and the dossier."""

import difflib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

import pandas as pd

import contract
from geodata.models.sheet import Named
from geodata.models.site_sheet import SiteLabel, SiteSheet
from geodata.queries.around import around
from geodata.queries.objects import name_of, territoire_name
from geodata.queries.site_facts import coverage_of, facts_of
from geodata.repository import Tables

MAX_NEAR_NAMES = 5
_ALIKE = 0.5  # share of common letters under which a name is not « near »


def site_sheet(tables: Tables, code: str, millesime: str = contract.DEFAULT_MILLESIME) -> SiteSheet | None:
    """The sheet of a site in a millesime of the territoires; None when no site has that id."""
    sites = tables["sites"]
    codes = list(sites["site_id"])
    if code not in codes:
        return None
    position = codes.index(code)
    row = {key: _null(value) for key, value in sites.iloc[position].to_dict().items()}
    facts = facts_of(tables, code)
    known = {fact.field.code for fact in facts}
    territoire = row[contract.column_for("territoire", millesime)]
    return SiteSheet(
        code=code,
        name=row["site_nom"],
        other_names=tuple(row["autres_noms"]),
        labels=tuple(_label(label) for label in json.loads(row["labels"])),
        confidence=row["confiance"],
        millesime=millesime,
        commune=_named(row["code_insee"], row["nom_commune"]),
        epci=_named(row["code_epci"], name_of(tables, "epci", row["code_epci"])),
        departement=_named(row["code_departement"], name_of(tables, "departements", row["code_departement"])),
        region=Named(row["code_region"], name_of(tables, "regions", row["code_region"]) or row["code_region"]),
        territoire=_named(territoire, territoire_name(tables, millesime, territoire)),
        ti=row[contract.column_for("ti", millesime)],
        lon=row["lon"],
        lat=row["lat"],
        is_commune_point=row["position_quality"] == "commune",
        facts=facts,
        unknown=tuple(field for field in contract.sheet_fields().values() if field.code not in known),
        coverage=coverage_of(tables, code),
        status=row["etat"],
        notes=row["atouts"],
        bearer=row["porteur"],
        addresses=tuple(row["sources"]),
        around=around(tables, sites.iloc[position].to_dict()),
        previous=_neighbour(sites, position - 1),
        next=_neighbour(sites, position + 1),
    )


def nearest_names(tables: Tables, code: str) -> tuple[Named, ...]:
    """The sites whose id or name most resembles ``code``, for an address that names none: at most five."""
    asked = _plain(code)
    found = []
    for row in tables["sites"][["site_id", "site_nom"]].itertuples(index=False):
        score = max(_likeness(asked, _plain(row.site_id)), _likeness(asked, _plain(row.site_nom)))
        if score >= _ALIKE:
            found.append((-score, row.site_id, row.site_nom))
    return tuple(Named(site, name) for _, site, name in sorted(found)[:MAX_NEAR_NAMES])


def _likeness(asked: str, name: str) -> float:
    if len(asked) >= 4 and asked in name:
        return 1.0
    return difflib.SequenceMatcher(None, asked, name).ratio()


def _plain(name: str) -> str:
    """Without accents, case nor punctuation; cut, since comparing grows with the square of the length."""
    text = unicodedata.normalize("NFKD", name[:60]).encode("ascii", "ignore").decode().lower()
    return "".join(letter for letter in text if letter.isalnum())


def _label(label: Mapping[str, Any]) -> SiteLabel:
    return SiteLabel(
        wave=label["vague"],
        date=label["date"],
        source_id=label["source_id"],
        name=label["nom"],
        confidence=label["confiance"],
        area_ha=label["surface_ha"],
        sources=tuple(label["sources"]),
    )


def _named(code: str | None, name: str | None) -> Named | None:
    return None if code is None else Named(code, name or code)


def _neighbour(sites: pd.DataFrame, position: int) -> Named | None:
    if not 0 <= position < len(sites):
        return None
    row = sites.iloc[position]
    return Named(str(row["site_id"]), str(row["site_nom"]))


def _null(value: Any) -> Any:
    return None if pd.api.types.is_scalar(value) and pd.isna(value) else value

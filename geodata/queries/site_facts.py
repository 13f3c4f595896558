"""The facts of each site under the names of the sheet's fields, and what share of those fields is known.

Three origins, in this order: what a document states (table ``sites-faits``), what the list of sites states in a column
of its own, what the atlas computes from official files (commune, intermunicipality, nearest facility). A field is known
when any of them has a value; a position that is the commune's is not the position of the site.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

import contract
from geodata.models.site_sheet import Coverage, FieldCoverage, GroupCoverage, SiteFact
from geodata.repository import Tables

LIST = "sites-cles-en-main"
# Columns of ``sites`` that state a field: column → field.
STATED = {
    "site_nom": "site_nom",
    "surface_ha": "surface_annoncee_ha",
    "surface_disponible_ha": "site_surf_comm_dispo",
    "secteurs": "secteurs",
    "porteur": "porteur",
}
# Columns that the ETL computes: column → field, source. Straight-line nearest; the standard's distances are by road.
COMPUTED = {
    "gare_voyageurs_nom": ("gare_nom", "gares"),
    "gare_fret_nom": ("gare_fret_nom", "gares"),
    "port_nom": ("port_nom", "ports"),
    "aeroport_nom": ("aeroport_nom", "aeroports"),
}
_NEAREST = ("à vol d’oiseau", "straight line")
_PLACED = ("d’après la commune", "from the commune")


def facts_of(tables: Tables, site_id: str) -> tuple[SiteFact, ...]:
    """What is known of a site, one fact a field in the order of the sheet; empty for an unknown site."""
    return _all_facts(tables).get(site_id, ())


def coverage_of(tables: Tables, site_id: str) -> Coverage:
    """By group of the sheet, how many fields are known."""
    known = {fact.field.code for fact in facts_of(tables, site_id)}
    return Coverage(tuple(_group(group, known) for group in contract.codes("groupe_fiche")))


def coverage_by_field(tables: Tables) -> tuple[FieldCoverage, ...]:
    """For how many of the documented sites each field is known, in the order of the sheet."""
    facts = _all_facts(tables)
    counts = pd.Series([fact.field.code for found in facts.values() for fact in found]).value_counts()
    return tuple(
        FieldCoverage(field, int(counts.get(code, 0)), len(facts)) for code, field in contract.sheet_fields().items()
    )


def _group(group: str, known: set[str]) -> GroupCoverage:
    fields = [field for field in contract.sheet_fields().values() if field.group == group]
    standard = [field for field in fields if field.is_cnig]
    return GroupCoverage(
        group=group,
        known=sum(field.code in known for field in fields),
        total=len(fields),
        known_cnig=sum(field.code in known for field in standard),
        n_cnig=len(standard),
    )


@lru_cache(maxsize=4)
def _all_facts(tables: Tables) -> Mapping[str, tuple[SiteFact, ...]]:
    order = {code: number for number, code in enumerate(contract.sheet_fields())}
    communes = _names(tables, "communes", "code_insee")
    epci = _names(tables, "epci", "code_epci")
    stated = _stated(tables["sites-faits"])
    found = {}
    for row in tables["sites"].to_dict("records"):
        facts = {fact.field.code: fact for fact in (*_computed(row, communes, epci), *_columns(row))}
        facts |= stated.get(row["site_id"], {})
        found[str(row["site_id"])] = tuple(sorted(facts.values(), key=lambda fact: order[fact.field.code]))
    return found


def _stated(rows: pd.DataFrame) -> dict[str, dict[str, SiteFact]]:
    """Typed facts by site and field; the statements of a higher rank go with the one of rank 1."""
    found: dict[str, dict[str, SiteFact]] = {}
    for (site, field), group in rows.groupby(["site_id", "champ"], sort=False):
        first, *others = [_fact(row) for row in group.sort_values("rang").to_dict("records")]
        found.setdefault(str(site), {})[str(field)] = _with(first, tuple(others))
    return found


def _with(fact: SiteFact, others: tuple[SiteFact, ...]) -> SiteFact:
    return SiteFact(**{**fact.__dict__, "others": others})


def _fact(row: Mapping[Any, Any]) -> SiteFact:
    return SiteFact(
        field=contract.sheet_fields()[row["champ"]],
        value=row["valeur"],
        source=row["source"],
        note_fr=_null(row["precision_fr"]),
        note_en=_null(row["precision_en"]),
        url=_null(row["source_url"]),
        date=_null(row["date"]),
        confidence=row["confiance"],
        quote=row["citation"],
    )


def _columns(row: Mapping[Any, Any]) -> Iterator[SiteFact]:
    """What the list states in a column; the area that the reference label does not give may come from another label."""
    labels = json.loads(row["labels"])
    addresses = list(row["sources"])
    url = addresses[0] if addresses else None
    for column, field in STATED.items():
        value = _null(row[column])
        if value is not None:
            written = f"{value:g}" if isinstance(value, float) else str(value)
            yield _said(field, written, url, row["confiance"])
    waves = [label["vague"] for label in labels]
    yield _said("site_quali_territoire", ",".join(waves), url, row["confiance"], labels[-1]["date"])


def _said(field: str, value: str, url: str | None, confidence: str, date: str | None = None) -> SiteFact:
    return SiteFact(contract.sheet_fields()[field], value, LIST, url=url, date=date, confidence=confidence)


def _computed(row: Mapping[Any, Any], communes: dict[str, str], epci: dict[str, str]) -> Iterator[SiteFact]:
    fields = contract.sheet_fields()
    insee, code = _null(row["code_insee"]), _null(row["code_epci"])
    if insee is not None:
        name = f"{communes.get(insee, row['nom_commune'])} ({insee})"
        yield SiteFact(fields["site_comm_nom"], name, "communes-2024", *_PLACED)
    if code is not None and code in epci:
        yield SiteFact(fields["site_epci_nom"], f"{epci[code]} ({code})", "epci-2024", *_PLACED)
    if row["position_quality"] == "adresse":
        point = f"{row['lat']:.5f}, {row['lon']:.5f}"
        yield SiteFact(fields["site_geompoint"], point, LIST, confidence=row["confiance"])
    for column, (field, source) in COMPUTED.items():
        place = _null(row[column])
        if place is not None:
            yield SiteFact(fields[field], place, source, *_NEAREST)


def _names(tables: Tables, table: str, key: str) -> dict[str, str]:
    return dict(tables[table][[key, "nom"]].itertuples(index=False))


def _null(value: Any) -> Any:
    return None if pd.isna(value) else value

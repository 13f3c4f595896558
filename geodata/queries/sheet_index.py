"""Indexes of the sheets: every region, every territoire of a millesime; what a wrong address may have meant."""

from dataclasses import dataclass
from typing import Any

import contract
from geodata.models.sheet_parts import AreaLine
from geodata.queries.filters import objects_of
from geodata.queries.sheet_facts import region_names
from geodata.queries.sheet_places import area_counts, lead_first
from geodata.repository import Tables
from state import Selection


@dataclass(frozen=True)
class Homonym:
    """A territoire of some millesime."""

    millesime: str
    code: str
    name: str


def homonyms(tables: Tables, code: str) -> tuple[Homonym, ...]:
    """The territoires of any millesime that have an id: what a wrong address may have meant."""
    rows = tables["territoires"]
    found = rows[rows["territoire_id"] == code].sort_values("millesime")
    return tuple(Homonym(row["millesime"], row["territoire_id"], row["nom"]) for row in found.to_dict("records"))


def regions_index(tables: Tables, base: Selection) -> tuple[AreaLine, ...]:
    """The 18 regions by name; ``n_members`` are the territoires that cover each."""
    territoires = objects_of(tables, base, "territoires")
    counts = area_counts(tables, base, "code_region")
    covering: dict[str, int] = {}
    for codes in territoires["codes_region"]:
        for code in codes:
            covering[code] = covering.get(code, 0) + 1
    rows = tables["regions"].sort_values("nom").to_dict("records")
    return tuple(
        AreaLine(
            code=row["code_region"],
            name=row["nom"],
            n_communes=int(row["n_communes"]),
            population=int(row["population"]),
            n_sites=int(counts["sites"].get(row["code_region"], 0)),
            n_projects=int(counts["projets"].get(row["code_region"], 0)),
            n_members=covering.get(row["code_region"], 0),
        )
        for row in rows
    )


def territoires_index(tables: Tables, base: Selection) -> tuple[AreaLine, ...]:
    """The territoires of the millesime that the search leaves, by lead region then name."""
    rows = objects_of(tables, base, "territoires")
    whole = Selection(millesime=base.millesime, date=base.date)
    counts = area_counts(tables, whole, contract.column_for("territoire", base.millesime))
    names = region_names(tables)
    lines = [_line(row, counts, names) for row in rows.to_dict("records")]
    return tuple(sorted(lines, key=lambda line: (line.regions[0].name, line.name.casefold())))


def _line(row: dict[Any, Any], counts: dict[str, Any], names: dict[str, str]) -> AreaLine:
    code = row["territoire_id"]
    return AreaLine(
        code=code,
        name=row["nom"],
        n_communes=int(row["n_communes"]),
        population=int(row["population"]) if row["population"] == row["population"] else None,
        n_sites=int(counts["sites"].get(code, 0)),
        n_projects=int(counts["projets"].get(code, 0)),
        n_members=int(row["n_membres"]),
        regions=lead_first(row["codes_region"], row["code_region"], names),
    )

"""How complete the facts on the projects are, field by field and region by region, imports told apart.

No field is invented: one that the open data does not publish (amount of support, decision, selection, criteria) is 0 %
published, until a file of the house completes it (``python -m etl import projets``).
"""

import pandas as pd

import contract
from geodata.models.completeness import Completeness
from geodata.repository import Tables
from imports.projets import known_facts
from imports.schemas import schema

NATIONAL = "FR"
_ALSO = ("siren", "siret", "code_insee")
"""Facts that find a project: the open data has them or not, an import never changes them."""


def field_label(field: str, language: str) -> str:
    """The name of a field: the contract's where it has one, else the French one of the import's columns."""
    known = contract.table("projets").fields.get(field)
    if known:
        return known.label(language)
    return next((column.fr for column in schema("projets").columns.values() if column.to == field), field)


def completeness(tables: Tables) -> pd.DataFrame:
    """One row a field and region (``FR``: national): field, code_region, total, published, imported, share (0 to 1)."""
    rows = [vars(item) | {"share": item.share} for item in list_completeness(tables)]
    return pd.DataFrame(rows, columns=["field", "code_region", "total", "published", "imported", "share"])


def list_completeness(tables: Tables) -> tuple[Completeness, ...]:
    """The same as frozen rows."""
    projects = tables["projets"]
    totals = _by_region(pd.Series(True, index=projects.index), projects)
    found = []
    for field in (*_ALSO, *known_facts()):
        published = projects[field].notna() if field in projects else pd.Series(False, index=projects.index)
        given = {code for code, fields in tables.imported.values.items() if field in fields}
        imported = projects["projet_id"].isin(given) & ~published
        counts = _by_region(published, projects), _by_region(imported, projects)
        found += [Completeness(field, region, n, *(part[region] for part in counts)) for region, n in totals.items()]
    return tuple(found)


def _by_region(mask: pd.Series, projects: pd.DataFrame) -> dict[str, int]:
    """How many rows of the mask are true, everywhere and by region code."""
    counts = mask.groupby(projects["code_region"]).sum()
    return {NATIONAL: int(mask.sum()), **{str(code): int(n) for code, n in counts.items()}}


def conflicts_of(tables: Tables) -> pd.DataFrame:
    """Imported values that contradict a published one, both kept: projet_id, field, published, value, file, line."""
    columns = ["projet_id", "field", "published", "value", "file", "line"]
    return pd.DataFrame([dict(item) for item in tables.imported.conflicts], columns=columns)

"""The columns that a file may have: the CNIG standard's, or the atlas's own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["text", "number", "bound", "date", "year", "point", "polygon", "address", "siren", "postcode", "code"]


@dataclass(frozen=True)
class Column:
    """One column: its kind, what it may hold; the atlas needs an essential one, the standard a required one.

    ``codes`` is a code list of the contract, ``to`` the field of the atlas that the column speaks of.
    """

    name: str
    kind: Kind
    fr: str
    is_essential: bool = False
    is_required: bool = False
    values: tuple[str, ...] = ()
    codes: str | None = None
    to: str | None = None


@dataclass(frozen=True)
class Schema:
    """A set of columns by name, and the spellings that mean « not stated »."""

    name: str
    columns: Mapping[str, Column]
    missing: frozenset[str]


@cache
def schema(name: str) -> Schema:
    """The schema ``cnig_site_eco``, ``own_sites`` or ``projets``."""
    document = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
    columns = {key: _column(key, row) for key, row in document["columns"].items()}
    return Schema(name, columns, frozenset(word.casefold() for word in document["missing"]))


def _column(name: str, row: Mapping[str, object]) -> Column:
    kind = "year" if row.get("format") == "year" else "address" if "pattern" in row else str(row["kind"])
    values = row.get("values", ())
    assert isinstance(values, list | tuple)
    return Column(
        name=name,
        kind=kind,  # type: ignore[arg-type]
        fr=str(row["fr"]),
        is_essential=bool(row.get("essential")),
        is_required=bool(row.get("required")),
        values=tuple(values),
        codes=str(row["codes"]) if "codes" in row else None,
        to=str(row["to"]) if "to" in row else None,
    )


def closest(columns: tuple[str, ...], names: tuple[str, ...]) -> Schema:
    """Of the schemas ``names`` the one that shares most columns with a file; the first at equality."""
    return max((schema(name) for name in names), key=lambda item: len(item.columns.keys() & set(columns)))

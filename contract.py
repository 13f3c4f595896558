"""What the ETL and the atlas agree on: tables, fields, units, allowed values and their labels in both languages.

The facts live in ``contract.toml``; this module gives them types. It imports nothing of ours.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

LANGUAGES = ("fr", "en")
DEFAULT_LANGUAGE = "fr"
MILLESIMES = ("2020-10", "2022-12", "2024-07")
DEFAULT_MILLESIME = "2020-10"

Kind = Literal["string", "int", "float", "date", "bool", "list", "json"]


@dataclass(frozen=True)
class Code:
    """One allowed value of a code list: its code, its two labels, its spellings in the source and, if any, its date."""

    code: str
    fr: str
    en: str
    source: tuple[str, ...] = ()
    date: str | None = None

    def label(self, language: str) -> str:
        return self.en if language == "en" else self.fr


@dataclass(frozen=True)
class Field:
    """One column: kind, unit, labels, allowed values. ``is_nullable`` means that null is « non renseigné »."""

    name: str
    kind: Kind
    fr: str
    en: str
    is_nullable: bool = False
    unit: str | None = None
    codes: str | None = None
    values: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        return self.en if language == "en" else self.fr

    def allowed(self) -> tuple[str, ...]:
        """The allowed values, or an empty tuple when any value of the kind is."""
        return tuple(codes(self.codes)) if self.codes else self.values


@dataclass(frozen=True)
class Table:
    """One published table: key columns, fields in order, and whether a GeoJSON of the same name goes with it."""

    name: str
    fr: str
    en: str
    key: tuple[str, ...]
    fields: MappingProxyType[str, Field]
    geometry: Literal["polygon", "point"] | None = None

    def label(self, language: str) -> str:
        return self.en if language == "en" else self.fr


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def codes(name: str) -> MappingProxyType[str, Code]:
    """The code list ``name``, in display order."""
    rows = _document()["codes"][name]
    return MappingProxyType({code: _code(code, row) for code, row in rows.items()})


def _code(code: str, row: dict[str, str]) -> Code:
    spellings = tuple(row["source"].split("|")) if "source" in row else ()
    return Code(code, row["fr"], row["en"], spellings, row.get("date"))


@dataclass(frozen=True)
class SheetField:
    """One field of a site sheet.

    Attributes:
        code: Its name in the national standard « Sites économiques » when ``is_cnig``, else ours.
        group: A code of ``groupe_fiche``.
        kind: text, number (a decimal point), yesno (oui, non), choice (one of ``values``), period (a year, two years
            joined by a hyphen, or « immediate ») or date.
        ask_fr, ask_en: What to ask while the field is unknown.
    """

    code: str
    group: str
    kind: str
    fr: str
    en: str
    ask_fr: str
    ask_en: str
    unit: str | None = None
    is_cnig: bool = False
    values: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        return self.en if language == "en" else self.fr

    def ask(self, language: str) -> str:
        return self.ask_en if language == "en" else self.ask_fr


@cache
def sheet_fields() -> MappingProxyType[str, SheetField]:
    """The fields of a site sheet (code list ``champ_site``), in the order of the sheet."""
    rows = _document()["codes"]["champ_site"]
    return MappingProxyType({code: _sheet_field(code, row) for code, row in rows.items()})


def _sheet_field(code: str, row: dict[str, Any]) -> SheetField:
    return SheetField(
        code=code,
        group=row["group"],
        kind=row["kind"],
        fr=row["fr"],
        en=row["en"],
        ask_fr=row["ask_fr"],
        ask_en=row["ask_en"],
        unit=row.get("unit"),
        is_cnig=row.get("cnig", False),
        values=tuple(row.get("values", ())),
    )


@cache
def tables() -> MappingProxyType[str, Table]:
    """Every published table by name."""
    return MappingProxyType({name: _table(name, row) for name, row in _document()["tables"].items()})


def table(name: str) -> Table:
    return tables()[name]


def _table(name: str, row: dict[str, Any]) -> Table:
    fields = {key: _field(key, value) for key, value in row["fields"].items()}
    return Table(name, row["fr"], row["en"], tuple(row["key"]), MappingProxyType(fields), row.get("geometry"))


def _field(name: str, row: dict[str, Any]) -> Field:
    return Field(
        name=name,
        kind=row["kind"],
        fr=row["fr"],
        en=row["en"],
        is_nullable=row.get("null", False),
        unit=row.get("unit"),
        codes=row.get("codes"),
        values=tuple(row.get("values", ())),
    )


def label_of(code_list: str, code: str | None, language: str) -> str:
    """The label of a code; « non renseigné » for null; the bare code when the list does not know it."""
    if code is None:
        return unknown(language)
    known = codes(code_list).get(code)
    return known.label(language) if known else code


def unknown(language: str) -> str:
    """How a missing value is shown: never 0, never blank."""
    return "not stated" if language == "en" else "non renseigné"


def column_for(prefix: Literal["territoire", "ti"], millesime: str) -> str:
    """The column that holds the territoire (or the inside/outside flag) of an object in a millesime."""
    return f"{prefix}_{millesime.replace('-', '_')}"

"""Facts typed by hand in ``etl/tables``: read, typed and held against the contract; every flaw is listed at once."""

import csv
import datetime as dt
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

import contract
from etl.catalog import Source, catalog
from etl.errors import ChecksFailed
from etl.products import Product
from etl.settings import TABLES_FOLDER

TABLES = ("acteurs", "chiffres", "chiffres-ecarts", "contradictions", "faits", "jalons", "mesures")
MILLESIMES = {
    **dict.fromkeys(TABLES, "2018 à 2024"),
    "faits": "2018 à 2022",
    "mesures": "2018 à 2022",
}
LIST_SEPARATOR = "|"
BOOLEANS = {"oui": True, "non": False}


def build_facts(folder: Path = TABLES_FOLDER, sources: Mapping[str, Source] | None = None) -> list[Product]:
    """The typed tables. Needs no raw source: each row names the document that it was typed from.

    Raises:
        ChecksFailed: with every wrong cell of every table.
    """
    known = catalog() if sources is None else sources
    failures: list[str] = []
    products = []
    for name in TABLES:
        frame = read_facts(contract.table(name), folder / f"{name}.csv", known, failures)
        used = tuple(sorted(set(frame["source"].dropna()))) if "source" in frame else ()
        products.append(Product(name, "table", used, MILLESIMES[name], frame))
    if failures:
        raise ChecksFailed(failures)
    return products


def read_facts(table: contract.Table, path: Path, sources: Collection[str], failures: list[str]) -> pd.DataFrame:
    """One typed table; what is wrong is added to ``failures`` as « file:line: column: reason », its cell left null."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        header, rows = list(reader.fieldnames or ()), list(reader)
    if header != list(table.fields):
        missing, unknown = sorted(set(table.fields) - set(header)), sorted(set(header) - set(table.fields))
        failures.append(
            f"{path.name}:1: columns missing: {missing}; unknown: {unknown}; or not in the contract's order"
        )
        return pd.DataFrame(columns=list(table.fields))
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            failures.append(f"{path.name}:{number}: expected {len(header)} cells")
    typed: dict[str, list[Any]] = {}
    for field in table.fields.values():
        cells = [
            (f"{path.name}:{number}: {field.name}", row.get(field.name) or "") for number, row in enumerate(rows, 2)
        ]
        typed[field.name] = [_read_cell(field, text.strip(), where, failures) for where, text in cells]
    for number, name in enumerate(typed.get("source", ()), start=2):
        if name is not None and name not in sources:
            failures.append(f"{path.name}:{number}: source: {name!r} is not in the catalogue")
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in typed.items()})


def _read_cell(field: contract.Field, text: str, where: str, failures: list[str]) -> Any:
    if field.kind == "list":
        items = [item.strip() for item in text.split(LIST_SEPARATOR)] if text else []
        failures.extend(f"{where}: {reason}" for item in items if (reason := _not_allowed(field, item)))
        return items
    if not text:
        if not field.is_nullable:
            failures.append(f"{where}: expected a {field.kind}, found an empty cell")
        return None
    if reason := _not_allowed(field, text):
        failures.append(f"{where}: {reason}")
        return None
    try:
        return _PARSERS[field.kind](text)
    except (ValueError, KeyError):
        failures.append(f"{where}: expected {_EXPECTED.get(field.kind, field.kind)}, found {text!r}")
        return None


def _not_allowed(field: contract.Field, text: str) -> str | None:
    allowed = field.allowed()
    return f"expected one of {', '.join(allowed)}, found {text!r}" if allowed and text not in allowed else None


_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "string": str,
    "json": str,
    "int": int,
    "float": float,
    "bool": BOOLEANS.__getitem__,
    "date": lambda text: dt.date.fromisoformat(text).isoformat(),
}
_EXPECTED = {"bool": "oui or non", "date": "a date YYYY-MM-DD", "int": "a whole number", "float": "a number"}

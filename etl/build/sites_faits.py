"""Facts of the sites, one a field: typed from the texts of the source, each held against the row that it quotes."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

import contract
from etl.build.facts import read_facts
from etl.catalog import Source, catalog
from etl.errors import ChecksFailed
from etl.products import Product
from etl.settings import TABLES_FOLDER

SOURCE = "sites-cles-en-main"
STANDARD = ("cnig-site-eco", "cnig-terrain-eco")
USES = (SOURCE, "decoupage-regions", *STANDARD)
NAME = "sites-faits"
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_KINDS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "text": (re.compile(r".+"), "a text"),
    "number": (re.compile(r"\d+(\.\d+)?"), "a number with a decimal point"),
    "yesno": (re.compile(r"oui|non"), "oui or non"),
    "choice": (re.compile(r".+"), "one of the field's values"),
    "period": (re.compile(r"immediate|\d{4}(-\d{4})?"), "a year, two years joined by a hyphen, or immediate"),
    "date": (_DATE, "a date YYYY, YYYY-MM or YYYY-MM-DD"),
}


def build_sites_faits(
    named: pd.DataFrame,
    standard: Collection[str],
    path: Path = TABLES_FOLDER / f"{NAME}.csv",
    sources: Mapping[str, Source] | None = None,
) -> Product:
    """The typed facts, sorted by site, field and rank.

    Args:
        named: one row a label, with ``site_id`` and the texts of the source (``build.sites.name_sites``).
        standard: names of the fields of the national standard.
        path: the typed table.
        sources: the catalogue; default: ours.

    Raises:
        ChecksFailed: with every flaw of every row.
    """
    failures = [
        f"contract.toml: champ_site: {field.code}: not a field of the standard « Sites économiques »"
        for field in contract.sheet_fields().values()
        if field.is_cnig and field.code not in standard
    ]
    table = contract.table(NAME)
    frame = read_facts(table, path, catalog() if sources is None else sources, failures)
    if not failures:
        failures = list(_flaws(frame, named, path.name))
    if failures:
        raise ChecksFailed(failures)
    frame["rang"] = frame["rang"].astype("int64")
    order = {code: number for number, code in enumerate(contract.sheet_fields())}
    frame = frame.sort_values(["site_id", "champ", "rang"], key=lambda column: column.map(lambda v: order.get(v, v)))
    used = sorted({*frame["source"], *USES})
    return Product(NAME, "table", tuple(used), "2020-01 à 2025-11", frame.reset_index(drop=True))


def _flaws(frame: pd.DataFrame, named: pd.DataFrame, filename: str) -> Iterator[str]:
    labels = {row["source_id"]: row for row in named.to_dict("records")}
    for number, row in enumerate(frame.to_dict("records"), start=2):
        where = f"{filename}:{number}: {row['site_id']}/{row['champ']}"
        yield from (f"{where}: {reason}" for reason in _row_flaws(row, labels.get(row["source_id"])))
    for (site, field), ranks in frame.groupby(["site_id", "champ"])["rang"]:
        if sorted(ranks) != list(range(1, len(ranks) + 1)):
            yield f"{filename}: {site}/{field}: rang: expected 1 to {len(ranks)}, each once, found {sorted(ranks)}"


def _row_flaws(row: Mapping[Any, Any], label: Mapping[Any, Any] | None) -> Iterator[str]:
    field = contract.sheet_fields()[row["champ"]]
    pattern, expected = _KINDS[field.kind]
    if not pattern.fullmatch(row["valeur"]) or (field.values and row["valeur"] not in field.values):
        yield f"valeur: expected {expected} {', '.join(field.values)}".rstrip() + f", found {row['valeur']!r}"
    if row["unite"] != field.unit:
        yield f"unite: expected {field.unit!r}, found {row['unite']!r}"
    if (row["precision_fr"] is None) != (row["precision_en"] is None):
        yield "precision: expected both languages or none"
    if row["date"] is not None and not _DATE.fullmatch(row["date"]):
        yield f"date: expected YYYY, YYYY-MM or YYYY-MM-DD, found {row['date']!r}"
    if row["source_url"] is not None and not row["source_url"].startswith(("https://", "http://")):
        yield f"source_url: expected a web address, found {row['source_url']!r}"
    if label is None:
        yield f"source_id: {row['source_id']!r} is not a row of the source"
        return
    if label["site_id"] != row["site_id"]:
        yield f"site_id: {row['source_id']} is a label of {label['site_id']}"
    if row["citation"] not in _said(label):
        yield f"citation: {row['citation']!r} is not in the row {row['source_id']} of the source"


def _said(label: Mapping[Any, Any]) -> str:
    """Every text of a label, a line each; numbers as they are written in the source."""
    texts = []
    for value in label.values():
        if isinstance(value, list):
            texts += value
        elif isinstance(value, float):
            texts.append(f"{value:g}")
        elif not pd.isna(value):
            texts.append(str(value))
    return "\n".join(texts)

"""Rows made from the contract, one of them hostile in every text cell."""

from datetime import date
from typing import Any

import pandas as pd

import contract
from exports.provenance import Provenance, Source

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "+33 1 02 03 04 05",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "\r\n=1+1",
    "  =1+1",
    "＝1+1",
    "<script>alert('é')</script>",
    '\u202eabc\u200f; "quoted", # not a comment',
    "line one\nline two",
    "#N/A",
    "0123",
    "x" * 10_000,
    "\x00\x07bell",
)
_SAMPLES: dict[str, Any] = {"string": "abc", "int": 3, "float": -1.25, "date": date(2022, 4, 8), "bool": True}

SOURCE = Source(
    name="plan-de-relance",
    producer="Ministère; de l’Économie, et des Finances",
    title='Projets "industriels"',
    licence="Licence Ouverte 2.0",
    licence_url="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    page_url=None,
    millesime="2022-04-08",
    date=None,
    note="A note.",
)


def make_provenance(language: str = "fr") -> Provenance:
    """A filter in the visitor's own hostile words, and one source without a date."""
    return Provenance(
        title="Projets financés",
        language=language,
        filters=(("Région", ("Normandie (28)",)), ("Recherche", (';=cmd()\n"x",=cmd()',))),
        hash="ab" * 32,
        millesime="2022-04-08",
        sources=(SOURCE,),
    )


def make_rows(table: contract.Table, texts: tuple[str, ...] = HOSTILE) -> pd.DataFrame:
    """One row a hostile text, put in every free text cell; then one row with every nullable cell null."""
    rows = [{name: _cell(field, text) for name, field in table.fields.items()} for text in texts]
    rows.append({name: None if field.is_nullable else _cell(field, "last") for name, field in table.fields.items()})
    frame = pd.DataFrame(rows)
    for name, field in table.fields.items():
        if field.kind in ("int", "float") and field.is_nullable:
            frame[name] = frame[name].astype(float)  # as Parquet gives it: NaN for null
    return frame


def _cell(field: contract.Field, text: str) -> Any:
    if field.kind == "list":
        return list(field.allowed()[:1]) or [text, "b|c"]
    if field.kind == "json":
        return '[{"a": 1}]'
    if field.allowed():
        return field.allowed()[0]
    return text if field.kind == "string" else _SAMPLES[field.kind]

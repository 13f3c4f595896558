"""CSV, for pandas and for a double click in a spreadsheet.

The choices, which ``docs`` and the file itself repeat:

- UTF-8 with BOM, CRLF, one header row of the contract's field names; codes, not labels.
- French: ``;`` between cells and a decimal comma, as French spreadsheets expect (they read « 12.5 » as a day of May).
  English: ``,`` and a decimal point.
- Provenance first, in lines that start with ``#``. A reader that does not skip them fails at once, loudly; at the end
  of the file they would be read as rows. ``pandas.read_csv(path, sep=";", decimal=",", comment="#")``: every text cell
  is quoted, so that a ``#`` inside one is no comment.
- Missing is an empty cell, never 0. Lists are joined by ``|``.
- A text that a spreadsheet could run as a formula gets a leading ``'``. Numbers stay numbers, negative ones too.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import orjson
import pandas as pd

import contract
from exports.cells import clean_text, is_formula_like, join_list, plain_rows
from exports.provenance import Provenance
from views.text import text

MIMETYPE = "text/csv; charset=utf-8"
DELIMITERS = {"fr": ";", "en": ","}
_DECIMALS = {"fr": ",", "en": "."}


def export_csv(rows: pd.DataFrame, table: contract.Table, provenance: Provenance, language: str) -> bytes:
    """The rows of one table with their provenance, as the bytes of a CSV file.

    Raises:
        KeyError: ``rows`` lacks a column of the contract.
    """
    delimiter, decimal = DELIMITERS[language], _DECIMALS[language]
    lines = [_comment(line) for line in _preamble(provenance, len(rows), language)]
    lines.append(delimiter.join(table.fields))
    lines += [delimiter.join(_cell(value, decimal) for value in cells) for cells in plain_rows(rows, table)]
    return b"\xef\xbb\xbf" + "".join(f"{line}\r\n" for line in lines).encode()


def _preamble(provenance: Provenance, n_rows: int, language: str) -> list[str]:
    pairs = [f"{label} : {value}" for label, value in provenance.lines(n_rows)]
    sources = [
        text(
            "export_source",
            language,
            name=source.name,
            producer=source.producer,
            title=source.title,
            licence=source.licence,
            date=provenance.source_date(source),
            millesime=source.millesime,
        )
        for source in provenance.sources
    ]
    return [*pairs, *sources, text("export_csv_reading", language)]


def _comment(line: str) -> str:
    """One comment line. Without either delimiter or a line break: the visitor's words cannot start a cell or a row."""
    kept = " ".join(clean_text(line).split())
    return "# " + kept.replace(";", " ·").replace(",", " ·").replace('"', "”")


def _cell(value: Any, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _float(value, decimal)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list) and not any(isinstance(item, dict) for item in value):
        joined = join_list(value)
        return "" if joined is None else _quoted(joined)
    return _quoted(value if isinstance(value, str) else orjson.dumps(value).decode())


def _float(value: float, decimal: str) -> str:
    """The shortest digits that give the same float back, without exponent or « .0 »."""
    written = format(Decimal(repr(value)), "f")
    written = written.removesuffix(".0") if written.endswith(".0") else written
    return written.replace(".", decimal)


def _quoted(written: str) -> str:
    neutral = f"'{written}" if is_formula_like(written) else written
    return '"' + neutral.replace('"', '""') + '"'

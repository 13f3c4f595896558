"""One published cell as a plain Python value, and what makes a text dangerous in a spreadsheet."""

import json
import math
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

import contract

# What a spreadsheet takes for the start of a formula, full-width twins included (OWASP, « CSV injection »).
_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
# XML 1.0 has no place for these, and no text of ours needs them; tab and line feeds stay.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain_rows(rows: pd.DataFrame, table: contract.Table) -> Iterator[list[Any]]:
    """The rows as plain values, columns in the order of the contract; whatever stands for null is None.

    Raises:
        KeyError: ``rows`` lacks a column of the contract.
    """
    columns = [[plain_value(cell, field.kind) for cell in rows[name].tolist()] for name, field in table.fields.items()]
    return (list(cells) for cells in zip(*columns, strict=True))


def plain_value(cell: Any, kind: contract.Kind) -> Any:
    """One cell: NaN, NaT and an empty list marker become None, a whole float of an int field an int, JSON its value."""
    if kind == "list":
        return [] if cell is None or isinstance(cell, float) else [_item(item) for item in cell]
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and not math.isfinite(cell)):
        return None
    if kind == "json":
        return _parsed(cell)
    if kind == "int":
        return int(cell)
    if kind == "date" and hasattr(cell, "to_pydatetime"):
        return date(cell.year, cell.month, cell.day)
    return cell if isinstance(cell, (bool, int, float, date)) else clean_text(str(cell))


def _item(item: Any) -> Any:
    return item.item() if hasattr(item, "item") else clean_text(item) if isinstance(item, str) else item


def _parsed(cell: Any) -> Any:
    """The value of a JSON text; the text itself when it is not JSON, so that nothing is lost."""
    try:
        return json.loads(cell) if isinstance(cell, str) else cell
    except ValueError:
        return clean_text(cell)


def clean_text(written: str) -> str:
    """The text without the control characters and lone surrogates that no file format can carry."""
    return _CONTROLS.sub("", written)


def is_formula_like(written: str) -> bool:
    """True when a spreadsheet might run the text: it starts, spaces aside, with ``= + - @``, a tab or a line break."""
    return written[:1] in _FORMULA_STARTS or written.lstrip(" \u00a0\u200b\ufeff")[:1] in _FORMULA_STARTS


def join_list(items: list[Any]) -> str | None:
    r"""The items joined by ``|`` (``\|`` inside an item); None for an empty list: nothing is known."""
    return "|".join(str(item).replace("\\", "\\\\").replace("|", "\\|") for item in items) if items else None

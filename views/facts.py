"""One fact as the reader sees it, and lists of facts with their unknowns."""

from typing import Any

from dash import html

import contract
from views.text import day, euros, is_missing, number

Row = dict[str, Any]


def draw_facts(
    table: str, row: Row, names: list[str], language: str, more: list[tuple[Any, Any]] | None = None
) -> html.Dl:
    """The facts of a row as a description list, unknowns marked; ``more`` adds (field or label, shown) pairs."""
    fields = contract.table(table).fields
    pairs = [(fields[name], show_value(fields[name], row[name], language)) for name in names]
    cells: list[Any] = []
    for item, shown in [*pairs, *(more or [])]:
        is_unknown = shown == contract.unknown(language)
        label = item if isinstance(item, str) else item.label(language)
        cells += [
            html.Dt(shorten_label(label), title=label),
            html.Dd(shown, className="unknown" if is_unknown else None),
        ]
    return html.Dl(cells, className="facts")


def show_value(field: contract.Field, value: Any, language: str) -> str:
    """One value as the reader sees it: label of a code, date in words, amount with its unit."""
    if is_missing(value):
        return contract.unknown(language)
    if field.codes:
        return contract.label_of(field.codes, value, language)
    if field.kind == "date":
        return day(value, language)
    if field.unit == "€":
        return euros(value, language)
    if field.kind in ("int", "float"):
        unit = f"\u202f{field.unit}" if field.unit and len(field.unit) <= 6 else ""
        return number(value, language, 1) + unit
    return str(value)


def shorten(url: str) -> str:
    """A web address without its protocol, cut for reading; the link keeps it whole."""
    bare = url.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return bare if len(bare) <= 60 else bare[:57] + "…"


def shorten_label(label: str) -> str:
    """A label without its last parenthesis, which the title attribute still gives."""
    return label.split(" (", maxsplit=1)[0]

"""Tables of a sheet: a caption, heads, rows whose first cell names them; and links to the Carte."""

from collections.abc import Sequence
from typing import Any

from dash import html

import contract
from views.scrolled import scrolled
from views.text import is_missing

Rows = Sequence[Sequence[Any]]


def draw_table(caption: str, heads: Sequence[str], rows: Rows, numeric: Sequence[int] = (), name: str = "") -> html.Div:
    """A table that scrolls sideways when it must; ``numeric`` are the columns aligned right."""
    head = [html.Th(words, scope="col", className="number" if i in numeric else None) for i, words in enumerate(heads)]
    body = [html.Tr([_cell(cell, i, i in numeric) for i, cell in enumerate(row)]) for row in rows]
    table = html.Table(
        [html.Caption(caption), html.Thead(html.Tr(head)), html.Tbody(body)], className=f"table {name}".strip()
    )
    return scrolled(table, caption)


def _cell(cell: Any, position: int, is_number: bool) -> html.Th | html.Td:
    if position == 0:
        return html.Th(cell, scope="row")
    return html.Td(cell, className="number" if is_number else None)


def known(value: Any, language: str) -> Any:
    """The value, or « non renseigné », marked as such."""
    if is_missing(value) or value == contract.unknown(language):
        return html.Span(contract.unknown(language), className="unknown")
    return value


def linked(shown: Any, href: str | None) -> Any:
    return html.A(shown, href=href) if href else shown

"""The data dictionary: one folded table for each table of the contract, every field with how much of it is filled."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

import contract
from views.scrolled import scrolled
from views.text import number, percent, text

_HIDDEN: dict[str, Any] = {"aria-hidden": "true"}
_COLUMNS = ("sources_field", "sources_meaning", "sources_kind", "sources_unit", "sources_values", "sources_filled")


def draw_dictionary(coverage: pd.DataFrame, language: str) -> html.Div:
    """Every table of the contract; ``coverage``: ``table, champ, n, n_renseignes`` (rows, rows filled)."""
    counts = {
        (str(row.table), str(row.champ)): (int(row.n_renseignes), int(row.n))
        for row in coverage.itertuples(index=False)
    }
    tables = [_table(table, counts, language) for table in contract.tables().values()]
    return html.Div([html.P(text("sources_coverage_lead", language)), *tables])


def _table(table: contract.Table, counts: Mapping[tuple[str, str], tuple[int, int]], language: str) -> html.Details:
    caption = text("sources_dictionary_caption", language, table=table.label(language))
    content = html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(html.Tr([html.Th(text(key, language), scope="col") for key in _COLUMNS])),
            html.Tbody(
                [
                    _field(table, field, counts.get((table.name, field.name)), language)
                    for field in table.fields.values()
                ]
            ),
        ],
        className="table",
    )
    summary = text("sources_dictionary_summary", language, table=table.label(language), n=len(table.fields))
    return html.Details(
        [
            html.Summary([summary, " ", html.Code(table.name)]),
            # The id stands inside: a browser then unfolds what a link names.
            scrolled(content, caption, anchor=f"table-{table.name}"),
        ],
        className="dictionary",
    )


def _field(table: contract.Table, field: contract.Field, filled: tuple[int, int] | None, language: str) -> html.Tr:
    is_key = field.name in table.key
    name: list[Any] = [html.Code(field.name)]
    if is_key:
        name += [" ", html.Small(text("sources_key", language))]
    return html.Tr(
        [
            html.Th(name, scope="row"),
            html.Td(field.label(language)),
            html.Td(text(f"sources_kind_{field.kind}", language)),
            html.Td(field.unit or ""),
            html.Td(_values(field, language)),
            html.Td(draw_coverage(filled, language)),
        ]
    )


def _values(field: contract.Field, language: str) -> Any:
    """Allowed values: a code list with its labels, folded when long."""
    if not field.codes:
        return ", ".join(field.values)
    items = [f"{code} = {item.label(language)}" for code, item in contract.codes(field.codes).items()]
    if len(items) <= 3:
        return " ; ".join(items) if language == "fr" else "; ".join(items)
    return html.Details(
        [html.Summary(text("sources_n_values", language, n=len(items))), html.Ul([html.Li(item) for item in items])]
    )


def draw_coverage(filled: tuple[int, int] | None, language: str) -> list[Any] | str:
    """A bar and its figures for (rows filled, rows); a share is rounded down, so that 100 % means every row."""
    if filled is None or filled[1] == 0:
        return contract.unknown(language)
    n, total = filled
    share = math.floor(1000 * n / total) / 1000
    bar = html.Span(style={"width": f"{share * 100:.1f}%"}, className="coverage-fill")
    words = text("sources_filled_of", language, n=number(n, language), total=number(total, language))
    return [
        html.Span(bar, className="coverage-bar", **_HIDDEN),
        html.Span(f"{percent(share, language)} ({words})", className="coverage-words"),
    ]

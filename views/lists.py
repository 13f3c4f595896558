"""The list twin of the map: tabs, one sortable table, a pager. Every control is a link, so the keyboard can do all."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

import contract
from state import TABS, Selection
from views.links import link_to, link_to_object
from views.markup import aria
from views.scrolled import scrolled
from views.text import day, is_missing, messages, number, text

_KINDS = {"projets": "projet", "sites": "site", "territoires": "territoire", "regions": "region"}
_NUMERIC = ("float", "int")


@dataclass(frozen=True)
class ListPage:
    """One page of a list, ready to draw.

    Attributes:
        rows: the objects of the page; ``columns`` are shown, ``key`` identifies each.
        total: objects of the whole list; ``page`` of ``pages``.
        sort: the column in force, with a minus when descending.
        names: names of regions by code.
    """

    rows: pd.DataFrame
    columns: tuple[str, ...]
    key: str
    total: int
    page: int
    pages: int
    sort: str
    names: dict[str, str]


def draw_list(listed: ListPage, selection: Selection) -> list[Any]:
    """Tabs, the table (or why there is none) and the pager."""
    empty = html.P(text("list_empty", selection.language), className="unknown")
    return [
        _tabs(selection),
        scrolled(_table(listed, selection), text(f"list_tab_{selection.tab}", selection.language))
        if listed.total
        else empty,
        _pager(listed.page, listed.pages, selection),
    ]


def _tabs(selection: Selection) -> html.Nav:
    links = [
        html.A(
            text(f"list_tab_{tab}", selection.language),
            href=link_to(selection, tab=tab, page=1, sort=""),
            className="tab is-current" if tab == selection.tab else "tab",
        )
        for tab in TABS
    ]
    return html.Nav(links, className="tabs", **aria(label=text("list_label", selection.language)))


def _table(listed: ListPage, selection: Selection) -> html.Table:
    language = selection.language
    tab, total = text(f"list_tab_{selection.tab}", language), number(listed.total, language)
    caption = text("list_caption", language, tab=tab, total=total, page=listed.page, pages=listed.pages)
    body = [
        html.Tr([_cell(row, column, position, listed, selection) for position, column in enumerate(listed.columns)])
        for row in listed.rows.to_dict("records")
    ]
    head = html.Tr([_header(column, listed.sort, selection) for column in listed.columns])
    return html.Table([html.Caption(caption), html.Thead(head), html.Tbody(body)], className="table")


def _header(column: str, sort: str, selection: Selection) -> html.Th:
    label = _label(column, selection)
    state = {column: "ascending", f"-{column}": "descending"}.get(sort, "none")
    target = f"-{column}" if sort == column else column
    link = html.A(
        label,
        href=link_to(selection, sort=target, page=1),
        className="sort",
        title=text("list_sort", selection.language, column=label),
    )
    return html.Th(link, scope="col", className=_alignment(column, selection), **aria(sort=state))


def _label(column: str, selection: Selection) -> str:
    own = messages(selection.language).get(f"list_{column}")
    return own or contract.table(selection.tab).fields[column].label(selection.language).split(" (")[0]


def _alignment(column: str, selection: Selection) -> str | None:
    field = contract.table(selection.tab).fields.get(column)
    return "number" if column.startswith("n_") or (field and field.kind in _NUMERIC) else None


def _cell(row: dict[Any, Any], column: str, position: int, listed: ListPage, selection: Selection) -> html.Td | html.Th:
    shown = _shown(row[column], column, listed.names, selection)
    if column == "nom_commune" and not is_missing(row[column]):
        shown = f"{shown} ({row['code_departement']})"
    if position == 0:
        href = link_to_object(selection, _KINDS[selection.tab], row[listed.key])
        has_page = selection.tab != "regions" or row[listed.key] not in ("987", "988")
        return html.Th(html.A(shown, href=href) if has_page else shown, scope="row")
    is_unknown = shown == contract.unknown(selection.language)
    classes = [name for name in (_alignment(column, selection), "unknown" if is_unknown else None) if name]
    return html.Td(shown, className=" ".join(classes) or None)


def _shown(value: Any, column: str, names: dict[str, str], selection: Selection) -> str:
    language = selection.language
    field = contract.table(selection.tab).fields.get(column)
    if not hasattr(value, "__len__") and is_missing(value):
        return contract.unknown(language)
    if column == "code_region":
        return names.get(value, value)
    if field and field.kind == "list":
        return ", ".join(contract.label_of(field.codes, item, language) if field.codes else item for item in value)
    if field and field.codes:
        return contract.label_of(field.codes, value, language)
    if field and field.kind == "date":
        return day(value, language)
    return number(value, language, 1) if not isinstance(value, str) else value


def _pager(page: int, pages: int, selection: Selection) -> html.Nav:
    language = selection.language
    label = text("list_page", language, page=page, pages=pages)
    previous = html.A(text("list_previous", language), href=link_to(selection, page=page - 1), className="button")
    following = html.A(text("list_next", language), href=link_to(selection, page=page + 1), className="button")
    parts = [previous if page > 1 else None, html.Span(label), following if page < pages else None]
    return html.Nav([part for part in parts if part], className="pager", **aria(label=label))

"""Which page an address shows, and the HTML document around it."""

from typing import Any

from dash import Dash, Input, Output, State, html
from flask import request

from callbacks.browser_config import browser_config
from delivery import Delivery
from geodata.repository import Tables
from ids import Page
from layouts import carte, index, shell, sources
from settings import Settings
from state import Selection
from views.notices import draw_missing_page
from views.sources import draw_sources


def register(app: Dash, tables: Tables) -> None:
    """Binds the page to the path; a new path only, so that a filter never redraws the page."""

    def update_page(path: str | None, query: str | None) -> list[Any]:
        return show_page(tables, path, query)

    app.callback(Output(Page.content, "children"), Input(Page.url, "pathname"), State(Page.url, "search"))(update_page)


def show_page(tables: Tables, path: str | None, query: str | None) -> list[Any]:
    """The whole page of an address: header, notice and content, in the language of the query."""
    selection = Selection.from_query(query or "")
    return shell.frame(path or "/", selection, page_content(tables, path or "/", selection))


def page_content(tables: Tables, path: str, selection: Selection) -> Any:
    """What stands between the header and the end of the page."""
    if path == "/":
        return carte.build(selection)
    if path == "/sources":
        return sources.build(selection.language, draw_sources(tables, selection.language))
    return draw_missing_page(path, selection)


def every_page(tables: Tables) -> Any:
    """Every page at once, which Dash checks the callbacks' ids against; nobody sees it."""
    pages = [page_content(tables, path, Selection()) for path, _ in shell.PAGES]
    return html.Div([shell.build(), *shell.frame("/", Selection(), pages)])


def document(tables: Tables, delivery: Delivery, settings: Settings) -> Any:
    """Makes the function that Dash calls for the HTML document: prerendered page, preloads, configuration."""

    def interpolate_index(**parts: str) -> str:
        selection = Selection.from_query(request.query_string.decode(errors="replace"))
        page = show_page(tables, request.path, request.query_string.decode(errors="replace"))
        config = browser_config(tables, delivery, settings, selection.language)
        return index.render_index(request.path, selection, page, delivery.assets, delivery.modules, config, parts)

    return interpolate_index

"""Which page an address shows."""

from typing import Any

from dash import Dash, Input, Output, State, html

from geodata.repository import Tables
from ids import Page
from layouts import carte, shell, sources
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
        return sources.build(selection.language, sources_content(tables, selection.language))
    return draw_missing_page(path, selection)


def sources_content(tables: Tables, language: str) -> list[Any]:
    """The parts of the Sources page."""
    manifest = tables.manifest
    return draw_sources(manifest.sources, manifest.files, tables["couverture"], manifest.hash, language)


def every_page(tables: Tables) -> Any:
    """Every page at once, which Dash checks the callbacks' ids against; nobody sees it.

    Dash writes it in the document of every page, so the Sources page, which holds no callback, stays empty here.
    """
    empty = sources.build(Selection().language, [])
    pages = [empty if path == "/sources" else page_content(tables, path, Selection()) for path, _ in shell.PAGES]
    return html.Div([shell.build(), *shell.frame("/", Selection(), pages)])

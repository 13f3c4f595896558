"""Which page an address shows. Carte is the app; the other pages are documents to read, without a line of script."""

from typing import Any

from dash import Dash, Input, Output, State, html

from geodata.repository import Tables
from ids import Page
from layouts import carte, shell, sources
from state import Selection
from views.notices import draw_missing_page
from views.sources import draw_sources

APP_PATH = "/"


def register(app: Dash, tables: Tables) -> None:
    """Binds the Carte page to the first reading of the address: a filter never redraws it."""

    def update_page(_: str | None, query: str | None) -> list[Any]:
        return show_page(tables, APP_PATH, Selection.from_query(query or ""))

    app.callback(Output(Page.content, "children"), Input(Page.url, "pathname"), State(Page.url, "search"))(update_page)


def show_page(tables: Tables, path: str, selection: Selection) -> list[Any]:
    """The whole page of an address: header, notice and content, in the language of the selection."""
    return shell.frame(path, selection, page_content(tables, path, selection))


def page_content(tables: Tables, path: str, selection: Selection) -> Any:
    """What stands between the header and the end of the page."""
    if path == APP_PATH:
        return carte.build(selection)
    if path == "/sources":
        manifest = tables.manifest
        parts = draw_sources(manifest.sources, manifest.files, tables["couverture"], manifest.hash, selection.language)
        return sources.build(selection.language, parts)
    return draw_missing_page(path, selection)


def every_page() -> Any:
    """The shell and the app's page together, which Dash checks the callbacks' ids against; nobody sees it."""
    return html.Div([shell.build(), *shell.frame(APP_PATH, Selection(), carte.build(Selection()))])

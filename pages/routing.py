"""The Carte page as Dash's content: which page Dash shows, and the page that its callbacks are checked against."""

from typing import Any

from dash import Dash, Input, Output, State, html

from geodata.repository import Tables
from ids import Page
from layouts import carte, embedded, shell
from pages.embedded import sources_of_view
from pages.foot import foot_of
from pages.frozen import frozen_banner
from pages.registry import header_links
from state import Selection
from state.shown import is_embedded
from views.shown import draw_share

APP_PATH = "/"


def register(app: Dash, tables: Tables) -> None:
    """Binds the Carte page to the first reading of the address: a filter never redraws it."""

    def update_page(_: str | None, query: str | None) -> list[Any]:
        return carte_page(tables, query or "")

    app.callback(Output(Page.content, "children"), Input(Page.url, "pathname"), State(Page.url, "search"))(update_page)


def carte_page(tables: Tables | None, query: str) -> list[Any]:
    """The whole Carte page in the language and the first view of the query; without tables, without banner."""
    selection = Selection.from_query(query)
    banner = frozen_banner(tables, APP_PATH, query, selection) if tables else None
    address = (APP_PATH, query, selection)
    if tables and is_embedded(query):
        return embedded.frame(*address, carte.build(selection), sources_of_view(tables, selection), banner)
    content = carte.build(selection, foot_of(tables, *address) if tables else None)
    share = draw_share(selection.language, selection.to_query(), is_live=True)
    return shell.frame(*address, header_links(), content, banner, share)


def every_page() -> Any:
    """The shell and the app's page together, which Dash checks the callbacks' ids against; nobody sees it."""
    return html.Div([shell.build(), *carte_page(None, "")])

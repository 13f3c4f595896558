"""The HTML document that carries a page: Dash's own for Carte, a plain one for the pages to read."""

from collections.abc import Callable

from dash import Dash
from flask import Response, request

from delivery import Delivery
from geodata.repository import Tables
from layouts import index, shell
from pages.browser_config import browser_config
from pages.routing import APP_PATH, show_page
from settings import Settings
from state import Selection

_CATCH_ALL = "/<path:path>"
_READ_PATHS = tuple(path for path, _ in shell.PAGES if path != APP_PATH)


def register(app: Dash, tables: Tables, delivery: Delivery, settings: Settings) -> None:
    """Makes ``app`` answer every address of a page: Carte with the app in it, the others complete as they are."""

    def answer_read_page() -> Response | None:
        if request.url_rule is None or request.url_rule.rule != _CATCH_ALL:
            return None
        page = show_page(tables, request.path, _selection())
        html = index.render_document(request.path, _selection(), page, delivery.assets)
        return Response(html, status=200 if request.path in _READ_PATHS else 404, mimetype="text/html")

    app.interpolate_index = _carte_document(tables, delivery, settings)
    app.server.before_request(answer_read_page)


def _carte_document(tables: Tables, delivery: Delivery, settings: Settings) -> Callable[..., str]:
    """The function that Dash calls for its document: the prerendered page, preloads, the browser's configuration."""

    def interpolate_index(**parts: str) -> str:
        selection = _selection()
        config = browser_config(tables, delivery, settings, selection.language)
        preloads, app = index.render_app(selection, delivery.assets, delivery.modules, config, parts)
        page = show_page(tables, APP_PATH, selection)
        return index.render_document(APP_PATH, selection, page, delivery.assets, preloads, app)

    return interpolate_index


def _selection() -> Selection:
    return Selection.from_query(request.query_string.decode(errors="replace"))

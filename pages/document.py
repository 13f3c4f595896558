"""The HTML document that carries a page: prerendered content, preloads, the browser's configuration."""

from collections.abc import Callable

from flask import request

from delivery import Delivery
from geodata.repository import Tables
from layouts import index
from pages.browser_config import browser_config
from pages.routing import show_page
from settings import Settings
from state import Selection


def document(tables: Tables, delivery: Delivery, settings: Settings) -> Callable[..., str]:
    """Makes the function that Dash calls for the HTML document of the current request."""

    def interpolate_index(**parts: str) -> str:
        query = request.query_string.decode(errors="replace")
        selection = Selection.from_query(query)
        page = show_page(tables, request.path, query)
        config = browser_config(tables, delivery, settings, selection.language)
        return index.render_index(request.path, selection, page, delivery.assets, delivery.modules, config, parts)

    return interpolate_index

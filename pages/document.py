"""The HTML document that carries a page: Dash's own for Carte, a plain one for the pages to read."""

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

from dash import Dash
from flask import Response, request

from delivery import Delivery
from geodata.repository import Tables
from layouts import embedded, index, shell
from pages import remote, scenes, verify
from pages.browser_config import browser_config
from pages.embedded import embed, publication_words
from pages.foot import foot_of
from pages.frozen import frozen_banner
from pages.pictures import picture_of
from pages.registry import READ_PAGES, ReadPage, header_links
from pages.routing import APP_PATH, carte_page
from pages.visit import Document, Visit
from settings import Settings
from state import Selection
from state.shown import is_embedded
from views.notices import draw_missing_page
from views.shown import draw_share
from views.text import text

Keep = Callable[[str, Callable[[], str]], str]

_CATCH_ALL = "/<path:path>"
_MOVED = "301"
_MAX_KEPT_QUERY = 1000  # a longer address is answered, not kept: nobody fills the cache by typing


class Pages:
    """Answers every address of a page: Carte with the app in it, the others complete as they are.

    Args:
        keep: gives the text that a key names, made once a publication.
    """

    def __init__(self, tables: Tables, delivery: Delivery, settings: Settings, keep: Keep) -> None:
        self._tables = tables
        self._delivery = delivery
        self._settings = settings
        self._keep = keep

    def register(self, app: Dash) -> None:
        app.interpolate_index = self._answer_carte
        for page in READ_PAGES:
            app.server.add_url_rule(page.rule, f"page {page.rule}", partial(self._answer, page))
        verify.register(app.server, self._tables, lambda *asked: _located(self._render(*asked)))
        scenes.register(app.server, self._tables)
        remote.register(app.server, self._settings)
        app.server.before_request(self._answer_unknown)

    def _answer(self, page: ReadPage, **arguments: str) -> Response:
        query = request.query_string.decode(errors="replace")
        if len(query) > _MAX_KEPT_QUERY:
            written = self._write(page, query, arguments)
        else:
            written = self._keep(f"{request.path}?{query}", lambda: self._write(page, query, arguments))
        status, _, html = written.partition("\n")
        if status == _MOVED:
            return Response(status=int(status), headers={"Location": html})
        return Response(_located(html), status=int(status), mimetype="text/html")

    def _write(self, page: ReadPage, query: str, arguments: dict[str, str]) -> str:
        """The status on the first line, then the document, or the address that it moved to."""
        visit = Visit(request.path, query, Selection.from_query(query), arguments)
        document = page.show(self._tables, visit) or _missing(visit)
        document = embed(document, visit) if visit.is_embedded else document
        if document.moved_to:
            return f"{_MOVED}\n{document.moved_to}"
        return f"{404 if document.is_missing else 200}\n{self._render(visit, document)}"

    def _answer_unknown(self) -> Response | None:
        """Dash would answer any address with the app: an address that is no page says so."""
        if request.url_rule is None or request.url_rule.rule != _CATCH_ALL:
            return None
        query = request.query_string.decode(errors="replace")
        visit = Visit(request.path, query, Selection.from_query(query))
        return Response(_located(self._render(visit, _missing(visit))), status=404, mimetype="text/html")

    def _render(self, visit: Visit, document: Document) -> str:
        config = self._config(visit.language) if document.has_map_config else None
        return index.render_document(
            index.Head(
                visit.path,
                visit.language,
                document.title,
                document.description,
                document.styles,
                is_embedded=visit.is_embedded,
                publication=self._tables.short_version,
            ),
            self._page(visit, document),
            self._delivery.assets,
            body=index.render_scripts(self._modules(visit, document), document.data, config, self._delivery.assets),
        )

    def _modules(self, visit: Visit, document: Document) -> tuple[str, ...]:
        """A page with the header has its « add this view » too; one that can be shown elsewhere, the menu for it."""
        if document.is_bare:
            return document.modules
        if visit.is_embedded:
            return (*document.modules, index.EMBED)
        share = (index.SHARE,) if _is_shared(document) else ()
        return (*document.modules, index.ADD_VIEW, *share)

    def _page(self, visit: Visit, document: Document) -> Any:
        if document.is_bare:
            return document.content
        address, banner = (visit.path, visit.query, visit.selection), self._banner(visit)
        if visit.is_embedded:
            return embedded.frame(*address, document.content, publication_words(self._tables), banner)
        share = draw_share(visit.language, document.view, document.view_file) if _is_shared(document) else None
        return shell.frame(*address, header_links(), document.content, banner, share, foot_of(self._tables, *address))

    def _banner(self, visit: Visit) -> Any:
        return frozen_banner(self._tables, visit.path, visit.query, visit.selection)

    def _answer_carte(self, **parts: str) -> str:
        """The document that Dash asks for: the prerendered page, preloads, the browser's configuration."""
        query = request.query_string.decode(errors="replace")
        selection = Selection.from_query(query)
        config = self._config(selection.language)
        delivery, title = self._delivery, text("title_carte", selection.language)
        picture = delivery.pictures.get(picture_of(selection) or "", "")
        preloads, body = index.render_app(selection, delivery.assets, picture, delivery.modules, config, parts)
        version = self._tables.short_version
        head = index.Head(
            APP_PATH,
            selection.language,
            title,
            is_app=True,
            is_embedded=is_embedded(query),
            picture=picture,
            publication=version,
        )
        page = carte_page(self._tables, query)
        return _located(index.render_document(head, page, self._delivery.assets, preloads, body))

    def _config(self, language: str) -> dict[str, Any]:
        return browser_config(self._tables, self._delivery, self._settings, language)


def _located(html: str) -> str:
    """The document with the address that was asked: search engines take no other for the two languages of a page."""
    return html.replace(index.ORIGIN, escape(request.host_url.rstrip("/")))


def _is_shared(document: Document) -> bool:
    return not (document.is_tool or document.is_missing)


def _missing(visit: Visit) -> Document:
    page = draw_missing_page(visit.path, visit.selection)
    return Document(text("page_unknown_title", visit.language), page, is_missing=True)

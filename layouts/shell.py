"""What stands on every page: the skip link, the header, the notice, and the stores that the URL is split into."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from ids import Page, Shell, State
from state import Selection
from views.links import in_language, link_to
from views.markup import aria, as_markup
from views.notices import draw_as_of
from views.text import text

Links = Sequence[tuple[str, str]]


def build() -> html.Div:
    """The static root of the app: the same for every visitor; the page itself comes by callback."""
    return html.Div(
        [
            dcc.Location(id=Page.url, refresh=False),
            *(dcc.Store(id=name) for name in (State.filters, State.selected, State.list)),
            html.Div(id=Page.content),
        ]
    )


def frame(
    path: str,
    query: str,
    selection: Selection,
    links: Links,
    content: Any,
    banner: Any = None,
    share: Any = None,
    foot: Any = None,
) -> list[Any]:
    """A whole page: skip link, header with the current page marked, notice, main, foot.

    Args:
        path, query: the address as asked: the other language keeps all of it.
        links: the (path, message key) of each page of the header.
        banner: what stands under the header, if anything.
        share: the menu that takes the view away, at the right of the header, if the page shows a view.
        foot: what stands under the page; None for a page that takes the whole window and places it itself.
    """
    language = selection.language
    return [
        html.A(text("skip_to_content", language), href=f"#{Shell.main}", className="skip-link"),
        html.Div(
            className="shell-top",
            **as_markup([_header(path, query, selection, links, share), draw_as_of(path, query, selection)]),
        ),
        banner,
        html.Div(id=Page.notice, className="notice", role="status"),
        html.Main(content, id=Shell.main, tabIndex=-1),
        *([html.Footer(className="shell-foot", **as_markup(foot))] if foot is not None else []),
    ]


def _header(path: str, query: str, selection: Selection, links: Links, share: Any) -> html.Header:
    language = selection.language
    other = "fr" if language == "en" else "en"
    return html.Header(
        [
            html.A(
                [html.Span("Atlas", className="brand-atlas"), " ", html.Span("Industrie", className="brand-industrie")],
                href=link_to(Selection(language=language)),
                className="brand",
            ),
            html.Nav(
                [_link(page, label, path, selection) for page, label in links],
                id=Shell.nav,
                className="shell-nav",
                **aria(label=text("nav_label", language)),
            ),
            html.Div(
                [
                    _add_view(language),
                    share,
                    html.A(
                        text("nav_other_language", language),
                        href=in_language(path, query, other),
                        id=Shell.language,
                        lang=other,
                        hrefLang=other,
                        title=text("nav_other_language_label", language),
                    ),
                ],
                className="shell-tools",
            ),
        ],
        id=Shell.header,
        className="shell-header",
    )


def _add_view(language: str) -> html.Button:
    """Shown by its module, which also reads its words here: the page's address becomes a scene of a presentation."""
    words = ("how", "title", "to", "new", "untitled", "button", "close", "done", "edit", "full")
    return html.Button(
        text("add_view", language),
        className="add-view",
        **{f"data-{word}": text(f"add_view_{word}", language, n="{n}", title="{title}") for word in words},
    )


def _link(page: str, label: str, path: str, selection: Selection) -> html.A:
    is_current = page == path or (page != "/" and path.startswith(f"{page}/"))
    return html.A(
        text(label, selection.language),
        href=link_to(selection, page, selected="", page=1),
        className="is-current" if is_current else None,
        **({"aria-current": "page" if page == path else "true"} if is_current else {}),
    )

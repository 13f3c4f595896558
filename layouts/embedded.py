"""A page inside the frame of another site: its content, where it comes from, and the way to the whole page."""

from typing import Any

from dash import html

from ids import Page, Shell
from state import Selection
from views.links import without_embed
from views.markup import as_markup
from views.notices import draw_as_of
from views.text import text


def frame(path: str, query: str, selection: Selection, content: Any, sources: str, banner: Any = None) -> list[Any]:
    """The page without header nor filters.

    Args:
        path, query: the address as asked; the link to the whole page keeps all but the embedding.
        banner: what the address says of the publication, if anything.
        sources: who says what is shown, and when; the publication.
    """
    language = selection.language
    foot = [
        html.A(
            [
                html.Span("Atlas", className="brand-atlas"),
                " ",
                html.Span("Industrie", className="brand-industrie"),
                html.Span(text("vue_embedded_open", language), className="embed-open"),
            ],
            href=without_embed(path, query),
            className="brand",
            rel="noopener",
            **{"data-embed-full": "true"},
        ),
        html.P(sources, className="source"),
    ]
    return [
        html.Div(className="shell-top", **as_markup(draw_as_of(path, query, selection))),
        banner,
        html.Div(id=Page.notice, className="notice", role="status"),
        html.Main(content, id=Shell.main, tabIndex=-1),
        html.Footer(className="embed-foot", **as_markup(foot)),
    ]

"""Sentences about the address itself: what it names that the atlas does not know."""

from collections.abc import Sequence

from dash import html

from state import Selection
from views.links import link_to
from views.text import text


def draw_notice(unknown: Sequence[tuple[str, str]], language: str) -> html.P | str:
    """A sentence that names each unknown code; an empty text when there is none."""
    if not unknown:
        return ""
    items = ", ".join(f"{text(f'facet_{facet}', language)} « {code} »" for facet, code in unknown[:5])
    return html.P(text("notice_unknown", language, items=items))


def draw_missing_page(path: str, selection: Selection) -> html.Div:
    """What an address that is no page answers: what was asked for, and the way to the map."""
    language = selection.language
    return html.Div(
        [
            html.H1(text("page_unknown_title", language)),
            html.P(text("page_unknown_text", language, path=path)),
            html.P(html.A(text("page_unknown_link", language), href=link_to(selection), className="button")),
        ],
        className="page",
    )


def draw_failure(number: str, language: str) -> html.P:
    """What a failed part says: the rest works, what to do, the number to report."""
    return html.P(text("error_text", language, number=number))

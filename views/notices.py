"""Sentences about the address itself: what it names that the atlas does not know, the day that it asks for."""

from collections.abc import Sequence

from dash import html

from state import Selection
from state.dates import is_listed
from views.links import link_to, without_date
from views.text import day, text

_DATED = ("/mesures", "/chronologie", "/suivi", "/regions", "/territoires")


def draw_notice(unknown: Sequence[tuple[str, str]], language: str) -> html.P | str:
    """A sentence that names each unknown code; an empty text when there is none."""
    if not unknown:
        return ""
    items = ", ".join(f"{text(f'facet_{facet}', language)} « {code} »" for facet, code in unknown[:5])
    return html.P(text("notice_unknown", language, items=items))


def draw_as_of(path: str, query: str, selection: Selection) -> html.P | None:
    """The banner of an address that asks for a day: which day, what that means here, the way back to today."""
    if not selection.date:
        return None
    language, shown = selection.language, day(selection.date, selection.language)
    is_dated = path == "/" or path.startswith(_DATED)
    words = [html.Strong(text("etat_au" if is_dated else "etat_sans_effet", language, day=shown))]
    if is_dated and not is_listed(selection.date):
        words += [" ", text("etat_sans_liste", language)]
    back = html.A(text("etat_retour", language), href=without_date(path, query), id="as-of-back")
    other = html.A(
        text("etat_autre", language), href=link_to(Selection(language=language).at(selection.date), "/chronologie")
    )
    return html.P([html.Span(words), html.Span([back, " · ", other])], id="as-of", className="as-of")


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

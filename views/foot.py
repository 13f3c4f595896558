"""The foot of every page: sources and licences, files, accessibility, language, the publication that it is made of."""

from typing import Any

from dash import html

from state import Selection
from views.links import in_language, link_to
from views.markup import aria
from views.text import day, text

STATEMENT = "/accessibilite"
_LINKS = (
    ("/sources", "foot_sources"),
    ("/sources#fichiers", "foot_files"),
    (STATEMENT, "foot_accessibility"),
    ("/changements", "foot_changes"),
)


def draw_foot(path: str, query: str, language: str, publication: str, dated: str | None, *, is_live: bool) -> list[Any]:
    """The content of the foot.

    Args:
        path, query: the address as asked: the other language keeps all of it.
        publication: its hash.
        dated: the latest day of its sources; None is not said.
        is_live: Carte, whose address changes in the browser: the link to the other language is in the header alone.
    """
    links = [_link(target, key, path, language) for target, key in _LINKS]
    if not is_live:
        links.append(_other_language(path, query, language))
    said = text("foot_publication", language, hash=publication[:12])
    if dated:
        said = text("foot_publication_dated", language, hash=publication[:12], day=day(dated, language))
    return [
        html.Nav(html.Ul([html.Li(link) for link in links]), **aria(label=text("foot_label", language))),
        html.P(said, className="foot-publication"),
    ]


def _link(target: str, key: str, path: str, language: str) -> html.A:
    page, mark, anchor = target.partition("#")
    here = aria(current="page") if target == path else {}
    return html.A(text(key, language), href=link_to(Selection(language=language), page) + mark + anchor, **here)


def _other_language(path: str, query: str, language: str) -> html.A:
    other = "fr" if language == "en" else "en"
    address = in_language(path, query, other)
    return html.A(
        text("nav_other_language", language), href=address, lang=other, hrefLang=other, className="foot-language"
    )

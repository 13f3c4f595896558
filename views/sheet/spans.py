"""A sentence in pieces, each with the address of what it says: the same for a page and for paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

from dash import html

from geodata.models.sheet_parts import Figure
from state import Selection
from views.links import link_to
from views.text import messages, text


@dataclass(frozen=True)
class Span:
    """A piece of a sentence; ``href`` is where its figure is shown or computed."""

    text: str
    href: str | None = None


Spans = tuple[Span, ...]
Piece = Span | Spans | str


def fill(key: str, language: str, **pieces: Piece) -> Spans:
    """The message ``key`` with each placeholder replaced by its piece, links kept.

    Raises:
        KeyError: no such message, or a placeholder without its piece.
    """
    found: list[Span] = []
    for words, name, _, _ in Formatter().parse(messages(language)[key]):
        if words:
            found.append(Span(words))
        if name is not None:
            found += _spans(pieces[name])
    return tuple(found)


def _spans(piece: Piece) -> Spans:
    if isinstance(piece, str):
        return (Span(piece),) if piece else ()
    return (piece,) if isinstance(piece, Span) else piece


def joined_spans(spans: Sequence[Span], language: str) -> Spans:
    """« A, B et C » with each its link."""
    found: list[Span] = []
    for position, span in enumerate(spans):
        if position:
            is_last = position == len(spans) - 1
            found.append(Span(f" {text('fiche_and', language)} " if is_last else ", "))
        found.append(span)
    return tuple(found)


def plain(spans: Spans) -> str:
    """The sentence without its links."""
    return "".join(span.text for span in spans)


def draw_spans(spans: Spans) -> list[Any]:
    """The sentence as components."""
    return [html.A(span.text, href=span.href) if span.href else span.text for span in spans]


def page_link(selection: Selection, path: str, anchor: str = "", more: Mapping[str, str] | None = None) -> str:
    """Another page of the atlas, in the same language and at the same date."""
    query = Selection(language=selection.language, date=selection.date).to_query()
    written = "&".join([*([query] if query else []), *(f"{key}={value}" for key, value in (more or {}).items())])
    return path + (f"?{written}" if written else "") + (f"#{anchor}" if anchor else "")


def claim_link(selection: Selection, claim: str) -> str:
    return page_link(selection, "/chiffres", claim)


def source_link(selection: Selection, source: str) -> str:
    return page_link(selection, "/sources", source)


def query_link(figure: Figure) -> str | None:
    """The Carte query that shows a figure."""
    if figure.where is None:
        return None
    return link_to(figure.where) + (f"#{figure.anchor}" if figure.anchor else "")

"""What a page becomes inside the frame of another site: the whole of it, or one of its parts; its line of sources."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dash import html
from dash.development.base_component import Component

from geodata.repository import Tables
from pages.visit import Document, Visit
from state import KINDS, Selection
from state.shown import last_value
from views.text import day, text

_PARTS = ("Figure", "Section")
_KIND_SOURCES = {
    "territoires": ("territoires",),
    "sites": ("sites-cles-en-main", "sites-annonces"),
    "projets": ("plan-de-relance",),
}


def embed(document: Document, visit: Visit) -> Document:
    """The document with the part that ``partie`` names alone; a part that it lacks is a page that says so."""
    name = last_value(visit.query, "partie")
    if not name or document.is_bare or document.moved_to or document.is_missing:
        return document
    parts = dict(parts_of(document.content))
    if name in parts:
        styled = getattr(document.content, "className", None) or "page"  # the page's own rules start from its class
        return replace(document, content=html.Div(parts[name], className=f"{styled} embed-part"))
    lost = [html.H1(text("vue_embedded_missing", visit.language, name=name[:100]))]
    if parts:
        lost.append(html.P(text("vue_embedded_parts", visit.language, names=", ".join(parts))))
    return replace(document, content=html.Div(lost, className="page"), is_missing=True, modules=(), data=None)


def parts_of(node: Any) -> Iterator[tuple[str, Component]]:
    """Every section and figure that bears an id, with it, in the order of the page."""
    if isinstance(node, (list, tuple)):
        for child in node:
            yield from parts_of(child)
    elif isinstance(node, Component):
        name = getattr(node, "id", None)
        if name and type(node).__name__ in _PARTS:
            yield str(name), node
        yield from parts_of(getattr(node, "children", None))


def sources_of_view(tables: Tables, selection: Selection) -> str:
    """The sources of the objects that Carte shows, then the publication."""
    shown = [kind for kind in KINDS if kind in selection.layers]
    known = tables.manifest.sources
    entries = [known[name] for kind in shown for name in _KIND_SOURCES[kind] if name in known]
    named = list(dict.fromkeys(_named(entry, selection.language) for entry in entries))
    return " · ".join([*named, publication_words(tables)])


def _named(entry: Mapping[str, Any], language: str) -> str:
    date = entry["date_published"]
    return f"{entry['producer']} ({day(date, language)})" if date else str(entry["producer"])


def publication_words(tables: Tables) -> str:
    return f"Atlas Industrie {tables.manifest.hash[:12]}"

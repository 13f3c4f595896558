"""The page ``/sources``: where each figure comes from."""

from dash import html

from geodata.repository import Tables
from layouts import sources
from pages.visit import Document, Visit
from state import Selection
from views.checks import draw_check_form
from views.links import link_to
from views.sources import draw_sources
from views.text import text


def show(tables: Tables, visit: Visit) -> Document:
    """Every source, every published file, every field."""
    manifest, language = tables.manifest, visit.language
    lead, cards, files, dictionary = draw_sources(
        manifest.sources, manifest.files, tables["couverture"], manifest.hash, language
    )
    changes = html.A(text("changements_from", language), href=link_to(Selection(language=language), "/changements"))
    told = [
        html.P(text("imports_unreadable", language, reason=item), className="warning")
        for item in tables.imported.errors
    ]
    content = sources.build(
        language, [lead, cards, [html.P(changes), files], dictionary, [*told, draw_check_form(language)]]
    )
    return Document(text("title_sources", language), content, styles=("sources",), modules=("verify.mjs",))

"""The page ``/sources``: where each figure comes from."""

from geodata.repository import Tables
from layouts import sources
from pages.visit import Document, Visit
from views.sources import draw_sources
from views.text import text


def show(tables: Tables, visit: Visit) -> Document:
    """Every source, every published file, every field."""
    manifest, language = tables.manifest, visit.language
    parts = draw_sources(manifest.sources, manifest.files, tables["couverture"], manifest.hash, language)
    return Document(text("title_sources", language), sources.build(language, parts), styles=("sources",))

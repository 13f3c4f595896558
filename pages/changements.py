"""The page ``/changements``: what changed from one publication to the next."""

from geodata.queries.archive import list_changes
from geodata.repository import Tables
from layouts import changements
from pages.visit import Document, Visit
from views.frozen import draw_changes
from views.text import text


def show(tables: Tables, visit: Visit) -> Document:
    """Every kept publication, newest first, with the feed to follow them."""
    language = visit.language
    content = draw_changes(list_changes(tables), tables.manifest.hash, language)
    return Document(text("changements_title", language), changements.build(language, content))

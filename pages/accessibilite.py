"""The page ``/accessibilite``: the accessibility statement."""

from geodata.repository import Tables
from pages.visit import Document, Visit
from views.accessibility import draw_statement
from views.text import text


def show(_: Tables, visit: Visit) -> Document:
    """The statement; it depends on no data."""
    language = visit.language
    return Document(
        text("access_titre", language),
        draw_statement(language),
        description=text("access_description", language),
        styles=("statement",),
    )

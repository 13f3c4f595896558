"""The page ``/programme``: what the founding documents say, statement by statement."""

from geodata.queries.facts import all_facts
from geodata.repository import Tables
from pages.chiffres import titles_of
from pages.visit import Document, Visit
from views.programme import draw_programme
from views.text import text


def show(tables: Tables, visit: Visit) -> Document:
    """Every founding fact with its quote, its source, and what hangs on it."""
    return Document(
        text("programme_title", visit.language),
        draw_programme(all_facts(tables), titles_of(tables), visit.language),
        description=text("programme_description", visit.language),
        styles=("chiffres",),
    )

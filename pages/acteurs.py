"""The page ``/acteurs``: who is named in the founding documents."""

from geodata.queries.facts import actors_of, all_actors
from geodata.repository import Tables
from pages.chiffres import titles_of
from pages.visit import Document, Visit
from state.directory import Directory
from views.acteurs import draw_actors
from views.text import text


def show(tables: Tables, visit: Visit) -> Document:
    """The actors of one family, or all of them."""
    directory = Directory.from_query(visit.query)
    content = draw_actors(actors_of(tables, directory.family), all_actors(tables), directory, titles_of(tables))
    return Document(
        text("acteurs_title", directory.language),
        content,
        description=text("acteurs_description", directory.language),
        styles=("chiffres",),
    )

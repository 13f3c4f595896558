"""The page ``/sites/methode``: how a site is scored."""

from geodata.queries.site_method import method_of
from geodata.repository import Tables
from pages.visit import Document, Visit
from views.site.method import draw_method
from views.text import text


def show(tables: Tables, visit: Visit) -> Document:
    """Criteria, unknowns, interval, coverage, rank; every figure computed."""
    language = visit.language
    return Document(
        text("site_method_title", language),
        draw_method(method_of(tables, visit.selection.millesime), visit.selection),
        description=text("site_method_description", language),
        styles=("site",),
    )

"""The site finder, ``/sites``, and its comparison, ``/sites/comparer``."""

from functools import lru_cache

from geodata.queries.finder import find_sites, site_rows
from geodata.queries.imported import list_imported
from geodata.queries.ranking import assess
from geodata.repository import Tables
from geodata.shapes import load_shapes
from layouts import sites_finder
from pages.visit import Document, Visit
from state.needs import Needs
from views.imported import draw_imported_list
from views.sites.compare import draw_comparison
from views.sites.form import draw_form
from views.sites.marks import draw_ground, draw_marks, frame_of, framed
from views.sites.results import draw_results
from views.text import text

PART = "partie=resultats"  # what the browser asks for when only the needs change: no form, no ground


def show(tables: Tables, visit: Visit) -> Document:
    """The needs, the ranked list and the map."""
    needs = Needs.from_query(visit.query)
    language = needs.language
    found = find_sites(tables, needs)
    if PART in visit.query.split("&"):
        part = sites_finder.build_part(draw_results(found, needs), draw_marks(found, needs))
        return Document(text("title_sites", language), part)
    form = draw_form(needs, found.stated, found.total, found.places)
    marks = draw_marks(found, needs)
    ground = framed(_ground(tables, needs.millesime, language), frame_of(marks))
    content = sites_finder.build(language, needs.view, form, draw_results(found, needs), ground, marks)
    imported = draw_imported_list(list_imported(tables), tables.imported.files, visit.selection)
    return Document(
        text("title_sites", language),
        [content, imported],
        description=text("finder_description", language),
        styles=("map", "map-over", "sites-needs", "sites-list", "sites"),
        modules=("sites.mjs",),
        data={
            "restore": text("finder_restore", language, n="{n}"),
            "full": text("finder_compare_full", language),
            "map": text("finder_map_open", language),
            "millesime": needs.millesime,
        },
        has_map_config=True,
        view=needs.to_query(),
        view_file="vue-sites",
    )


def compare(tables: Tables, visit: Visit) -> Document:
    """Two to four sites side by side, against the needs of the address."""
    needs = Needs.from_query(visit.query)
    sites = assess(tables, needs, needs.compared)
    comparison = draw_comparison(sites, site_rows(tables), needs)
    return Document(
        text("title_sites_comparer", needs.language),
        sites_finder.build_comparison(needs.language, comparison),
        styles=("sites-list", "sites-compare", "sites"),
    )


@lru_cache(maxsize=8)
def _ground(tables: Tables, millesime: str, language: str) -> str:
    return draw_ground(
        load_shapes(tables, "regions-apercu", "code_region"),
        load_shapes(tables, f"territoires-{millesime}-apercu", "territoire_id"),
        language,
    )

"""``/territoires`` and ``/territoires/<id>``: the sheet of a territoire of one millesime, and their index."""

from dataclasses import replace

import contract
from geodata.queries.sheet_index import homonyms, territoires_index
from geodata.queries.sheet_map import territoire_plan
from geodata.queries.sheets import territoire_sheet
from geodata.repository import Tables
from layouts import sheet as layout
from pages.visit import Document, Visit
from views.links import link_to
from views.sheet.index import draw_missing_territoire, draw_territoires_index
from views.sheet.page import territoire_parts
from views.text import text


def show(tables: Tables, visit: Visit) -> Document:
    """The sheet of the territoire that the address names in the millesime of the query."""
    language, code = visit.language, visit.arguments["code"]
    base = replace(visit.selection, filters=(), text="", selected="")
    found = territoire_sheet(tables, code, base)
    if found is None:
        title = text("fiche_missing_territoire", language, code=code)
        page = layout.build_missing(title, draw_missing_territoire(homonyms(tables, code), base))
        return Document(text("page_unknown_title", language), page, is_missing=True)
    kept = {item.millesime for item in found.passages if item.is_same_id} | {found.millesime}
    lists = {
        millesime: link_to(replace(found.selection, millesime=millesime, date=""), f"/territoires/{code}")
        if millesime in kept
        else None
        for millesime in contract.MILLESIMES
    }
    dates = {name: tables.manifest.sources[name]["date_published"] for name in found.sources}
    parts = territoire_parts(found, territoire_plan(tables, found), lists, dates)
    title = text("fiche_title_territoire", language, name=found.name)
    view = found.selection.with_values("territoire", [code]).to_query()
    return Document(title, layout.build(layout.Parts(**parts), language), styles=("fiche",), view=view)


def show_index(tables: Tables, visit: Visit) -> Document:
    """The territoires of a millesime, searched by ``?q=``, each a link to its sheet."""
    language = visit.language
    base = replace(visit.selection, filters=(), selected="")
    lead, controls, table = draw_territoires_index(territoires_index(tables, base), base)
    title = text("fiche_index_territoires", language)
    view = replace(base, layers=("territoires", "villes")).to_query()
    return Document(title, layout.build_index(title, lead, controls, table), styles=("fiche",), view=view)

"""``/regions`` and ``/regions/<code>``: the sheet of a region, and their index."""

from dataclasses import replace

import contract
from geodata.queries.sheet_index import regions_index
from geodata.queries.sheet_map import region_plan
from geodata.queries.sheets import region_sheet
from geodata.repository import Tables
from layouts import sheet as layout
from pages.visit import Document, Visit
from state.shown import Shown
from views.links import link_to
from views.sheet.index import draw_missing_region, draw_regions_index
from views.sheet.page import region_parts
from views.text import text


def show(tables: Tables, visit: Visit) -> Document:
    """The sheet of the region that the address names, under the millesime and the date of the query."""
    language, code = visit.language, visit.arguments["code"]
    base = replace(visit.selection, filters=(), text="", selected="")
    found = region_sheet(tables, code, base)
    if found is None:
        title = text("fiche_missing_region", language, code=code)
        page = layout.build_missing(title, draw_missing_region(regions_index(tables, base), base))
        return Document(text("page_unknown_title", language), page, is_missing=True)
    lists = {
        millesime: link_to(replace(found.selection, millesime=millesime, date=""), f"/regions/{code}")
        for millesime in contract.MILLESIMES
    }
    dates = {name: tables.manifest.sources[name]["date_published"] for name in found.sources}
    parts = region_parts(found, region_plan(tables, found), lists, dates)
    title = text("fiche_title_region", language, name=found.name)
    view = found.selection.with_values("region", [code]).to_query()
    return Document(title, layout.build(layout.Parts(**parts), language), styles=("fiche",), view=view)


def show_index(tables: Tables, visit: Visit) -> Document:
    """The 18 regions with their counts, each a link to its sheet."""
    language = visit.language
    base = replace(visit.selection, filters=(), text="", selected="")
    lead, controls, table = draw_regions_index(regions_index(tables, base), base)
    title = text("fiche_index_regions", language)
    view = Shown(base, chart="mesure").to_query()
    return Document(title, layout.build_index(title, lead, controls, table), styles=("fiche",), view=view)

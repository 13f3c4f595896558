"""The page ``/sites/<id>``: the sheet of one site."""

from dataclasses import replace

from geodata.queries.site import nearest_names, site_sheet
from geodata.repository import Tables
from geodata.shapes import load_backdrop, load_shapes
from pages.visit import Document, Visit
from state.shown import Shown
from views.links import link_to
from views.site.page import draw_missing_site, draw_site
from views.site.plans import Backdrop
from views.text import text

LARGE_TOWN = 20_000


def show(tables: Tables, visit: Visit) -> Document:
    """The sheet; an id in capitals moves to its own address; one that names nothing says so, with the nearest names."""
    code, selection = visit.arguments["site_id"], visit.selection
    sheet = site_sheet(tables, code, selection.millesime)
    if sheet is None and site_sheet(tables, code.lower()) is not None:
        return Document("", None, moved_to=link_to(selection, f"/sites/{code.lower()}"))
    if sheet is None:
        page = draw_missing_site(code, nearest_names(tables, code), selection)
        return Document(text("site_missing_title", visit.language), page, styles=("site",), is_missing=True)
    return Document(
        sheet.name,
        draw_site(sheet, _backdrop(tables), tables.manifest.sources, selection),
        description=text("site_description", visit.language, name=sheet.name),
        styles=("site",),
        modules=("site.mjs",),
        view=Shown(replace(selection, filters=(), text="", selected=""), f"site:{code}").to_query(),
    )


def _backdrop(tables: Tables) -> Backdrop:
    layers = load_backdrop(tables)
    towns = tables["villes"]
    towns = towns[towns["population"] >= LARGE_TOWN]
    return Backdrop(
        countries=layers["pays"],
        lakes=layers["lac"],
        rivers=layers["fleuve"],
        regions=load_shapes(tables, "regions-apercu", "code_region"),
        departements=load_shapes(tables, "departements-apercu", "code_departement"),
        towns=tuple(towns[["lon", "lat", "nom"]].itertuples(index=False, name=None)),
    )

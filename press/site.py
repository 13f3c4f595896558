"""The sheet of a site as a PDF, and the letter that asks for what it does not say."""

from exports import blocks
from exports.dossier.letter import export_letter
from exports.dossier.report import foot_of
from exports.dossier.words import source_titles
from exports.sheets.site import site_blocks
from exports.sheets.tree import drawings
from exports.typeset import typeset_pdf
from geodata.queries.site import site_sheet
from geodata.repository import Tables
from press.common import backdrop, latest_date, make_provenance
from state import Selection
from views.site.lines import plain_lines
from views.site.notes import number_sources
from views.site.plans import draw_plans

_PLAN = "plan.svg"


def site_pdf(tables: Tables, code: str, selection: Selection) -> bytes | None:
    """The two pages of a site in the language and the millesime of the selection; None when no site has that id."""
    language = selection.language
    sheet = site_sheet(tables, code, selection.millesime)
    if sheet is None:
        return None
    notes = number_sources(sheet)
    provenance = make_provenance(
        tables, sheet.name, language, [name for name, _ in notes.keys], latest_date(tables, "sites-faits", "projets")
    )
    titles = source_titles(provenance)
    plans = list(drawings(draw_plans(sheet, backdrop(tables), language)))
    lines = plain_lines(sheet, notes, language)
    content = site_blocks(sheet, language, titles, lines, _PLAN if plans else None)
    data = blocks.document(sheet.name, language, foot_of(provenance), content)
    return typeset_pdf("document", data, {_PLAN: plans[-1].encode()} if plans else {})


def site_letter(tables: Tables, code: str) -> bytes | None:
    """The draft e-mail of a site; None when no site has that id."""
    sheet = site_sheet(tables, code)
    return None if sheet is None else export_letter(sheet, tables.manifest.hash)

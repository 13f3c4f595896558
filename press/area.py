"""The sheets of regions and territoires as PDF: the parts of their pages, on paper."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import contract
from exports import blocks
from exports.dossier.report import foot_of
from exports.sheets.area import area_blocks
from exports.typeset import typeset_pdf
from geodata.models.sheet import RegionSheet, TerritoireSheet
from geodata.queries.sheet_map import region_plan, territoire_plan
from geodata.queries.sheets import region_sheet, territoire_sheet
from geodata.repository import Tables
from press.common import latest_date, make_provenance
from state import Selection
from views.sheet.page import region_parts, territoire_parts
from views.text import day, text


def region_pdf(tables: Tables, code: str, selection: Selection) -> bytes | None:
    """The sheet of a region under the millesime and the date of the selection; None when no region has that code."""
    sheet = region_sheet(tables, code, _base(selection))
    if sheet is None:
        return None
    parts = region_parts(sheet, region_plan(tables, sheet), {}, _dates(tables, sheet))
    return _set(tables, sheet, parts, text("fiche_title_region", selection.language, name=sheet.name))


def territoire_pdf(tables: Tables, code: str, selection: Selection) -> bytes | None:
    """The sheet of a territoire of the millesime; None when it has no such territoire."""
    sheet = territoire_sheet(tables, code, _base(selection))
    if sheet is None:
        return None
    parts = territoire_parts(sheet, territoire_plan(tables, sheet), {}, _dates(tables, sheet))
    return _set(tables, sheet, parts, text("fiche_title_territoire", selection.language, name=sheet.name))


def _base(selection: Selection) -> Selection:
    return replace(selection, filters=(), text="", selected="")


def _dates(tables: Tables, sheet: RegionSheet | TerritoireSheet) -> dict[str, str | None]:
    return {name: tables.manifest.sources[name]["date_published"] for name in sheet.sources}


def _set(tables: Tables, sheet: RegionSheet | TerritoireSheet, parts: Mapping[str, Any], title: str) -> bytes:
    language = sheet.selection.language
    provenance = make_provenance(tables, title, language, sheet.sources, latest_date(tables, "projets", "sites-faits"))
    content, pictures = area_blocks(parts, _said(sheet, language), language)
    return typeset_pdf("document", blocks.document(title, language, foot_of(provenance), content), pictures)


def _said(sheet: RegionSheet | TerritoireSheet, language: str) -> list[str]:
    """Under which millesime, as of which date, from which publication."""
    millesime = contract.label_of("millesime", sheet.selection.millesime, language)
    asked = sheet.selection.date
    return [
        text("dossier_millesime", language, value=millesime),
        text("dossier_as_of", language, date=day(asked, language)) if asked else text("dossier_no_date", language),
        text("dossier_foot_publication", language, hash=sheet.publication[:12]),
    ]

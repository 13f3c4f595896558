"""A sheet as the parts that the layout places."""

from collections.abc import Mapping
from typing import Any

from dash import html

import contract
from geodata.models.plan import SheetPlan
from geodata.models.sheet import RegionSheet, Sheet, TerritoireSheet
from views.sheet import areas, figures, objects
from views.sheet.lines import write_lines
from views.sheet.plan import draw_map
from views.sheet.spans import draw_spans, source_link
from views.text import day, text

Section = tuple[str, str, Any]


def region_parts(
    sheet: RegionSheet, plan: SheetPlan, lists: Mapping[str, str | None], sources: Mapping[str, str | None]
) -> dict[str, Any]:
    """Every part of a region's sheet; ``lists`` the address of it under each millesime, ``sources`` their dates."""
    language = sheet.selection.language
    sections: list[Section] = [
        (
            "projets",
            "fiche_section_projects",
            [figures.draw_breakdowns(sheet, language), *objects.draw_projects(sheet, language)],
        ),
        ("sites", "fiche_section_sites", [figures.draw_waves(sheet, language), objects.draw_sites(sheet, language)]),
        ("indicateurs", "fiche_section_indicators", figures.draw_indicators(sheet, language)),
        ("annonces", "fiche_section_claims", figures.draw_claims(sheet, language)),
        (
            "territoires",
            "fiche_section_territoires",
            [
                areas.draw_territoires(sheet, language),
                areas.draw_departements(sheet, language),
                areas.draw_epci(sheet, language),
            ],
        ),
        *_shared(sheet, language),
    ]
    meta = text("fiche_meta_region", language, code=sheet.code, zone=text(f"fiche_zone_{sheet.zone}", language))
    return {"kind": text("kind_region", language), "meta": meta, "sections": sections} | _common(
        sheet, plan, lists, sources, "region"
    )


def territoire_parts(
    sheet: TerritoireSheet, plan: SheetPlan, lists: Mapping[str, str | None], sources: Mapping[str, str | None]
) -> dict[str, Any]:
    """Every part of a territoire's sheet."""
    language = sheet.selection.language
    sections: list[Section] = [
        ("membres", "fiche_section_members", areas.draw_members(sheet, language)),
        (
            "projets",
            "fiche_section_projects",
            [figures.draw_breakdowns(sheet, language), *objects.draw_projects(sheet, language)],
        ),
        ("sites", "fiche_section_sites", objects.draw_sites(sheet, language)),
        ("millesimes", "fiche_section_passages", areas.draw_passages(sheet, language)),
        *_shared(sheet, language),
    ]
    departements = ", ".join(f"{item.name} ({item.code})" for item in sheet.departements)
    millesime = contract.label_of("millesime", sheet.millesime, language)
    meta = [f"{sheet.code} · {millesime} · ", *areas.draw_regions(sheet, language), f" · {departements}"]
    return {"kind": text("kind_territoire", language), "meta": meta, "sections": sections} | _common(
        sheet, plan, lists, sources, "territoire"
    )


def _shared(sheet: Sheet, language: str) -> list[Section]:
    return [
        ("mesures", "fiche_section_measures", objects.draw_measures(sheet, language)),
        ("jalons", "fiche_section_milestones", objects.draw_milestones(sheet, language)),
        ("gouvernance", "fiche_section_governance", objects.draw_governance(sheet, language)),
    ]


def _common(
    sheet: RegionSheet | TerritoireSheet,
    plan: SheetPlan,
    lists: Mapping[str, str | None],
    sources: Mapping[str, str | None],
    kind: str,
) -> dict[str, Any]:
    language = sheet.selection.language
    return {
        "title": sheet.name,
        "switch": areas.millesime_switch(lists, sheet.selection.millesime, language),
        "links": areas.draw_links(sheet, kind, language),
        "lines": [draw_spans(line) for line in write_lines(sheet, language)],
        "plan": draw_map(plan, sheet, language),
        "figures": figures.draw_figures(sheet, language),
        "foot": _foot(sheet, sources, language),
    }


def _foot(sheet: Sheet, sources: Mapping[str, str | None], language: str) -> list[Any]:
    """Sources with their dates, the publication, the day that the sheet is shown at."""
    shown: list[Any] = [text("chart_source", language), " "]
    for position, name in enumerate(sheet.sources):
        date = sources.get(name)
        words = text(f"fiche_source_{name}", language) + (f" ({day(date, language)})" if date else "")
        shown += [", "] if position else []
        shown.append(html.A(words, href=source_link(sheet.selection, name)))
    asked = sheet.selection.date
    notes = [text("fiche_publication", language, hash=sheet.publication[:12])]
    notes += [text("fiche_as_of", language, date=day(asked, language))] if asked else []
    return [html.P([*shown, "."]), html.P(" ".join(notes))]

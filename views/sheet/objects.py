"""Projects and sites of a sheet, the measures that may apply, the timeline, the two governance slots."""

from typing import Any

from dash import html

import contract
from geodata.models.sheet import RegionSheet, Sheet
from geodata.models.sheet_parts import MeasureLine, Milestone, ProjectLine, SiteLine
from views.links import link_to, link_to_object
from views.sheet.grammar import counted
from views.sheet.spans import page_link, source_link
from views.sheet.table import draw_table, known, linked
from views.text import day, euros, number, text


def draw_projects(sheet: Sheet, language: str) -> list[Any]:
    """The most recent projects, how many there are in all, and the link to the whole list."""
    if not sheet.projects:
        return [html.P(text("fiche_projects_none", language), className="unknown")]
    where = sheet.figure("projets").where or sheet.selection
    shown, total = number(len(sheet.projects), language), number(sheet.n_projects, language)
    n = counted("projets", sheet.n_projects, language)
    is_whole = len(sheet.projects) == sheet.n_projects
    caption = text("fiche_projects_all" if is_whole else "fiche_projects_some", language, shown=shown, n=n)
    heads = ["company", "scheme", "sector", "size", "commune", "inside", "stated", "updated"]
    rows = [_project(sheet, line, language) for line in sheet.projects]
    more = html.P(html.A(text("fiche_projects_list", language, n=total), href=link_to(where)))
    table = draw_table(caption, [text(f"fiche_head_{name}", language) for name in heads], rows, (), "fiche-projects")
    return [table, more]


def _project(sheet: Sheet, line: ProjectLine, language: str) -> list[Any]:
    return [
        html.A(line.company or contract.unknown(language), href=link_to_object(sheet.selection, "projet", line.code)),
        contract.label_of("mesure", line.scheme, language),
        known(contract.label_of("filiere", line.sector, language), language),
        known(contract.label_of("taille", line.size, language), language),
        _place(line, language),
        text(f"fiche_inside_{line.inside}", language),
        known(_stated(line, language), language),
        day(line.date, language),
    ]


def _place(line: ProjectLine, language: str) -> Any:
    """The commune of the position with its own département; the stated one beside it when they differ."""
    if line.commune is None:
        alone = line.departement and text("fiche_departement_only", language, code=line.departement)
        return known(alone, language)
    place = f"{line.commune} ({line.departement_position})"
    if line.departement in (None, line.departement_position):
        return place
    return [place, html.Small(text("fiche_stated_in", language, code=line.departement))]


def _stated(line: ProjectLine, language: str) -> str | None:
    """What the row's text states: investment, jobs to be created, jobs kept."""
    parts = []
    if line.investment_eur is not None:
        parts.append(euros(line.investment_eur, language))
    if line.jobs_created is not None:
        parts.append(counted("emplois_crees", line.jobs_created, language, 1))
    if line.jobs_kept is not None:
        parts.append(counted("emplois_maintenus", line.jobs_kept, language, 1))
    return ", ".join(parts) or None


def draw_sites(sheet: Sheet, language: str) -> Any:
    """Every documented site, low confidence included and said, each a link to its own sheet."""
    if not sheet.sites:
        return html.P(text("fiche_sites_none", language), className="unknown")
    heads = [text(f"fiche_head_{name}", language) for name in ("site", "waves", "commune", "area", "confidence")]
    rows = [_site(sheet, line, language) for line in sheet.sites]
    caption = counted("sites_confiance", len(sheet.sites), language)
    return draw_table(f"{caption}.", heads, rows, (3,))


def _site(sheet: Sheet, line: SiteLine, language: str) -> list[Any]:
    place = f"{line.commune} ({line.departement})" if line.commune else line.departement
    area = None if line.area_ha is None else f"{number(line.area_ha, language, 1)}\u202fha"
    return [
        html.A(line.name, href=page_link(sheet.selection, f"/sites/{line.code}")),
        ", ".join(contract.label_of("vague", wave, language) for wave in line.waves),
        known(place, language),
        known(area, language),
        contract.label_of("confiance", line.confidence, language),
    ]


def draw_measures(sheet: Sheet, language: str) -> list[Any]:
    """Measures that may apply, the closest level first, each a link to the catalogue."""
    heads = [text(f"fiche_head_{name}", language) for name in ("measure", "level", "axis", "opening", "closing")]
    rows = [_measure(sheet, line, language) for line in sheet.measures]
    caption = text("fiche_measures_caption", language, n=number(len(sheet.measures), language))
    table = draw_table(caption, heads, rows)
    is_local = any(line.level == "local" for line in sheet.measures)
    return [table, html.P(text("fiche_measures_local", language), className="source") if is_local else None]


def _measure(sheet: Sheet, line: MeasureLine, language: str) -> list[Any]:
    name = line.name_en if language == "en" else line.name_fr
    level = text(f"fiche_level_{line.level}", language)
    return [
        html.A(name, href=page_link(sheet.selection, "/mesures", line.code)),
        f"{level} · {line.region.name}" if line.region else level,
        known(contract.label_of("axe", line.axis, language), language),
        known(day(line.opening, language), language),
        known(day(line.closing, language), language),
    ]


def draw_milestones(sheet: Sheet, language: str) -> html.Ol:
    """National and regional milestones in order; those of the region are marked, deduced dates said."""
    return html.Ol([_milestone(sheet, item, language) for item in sheet.milestones], className="fiche-timeline")


def _milestone(sheet: Sheet, item: Milestone, language: str) -> html.Li:
    title = item.title_en if language == "en" else item.title_fr
    date = known(day(item.date, language), language)
    notes = [item.region.name if item.region else text("fiche_national", language)]
    notes += [item.place] if item.place else []
    notes += [text("fiche_derived", language)] if item.is_derived else []
    return html.Li(
        [
            html.Span(date, className="fiche-when"),
            html.Span([linked(title, source_link(sheet.selection, item.source)), html.Small(" · ".join(notes))]),
        ],
        className="is-regional" if item.region else None,
    )


def draw_governance(sheet: Sheet, language: str) -> list[Any]:
    """The pair that runs a territoire: two slots, empty until a source names the office."""
    pairs = [("elected", sheet.governance.elected_official), ("industrialist", sheet.governance.industrialist)]
    cells: list[Any] = []
    for name, value in pairs:
        cells += [html.Dt(text(f"fiche_{name}", language)), html.Dd(known(value, language))]
    kind = "region" if isinstance(sheet, RegionSheet) else "territoire"
    return [html.Dl(cells, className="facts"), html.P(text(f"fiche_governance_{kind}", language), className="source")]

"""What surrounds a site: where it belongs, projects by filière with names, facilities and other sites."""

from collections.abc import Sequence
from typing import Any

from dash import html

import contract
from geodata.models.site_sheet import Around, FiliereCount, NearPlace, NearProject, SiteSheet
from state import Selection
from views.links import link_to, link_to_object
from views.scrolled import scrolled
from views.site.lines import origin_of
from views.site.notes import PLACES, PROJECTS, Notes, mark
from views.site.values import name_place, show_km
from views.text import number, text

SHOWN_NAMES = 3


def draw_belonging(sheet: SiteSheet, selection: Selection) -> html.Dl:
    """The territoire, the intermunicipality, the region, as links to their sheets."""
    language = selection.language
    here = link_to(selection, f"/regions/{sheet.region.code}", selected="")
    cells: list[Any] = []
    if sheet.territoire is not None:
        address = link_to(selection, f"/territoires/{sheet.territoire.code}", selected="")
        inside: Any = html.A(sheet.territoire.name, href=address)
    else:
        inside = contract.label_of("ti", sheet.ti, language)
    for key, shown in (
        ("site_in_territoire", [inside, html.Small(contract.label_of("millesime", sheet.millesime, language))]),
        ("site_in_epci", _epci(sheet, selection)),
        ("site_in_region", html.A(sheet.region.name, href=here)),
    ):
        cells += [html.Dt(text(key, language)), html.Dd(shown)]
    return html.Dl(cells, className="facts")


def _epci(sheet: SiteSheet, selection: Selection) -> Any:
    """Its name, linked to the territoire that it is part of."""
    if sheet.epci is None:
        return contract.unknown(selection.language)
    if sheet.territoire is None:
        return sheet.epci.name
    return html.A(sheet.epci.name, href=link_to(selection, f"/territoires/{sheet.territoire.code}", selected=""))


def draw_projects(sheet: SiteSheet, notes: Notes, selection: Selection) -> list[Any]:
    """Projects by filière within the two radii, the nearest by name, all of them folded."""
    around, language = sheet.around, selection.language
    if around is None:
        return [html.P(text("site_line_no_position", language), className="unknown")]
    unlocated = text("site_projects_unlocated", language, n=number(around.n_unlocated, language))
    note = html.P(unlocated, className="source")
    if not around.filieres:
        return [html.P(text("site_projects_none", language, far_km=around.radii[1])), note]
    heads = [html.Th(text("site_column_filiere", language), scope="col")]
    heads += [
        html.Th(text("site_column_within", language, km=radius), scope="col", className="number")
        for radius in around.radii
    ]
    heads.append(html.Th(text("site_column_nearest", language), scope="col"))
    rows = [_filiere(group, sheet, selection) for group in around.filieres]
    table = html.Table(
        [html.Caption(_caption(around, notes, language)), html.Thead(html.Tr(heads)), html.Tbody(rows)],
        className="table site-projects",
    )
    return [scrolled(table, text("site_projects", language)), note]


def _caption(around: Around, notes: Notes, language: str) -> list[Any]:
    near, far = (number(count, language) for count in around.n_projects)
    words = {"near": near, "far": far, "near_km": around.radii[0], "far_km": around.radii[1], "ref": ""}
    return [text("site_projects_caption", language, **words), mark(notes.number(PROJECTS), language)]


def _filiere(group: FiliereCount, sheet: SiteSheet, selection: Selection) -> html.Tr:
    language = selection.language
    near, far = (number(count, language) for count in (group.n_near, group.n_far))
    first, rest = group.projects[:SHOWN_NAMES], group.projects[SHOWN_NAMES:]
    names: list[Any] = [part for project in first for part in (_project(project, sheet, selection), ", ")][:-1]
    if rest:
        every = [html.Li(_project(project, sheet, selection)) for project in group.projects]
        summary = html.Summary(text("site_projects_all", language, n=far))
        names.append(html.Details([summary, html.Ul(every)], className="site-all"))
    label = contract.label_of("filiere", group.filiere, language)
    return html.Tr(
        [
            html.Th(label, scope="row"),
            html.Td(near, className="number"),
            html.Td(far, className="number"),
            html.Td(names),
        ]
    )


def _project(project: NearProject, sheet: SiteSheet, selection: Selection) -> html.Span:
    language = selection.language
    name = project.company or contract.unknown(language)
    far = show_km(project, sheet.is_commune_point, language)
    where = f" ({project.commune}, {far})" if project.commune else f" ({far})"
    return html.Span([html.A(name, href=link_to_object(selection, "projet", project.code)), where])


def draw_places(sheet: SiteSheet, notes: Notes, selection: Selection) -> list[Any]:
    """Facilities and other sites: counts within the radii, the nearest with their distance."""
    around, language = sheet.around, selection.language
    if around is None:
        return []
    heads = [html.Th(text("site_column_kind", language), scope="col")]
    heads += [
        html.Th(text("site_column_within", language, km=radius), scope="col", className="number")
        for radius in around.radii
    ]
    heads.append(html.Th(text("site_column_nearest", language), scope="col"))
    counts = dict(around.n_places)
    rows = []
    for kind, places in around.places:
        cells = [html.Td(number(count, language), className="number") for count in counts[kind]]
        label = [text(f"site_kind_{kind}", language), mark(notes.number(PLACES[kind]), language)]
        rows.append(html.Tr([html.Th(label, scope="row"), *cells, html.Td(_places(places, sheet, selection))]))
    caption = text("site_facilities_caption", language, origin=origin_of(sheet, language))
    table = html.Table(
        [html.Caption(caption), html.Thead(html.Tr(heads)), html.Tbody(rows)], className="table site-places"
    )
    return [scrolled(table, text("site_facilities", language))]


def _places(places: Sequence[NearPlace], sheet: SiteSheet, selection: Selection) -> list[Any]:
    if not places:
        return [contract.unknown(selection.language)]
    parts = [_place(place, sheet, selection) for place in places[:SHOWN_NAMES]]
    return [item for part in parts for item in (part, ", ")][:-1]


def _place(place: NearPlace, sheet: SiteSheet, selection: Selection) -> html.Span:
    name: Any = name_place(place, selection.language)
    if place.kind == "site":
        name = html.A(name, href=link_to(selection, f"/sites/{place.code}", selected=""))
    return html.Span([name, f" ({show_km(place, sheet.is_commune_point, selection.language)})"])

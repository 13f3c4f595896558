"""The sheet of a site as one document, and what an id that names nothing answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

import contract
from geodata.models.sheet import Named
from geodata.models.site_sheet import SiteLabel, SiteSheet
from state import Selection
from state.needs import Needs
from views.links import link_to, link_to_object
from views.markup import aria
from views.sheet.spans import Spans
from views.site.facts import draw_coverage, draw_groups
from views.site.lines import site_lines
from views.site.notes import Notes, draw_notes, label_source, mark, number_sources
from views.site.plans import Backdrop, draw_plans
from views.site.questions import draw_contact, draw_questions
from views.site.surroundings import draw_belonging, draw_places, draw_projects
from views.site.values import with_unit
from views.text import day, text

Sources = Mapping[str, Mapping[str, Any]]


def draw_site(sheet: SiteSheet, backdrop: Backdrop, sources: Sources, selection: Selection) -> html.Div:
    """The whole sheet.

    Args:
        backdrop: the shapes under the two maps.
        sources: the manifest's sources by short name.
    """
    language, notes = selection.language, number_sources(sheet)
    lines = site_lines(sheet, notes, language)
    parts = [
        *_section("site_around", "environs", [draw_belonging(sheet, selection)], language),
        html.H3(text("site_projects", language)),
        *draw_projects(sheet, notes, selection),
        *([html.H3(text("site_facilities", language))] if sheet.around else []),
        *draw_places(sheet, notes, selection),
    ]
    return html.Div(
        [
            _trail(sheet, selection),
            *_head(sheet, notes, language),
            *[html.P(_with_marks(line, language), className="site-line") for line in lines],
            _actions(sheet, selection),
            *draw_plans(sheet, backdrop, language),
            draw_groups(sheet, notes, language),
            html.Section(parts, className="site-around"),
            *_section("site_coverage", "couverture", draw_coverage(sheet, language), language),
            *_section("site_contact", "contact", draw_contact(sheet, language), language),
            *_section("site_questions", "questions", draw_questions(sheet, language), language),
            *_section("site_sources", "site-sources", _sources(notes, sources, selection), language),
        ],
        className="page site-page",
    )


def _section(key: str, anchor: str, content: Sequence[Any], language: str) -> list[Any]:
    return [html.H2(text(key, language), id=anchor), *content]


def _sources(notes: Notes, sources: Sources, selection: Selection) -> list[Any]:
    return [html.P(text("site_sources_lead", selection.language)), draw_notes(notes, sources, selection)]


def _with_marks(spans: Spans, language: str) -> list[Any]:
    """A line with its marks as superscripts."""
    return [
        mark(int(span.text.strip("[]")), language) if span.href and span.href.startswith("#source-") else span.text
        for span in spans
    ]


def _trail(sheet: SiteSheet, selection: Selection) -> html.Nav:
    language = selection.language
    links = [html.A(text("site_all", language), href=finder_link(selection))]
    if sheet.previous:
        links.append(_neighbour("site_previous", sheet.previous, selection))
    if sheet.next:
        links.append(_neighbour("site_next", sheet.next, selection))
    return html.Nav(
        html.Ul([html.Li(link) for link in links]), className="site-trail", **_named("site_trail", language)
    )


def _neighbour(key: str, site: Named, selection: Selection) -> html.A:
    return html.A(text(key, selection.language, name=site.name), href=sheet_link(selection, site.code))


def _named(key: str, language: str) -> dict[str, Any]:
    return aria(label=text(key, language))


def sheet_link(selection: Selection, code: str) -> str:
    """The sheet of another site, in the same language and millesime."""
    return link_to(Selection(language=selection.language, millesime=selection.millesime), f"/sites/{code}")


def finder_link(selection: Selection, **choice: tuple[str, ...]) -> str:
    """The finder with a shortlist or a comparison."""
    query = Needs(language=selection.language, millesime=selection.millesime, **choice).to_query()  # type: ignore[arg-type]
    return f"/sites?{query}" if query else "/sites"


def _head(sheet: SiteSheet, notes: Notes, language: str) -> list[Any]:
    names = text("site_other_names", language, names=", ".join(sheet.other_names))
    number = notes.number(*label_source(sheet))
    return [
        html.P([text("site_kind", language), " · ", html.Code(sheet.code)], className="site-kind"),
        html.H1(sheet.name),
        html.P(names, className="source") if sheet.other_names else None,
        html.Ul(
            [html.Li(_label(label, number, language)) for label in sheet.labels],
            className="site-labels",
            **_named("site_labels", language),
        ),
    ]


def _label(label: SiteLabel, number: int, language: str) -> list[Any]:
    wave = contract.label_of("vague", label.wave, language)
    level = contract.label_of("confiance", label.confidence, language).lower()
    details = [text("site_confidence", language, level=level)]
    if label.date and len(label.date) == len("2020-07-20"):
        details.insert(0, day(label.date, language))
    if label.area_ha is not None:
        area = with_unit(label.area_ha, "ha", language)
        details.insert(-1, text("site_label_area", language, area=area))
    title = html.Strong(
        text("site_label_line", language, wave=wave[0].lower() + wave[1:] if language == "fr" else wave)
    )
    return [title, " ", html.Span(", ".join(details)), mark(number, language)]


def _actions(sheet: SiteSheet, selection: Selection) -> html.P:
    language = selection.language
    code = (sheet.code,)
    pdf = f"/sites/{sheet.code}.pdf" + ("?lang=en" if language == "en" else "")
    method = link_to(Selection(language=language), "/sites/methode")
    links = [
        html.A(text("site_link_shortlist", language), href=finder_link(selection, shortlist=code), className="button"),
        html.A(text("site_link_compare", language), href=finder_link(selection, compared=code), className="button"),
        html.A(text("site_link_map", language), href=link_to_object(selection, "site", sheet.code), className="button"),
        html.A(text("site_link_pdf", language), href=pdf, className="button"),
        html.A(text("site_link_method", language), href=method),
    ]
    return html.P([part for link in links for part in (link, " ")], className="site-actions")


def draw_missing_site(code: str, near: Sequence[Named], selection: Selection) -> html.Div:
    """What an unknown id answers: what was asked for, and the sites whose names come near."""
    language = selection.language
    shown = code if len(code) <= 60 else code[:59] + "…"
    links = [html.Li([html.A(item.name, href=sheet_link(selection, item.code)), f" ({item.code})"]) for item in near]
    names: list[Any] = [html.P(text("site_missing_near" if links else "site_missing_none", language))]
    if links:
        names.append(html.Ul(links, className="items"))
    return html.Div(
        [
            html.H1(text("site_missing_title", language)),
            html.P(text("site_missing_text", language, code=shown), className="lead"),
            *names,
            html.P(html.A(text("site_all", language), href=finder_link(selection), className="button")),
        ],
        className="page site-page",
    )

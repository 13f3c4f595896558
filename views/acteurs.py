"""The page of the actors: who is named, in which role, with which measures and milestones."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import html

from geodata.models.claim import Actor, Words
from state.directory import FAMILIES, Directory
from views.chiffres.cells import Titles
from views.chiffres.words import source_link
from views.links import in_language
from views.markup import aria
from views.text import day, text

_COLUMNS = ("name", "role", "measures", "milestones", "source")


def draw_actors(actors: Sequence[Actor], every: Sequence[Actor], directory: Directory, titles: Titles) -> html.Div:
    """The whole page: the families as links, then one table a family."""
    language = directory.language
    families = [family for family in FAMILIES if any(actor.family == family for actor in actors)]
    return html.Div(
        [
            html.H1(text("acteurs_title", language)),
            html.P(text("acteurs_lead", language), className="lead"),
            _families(every, directory),
            *(_family(family, actors, titles, language) for family in families),
        ],
        className="page claims-page",
    )


def _families(every: Sequence[Actor], directory: Directory) -> html.Nav:
    language = directory.language
    labels = {"": text("acteurs_all", language, n=len(every))}
    for family in FAMILIES:
        n = sum(actor.family == family for actor in every)
        labels[family] = text("acteurs_family_n", language, family=text(f"acteurs_f_{family}", language), n=n)
    items = []
    for family, label in labels.items():
        query = replace(directory, family=family).to_query()
        current = aria(current="page") if family == directory.family else {}
        items.append(html.Li(html.A(label, href=f"/acteurs?{query}" if query else "/acteurs", **current)))
    return html.Nav(html.Ul(items), className="page-contents families", **aria(label=text("acteurs_filter", language)))


def _family(family: str, actors: Sequence[Actor], titles: Titles, language: str) -> html.Section:
    title = text(f"acteurs_f_{family}", language)
    head = [html.Th(text(f"acteurs_c_{name}", language), scope="col", role="columnheader") for name in _COLUMNS]
    rows = [_row(actor, titles, language) for actor in actors if actor.family == family]
    table = html.Table(
        [
            html.Caption(title, className="visually-hidden"),
            html.Thead(html.Tr(head, role="row"), role="rowgroup"),
            html.Tbody(rows, role="rowgroup"),
        ],
        className="table actors",
        role="table",
    )
    return html.Section([html.H2(title, id=f"famille-{family}"), table])


def _row(actor: Actor, titles: Titles, language: str) -> html.Tr:
    contact = f"{text('acteurs_contact', language)} {', '.join(actor.contacts)}"
    cells: list[tuple[str, Any]] = [
        ("role", [actor.role.read(language), html.P(contact, className="claim-meta") if actor.contacts else None]),
        ("measures", draw_measures(actor.measures, language) or _none("acteurs_none", language)),
        ("milestones", draw_milestones(actor.milestones, language) or _none("acteurs_none_milestone", language)),
        ("source", source_link(actor.source, titles.get(actor.source, actor.source), language)),
    ]
    name = html.Th(actor.name, scope="row", role="rowheader", lang="fr")
    drawn = [html.Td(cell, role="cell", **{"data-label": text(f"acteurs_c_{key}", language)}) for key, cell in cells]
    return html.Tr([name, *drawn], id=actor.actor_id, role="row")


def _none(key: str, language: str) -> html.Span:
    return html.Span(text(key, language), className="unknown")


def draw_measures(measures: Sequence[tuple[str, Words]], language: str) -> html.Ul | None:
    """Measures by id and name, each linked to its place in the catalogue."""
    here = in_language("/mesures", "", language)
    items = [
        html.Li(html.A([html.B(code), " ", name.read(language)], href=f"{here}#{code}"), **{"data-fait": code})
        for code, name in measures
    ]
    return html.Ul(items, className="linked") if items else None


def draw_milestones(milestones: Sequence[tuple[str, str | None, Words]], language: str) -> html.Ul | None:
    """Milestones by date and title, each linked to its place in the timeline."""
    here = in_language("/chronologie", "", language)
    items = []
    for code, date, title in milestones:
        when = f"{day(date, language)} : " if date and language == "fr" else f"{day(date, language)}: " if date else ""
        items.append(html.Li(html.A([when, title.read(language)], href=f"{here}#{code}")))
    return html.Ul(items, className="linked") if items else None

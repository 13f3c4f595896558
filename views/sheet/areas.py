"""The places of a sheet: territoires, départements and EPCI of a region; members and past of a territoire."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

import contract
from geodata.models.sheet import RegionSheet, TerritoireSheet
from geodata.models.sheet_parts import AreaLine, Member, Named, Passage
from views.links import link_to, link_to_object
from views.sheet.grammar import counted
from views.sheet.spans import page_link
from views.sheet.table import draw_table, linked
from views.text import number, percent, text


def sheet_link(sheet: RegionSheet | TerritoireSheet, code: str, millesime: str) -> str:
    """The sheet of a territoire of a millesime; at a date, the date decides the millesime."""
    more = {} if sheet.selection.date or millesime == contract.DEFAULT_MILLESIME else {"millesime": millesime}
    return page_link(sheet.selection, f"/territoires/{code}", more=more)


def region_link(sheet: RegionSheet | TerritoireSheet, code: str) -> str:
    millesime = sheet.selection.millesime
    more = {} if sheet.selection.date or millesime == contract.DEFAULT_MILLESIME else {"millesime": millesime}
    return page_link(sheet.selection, f"/regions/{code}", more=more)


def draw_territoires(sheet: RegionSheet, language: str) -> Any:
    """The territoires that cover the region, each a link to its sheet; counts are of the whole territoire."""
    if not sheet.territoires:
        return html.P(text("fiche_territoires_none", language), className="unknown")
    names = ("territoire", "members", "communes", "population", "sites", "projects")
    heads = [text(f"fiche_head_{name}", language) for name in names]
    rows = [_territoire(sheet, line, language) for line in sheet.territoires]
    millesime = contract.label_of("millesime", sheet.selection.millesime, language)
    caption = text(
        "fiche_territoires_caption", language, n=counted("territoires_listes", len(rows), language), millesime=millesime
    )
    return draw_table(caption, heads, rows, (1, 2, 3, 4, 5))


def _territoire(sheet: RegionSheet, line: AreaLine, language: str) -> list[Any]:
    label: list[Any] = [html.A(line.name, href=sheet_link(sheet, line.code, sheet.selection.millesime))]
    notes = [line.code]
    if len(line.regions) > 1:
        lead, *others = line.regions
        notes.append(
            text("fiche_regions_of", language, lead=lead.name, others=", ".join(region.name for region in others))
        )
    label.append(html.Small(" · ".join(notes)))
    return [label, *(number(value, language) for value in (line.n_members, *_counts(line)))]


def _counts(line: AreaLine) -> tuple[int | None, ...]:
    return line.n_communes, line.population, line.n_sites, line.n_projects


def draw_departements(sheet: RegionSheet, language: str) -> html.Div:
    """The départements of a region; a project's is the one it states."""
    heads = [
        text(f"fiche_head_{name}", language) for name in ("departement", "communes", "population", "sites", "projects")
    ]
    rows = [_departement(sheet, line, language) for line in sheet.departements]
    caption = text("fiche_departements_caption", language, n=counted("departements", len(rows), language))
    return draw_table(caption, heads, rows, (1, 2, 3, 4))


def _departement(sheet: RegionSheet, line: AreaLine, language: str) -> list[Any]:
    where = sheet.figure("projets").where or sheet.selection
    projects = link_to(where.with_values("departement", [line.code]))
    n_communes, population, n_sites, n_projects = _counts(line)
    shown = [number(value, language) for value in (n_communes, population, n_sites)]
    return [f"{line.name} ({line.code})", *shown, linked(number(n_projects, language), projects)]


def draw_epci(sheet: RegionSheet, language: str) -> html.Details:
    """The intermunicipalities that have a commune in the region, with their SIREN."""
    return _folded(text("fiche_epci", language, n=number(len(sheet.epci), language)), sheet.epci)


def draw_members(sheet: TerritoireSheet, language: str) -> list[Any]:
    """Members with their codes, communes inside, successors; then every commune of the list."""
    heads = [text(f"fiche_head_{name}", language) for name in ("member", "type", "code", "communes", "successors")]
    rows = [_member(line, language) for line in sheet.members]
    caption = text("fiche_members_caption", language, n=counted("membres", len(rows), language))
    communes = _folded(text("fiche_communes", language, n=number(len(sheet.communes), language)), sheet.communes)
    return [draw_table(caption, heads, rows, (3,)), communes]


def _member(line: Member, language: str) -> list[Any]:
    n = number(line.n_communes, language)
    if line.n_total is not None and line.n_total != line.n_communes:
        n = text("fiche_part_of", language, n=n, total=number(line.n_total, language))
    followed = ", ".join(
        item.code if item.name == item.code else f"{item.name} ({item.code})" for item in line.successors
    )
    return [line.name, contract.label_of("membre_type", line.kind, language), line.code, n, followed or "–"]


def _folded(summary: str, places: Sequence[Named]) -> html.Details:
    items = [html.Li([place.name, " ", html.Small(place.code)]) for place in places]
    return html.Details([html.Summary(summary), html.Ul(items, className="fiche-places")])


def draw_passages(sheet: TerritoireSheet, language: str) -> list[Any]:
    """What the territoire was or became in the other lists, by common communes; and who else has its id."""
    heads = [text(f"fiche_head_{name}", language) for name in ("list", "territoire", "shared", "share")]
    rows = [_passage(sheet, item, language) for item in sheet.passages]
    warnings = [_namesake(sheet, item, language) for item in sheet.namesakes]
    table = draw_table(text("fiche_passages_caption", language), heads, rows, (2, 3))
    absent = [code for code in contract.MILLESIMES if code not in _seen(sheet)]
    gone = [
        html.P(text("fiche_passage_none", language, millesime=contract.label_of("millesime", code, language)))
        for code in absent
    ]
    return [
        *warnings,
        table if rows else None,
        *gone,
        html.P(text("fiche_passages_note", language), className="source"),
    ]


def _seen(sheet: TerritoireSheet) -> set[str]:
    return {sheet.millesime, *(item.millesime for item in sheet.passages)}


def _passage(sheet: TerritoireSheet, item: Passage, language: str) -> list[Any]:
    link = html.A(item.name, href=sheet_link(sheet, item.code, item.millesime))
    shared = text("fiche_part_of", language, n=number(item.n_shared, language), total=number(item.n_here, language))
    millesime = contract.label_of("millesime", item.millesime, language)
    return [millesime, [link, html.Small(item.code)], shared, percent(item.share, language)]


def _namesake(sheet: TerritoireSheet, item: Passage, language: str) -> html.P:
    millesime = contract.label_of("millesime", item.millesime, language)
    link = html.A(item.name, href=sheet_link(sheet, item.code, item.millesime))
    return html.P(
        [text("fiche_namesake", language, code=item.code, millesime=millesime), " ", link, "."], className="warning"
    )


def draw_regions(sheet: TerritoireSheet, language: str) -> list[Any]:
    """Regions of a territoire with their links, the lead one first and said."""
    shown: list[Any] = []
    for position, region in enumerate(sheet.regions):
        shown += [", "] if position else []
        shown.append(html.A(region.name, href=region_link(sheet, region.code)))
        if position == 0 and len(sheet.regions) > 1:
            shown.append(f" ({text('drawer_lead_region', language)})")
    return shown


def draw_links(sheet: RegionSheet | TerritoireSheet, kind: str, language: str) -> html.P:
    """PDF, Carte, list: what to do with the sheet."""
    query = link_to(sheet.selection).lstrip("/")
    folder = "regions" if kind == "region" else "territoires"
    links = [
        (text("fiche_pdf", language), f"/{folder}/{sheet.code}.pdf{query}"),
        (text("fiche_carte", language), link_to_object(sheet.selection, kind, sheet.code)),
        (text("fiche_index", language), f"/{folder}{query}"),
    ]
    return html.P([html.A(shown, href=href, className="button") for shown, href in links], className="fiche-actions")


def millesime_switch(lists: Mapping[str, str | None], current: str, language: str) -> html.Ul:
    """Links to the same page under the other lists: ``lists`` gives the address of each, null when it has none."""
    items = []
    for millesime, href in lists.items():
        label = contract.label_of("millesime", millesime, language)
        if millesime == current:
            items.append(html.Li(html.Strong(label)))
        elif href:
            items.append(html.Li(html.A(label, href=href)))
    return html.Ul(items, className="fiche-switch")

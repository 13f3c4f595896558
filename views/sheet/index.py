"""Indexes of the sheets, and what a wrong address is answered with."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from dash import dcc, html

import contract
from geodata.models.sheet_parts import AreaLine
from state import Selection
from views.links import link_to
from views.sheet.areas import millesime_switch
from views.sheet.grammar import counted
from views.sheet.table import draw_table
from views.text import number, text


class Found(Protocol):
    """A territoire of some millesime."""

    @property
    def millesime(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


def draw_regions_index(lines: Sequence[AreaLine], base: Selection) -> tuple[str, Any, Any]:
    """Lead, switch of lists, table of regions."""
    language = base.language
    names = ("region", "territoires", "population", "sites", "projects")
    rows = [
        [
            _region_link(line, base),
            *(number(n, language) for n in (line.n_members, line.population, line.n_sites, line.n_projects)),
        ]
        for line in lines
    ]
    caption = text("fiche_index_regions_caption", language, n=number(len(lines), language))
    table = draw_table(caption, [text(f"fiche_head_{name}", language) for name in names], rows, (1, 2, 3, 4))
    return text("fiche_index_regions_lead", language), _switch("/regions", base), table


def _region_link(line: AreaLine, base: Selection) -> html.A:
    return html.A(line.name, href=link_to(base, f"/regions/{line.code}", text=""))


def _switch(path: str, base: Selection) -> html.Nav:
    lists = {m: link_to(replace(base, millesime=m, date=""), path) for m in contract.MILLESIMES}
    label: dict[str, Any] = {"aria-label": text("fiche_lists", base.language)}
    return html.Nav(millesime_switch(lists, base.millesime, base.language), className="fiche-lists", **label)


def draw_territoires_index(lines: Sequence[AreaLine], base: Selection) -> tuple[str, Any, Any]:
    """Lead, switch of lists and search, table of territoires."""
    language = base.language
    names = ("territoire", "lead_region", "members", "communes", "population", "sites", "projects")
    millesime = contract.label_of("millesime", base.millesime, language)
    caption = text(
        "fiche_territoires_caption",
        language,
        n=counted("territoires_listes", len(lines), language),
        millesime=millesime,
    )
    rows = [_territoire(line, base) for line in lines]
    heads = [text(f"fiche_head_{name}", language) for name in names]
    table = draw_table(caption, heads, rows, (2, 3, 4, 5, 6))
    empty = html.P(text("fiche_index_empty", language), className="unknown")
    controls = [_switch("/territoires", base), _search(base)]
    return text("fiche_index_territoires_lead", language), controls, table if lines else empty


def _territoire(line: AreaLine, base: Selection) -> list[Any]:
    link = html.A(line.name, href=link_to(base, f"/territoires/{line.code}", text=""))
    counts = (line.n_members, line.n_communes, line.population, line.n_sites, line.n_projects)
    regions = ", ".join(region.name for region in line.regions)
    return [[link, html.Small(line.code)], regions, *(number(n, base.language) for n in counts)]


def _search(base: Selection) -> html.Form:
    """A GET form: the other parts of the address travel as hidden fields."""
    language = base.language
    kept = [pair.split("=", 1) for pair in replace(base, text="").to_query().split("&") if pair]
    return html.Form(
        [
            *(dcc.Input(type="hidden", name=name, value=value) for name, value in kept),
            html.Label(text("fiche_search", language), htmlFor="fiche-search"),
            dcc.Input(type="search", name="q", value=base.text, id="fiche-search"),
            html.Button(text("fiche_search_go", language), type="submit", className="button"),
        ],
        action="/territoires",
        method="get",
        className="fiche-search",
    )


def draw_missing_region(lines: Sequence[AreaLine], base: Selection) -> list[Any]:
    """The regions that there are."""
    items = [html.Li([_region_link(line, base), " ", html.Small(line.code)]) for line in lines]
    return [html.P(text("fiche_missing_region_text", base.language)), html.Ul(items, className="items")]


def draw_missing_territoire(found: Sequence[Found], base: Selection) -> list[Any]:
    """The same id in the other lists (it may mean something else there), else the way to the index."""
    language = base.language
    millesime = contract.label_of("millesime", base.millesime, language)
    index = html.P(html.A(text("fiche_index_territoires", language), href=link_to(base, "/territoires", text="")))
    if not found:
        return [html.P(text("fiche_missing_territoire_none", language)), index]
    items = []
    for item in found:
        where = link_to(replace(base, millesime=item.millesime, date="", text=""), f"/territoires/{item.code}")
        label = contract.label_of("millesime", item.millesime, language)
        items.append(html.Li([html.A(item.name, href=where), " ", html.Small(label)]))
    return [
        html.P(text("fiche_missing_territoire_text", language, millesime=millesime)),
        html.Ul(items, className="items"),
        index,
    ]

"""The map of a sheet and its legend: readable in black and white (shapes differ, borders differ)."""

from typing import Any

from dash import html

from geodata.models.plan import SheetPlan
from geodata.models.sheet import RegionSheet, TerritoireSheet
from views import theme
from views.markup import MARKUP
from views.plan import Layer, Marks, draw_plan
from views.text import number, text

LAND, FOREIGN, OWN, TERRITOIRE = "#f4f2ec", "#e6e3da", "#ffffff", "#d3e4ea"
_REGION_LINE, _DEPARTEMENT_LINE, _BORDER = "#8f98aa", "#d4d8e0", theme.INK


def draw_sheet_plan(plan: SheetPlan, sheet: RegionSheet | TerritoireSheet, language: str, width: int) -> str:
    """The map as SVG, ``width`` pixels: also what goes in the PDF."""
    is_region = isinstance(sheet, RegionSheet)
    title = text("fiche_plan_title", language, name=sheet.name, n=number(len(plan.projects), language))
    return draw_plan(_layers(plan, is_region), _marks(plan), plan.frame, width, title, has_scale=True)


def _layers(plan: SheetPlan, is_region: bool) -> list[Layer]:
    code = next(iter(plan.own))
    strong = dict.fromkeys(plan.territoires, TERRITOIRE)
    if not is_region:
        strong = {name: TERRITOIRE if name == code else "#e9eff1" for name in plan.territoires}
    return [
        Layer(plan.countries, FOREIGN, "#cfcbc0", 0.5),
        Layer(plan.departements, LAND, _DEPARTEMENT_LINE, 0.5),
        *([Layer(plan.own, OWN, _DEPARTEMENT_LINE, 0.5)] if is_region else []),
        *([Layer(plan.departements, "none", _DEPARTEMENT_LINE, 0.6)] if is_region else []),
        Layer(plan.territoires, strong, theme.ESTUARY, 0.6, titles=plan.names),
        Layer(plan.epci, "none", theme.ESTUARY, 0.5),
        Layer(plan.regions, "none", _REGION_LINE, 0.9),
        Layer(plan.own, "none", _BORDER, 1.8),
    ]


def _marks(plan: SheetPlan) -> list[Marks]:
    return [
        Marks(plan.projects, "disc", theme.INK, 5, 0.6),
        Marks(plan.sites, "diamond", theme.FORGE, 11),
        Marks(plan.towns, "text", theme.INK, 11),
    ]


def draw_map(plan: SheetPlan, sheet: RegionSheet | TerritoireSheet, language: str) -> html.Figure:
    """The map with its legend, counted; what has no position is said."""
    svg = draw_sheet_plan(plan, sheet, language, 640)
    return html.Figure(
        [html.Div(**{MARKUP: svg}), html.Figcaption(_legend(plan, sheet, language))], className="fiche-plan"
    )


def _legend(plan: SheetPlan, sheet: RegionSheet | TerritoireSheet, language: str) -> list[Any]:
    items = [
        ("own", text("fiche_legend_own", language, name=sheet.name)),
        ("territoire", text("fiche_legend_territoires", language)),
        ("projet", text("fiche_legend_projects", language, n=number(len(plan.projects), language))),
        ("site", text("fiche_legend_sites", language, n=number(len(plan.sites), language))),
    ]
    if plan.epci:
        items.insert(1, ("epci", text("fiche_legend_epci", language)))
    shown = [html.Li([html.Span(className=f"fiche-key fiche-key-{name}"), words]) for name, words in items]
    unlocated = text("fiche_legend_unlocated", language, n=number(plan.n_unlocated, language))
    return [html.Ul(shown, className="fiche-legend"), html.P(unlocated, className="source")]

"""The regional charts: one request for all of them, when the filters change."""

from functools import lru_cache
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output
from dash.exceptions import PreventUpdate

from callbacks.cache import Answers
from geodata.queries import totals
from geodata.repository import Tables
from ids import Charts, State
from state import Selection
from views import panels
from views.markup import MARKUP, to_html
from views.panels import Panel
from views.provenance import source_line

SOURCES = {
    Charts.by_mesure: ("plan-de-relance",),
    Charts.by_filiere: ("plan-de-relance",),
    Charts.by_mois: ("plan-de-relance",),
    Charts.sites: ("sites-annonces", "sites-cles-en-main"),
    Charts.barometre: ("barometre",),
}


def register(app: Dash, answers: Answers) -> None:
    """Binds the charts to the filters; the browser draws the figures when they are seen (assets/js/charts.mjs)."""
    parts = [(Charts.figures, "data")]
    parts += [(f"{name}-finding", "children") for name in Charts.all]
    parts += [(f"{name}-{part}", MARKUP) for part in ("table", "source") for name in Charts.all]
    outputs = [Output(component, prop) for component, prop in parts]

    def update_charts(query: str | None) -> list[Any]:
        return draw_charts(answers, query)

    app.callback(outputs, Input(State.filters, "data"))(update_charts)
    app.clientside_callback(
        ClientsideFunction("atlas", "draw_charts"), Input(Charts.figures, "data"), prevent_initial_call=True
    )


def draw_charts(answers: Answers, query: str | None) -> list[Any]:
    """The figures by chart, then findings, tables and source lines, as JSON, in the order of the outputs."""
    if query is None:
        raise PreventUpdate
    return answers.parts_of(chart_parts, Selection.from_query(query).only_filters())


def chart_parts(tables: Tables, selection: Selection) -> list[Any]:
    """The question behind the charts; its answer is cached."""
    shown = chart_panels(tables, selection)
    lines = [source_line(tables.manifest.sources, SOURCES[name], selection) for name in Charts.all]
    return [
        {name: shown[name].figure for name in Charts.all},
        *(shown[name].finding for name in Charts.all),
        *(to_html(shown[name].table) for name in Charts.all),
        *(to_html(line) for line in lines),
    ]


def chart_panels(tables: Tables, selection: Selection) -> dict[str, Panel]:
    """The five panels by chart id."""
    language = selection.language
    regions = totals.projects_by_region(tables, selection)
    filieres = totals.projects_by_code(tables, selection, "filiere")
    months = totals.projects_by_month(tables, selection)
    return {
        Charts.by_mesure: panels.panel_mesure(regions.rows, regions.codes, regions.median, regions.chosen, language),
        Charts.by_filiere: panels.panel_filiere(filieres, selection.values_of("filiere"), language),
        Charts.by_mois: panels.panel_mois(months, selection.values_of("mois"), language),
        Charts.sites: _sites_panel(tables, _only(selection, "region", "vague")),
        Charts.barometre: _barometre_panel(tables, _only(selection, "region")),
    }


def _only(selection: Selection, *facets: str) -> Selection:
    """The date, the language and some facets: what a panel that knows no other is drawn from."""
    kept = tuple(pair for pair in selection.filters if pair[0] in facets)
    return Selection(filters=kept, date=selection.date, language=selection.language)


@lru_cache(maxsize=256)
def _sites_panel(tables: Tables, selection: Selection) -> Panel:
    return panels.panel_sites(totals.sites_by_wave(tables, selection), selection.values_of("vague"), selection.language)


@lru_cache(maxsize=256)
def _barometre_panel(tables: Tables, selection: Selection) -> Panel:
    return panels.panel_barometre(totals.companies_helped(tables, selection), selection.language)

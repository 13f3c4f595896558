"""The Carte page: filters, key figures, the map and its list twin, regional charts, the details drawer, downloads."""

from typing import Any

from dash import dcc, html

from ids import Carte, Charts, Facets
from state import VIEWS, Selection
from views.legend import scheme_legend
from views.links import link_to
from views.markup import aria, as_markup
from views.shown import draw_chart_files
from views.text import text

DOWNLOADS = ("projets", "sites", "territoires")
FORMATS = ("csv", "xlsx", "geojson")


def build(selection: Selection, foot: Any = None) -> html.Div:
    """The page for a language and a first view; the browser's modules fill the map, the filters and the figures.

    Args:
        foot: what other pages have under them; here it ends the panel of charts, for the map takes the whole window.
    """
    language = selection.language
    return html.Div(
        [
            html.H1(text("app_tagline", language), className="visually-hidden"),
            html.Section(id=Carte.figures, className="figures", **aria(label=text("figures_label", language))),
            _facets(language),
            _stage(selection),
            _charts(language, foot),
            html.Aside(id=Carte.drawer, className="drawer", hidden=True, **aria(label=text("drawer_label", language))),
        ],
        className="carte",
        **_data(view=selection.view),
    )


def _facets(language: str) -> html.Aside:
    content = [
        html.Button(text("facets_toggle", language), id=Facets.toggle, className="button facets-toggle"),
        html.Label(text("facets_search_label", language), htmlFor=Facets.search, className="visually-hidden"),
        dcc.Input(
            id=Facets.search,
            type="search",
            placeholder=text("facets_search_placeholder", language),
            className="facets-search",
        ),
        html.Div(id=Facets.active, className="facets-active"),
        html.Div(id=Facets.groups, className="facets-groups"),
    ]
    label = aria(label=text("facets_title", language))
    return html.Aside(id=Facets.panel, className="facets", **label, **as_markup(content))


def _stage(selection: Selection) -> html.Section:
    language = selection.language
    links = [
        html.A(
            text(f"view_{view}", language),
            href=link_to(selection, view=view),
            className="is-current" if view == selection.view else None,
            id=f"{Carte.view_switch}-{view}",
        )
        for view in VIEWS
    ]
    label = aria(label=text("view_switch", language))
    return html.Section(
        [
            html.Nav(id=Carte.view_switch, className="switch", **label, **as_markup(links)),
            html.Div(id=Carte.map, className="map-slot"),
            html.Div(id=Carte.list, className="list"),
        ],
        id=Carte.stage,
        className="stage",
    )


def _charts(language: str, foot: Any) -> html.Aside:
    ended = [] if foot is None else [html.Div(className="shell-foot", **as_markup(foot))]
    charts = (_chart(name, language) for name in Charts.all)
    return html.Aside(
        [*charts, _downloads(language), *ended, dcc.Store(id=Charts.figures)],
        id=Carte.charts,
        className="charts",
        **aria(label=text("charts_label", language)),
    )


def _chart(name: str, language: str) -> html.Section:
    title = text(f"{name}_title", language)
    return html.Section(
        [
            html.H2(title, className="chart-title", id=f"{name}-title"),
            html.P(id=f"{name}-finding", className="chart-finding"),
            html.Div(**as_markup(scheme_legend(language))) if name == Charts.by_mesure else None,
            html.Div(
                html.Div(id=name),
                className="chart-plot",
                role="img",
                **aria(labelledby=f"{name}-title {name}-finding"),
            ),
            html.Details(
                [
                    html.Summary(text("chart_as_table", language)),
                    html.Div(
                        id=f"{name}-table",
                        className="table-scroll",
                        tabIndex=0,
                        role="region",
                        **aria(labelledby=f"{name}-title"),
                    ),
                ],
                className="chart-table",
            ),
            html.P(id=f"{name}-source", className="chart-source"),
            html.Div(**as_markup(draw_chart_files(name.removeprefix("chart-"), language))),
        ],
        className="chart",
    )


def _downloads(language: str) -> html.Section:
    """Links that the browser completes with the current filters (``data-download``)."""
    links = [html.P([text(f"downloads_{kind}", language), " ", *_formats(kind)]) for kind in DOWNLOADS]
    content = [html.H2(text("downloads_title", language), className="chart-title"), *links]
    return html.Section(id=Carte.downloads, className="chart downloads", **as_markup(content))


def _formats(kind: str) -> list[Any]:
    return [
        html.A(
            extension.upper(),
            href=f"/telecharger/{kind}.{extension}",
            className="button",
            **_data(download=f"/telecharger/{kind}.{extension}"),
        )
        for extension in FORMATS
    ]


def _data(**properties: str) -> dict[str, Any]:
    """``data-…`` properties, for the browser's modules and the style sheets."""
    return {f"data-{name}": value for name, value in properties.items()}

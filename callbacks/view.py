"""The routes of what is shown: the view as a picture, a page, a slide, a map; the figures of a chart of Carte."""

from dataclasses import replace
from functools import partial

from dash import Dash
from flask import Response, request

from callbacks.charts import SOURCES
from callbacks.downloads import provenance_of
from exports import csv_file
from exports.chart_table import chart_table
from exports.provenance import Provenance, Source
from geodata.queries.chart_rows import CHARTS, chart_rows, chart_selection
from geodata.repository import Tables
from press.finder_view import make_finder_view
from press.view import FILES, make_view
from state import Selection
from state.needs import Needs
from state.shown import Shown
from views.text import text

PATH = "/telecharger/vue"
FINDER_PATH = "/telecharger/vue-sites"
CHART_PATH = "/telecharger/graphique"


def register(app: Dash, tables: Tables) -> None:
    """Adds (GET) ``/telecharger/vue.<ending>``, ``vue-sites.<ending>`` and ``graphique/<name>.csv`` to the server."""
    add = app.server.add_url_rule
    for ending in FILES:
        add(f"{PATH}.{ending}", f"vue_{ending}", partial(_view, tables, ending))
        add(f"{FINDER_PATH}.{ending}", f"vue_sites_{ending}", partial(_finder, tables, ending))
    add(f"{CHART_PATH}/<name>", "graphique", partial(_chart, tables))


def _query() -> str:
    return request.query_string.decode(errors="replace")


def _view(tables: Tables, ending: str) -> Response:
    return send_view(tables, ending, _query())


def send_view(tables: Tables, ending: str, query: str) -> Response:
    """The view as one file, named after what it shows, its date if it has one, and the publication."""
    shown = Shown.from_query(query)
    content = make_view(tables, shown, ending)
    return _file(tables, content, [shown.chart or "carte", shown.selection.date], ending, shown.scale)


def _finder(tables: Tables, ending: str) -> Response:
    return send_finder(tables, ending, _query())


def send_finder(tables: Tables, ending: str, query: str) -> Response:
    """The answer of the site finder as one file; the query is that of its page, with ``echelle``."""
    scale = Shown.from_query(query).scale
    content = make_finder_view(tables, Needs.from_query(query), ending, scale)
    return _file(tables, content, ["sites"], ending, scale)


def _file(tables: Tables, content: bytes, named: list[str], ending: str, scale: int) -> Response:
    parts = ["atlas-industrie", *named, tables.manifest.hash[:8]]
    twice = "@2x" if scale > 1 and ending == "png" else ""
    return _attached(content, FILES[ending][0], f"{'-'.join(filter(None, parts))}{twice}.{ending}")


def _chart(tables: Tables, name: str) -> Response:
    return send_chart(tables, name, _query())


def send_chart(tables: Tables, name: str, query: str) -> Response:
    """The figures of a chart with their provenance; 404 for another name."""
    selection = Selection.from_query(query)
    chart, _, ending = name.rpartition(".")
    if chart not in CHARTS or ending != "csv":
        names = ", ".join(f"{one}.csv" for one in CHARTS)
        message = text("vue_not_found", selection.language, name=name[:100], names=names)
        return _private(Response(f"{message}\n", status=404, content_type="text/plain; charset=utf-8"))
    table, language = chart_table(chart), selection.language
    rows = chart_rows(tables, selection, chart)
    content = csv_file.export_csv(rows, table, _provenance(tables, selection, chart), language)
    return _attached(content, csv_file.MIMETYPE, f"atlas-industrie-graphique-{chart}-{tables.manifest.hash[:8]}.csv")


def _provenance(tables: Tables, selection: Selection, chart: str) -> Provenance:
    """What was asked of the chart, in words, and its own sources."""
    obeyed = chart_selection(selection, chart)
    found = provenance_of(tables, obeyed, "projets")
    names = SOURCES[f"chart-{chart}"]
    entries = tables.manifest.sources
    millesimes = dict.fromkeys(str(entries[name]["millesime"]) for name in names)
    return replace(
        found,
        title=chart_table(chart).label(selection.language),
        millesime=", ".join(millesimes),
        sources=tuple(Source.from_manifest(name, entries[name]) for name in names),
    )


def _attached(content: bytes, mimetype: str, name: str) -> Response:
    response = _private(Response(content, content_type=mimetype))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, max-age=0"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

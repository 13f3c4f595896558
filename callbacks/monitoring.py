"""The table of regions of ``/suivi`` as a file, in the reading and with the filters shown."""

from functools import partial

from dash import Dash
from flask import Response, request

import contract
from callbacks.downloads import MIMETYPES
from exports import csv_file
from exports.monitoring import regions_table
from exports.provenance import Provenance, Source
from geodata.queries.provenance import filters_of
from geodata.queries.suivi.export import export_rows, export_sources
from geodata.queries.suivi.regions import project_selection
from geodata.repository import Tables
from state import Selection
from state.monitoring import Monitoring
from views.text import text

FORMATS = ("csv", "xlsx")


def register(app: Dash, tables: Tables) -> None:
    """Adds ``/telecharger/suivi/regions.csv`` and ``.xlsx`` (GET) to the app's server."""

    def download(extension: str) -> Response:
        return send_regions(tables, extension, request.query_string.decode(errors="replace"))

    for extension in FORMATS:
        rule = f"/telecharger/suivi/regions.{extension}"
        app.server.add_url_rule(rule, f"suivi_{extension}", partial(download, extension))


def send_regions(tables: Tables, extension: str, query: str) -> Response:
    """The file, named after the reading and the publication."""
    response = Response(make_regions(tables, extension, query), content_type=MIMETYPES[extension])
    name = f"atlas-industrie-suivi-{_view(query)}-{tables.manifest.hash[:8]}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, max-age=0"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def make_regions(tables: Tables, extension: str, query: str) -> bytes:
    """The bytes of the file in the language of the query."""
    selection, state = project_selection(Selection.from_query(query)), Monitoring.from_query(query)
    view = _view(query)
    rows, table = export_rows(tables, selection, view, state.measure), regions_table(view, state.measure)
    provenance = _provenance(tables, selection, view)
    if extension == "csv":
        return csv_file.export_csv(rows, table, provenance, selection.language)
    from exports import xlsx_file  # noqa: PLC0415 - openpyxl takes a tenth of a second that no start-up needs

    return xlsx_file.export_xlsx(rows, table, provenance, selection.language)


def _view(query: str) -> str:
    """Inside and outside are columns of every file: that reading is the one in numbers."""
    view = Monitoring.from_query(query).view
    return "nombre" if view == "territoires" else view


def _provenance(tables: Tables, selection: Selection, view: str) -> Provenance:
    language = selection.language
    reading = (text("suivi_choice_view", language), (text(f"suivi_view_{view}", language),))
    filters: list[tuple[str, tuple[str, ...]]] = [reading]
    filters += [
        (text(f"facet_{name}", language), values)
        for name, values in filters_of(tables, selection, "projets")
        if name in dict(selection.filters)
    ]
    if selection.date:
        filters.append((text("suivi_field_date", language), (selection.date,)))
    return Provenance(
        title=text("suivi_regions", language),
        language=language,
        filters=tuple(filters),
        hash=tables.manifest.hash,
        millesime=contract.codes("millesime")[selection.millesime].label(language),
        sources=tuple(Source.from_manifest(name, tables.manifest.sources[name]) for name in export_sources()),
    )

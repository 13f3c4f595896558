"""The download routes: the selection as a file, and the published files as they are."""

import re
from collections.abc import Mapping
from typing import Any

from dash import Dash
from flask import Response, request, send_file

import contract
from exports import csv_file, geojson_file
from exports.provenance import Provenance, Source
from geodata.queries.filters import objects_of
from geodata.queries.provenance import filters_of, origin_of
from geodata.repository import Tables
from geodata.shapes import load_shapes
from state import KINDS, ObjectKind, Selection
from views.text import text

MIMETYPES: Mapping[str, str] = {
    "csv": csv_file.MIMETYPE,
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": geojson_file.MIMETYPE,
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
FORMATS = ("csv", "xlsx", "geojson")


def register(app: Dash, tables: Tables) -> None:
    """Adds ``/telecharger/<kind>.<ext>`` and ``/telecharger/donnees/<name>`` (GET) to the app's server."""

    def download_objects(name: str) -> Response:
        return send_objects(tables, name, _query())

    def download_published(name: str) -> Response:
        return send_published(tables, name, _query())

    def download_unknown(name: str) -> Response:
        return not_found(name, Selection.from_query(_query()).language)

    app.server.add_url_rule("/telecharger/<name>", "telecharger", download_objects)
    app.server.add_url_rule("/telecharger/donnees/<path:name>", "telecharger_donnees", download_published)
    # Anything else below /telecharger: a clear 404 rather than a page of the atlas.
    app.server.add_url_rule("/telecharger/<path:name>", "telecharger_inconnu", download_unknown)


def _query() -> str:
    return request.query_string.decode(errors="replace")


def send_objects(tables: Tables, name: str, query: str) -> Response:
    """The objects of the selection as the file ``<kind>.<ext>``; 404 for another kind or extension."""
    selection = Selection.from_query(query)
    kind, _, extension = name.rpartition(".")
    if kind not in KINDS or extension not in FORMATS:
        return not_found(name, selection.language)
    content = make_file(tables, selection, kind, extension)
    response = Response(content, content_type=MIMETYPES[extension])
    filename = name_file(tables, selection, kind, extension)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return _private(response)


def make_file(tables: Tables, selection: Selection, kind: ObjectKind, extension: str) -> bytes:
    """The bytes of one export: every object that the filters leave, whatever page or view is shown."""
    rows, table = objects_of(tables, selection, kind), contract.table(kind)
    provenance = provenance_of(tables, selection, kind)
    if extension == "csv":
        return csv_file.export_csv(rows, table, provenance, selection.language)
    if extension == "xlsx":
        from exports import xlsx_file  # noqa: PLC0415 - openpyxl takes a tenth of a second that no start-up needs

        return xlsx_file.export_xlsx(rows, table, provenance, selection.language)
    return geojson_file.export_geojson(rows, table, provenance, _shapes(tables, selection, table, len(rows)))


def _shapes(tables: Tables, selection: Selection, table: contract.Table, n_rows: int) -> Mapping[str, Any]:
    """The shapes of the selected millesime for a table of polygons; none are read when no row needs them."""
    is_drawn = table.geometry == "polygon" and n_rows > 0
    return load_shapes(tables, f"{table.name}-{selection.millesime}", table.key[-1]) if is_drawn else {}


def provenance_of(tables: Tables, selection: Selection, kind: ObjectKind) -> Provenance:
    """What the file says of itself, in the language of the selection."""
    language = selection.language
    origin = origin_of(tables, selection, kind)
    filters = [(text(f"facet_{name}", language), values) for name, values in filters_of(tables, selection, kind)]
    if selection.text:
        filters.append((text("js_search", language), (selection.text,)))
    if selection.date:
        filters.append((text("etat_date", language), (selection.date,)))
    return Provenance(
        title=contract.table(kind).label(language),
        language=language,
        filters=tuple(filters),
        hash=origin.hash,
        millesime=origin.millesime,
        sources=tuple(Source.from_manifest(name, entry) for name, entry in origin.sources.items()),
    )


def name_file(tables: Tables, selection: Selection, kind: ObjectKind, extension: str) -> str:
    """``atlas-industrie-projets-2022-04-08-1a2b3c4d.csv``: latest date of the data, first digits of the publication."""
    origin = origin_of(tables, selection, kind)
    dates = re.findall(r"\d{4}(?:-\d{2}){0,2}", origin.millesime)
    parts = ["atlas-industrie", kind, *dates[-1:], origin.hash[:8]]
    return f"{'-'.join(parts)}.{extension}"


def send_published(tables: Tables, name: str, query: str) -> Response:
    """One published file as it is; 404 for a name that the manifest does not list, whatever is on the disk."""
    entry = tables.manifest.files.get(name)
    if entry is None:
        return not_found(name, Selection.from_query(query).language)
    response = send_file(
        tables.path_of(name),
        mimetype=MIMETYPES.get(name.rpartition(".")[2], "application/octet-stream"),
        as_attachment=True,
        download_name=name,
        etag=str(entry["sha256"]),
    )
    return _private(response)


def not_found(name: str, language: str) -> Response:
    """What was asked for, and what there is, as plain text."""
    kinds = ", ".join(f"{kind}.{extension}" for kind in KINDS for extension in FORMATS)
    message = text("export_not_found", language, name=name[:200], kinds=kinds)
    return _private(Response(f"{message}\n", status=404, content_type="text/plain; charset=utf-8"))


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, max-age=0"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

"""The feed of changes, ``/changements.atom``, and the imported sites that the map draws, ``/importes.json``."""

from dash import Dash
from flask import Response, request

from exports.atom_file import MIMETYPE, export_atom
from geodata.queries.archive import list_changes
from geodata.queries.imported import layer_of
from geodata.repository import Tables
from state import Selection


def register(app: Dash, tables: Tables) -> None:
    """Adds both addresses (GET) to the app's server."""

    def answer_feed() -> Response:
        return send_feed(tables, request.url_root, request.query_string.decode(errors="replace"))

    def answer_imported() -> Response:
        return send_imported(tables)

    app.server.add_url_rule("/changements.atom", "changements_atom", answer_feed)
    app.server.add_url_rule("/importes.json", "importes", answer_imported)


def send_feed(tables: Tables, root: str, query: str) -> Response:
    """What changed between publications, as Atom."""
    language = Selection.from_query(query).language
    return _revalidated(Response(export_atom(list_changes(tables), root, language), content_type=MIMETYPE), tables)


def send_imported(tables: Tables) -> Response:
    """The imported sites as GeoJSON: what the map needs of them, nothing else."""
    return _revalidated(Response(layer_of(tables), content_type="application/json"), tables)


def _revalidated(response: Response, tables: Tables) -> Response:
    """Asked again each time, answered « not modified » while nothing changed."""
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(tables.version[:16])
    response.make_conditional(request)
    return response

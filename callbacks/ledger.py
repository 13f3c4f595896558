"""The ledger of figures as a file: the lines that the filters of ``/chiffres`` leave."""

from functools import partial
from typing import Any

from dash import Dash
from flask import Response, request

from callbacks.downloads import MIMETYPES
from exports import csv_file
from exports.provenance import Provenance, Source
from geodata.queries.claims import ledger_frame, ledger_table
from geodata.repository import Tables
from state.ledger import Ledger
from views.text import text

FORMATS = ("csv", "xlsx")


def register(app: Dash, tables: Tables) -> None:
    """Adds ``/telecharger/registre.csv`` and ``.xlsx`` (GET) to the app's server."""

    def download(extension: str) -> Response:
        return send_ledger(tables, extension, request.query_string.decode(errors="replace"))

    for extension in FORMATS:
        rule = f"/telecharger/registre.{extension}"
        app.server.add_url_rule(rule, f"registre_{extension}", partial(download, extension))


def send_ledger(tables: Tables, extension: str, query: str) -> Response:
    """The file, named after the publication."""
    response = Response(make_ledger(tables, extension, query), content_type=MIMETYPES[extension])
    name = f"atlas-industrie-registre-{tables.manifest.hash[:8]}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, max-age=0"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def make_ledger(tables: Tables, extension: str, query: str) -> bytes:
    """The bytes of the file in the language of the query."""
    ledger = Ledger.from_query(query)
    rows, table = ledger_frame(tables, ledger), ledger_table()
    provenance = _provenance(tables, ledger, table.label(ledger.language))
    if extension == "csv":
        return csv_file.export_csv(rows, table, provenance, ledger.language)
    from exports import xlsx_file  # noqa: PLC0415 - openpyxl takes a tenth of a second that no start-up needs

    return xlsx_file.export_xlsx(rows, table, provenance, ledger.language)


def _provenance(tables: Tables, ledger: Ledger, title: str) -> Provenance:
    entries = [tables.manifest.files[f"{name}.parquet"] for name in ("chiffres", "chiffres-ecarts")]
    sources: dict[str, Any] = {name: tables.manifest.sources[name] for entry in entries for name in entry["sources"]}
    return Provenance(
        title=title,
        language=ledger.language,
        filters=_filters(ledger),
        hash=tables.manifest.hash,
        millesime=str(entries[0]["millesime"]),
        sources=tuple(Source.from_manifest(name, entry) for name, entry in sorted(sources.items())),
    )


def _filters(ledger: Ledger) -> tuple[tuple[str, tuple[str, ...]], ...]:
    asked = (
        ("theme", ledger.theme),
        ("auteur", ledger.author),
        ("unite", ledger.unit),
        ("annee", ledger.year),
        ("etat", ledger.state),
    )
    return tuple((text(f"chiffres_field_{name}", ledger.language), (value,)) for name, value in asked if value)

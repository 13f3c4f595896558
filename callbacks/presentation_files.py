"""The routes of a presentation's files: PDF, PPTX, pictures, standalone HTML, YAML, and the suitcase that holds all."""

import re
from functools import partial

from dash import Dash
from flask import Response, request

import presentations
from geodata.repository import Tables
from press import suitcase
from press.slides import presentation_named
from state import Selection
from state.scene import PresentationError
from views.text import text

PATH = "/telecharger/presentation"
ZIP = "application/zip"
ENDINGS = ("pdf", "pptx", "png.zip", "html", "yml", "valise.zip")
_FILE = re.compile(r"([a-z0-9-]{1,40}?)(-valise\.zip|\.pdf|\.pptx|\.png\.zip|\.html|\.yml)")


def register(app: Dash, tables: Tables) -> None:
    """Adds ``/telecharger/presentation/<file>`` (GET) to the app's server."""
    app.server.add_url_rule(f"{PATH}/<file>", "presentation_file", partial(_answer, tables))


def _answer(tables: Tables, file: str) -> Response:
    language = Selection.from_query(request.query_string.decode(errors="replace")).language
    return send_file(tables, file, language)


def send_file(tables: Tables, file: str, language: str) -> Response:
    """One file of a shipped presentation (``assemblee-3.pdf``, ``region-32-valise.zip``); 404 in words for another."""
    asked = _FILE.fullmatch(file)
    try:
        presentation = presentation_named(tables, asked[1]) if asked else None
    except PresentationError:
        presentation = None
    if asked is None or presentation is None:
        known = ", ".join((*presentations.SHIPPED, "region-<code>"))
        said = text("valise_unknown_file", language, name=file[:100], known=known, endings=", ".join(ENDINGS))
        return Response(said, status=404, content_type="text/plain; charset=utf-8")
    name, ending = asked[1], asked[2].lstrip("-.")
    if ending == "yml":
        content: bytes | str = presentations.write(presentation)
        mimetype = suitcase.YAML
    elif ending == "valise.zip":
        content, mimetype = suitcase.make_zip(tables, presentation, name), ZIP
    else:
        content = suitcase.make_file(tables, presentation, name, ending, language)
        mimetype = suitcase.MADE[ending][0]
    saved = file if ending in ("yml", "valise.zip") else f"{name}-{language}.{ending}"
    disposition = f'attachment; filename="{saved}"'
    return Response(content, content_type=mimetype, headers={"Content-Disposition": disposition})

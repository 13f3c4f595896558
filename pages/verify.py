"""The check of a dropped file, ``POST /sources/verifier``: read in memory, answered, forgotten."""

import io
from collections.abc import Callable
from typing import Any

from dash import html
from flask import Flask, Response, jsonify, redirect, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from geodata.queries.places import known_of
from geodata.repository import Tables
from imports.sites import SitesReport, check_sites
from pages.visit import Document, Visit
from state import Selection
from views.checks import ACTION, FIELD, draw_check_form, draw_report, report_as_json
from views.markup import to_html
from views.text import text

MAX_BYTES = 2_000_000
MAX_ROWS = 5_000
"""A workbook of 20,000 rows takes seconds of the server: that is for the command line."""
_FORM_BYTES = 20_000
"""Room for what a multipart form writes around the file."""

Render = Callable[[Visit, Document], str]


def register(server: Flask, tables: Tables, render: Render) -> None:
    """Adds the address to the server; a GET of it leads to the form."""

    def answer() -> Any:
        return _answer(tables, render)

    server.add_url_rule(ACTION, "verifier", answer, methods=["GET", "POST"])


def _answer(tables: Tables, render: Render) -> Any:
    query = request.query_string.decode(errors="replace")
    visit = Visit(ACTION, query, Selection.from_query(query))
    language = visit.language
    if request.method != "POST":
        return redirect("/sources" + ("?lang=en" if language == "en" else "") + "#verifier")
    try:
        filename, content = _read()
    except RequestEntityTooLarge:
        return _refuse(visit, render, 413, "imports_check_too_big")
    except (BadRequest, ValueError):
        return _refuse(visit, render, 400, "imports_check_none")
    report = check_sites(content, known_of(tables), MAX_BYTES, MAX_ROWS)
    if _wants_json():
        drawn = to_html(draw_report(report, filename, language))
        return _unkept({**report_as_json(report, language), "html": drawn}, 200)
    return _unkept(render(visit, _document(report, filename, language)), 200)


def _read() -> tuple[str, bytes]:
    """The file's name and content. Nothing is read of a body that says it is too big; nothing goes to the disk.

    Raises:
        RequestEntityTooLarge: over the limit, said or found.
        BadRequest: no file.
    """
    limit = MAX_BYTES + _FORM_BYTES
    if (request.content_length or 0) > limit:
        raise RequestEntityTooLarge
    parser = FormDataParser(
        stream_factory=lambda *_args, **_rest: io.BytesIO(),
        max_form_memory_size=limit,
        max_content_length=limit,
        max_form_parts=10,
    )
    _, _, files = parser.parse_from_environ(request.environ)
    file = files.get(FIELD)
    if file is None or not file.filename:
        raise BadRequest
    return file.filename, file.stream.read()


def _wants_json() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _document(report: SitesReport, filename: str, language: str) -> Document:
    title = text("imports_check_title", language)
    again = html.Section([html.H2(text("imports_check_again", language)), draw_check_form(language)])
    content = html.Div([html.H1(title), draw_report(report, filename, language), again], className="page")
    return Document(title, content, styles=("sources",), is_tool=True)


def _refuse(visit: Visit, render: Render, status: int, key: str) -> Response:
    said = text(key, visit.language)
    if _wants_json():
        return _unkept({"is_good": False, "summary": said, "problems": [], "html": to_html(html.P(said))}, status)
    title = text("imports_check_title", visit.language)
    content = html.Div(
        [html.H1(title), html.P(said, className="warning"), draw_check_form(visit.language)], className="page"
    )
    return _unkept(render(visit, Document(title, content, styles=("sources",), is_tool=True)), status)


def _unkept(answer: Any, status: int) -> Response:
    response = jsonify(answer) if isinstance(answer, dict) else Response(answer, mimetype="text/html")
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response

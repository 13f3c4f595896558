"""The routes of documents: the dossier and each of its files, the letter of a site, the sheets as PDF."""

from collections.abc import Callable
from functools import partial

from dash import Dash
from flask import Response, request

from exports.dossier import archive, letter
from exports.typeset import MIMETYPE as PDF
from geodata.repository import Tables
from press import area, dossier, site
from state import Selection
from state.needs import Needs
from views.text import text

PATH = "/telecharger/dossier"
ENDINGS = ("zip", *dossier.SINGLE)


def register(app: Dash, tables: Tables) -> None:
    """Adds the routes (GET) to the app's server."""
    add = app.server.add_url_rule
    for ending in ENDINGS:
        add(f"{PATH}.{ending}", f"dossier_{ending}", partial(_dossier, tables, ending))
    add("/telecharger/questions/<code>.eml", "questions_eml", partial(_letter, tables))
    add("/sites/<code>.pdf", "site_pdf", partial(_sheet, tables, site.site_pdf, "site"))
    add("/regions/<code>.pdf", "region_pdf", partial(_sheet, tables, area.region_pdf, "region"))
    add("/territoires/<code>.pdf", "territoire_pdf", partial(_sheet, tables, area.territoire_pdf, "territoire"))


def _query() -> str:
    return request.query_string.decode(errors="replace")


def _dossier(tables: Tables, ending: str) -> Response:
    return send_dossier(tables, ending, _query(), request.host_url)


def send_dossier(tables: Tables, ending: str, query: str, host: str) -> Response:
    """One file of the dossier, or all of them; 404 with the way out when no site is left.

    Args:
        host: ends with a slash; makes the address of the search absolute.
    """
    needs = Needs.from_query(query)
    address = f"{host}sites?{needs.to_query()}".rstrip("?")
    if ending == "zip":
        content, mimetype = dossier.make_archive(tables, needs, address), archive.MIMETYPE
    else:
        content, mimetype = dossier.make_single(tables, needs, ending, address), dossier.SINGLE[ending][0]
    if content is None:
        return _refused(text("dossier_empty", needs.language, address=address))
    language = "" if ending in ("zip", "geojson") else f"-{needs.language}"
    return _attached(content, mimetype, f"atlas-industrie-dossier{language}-{tables.manifest.hash[:8]}.{ending}")


def _letter(tables: Tables, code: str) -> Response:
    content = site.site_letter(tables, code)
    if content is None:
        return _refused(text("dossier_no_sheet", Selection.from_query(_query()).language, name=code[:100]))
    return _attached(content, letter.MIMETYPE, f"questions-{code}.eml")


Make = Callable[[Tables, str, Selection], bytes | None]


def _sheet(tables: Tables, make: Make, kind: str, code: str) -> Response:
    return send_sheet(tables, make, kind, code, _query())


def send_sheet(tables: Tables, make: Make, kind: str, code: str, query: str) -> Response:
    """The PDF of a sheet, shown in the browser; 404 when nothing bears that code."""
    selection = Selection.from_query(query)
    content = make(tables, code, selection)
    if content is None:
        return _refused(text("dossier_no_sheet", selection.language, name=code[:100]))
    return _attached(content, PDF, f"atlas-industrie-{kind}-{code}-{selection.language}.pdf", "inline")


def _attached(content: bytes, mimetype: str, name: str, how: str = "attachment") -> Response:
    response = _private(Response(content, content_type=mimetype))
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    return response


def _refused(message: str) -> Response:
    return _private(Response(f"{message}\n", status=404, content_type="text/plain; charset=utf-8"))


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, max-age=0"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

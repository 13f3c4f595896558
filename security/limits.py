"""Limits on what costs the server: files made on demand, documents set in type, files checked. Pages have none.

Generous on purpose: a hall of five hundred visitors behind one address is one visitor here.
"""

import re
from collections.abc import Callable

from flask import Flask, Response, g, request

from security.pace import Pace, Places
from state import Selection
from views.text import text

_SECONDS_IF_FULL = 5

_EXPENSIVE = re.compile(r"/telecharger/(?!donnees/)|.+\.pdf$|/sources/verifier$|/presentation/(?!relais)")
# Seconds of work each: dossiers, sheets in type, slides, views, the check of a workbook.
_HEAVY = re.compile(r"/telecharger/(?:dossier|presentation|diapo|vue)|.+\.(?:pdf|pptx|zip|png)$|/sources/verifier$")
# A visitor's own presentation of up to sixty scenes, each with its map; reading and checking it is light.
_SCENES, _DRAWN = "/presentation/scenes", ("salle", "console")

Check = Callable[[], Response | None]


def register(server: Flask, per_minute: int, threads: int) -> Check:
    """The check to run before each request; a place that it takes is given back when the request ends.

    Args:
        per_minute: expensive requests a minute from one address, saved up for two minutes; 0 for no limit.
        threads: of a process; heavy work takes half of them at most.
    """
    pace = Pace(per_minute) if per_minute else None
    places = Places(max(1, threads // 2))

    def check() -> Response | None:
        path = request.path
        # What an address shows by GET under /presentation is a page like another.
        if not _EXPENSIVE.match(path) or (path.startswith("/presentation") and request.method != "POST"):
            return None
        wait = pace.wait_s(request.remote_addr or "") if pace else 0
        if wait:
            return _refused(429, wait)
        if _HEAVY.match(path) or (path == _SCENES and request.args.get("pour") in _DRAWN):
            if not places.enter():
                return _refused(503, _SECONDS_IF_FULL)
            g.has_place = True
        return None

    def leave(_: BaseException | None) -> None:
        if g.pop("has_place", False):
            places.leave()

    server.teardown_request(leave)
    return check


def _refused(status: int, wait_s: int) -> Response:
    language = Selection.from_query(request.query_string.decode(errors="replace")).language
    said = text("securite_often" if status == 429 else "securite_busy", language, seconds=str(wait_s))
    response = Response(f"{said}\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = str(wait_s)
    response.headers["Cache-Control"] = "no-store"
    return response

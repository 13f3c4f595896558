"""The security headers, put on every answer at the door: pages, static files, downloads and errors alike."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from security.policy import Policies

_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
_REFUSED_TO_PAGES = ("camera", "geolocation", "microphone", "payment", "usb", "midi", "serial", "display-capture")
# Full screen is the hall's and the map's, the clipboard the « copy » buttons', the lock keeps a kiosk awake.
_PERMISSIONS = (
    ", ".join(f"{name}=()" for name in _REFUSED_TO_PAGES)
    + ", fullscreen=(self), clipboard-write=(self), screen-wake-lock=(self)"
)
_HSTS = "max-age=31536000"
_MAX_READ_QUERY = 4_000

Pairs = list[tuple[str, str]]


class Headers:
    """A WSGI application around another: what the inner one says of itself stays, what it leaves out is added."""

    def __init__(self, application: WSGIApplication, policies: Policies) -> None:
        self._application = application
        self._policy = cache(policies.of)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        is_secure = environ.get("wsgi.url_scheme") == "https"
        is_embedded = _asks_embedding(environ.get("QUERY_STRING", ""))

        def start(status: str, headers: Pairs, exc_info: Any = None) -> Any:
            return start_response(status, self._complete(headers, is_secure, is_embedded), exc_info)

        return self._application(environ, start)

    def _complete(self, headers: Pairs, is_secure: bool, is_embedded: bool) -> Pairs:
        said = {name.lower(): value for name, value in headers}
        kind = said.get("content-type", "").partition(";")[0].strip().lower()
        added = [*_ALWAYS, ("Content-Security-Policy", self._policy(kind, is_embedded))]
        if kind == "text/html":
            added.append(("Permissions-Policy", _PERMISSIONS))
        if is_secure:
            added.append(("Strict-Transport-Security", _HSTS))
        return [*headers, *((name, value) for name, value in added if name.lower() not in said)]


def _asks_embedding(query: str) -> bool:
    return "embed=" in query[:_MAX_READ_QUERY] and parse_qs(query[:_MAX_READ_QUERY]).get("embed", [""])[-1] == "1"

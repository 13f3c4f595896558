"""Whole answers kept as they went out, compressed: a page or a callback that was made once costs a look-up.

One atlas, one process, bounded in bytes by the store. What many ask for at once is made by one thread and awaited by
the others, so that a full hall pays for a page once.
"""

import hashlib
import io
import json
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

CALLBACKS = "/_dash-update-component"
MAX_BODY = 64_000
"""Bytes of a callback's body: a longer one is the app's to refuse."""
MAX_QUERY = 1000
"""A longer address is answered, not kept."""

_ENCODINGS = ("zstd", "br", "gzip")
_PATIENCE_S = 60.0
# Files made on demand, what a phone and a console tell each other, files to check: never the same twice, or large.
_NEVER = re.compile(r"/telecharger/|/presentation/|/telecommande|/sources/verifier|/_(?!dash-)|.*\.(?!js$)[a-z]+$")
# The token that Dash gives a page load binds background callbacks, of which the atlas has none.
_PAGE_LOAD = re.compile(r"(?:endId=[^&]*)?")
_KINDS = ("text/html", "application/json", "text/javascript", "application/javascript")
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_IF_RANGE")
_WHILE_KEPT = ("content-type", "content-encoding", "vary", "etag", "cache-control")

Pairs = list[tuple[str, str]]


class Store(Protocol):
    """Where answers are kept, bounded."""

    def get(self, key: str) -> Any: ...

    def set(self, key: str, value: Any) -> Any: ...


@dataclass
class _Answer:
    """What the application said; ``content`` is as it travels."""

    status: str
    headers: Pairs
    content: bytes

    def is_for_all(self) -> bool:
        """The same for every visitor until the publication changes."""
        said = {name.lower(): value for name, value in self.headers}
        control = said.get("cache-control", "")
        kind = said.get("content-type", "").partition(";")[0]
        is_free = "set-cookie" not in said and "no-store" not in control and "private" not in control
        return self.status.startswith("200") and kind in _KINDS and is_free


class Kept:
    """A WSGI application before another, which it asks once for each answer that it may keep."""

    def __init__(self, application: WSGIApplication, store: Store) -> None:
        self._application = application
        self._store = store
        self._lock = threading.Lock()
        self._being_made: dict[str, threading.Event] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        key = _key(environ)
        if key is None:
            return self._application(environ, start_response)
        kept = self._store.get(key) or self._make_or_wait(key, environ)
        if kept is None:  # another made it and it was not to be kept
            return self._application(environ, start_response)
        if isinstance(kept, _Answer):
            start_response(kept.status, kept.headers)
            return [kept.content]
        return _sent(kept, environ, start_response)

    def _make_or_wait(self, key: str, environ: WSGIEnvironment) -> list[bytes] | _Answer | None:
        """What is kept from now on; the answer itself when it is not to be; None when another thread had that one."""
        with self._lock:
            made = self._being_made.get(key)
            if made is None:
                self._being_made[key] = threading.Event()
        if made is not None:
            made.wait(_PATIENCE_S)
            found: list[bytes] | None = self._store.get(key)
            return found
        try:
            found = self._store.get(key)  # made between the look and the lock
            return found or self._make(key, environ)
        finally:
            with self._lock:
                self._being_made.pop(key).set()

    def _make(self, key: str, environ: WSGIEnvironment) -> list[bytes] | _Answer:
        conditions = {name: environ.pop(name) for name in _CONDITIONS if name in environ}
        answer = _ask(self._application, environ)
        environ.update(conditions)
        if not answer.is_for_all():
            return answer
        kept = _packed(answer, is_page=environ["REQUEST_METHOD"] == "GET")
        self._store.set(key, kept)
        return kept


def _key(environ: WSGIEnvironment) -> str | None:
    """What tells this request from another with a different answer; None when it is the application's alone."""
    method, path, query = environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    is_callback = method == "POST" and path == CALLBACKS and _PAGE_LOAD.fullmatch(query) is not None
    if not is_callback and (method != "GET" or len(query) > MAX_QUERY or _NEVER.match(path)):
        return None
    body = _body(environ) if is_callback else b""
    if body is None:
        return None
    encoding = environ["HTTP_ACCEPT_ENCODING"] = _encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    query = "" if is_callback else query
    # The host too: names that the atlas does not answer to are refused by the application.
    host = environ.get("HTTP_HOST", "")
    said = [method, environ["wsgi.url_scheme"], host, path, query, encoding, environ.get("CONTENT_TYPE", "")]
    return hashlib.sha256("\n".join(said).encode("utf-8", "surrogatepass") + b"\n\n" + body).hexdigest()


def _body(environ: WSGIEnvironment) -> bytes | None:
    """The body, which can be read again; None when it is too long or does not say how long it is."""
    length = environ.get("CONTENT_LENGTH") or ""
    if not length.isdecimal() or int(length) > MAX_BODY:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(body)
    return bytes(body)


def _encoding(accepted: str) -> str:
    """The best one that the browser takes; browsers spell the same preference in many ways."""
    offers = [offer.replace(" ", "").lower().partition(";") for offer in accepted.split(",")]
    taken = {name for name, _, weight in offers if not re.fullmatch(r"q=0(\.0*)?", weight)}
    return next((name for name in _ENCODINGS if name in taken), "")


def _ask(application: WSGIApplication, environ: WSGIEnvironment) -> _Answer:
    said: dict[str, Any] = {}

    def start(status: str, headers: Pairs, exc_info: Any = None) -> Callable[[bytes], object]:  # noqa: ARG001 - WSGI's
        said.update(status=status, headers=headers)
        return lambda _: None

    parts = application(environ, start)
    try:
        content = b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()
    return _Answer(said["status"], said["headers"], content)


def _packed(answer: _Answer, *, is_page: bool) -> list[bytes]:
    """Headers, then content. A page says what it is, so that a browser which has it is told so in a few bytes."""
    headers = [pair for pair in answer.headers if pair[0].lower() != "content-length"]
    said = {name.lower() for name, _ in headers}
    if is_page and "etag" not in said:
        headers.append(("ETag", f'"{hashlib.sha256(answer.content).hexdigest()[:20]}"'))
    if is_page and "cache-control" not in said:
        headers.append(("Cache-Control", "no-cache"))
    headers.append(("Content-Length", str(len(answer.content))))
    return [json.dumps(headers).encode(), answer.content]


def _sent(kept: list[bytes], environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    headers = [(name, value) for name, value in json.loads(kept[0])]
    etag = next((value for name, value in headers if name == "ETag"), "")
    if etag and etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", [pair for pair in headers if pair[0].lower() in _WHILE_KEPT])
        return []
    start_response("200 OK", headers)
    return [kept[1]]

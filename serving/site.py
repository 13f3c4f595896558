"""The WSGI app that a server runs: health and metrics, then the publication that a request belongs to."""

import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from werkzeug.wsgi import ClosingIterator

from serving.atlas import Answer, Atlas, Environ
from serving.feed import Feed
from serving.logs import ACCESS, EXTRA
from serving.metrics import PATH as METRICS_PATH
from serving.metrics import Metrics, kind_of
from serving.shelf import Shelf
from serving.warm import warm_behind

HEALTH, READY = "/health", "/ready"
HEADER = "Atlas-Publication"
_ASKED = "HTTP_ATLAS_PUBLICATION"
_GONE = "gone"
_ACCESS = logging.getLogger(ACCESS)


class Site:
    """One atlas for the web, whatever publication it shows.

    Args:
        feed: where new publications come from; None when there is only the one.
        metrics: None when they are not asked for.
        is_logged: a line for each request.
    """

    def __init__(self, shelf: Shelf, feed: Feed | None, metrics: Metrics | None, is_logged: bool) -> None:
        self.shelf = shelf
        self._feed = feed
        self._metrics = metrics
        self._is_logged = is_logged
        self._watched_by = 0
        self._lock = threading.Lock()
        own: dict[str, Callable[[], tuple[int, str, bytes]]] = {HEALTH: self._health, READY: self._ready}
        self._own = own | ({METRICS_PATH: self._measures} if metrics else {})

    def watch(self) -> None:
        """Starts to watch for new publications, once a process: a thread does not survive the fork of a worker."""
        if self._feed is None or self._watched_by == os.getpid():
            return
        with self._lock:
            if self._watched_by != os.getpid():
                self._feed.watch(self.shelf.offer)
                self._watched_by = os.getpid()

    def warm(self, addresses: Sequence[str], host: str) -> None:
        """Makes what will be asked first, behind, for visitors who write ``host``."""
        warm_behind(self.shelf.current().answer, addresses, host)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.watch()
        path = environ.get("PATH_INFO", "")
        if self._metrics is None and not self._is_logged:
            return self._answer(path, environ)(environ, start_response)
        return self._observed(path, environ, start_response)

    def _answer(self, path: str, environ: Environ) -> Answer:
        if path in self._own:
            return _plain(*self._own[path]())
        atlas = self.shelf.for_request(path, environ.get(_ASKED, ""))
        if atlas is None:
            return _plain(503, "text/plain; charset=utf-8", b"This page's publication is gone: reload it.\n", _GONE)
        return atlas.answer if path in atlas.addresses else _signed(atlas)

    def _health(self) -> tuple[int, str, bytes]:
        return _json(200, {"status": "ok", **self._said()})

    def _ready(self) -> tuple[int, str, bytes]:
        """Made after the data were loaded and before the server listens: an answer is a yes."""
        return _json(200, {"status": "ready", "at_hand": self.shelf.versions(), **self._said()})

    def _said(self) -> dict[str, Any]:
        atlas = self.shelf.current()
        said = {"publication": atlas.publication, "version": atlas.version, "cache": atlas.cache_state()}
        if self._feed is None:
            return said | {"data": "local"}
        state = self._feed.state
        return said | {"data": "reached" if state.is_reached else "unreached", "refused": state.refused or None}

    def _measures(self) -> tuple[int, str, bytes]:
        assert self._metrics is not None
        atlas, n_refused = self.shelf.current(), self._feed.state.n_refused if self._feed else 0
        return 200, *self._metrics.page(atlas.publication, atlas.cache_state(), n_refused)

    def _observed(self, path: str, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        began, seen = time.perf_counter(), {"status": 500}

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            seen["status"] = int(status[:3])
            return start_response(status, headers, *rest)

        def done() -> None:
            self._tell(path, environ, seen["status"], time.perf_counter() - began)

        try:
            return ClosingIterator(self._answer(path, environ)(environ, start), done)
        except BaseException:
            done()
            raise

    def _tell(self, path: str, environ: Environ, status: int, seconds: float) -> None:
        kind = kind_of(path)
        if self._metrics:
            self._metrics.count(kind, status, seconds)
        if self._is_logged:
            said = {
                "method": environ.get("REQUEST_METHOD", ""),
                "path": path[:200],
                "status": status,
                "ms": round(seconds * 1000, 1),
                "kind": kind,
                "request": environ.get("HTTP_X_REQUEST_ID", "")[:64],
            }
            _ACCESS.info("request", extra={EXTRA: said})


def _json(status: int, document: dict[str, Any]) -> tuple[int, str, bytes]:
    return status, "application/json", json.dumps(document).encode() + b"\n"


_WORDS = {200: "200 OK", 503: "503 Service Unavailable"}


def _plain(status: int, mimetype: str, content: bytes, publication: str = "") -> Answer:
    headers = [("Content-Type", mimetype), ("Content-Length", str(len(content))), ("Cache-Control", "no-store")]
    headers += [(HEADER, publication), ("Retry-After", "1")] if publication else []

    def answer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response(_WORDS[status], headers)
        return [] if environ.get("REQUEST_METHOD") == "HEAD" else [content]

    return answer


def _signed(atlas: Atlas) -> Answer:
    """The atlas, which says in each answer which publication it is made of."""

    def answer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, (HEADER, atlas.version)], *rest)

        return atlas.answer(environ, start)

    return answer


def make_site(first: Atlas, feed: Feed | None, keep_s: float, metrics: Metrics | None, is_logged: bool) -> Site:
    return Site(Shelf(first, keep_s), feed, metrics, is_logged)

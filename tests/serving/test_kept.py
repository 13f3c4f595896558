import io
import threading
from collections.abc import Iterable
from typing import Any

import pytest

from callbacks.cache_memory import MemoryCache
from serving.kept import CALLBACKS, MAX_BODY, MAX_QUERY, Kept

Pairs = list[tuple[str, str]]


class Inner:
    """Counts what it is asked, and answers what it was told to."""

    def __init__(self, status: str = "200 OK", headers: Pairs | None = None) -> None:
        self.asked: list[dict[str, Any]] = []
        self.status = status
        self.headers = [("Content-Type", "text/html; charset=utf-8")] if headers is None else headers
        self.gate: threading.Event | None = None
        self.entered = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked.append(dict(environ))
        self.entered.set()
        if self.gate:
            self.gate.wait(10)
        body = environ["wsgi.input"].read()
        start_response(self.status, [*self.headers, ("X-N", str(len(self.asked)))])
        return [b"page ", environ["PATH_INFO"].encode(), b" ", body]


def ask(kept: Kept, path: str, body: bytes = b"", **extra: str) -> tuple[str, dict[str, str], bytes]:
    said: dict[str, Any] = {}
    environ = {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "HTTP_HOST": "atlas",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
        **extra,
    }

    def start(status: str, headers: Pairs, exc_info: Any = None) -> Any:
        said.update(status=status, headers=dict(headers))

    content = b"".join(kept(environ, start))
    return said["status"], said["headers"], content


def made(inner: Inner) -> Kept:
    return Kept(inner, MemoryCache(60))


def test_a_page_is_made_once_an_address_a_host_and_an_encoding() -> None:
    inner = Inner()
    kept = made(inner)
    first, second = ask(kept, "/suivi"), ask(kept, "/suivi")
    assert first == second
    assert first[2] == b"page /suivi "
    assert len(inner.asked) == 1
    ask(kept, "/suivi", HTTP_ACCEPT_ENCODING="gzip, deflate, br, zstd")
    ask(kept, "/suivi", HTTP_ACCEPT_ENCODING="zstd;q=1.0 , br")
    assert [one["HTTP_ACCEPT_ENCODING"] for one in inner.asked] == ["", "zstd"]
    ask(kept, "/suivi", HTTP_ACCEPT_ENCODING="zstd;q=0, gzip")
    ask(kept, "/suivi", HTTP_HOST="elsewhere")
    ask(kept, "/suivi", QUERY_STRING="lang=en")
    assert len(inner.asked) == 5


def test_what_the_browser_has_is_not_sent_again() -> None:
    inner = Inner()
    kept = made(inner)
    _, headers, _ = ask(kept, "/", HTTP_IF_NONE_MATCH='"another"')
    assert headers["Cache-Control"] == "no-cache"
    status, again, content = ask(kept, "/", HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (status, content) == ("304 Not Modified", b"")
    assert again["ETag"] == headers["ETag"]
    assert "Content-Length" not in again
    assert "HTTP_IF_NONE_MATCH" not in inner.asked[0]


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("404 NOT FOUND", [("Content-Type", "text/html")]),
        ("500 INTERNAL SERVER ERROR", [("Content-Type", "text/html")]),
        ("204 NO CONTENT", []),
        ("200 OK", [("Content-Type", "text/html"), ("Cache-Control", "no-store")]),
        ("200 OK", [("Content-Type", "text/html"), ("Cache-Control", "private, max-age=0")]),
        ("200 OK", [("Content-Type", "text/html"), ("Set-Cookie", "a=b")]),
        ("200 OK", [("Content-Type", "application/pdf")]),
    ],
)
def test_what_is_not_for_everybody_is_asked_again(status: str, headers: Pairs) -> None:
    inner = Inner(status, headers)
    kept = made(inner)
    assert ask(kept, "/")[0] == status
    _, said, content = ask(kept, "/")
    assert (said["X-N"], content) == ("2", b"page / ")


@pytest.mark.parametrize(
    "path",
    ["/telecharger/projets.csv", "/presentation/relais/1", "/telecommande", "/sites/a.pdf", "/importes.json", "/_x"],
)
def test_files_and_the_relay_go_by(path: str) -> None:
    inner = Inner()
    kept = made(inner)
    ask(kept, path)
    ask(kept, path)
    assert len(inner.asked) == 2


def test_a_long_address_is_answered_and_not_kept() -> None:
    inner = Inner()
    kept = made(inner)
    for _ in range(2):
        ask(kept, "/", QUERY_STRING="q" * (MAX_QUERY + 1))
    assert len(inner.asked) == 2


def test_a_callback_is_kept_by_its_body_whatever_the_page_load() -> None:
    inner = Inner(headers=[("Content-Type", "application/json")])
    kept = made(inner)
    first = ask(kept, CALLBACKS, b'{"a":1}', QUERY_STRING="endId=one")
    assert ask(kept, CALLBACKS, b'{"a":1}', QUERY_STRING="endId=two") == first
    assert first[2].endswith(b'{"a":1}')
    assert "ETag" not in first[1]
    assert ask(kept, CALLBACKS, b'{"a":2}')[2].endswith(b'{"a":2}')
    ask(kept, CALLBACKS, b'{"a":1}', CONTENT_TYPE="text/plain")
    ask(kept, CALLBACKS, b'{"a":1}', QUERY_STRING="endId=one&job=2")
    assert len(inner.asked) == 4


@pytest.mark.parametrize("length", ["", "-1", "x", str(MAX_BODY + 1)])
def test_a_body_of_no_fit_length_is_the_application_s_to_refuse(length: str) -> None:
    inner = Inner(headers=[("Content-Type", "application/json")])
    kept = made(inner)
    for _ in range(2):
        assert ask(kept, CALLBACKS, b"{}", CONTENT_LENGTH=length)[2].endswith(b"{}")
    assert len(inner.asked) == 2


def test_many_at_once_wait_for_the_one_that_makes_it() -> None:
    inner = Inner()
    inner.gate = threading.Event()
    kept = made(inner)
    found: list[bytes] = []
    visitors = [threading.Thread(target=lambda: found.append(ask(kept, "/suivi")[2])) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    assert inner.entered.wait(10)
    inner.gate.set()
    for visitor in visitors:
        visitor.join(10)
    assert found == [b"page /suivi "] * 8
    assert len(inner.asked) == 1


def test_a_failure_frees_those_who_wait() -> None:
    class Broken(Inner):
        def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            if not self.asked:
                self.asked.append(environ)
                raise RuntimeError("once")
            return super().__call__(environ, start_response)

    kept = made(Broken())
    with pytest.raises(RuntimeError, match="once"):
        ask(kept, "/")
    assert ask(kept, "/")[0] == "200 OK"


def test_headers_of_one_name_all_stay() -> None:
    kept = made(
        Inner(headers=[("Content-Type", "text/html"), ("Vary", "Accept-Encoding"), ("Link", "<a>"), ("Link", "<b>")])
    )
    ask(kept, "/")
    said: list[Any] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_HOST": "atlas", "wsgi.url_scheme": "http"}
    b"".join(kept(environ, lambda status, headers, exc_info=None: said.extend(headers)))  # type: ignore[arg-type]
    assert [value for name, value in said if name == "Link"] == ["<a>", "<b>"]

"""Faults of the sources: down, slow, wrong, cut. A server on this machine misbehaves; the last good file is used."""

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from etl.fetch import cached_path
from etl.manifest import read_manifest
from geodata.repository import load_tables
from tests.faults.conftest import Served
from tests.faults.world import CONTENTS, World, digests

GOOD = CONTENTS["airports"]
Act = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A server whose every answer is one act; the three sources get the same."""

    def __init__(self) -> None:
        self.act: Act = lambda handler: handler.send_error(500)
        self.stop = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.act(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self.stop.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def answer(handler: BaseHTTPRequestHandler, body: bytes, kind: str = "text/csv", length: int | None = None) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)


def wait_for(server: Server) -> Act:
    def wait(_: BaseHTTPRequestHandler) -> None:
        server.stop.wait(5)

    return wait


def fetch_badly(world: World, served: Served, state: str = "kept-down") -> str:
    """Asks the live address again while it misbehaves: the pinned file stays, the exit status is 3; what was said."""
    told = world.command("fetch", "airports", "--refresh")
    assert told.status == 3, told.text
    assert f"airports: {state}" in told.text
    assert "The last good file is used" in told.text
    assert cached_path(world.sources["airports"], world.settings.cache).read_bytes() == GOOD
    served.is_untouched()
    return told.text


def test_source_down(own_world: World, served: Served, server: Server) -> None:
    """The whole way: the build uses the old files, every figure stays, the manifest tells the state."""
    own_world.use_server(server.address)
    server.close()  # nobody listens on that port now
    told = own_world.command("build", "--refresh")
    assert told.status == 3, told.text
    assert "airports: kept-down" in told.text
    assert "no answer after 3 attempts (ConnectError" in told.text
    assert "amounts: data.example.org did not answer earlier in this run" in told.text, "a dead host is asked once"
    now = digests(own_world.published)
    assert {**now, "manifest.json": ""} == {**served.digests, "manifest.json": ""}
    manifest = read_manifest(own_world.published)
    assert manifest["sources"]["airports"]["state"] == "kept-down"
    assert (
        manifest["hash"]
        == load_tables(own_world.published).manifest.hash
        == load_tables(served.folder / "published").manifest.hash
    )
    served.is_untouched()


def test_source_slow_to_answer(world: World, served: Served, server: Server) -> None:
    server.act = wait_for(server)
    world.use_server(server.address, read_s=0.1)
    assert "no answer after 3 attempts (ReadTimeout" in fetch_badly(world, served)


def test_source_that_drips(world: World, served: Served, server: Server) -> None:
    """A byte now and then trips no read time-out: the whole file has its own."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/csv" if "csv" in handler.path else "application/geo+json")
        handler.send_header("Content-Length", str(len(GOOD)))
        handler.end_headers()
        for at in range(len(GOOD)):
            if server.stop.wait(0.02):
                return
            try:
                handler.wfile.write(GOOD[at : at + 1])
            except OSError:
                return

    server.act = drip
    world.use_server(server.address, max_seconds=0.2)
    started = time.monotonic()
    assert "too slow: " in fetch_badly(world, served)
    assert time.monotonic() - started < 20


def test_source_answers_500(world: World, served: Served, server: Server) -> None:
    world.use_server(server.address)
    said = fetch_badly(world, served)
    assert "https://data.example.org/airports.csv: HTTP 500" in said


def test_redirect_loop(world: World, served: Served, server: Server) -> None:
    def turn(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", handler.path)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    server.act = turn
    world.use_server(server.address)
    assert "more than 5 redirects" in fetch_badly(world, served)


def test_html_instead_of_csv(world: World, served: Served, server: Server) -> None:
    server.act = lambda handler: answer(handler, b"<!doctype html><title>Maintenance</title>", "text/html")
    world.use_server(server.address)
    assert "content type: expected text/csv, found text/html" in fetch_badly(world, served)


def test_html_that_calls_itself_csv(world: World, served: Served, server: Server) -> None:
    server.act = lambda handler: answer(handler, b"<!doctype html><title>Maintenance</title>\n")
    world.use_server(server.address)
    said = fetch_badly(world, served)
    assert "columns missing: iata, nom, lon, lat; found: <!doctype html><title>Maintenance</title>" in said
    assert "etl/sources/airports.yml" in said


def test_truncated_download(world: World, served: Served, server: Server) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        answer(handler, GOOD[:700], length=len(GOOD))
        handler.close_connection = True

    server.act = cut
    world.use_server(server.address)
    said = fetch_badly(world, served)
    assert "no answer after 3 attempts" in said or "cut off at 700" in said


def test_truncated_download_without_a_length(world: World, served: Served, server: Server) -> None:
    """Nothing says that the file is short but its hash."""

    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/csv")
        handler.end_headers()
        handler.wfile.write(GOOD[:700])

    server.act = cut
    world.use_server(server.address)
    said = fetch_badly(world, served, "kept-changed")
    assert f"({len(GOOD)} bytes), found" in said
    assert "(700 bytes)" in said


def test_wrong_hash(world: World, served: Served, server: Server) -> None:
    changed = GOOD.replace(b"48.", b"47.", 1)
    server.act = lambda handler: answer(handler, changed)
    world.use_server(server.address)
    said = fetch_badly(world, served, "kept-changed")
    assert f"expected sha256 {world.sources['airports'].sha256}" in said
    assert "python -m etl accept airports" in said


def test_source_without_any_file_left(world: World, served: Served, server: Server) -> None:
    """Down, no copy, nothing cached: no build at all, and what is published stays."""
    world.use_server(server.address)
    cached_path(world.sources["airports"], world.settings.cache).unlink()
    (world.folder / "mirror" / "airports.csv").unlink()
    told = world.command("build")
    assert told.status == 1
    assert "Nothing was built, because source(s) are missing" in told.text
    assert "HTTP 500" in told.text
    served.is_untouched()


def test_cache_corrupt(world: World, served: Served) -> None:
    """A spoilt file of the cache is found out by its hash and brought again."""
    path = cached_path(world.sources["airports"], world.settings.cache)
    path.unlink()
    path.write_bytes(GOOD[:-5] + b"\0\0\0\0\0")
    assert world.command("fetch", "airports").status == 0
    assert path.read_bytes() == GOOD
    served.is_untouched()

"""One file over HTTPS against hostile and tired servers."""

import http.server
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import tenacity

from etl.errors import SourceDown, SourceRefused
from etl.fetch_http import HttpRules, Wire, download, is_public, resolve_host
from tests.etl.fake import CONTENT, PUBLIC_ADDRESS, URL, FakeNet, refuse, serve

RULES = HttpRules(frozenset({"data.example.org"}), ("text/csv",), 10_000)


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "demo.part"


def redirect(to: str) -> FakeNet:
    answers = iter([httpx.Response(302, headers={"location": to})])
    return FakeNet(lambda request: next(answers, serve()(request)))


def test_a_file_comes_in_whole(part: Path) -> None:
    download(URL, part, RULES, FakeNet(serve()).wire())
    assert part.read_bytes() == CONTENT


def test_a_partial_file_is_gone_on_with(part: Path) -> None:
    part.write_bytes(CONTENT[:700])
    net = FakeNet(serve())
    download(URL, part, RULES, net.wire())
    assert part.read_bytes() == CONTENT
    assert [request.headers["range"] for request in net.requests] == ["bytes=700-"]


def test_a_partial_file_longer_than_the_file_starts_again(part: Path) -> None:
    part.write_bytes(CONTENT + b"more")
    download(URL, part, RULES, FakeNet(serve()).wire())
    assert part.read_bytes() == CONTENT


def test_a_server_without_ranges_starts_again(part: Path) -> None:
    part.write_bytes(b"rubbish")
    answer = httpx.Response(200, content=CONTENT, headers={"content-type": "text/csv"})
    download(URL, part, RULES, FakeNet(lambda _: answer).wire())
    assert part.read_bytes() == CONTENT


def test_a_cut_connection_is_resumed(part: Path) -> None:
    def cut() -> Iterator[bytes]:
        yield CONTENT[:300]
        raise httpx.ReadError("cut")

    answers = iter([httpx.Response(200, content=cut(), headers={"content-type": "text/csv"})])
    net = FakeNet(lambda request: next(answers, None) or serve()(request))
    download(URL, part, RULES, net.wire())
    assert part.read_bytes() == CONTENT
    assert net.requests[1].headers["range"] == "bytes=300-"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_tired_server_is_asked_again(part: Path, status: int) -> None:
    answers = iter([httpx.Response(status), httpx.Response(status)])
    net = FakeNet(lambda request: next(answers, None) or serve()(request))
    download(URL, part, RULES, net.wire())
    assert len(net.requests) == 3


def test_a_server_that_never_answers_is_down(part: Path) -> None:
    net = FakeNet(refuse)
    with pytest.raises(SourceDown, match="no answer after 3 attempts"):
        download(URL, part, RULES, net.wire())
    assert len(net.requests) == 3


def test_a_missing_page_is_not_asked_twice(part: Path) -> None:
    net = FakeNet(lambda _: httpx.Response(404))
    with pytest.raises(SourceDown, match="HTTP 404"):
        download(URL, part, RULES, net.wire())
    assert len(net.requests) == 1


def test_an_error_page_is_not_a_file(part: Path) -> None:
    with pytest.raises(SourceRefused, match="content type: expected text/csv, found text/html"):
        download(URL, part, RULES, FakeNet(serve(b"<html>", "text/html")).wire())


def test_a_file_announced_too_big_is_refused_before_it_is_read(part: Path) -> None:
    with pytest.raises(SourceRefused, match="over the ceiling"):
        download(URL, part, RULES, FakeNet(serve(b"x" * 10_001)).wire())
    assert not part.exists()


def test_an_endless_file_is_cut_off(part: Path) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 4096

    answer = httpx.Response(200, content=endless(), headers={"content-type": "text/csv"})
    with pytest.raises(SourceRefused, match="cut off"):
        download(URL, part, RULES, FakeNet(lambda _: answer).wire())
    assert not part.exists()


def test_a_redirect_inside_the_allowed_hosts_is_followed(part: Path) -> None:
    download(URL, part, RULES, redirect("/moved.csv").wire())
    assert part.read_bytes() == CONTENT


@pytest.mark.parametrize("target", ["https://evil.example.net/x", "http://data.example.org/x", "file:///etc/passwd"])
def test_a_redirect_elsewhere_is_refused(part: Path, target: str) -> None:
    with pytest.raises(SourceRefused, match=r"expected https on data\.example\.org"):
        download(URL, part, RULES, redirect(target).wire())


def test_redirects_do_not_go_on_for_ever(part: Path) -> None:
    net = FakeNet(lambda _: httpx.Response(302, headers={"location": URL}))
    with pytest.raises(SourceRefused, match="more than 5 redirects"):
        download(URL, part, RULES, net.wire())


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "0.0.0.0"]
)
def test_a_name_that_leads_inside_is_refused(part: Path, address: str) -> None:
    net = FakeNet(serve(), {"data.example.org": ["93.184.215.14", address]})
    with pytest.raises(SourceRefused, match="not a public address"):
        download(URL, part, RULES, net.wire())
    assert not net.requests


def test_a_literal_address_is_its_own() -> None:
    assert resolve_host("127.0.0.1") == ["127.0.0.1"]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.0.1", "10.1.2.3", "100.64.0.1", "169.254.169.254", "224.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1"),
        *("64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC_ADDRESS, "2606:4700::1111", "64:ff9b::5db8:d70e"])
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


class Handler(http.server.BaseHTTPRequestHandler):
    """A file, or the way to it."""

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/demo.csv")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        self.wfile.write(CONTENT)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def local_server(tmp_path: Path) -> Iterator[str]:
    """A real HTTPS server inside, under a name that its certificate bears."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    words += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([openssl, *words], check=True, capture_output=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/demo.csv", "/moved"])
def test_a_name_that_turns_inside_after_the_look_up_is_refused(
    local_server: str, part: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The resolver says a public address; the connection goes inside all the same (DNS rebinding)."""
    monkeypatch.setattr("urllib.request.getproxies", dict)
    rules = HttpRules(frozenset({"localhost"}), (), 10_000)
    with httpx.Client(verify=False, trust_env=False) as client:  # the certificate alone would refuse it as well
        lied = Wire(client, lambda _: [PUBLIC_ADDRESS], tenacity.wait_none())
        with pytest.raises(SourceRefused, match=r"connected to 127\.0\.0\.1"):
            download(local_server + path, part, rules, lied)
        assert not part.exists()
        trusted = Wire(client, lambda _: [PUBLIC_ADDRESS], tenacity.wait_none(), is_allowed=lambda _: True)
        download(local_server + path, part, rules, trusted)
    assert part.read_bytes() == CONTENT

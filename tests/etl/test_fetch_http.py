"""One file over HTTPS against hostile and tired servers."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from etl.errors import SourceDown, SourceRefused
from etl.fetch_http import HttpRules, download, resolve_host
from tests.etl.fake import CONTENT, URL, FakeNet, refuse, serve

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

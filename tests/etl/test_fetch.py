"""Bringing sources in: the mirror first, nothing unchecked, the last good file kept, everything reported."""

from pathlib import Path

import httpx
import pytest

from etl.catalog import MirrorOrigin, Source
from etl.errors import SourceMissing
from etl.fetch import EXIT_KEPT, EXIT_MISSING, EXIT_OK, FetchReport, cached_path, candidate_path, fetch_all, local_path
from tests.etl.fake import CONTENT, OTHER, FakeNet, Handler, make_source, refuse, serve


class Place:
    """A cache, a mirror and a catalogue of one source."""

    def __init__(self, folder: Path, source: Source) -> None:
        self.cache, self.mirror, self.source = folder / "cache", folder / "mirror", source
        self.net = FakeNet(refuse)

    def fill_mirror(self, content: bytes = CONTENT) -> None:
        path = self.mirror / "demo" / "demo.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def fetch(self, handler: Handler = refuse, *, with_mirror: bool = False, refresh: bool = False) -> FetchReport:
        self.net = FakeNet(handler)
        return fetch_all(
            mirror=self.mirror if with_mirror else None,
            cache_folder=self.cache,
            refresh=refresh,
            is_quiet=True,
            sources={self.source.name: self.source},
            wire=self.net.wire(),
        )

    @property
    def file(self) -> Path:
        return cached_path(self.source, self.cache)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path, make_source())


def test_the_mirror_is_asked_before_the_network(place: Place) -> None:
    place.fill_mirror()
    report = place.fetch(serve(), with_mirror=True)
    assert (report.statuses[0].state, report.statuses[0].origin, report.exit_status) == ("ok", "mirror", EXIT_OK)
    assert place.file.read_bytes() == CONTENT
    assert not place.net.requests


def test_without_a_mirror_the_network_is_asked(place: Place) -> None:
    report = place.fetch(serve())
    assert (report.statuses[0].state, report.statuses[0].origin) == ("ok", "url")
    assert place.file.read_bytes() == CONTENT


def test_what_is_cached_is_not_asked_again(place: Place) -> None:
    place.fetch(serve())
    report = place.fetch(refuse)
    assert (report.statuses[0].state, report.statuses[0].origin) == ("ok", "cache")
    assert not place.net.requests


def test_a_source_that_is_down_keeps_its_last_good_file(place: Place) -> None:
    place.fetch(serve())
    report = place.fetch(refuse, refresh=True)
    assert (report.statuses[0].state, report.exit_status) == ("kept-down", EXIT_KEPT)
    assert "no answer" in report.statuses[0].reasons[0]
    assert place.file.read_bytes() == CONTENT


def test_a_source_that_changed_keeps_its_last_good_file_and_sets_the_new_one_aside(place: Place) -> None:
    place.fetch(serve())
    report = place.fetch(serve(OTHER), refresh=True)
    assert (report.statuses[0].state, report.exit_status) == ("kept-changed", EXIT_KEPT)
    assert place.file.read_bytes() == CONTENT
    assert candidate_path(place.source, place.cache).read_bytes() == OTHER


def test_a_source_nowhere_to_be_found_says_what_to_give(place: Place) -> None:
    place.source = make_source(origins=(MirrorOrigin("demo/demo.csv"),))
    report = place.fetch()
    assert (report.statuses[0].state, report.exit_status) == ("missing", EXIT_MISSING)
    assert "--mirror" in report.statuses[0].reasons[0]
    assert "demo/demo.csv" in report.statuses[0].reasons[0]


def test_a_wrong_mirror_gives_way_to_the_network(place: Place) -> None:
    place.fill_mirror(OTHER)
    report = place.fetch(serve(), with_mirror=True)
    assert (report.statuses[0].state, report.statuses[0].origin) == ("ok", "url")


def test_columns_that_are_missing_are_no_change_but_another_file(place: Place) -> None:
    report = place.fetch(serve(b"x,y\n1,2\n"))
    assert report.statuses[0].state == "missing"
    assert "columns missing: a, b" in report.statuses[0].reasons[0]
    assert not candidate_path(place.source, place.cache).exists()


def test_halves_of_two_versions_are_not_glued(place: Place) -> None:
    part = place.cache / "parts" / "demo.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"a,b\nold half of another version\n")
    report = place.fetch(serve())
    assert report.statuses[0].state == "ok"
    assert place.file.read_bytes() == CONTENT


def test_a_cached_file_that_rotted_is_fetched_again(place: Place) -> None:
    place.file.parent.mkdir(parents=True)
    place.file.write_bytes(b"rotten")
    report = place.fetch(serve())
    assert report.statuses[0].origin == "url"
    assert place.file.read_bytes() == CONTENT


def test_a_silent_host_is_not_waited_for_twice(tmp_path: Path) -> None:
    sources = {name: make_source(name) for name in ("first", "second")}
    net = FakeNet(refuse)
    report = fetch_all(cache_folder=tmp_path, is_quiet=True, sources=sources, wire=net.wire())
    assert [status.state for status in report.statuses] == ["missing", "missing"]
    assert len(net.requests) == 3
    assert "earlier in this run" in report.statuses[1].reasons[0]


def test_only_the_named_sources_are_fetched(tmp_path: Path) -> None:
    sources = {name: make_source(name) for name in ("first", "second")}
    report = fetch_all(["second"], cache_folder=tmp_path, is_quiet=True, sources=sources, wire=FakeNet(serve()).wire())
    assert report.states() == {"second": "ok"}


def test_a_server_error_page_never_reaches_the_cache(place: Place) -> None:
    report = place.fetch(lambda _: httpx.Response(200, content=b"<html>", headers={"content-type": "text/html"}))
    assert report.statuses[0].state == "missing"
    assert not place.file.exists()


def test_a_local_path_of_an_empty_cache_says_how_to_fill_it(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match=r"python -m etl fetch plan-de-relance.*--mirror"):
        local_path("plan-de-relance", tmp_path)


def test_a_document_has_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match="seed-hdf"):
        local_path("seed-hdf", tmp_path)

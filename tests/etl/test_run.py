"""Whole runs on a tiny pipeline: build, check, verify, accept; and the exit statuses of the command line."""

import hashlib
from pathlib import Path

import httpx
import pandas as pd
import pytest

from etl import checks_build, fetch, run
from etl.__main__ import main
from etl.catalog import MirrorOrigin, Source, UrlOrigin
from etl.errors import ChecksFailed, SourceMissing
from etl.manifest import read_manifest
from etl.pipeline import Family
from etl.products import LocalPath, Product
from etl.settings import EtlSettings
from tests.etl.fake import URL, FakeNet, Handler, make_source, refuse, serve

AIRPORTS, CITIES = b"iata,nom,lon,lat\nCDG,Roissy,2.55,49\n", b"a,b\n1,2\n"
CHANGED = AIRPORTS + b"ORY,Orly,2.38,48.72\n"


def airports_of(path: Path) -> list[Product]:
    frame = pd.read_csv(path).astype({"lon": "float64", "lat": "float64"})
    return [Product("aeroports", "table", ("first",), "2026", frame)]


class Lab:
    """Two sources and two families; the network is what ``handler`` says."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch = folder, monkeypatch
        self.settings = EtlSettings(folder / "cache", folder / "published", folder / "mirror")
        self.sources: dict[str, Source] = {
            "first": self.source("first", AIRPORTS, ("iata", "nom")),
            "second": self.source("second", CITIES, ("a", "b")),
        }
        self.families = {
            "airports": Family(("first",), lambda shop: airports_of(shop.path("first"))),
            "other": Family(("second",), lambda shop: [_raw(shop.path)]),
        }
        for module in (fetch, checks_build):
            monkeypatch.setattr(module, "catalog", lambda: self.sources)
        monkeypatch.setattr("etl.publish.catalog", lambda: self.sources)
        monkeypatch.setattr("etl.catalog.catalog", lambda: self.sources)
        monkeypatch.setattr("etl.pipeline.FAMILIES", self.families)
        monkeypatch.setattr(run, "FAMILIES", self.families)
        monkeypatch.setattr(run, "FACETS", "second")
        monkeypatch.setattr(checks_build, "check_totals", lambda *_: None)
        monkeypatch.setattr(run, "build_products", self.build_products)
        self.answer(refuse)
        self.fill("first", AIRPORTS)
        self.fill("second", CITIES)

    @staticmethod
    def source(name: str, content: bytes, columns: tuple[str, ...]) -> Source:
        made = make_source(name, content, (UrlOrigin(URL), MirrorOrigin(f"{name}.csv")))
        return Source(**{**vars(made), "columns": columns, "filename": f"{name}.csv"})

    def build_products(self, local_path: LocalPath, names: list[str] | None = None) -> list[Product]:
        shop = type("Shop", (), {"path": staticmethod(local_path)})()
        return [product for name in names or self.families for product in self.families[name].build(shop)]

    def answer(self, handler: Handler) -> None:
        self.patch.setattr(fetch, "open_wire", lambda: FakeNet(handler).wire())

    def fill(self, name: str, content: bytes) -> None:
        path = self.folder / "mirror" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def empty(self, name: str) -> None:
        (self.folder / "mirror" / f"{name}.csv").unlink()
        fetch.cached_path(self.sources[name], self.settings.cache).unlink()
        fetch._is_whole.cache_clear()


def _raw(local_path: LocalPath) -> Product:
    return Product("x.json", "raw", ("second",), "2024", raw=local_path("second").read_bytes(), rows=1)


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    return Lab(tmp_path, monkeypatch)


def test_a_build_publishes_and_its_rebuild_agrees(lab: Lab) -> None:
    report, products = run.build(lab.settings)
    assert (report.exit_status, len(products)) == (0, 2)
    found = run.verify(lab.settings)
    assert (found.differing, dict(found.unchecked)) == ((), {})
    assert found.agreeing == ("aeroports.parquet", "manifest.json", "x.json")
    assert run.check_published(lab.settings) == 2


def test_a_missing_source_builds_nothing_and_leaves_what_is_published(lab: Lab) -> None:
    run.build(lab.settings)
    before = read_manifest(lab.settings.published)
    lab.empty("first")
    with pytest.raises(SourceMissing, match="first"):
        run.build(lab.settings)
    assert read_manifest(lab.settings.published) == before


def test_a_failed_check_leaves_what_is_published(lab: Lab) -> None:
    run.build(lab.settings)
    before = read_manifest(lab.settings.published)
    lab.families["airports"] = Family(("first",), lambda shop: airports_of(shop.path("first"))[:0])
    with pytest.raises(ChecksFailed, match=r"aeroports\.parquet: published before, no longer built"):
        run.build(lab.settings)
    assert read_manifest(lab.settings.published) == before
    run.build(lab.settings, may_shrink=True)
    assert set(read_manifest(lab.settings.published)["files"]) == {"x.json"}


def test_what_cannot_be_rebuilt_is_named_with_its_reason_and_is_no_failure(lab: Lab) -> None:
    run.build(lab.settings)
    lab.empty("second")
    found = run.verify(lab.settings)
    assert found.differing == ()
    assert found.unchecked == {"x.json": "source(s) not reachable: second"}
    assert found.agreeing == ("aeroports.parquet", "manifest.json")


def test_a_file_changed_by_hand_differs(lab: Lab) -> None:
    run.build(lab.settings)
    (lab.settings.published / "x.json").write_bytes(b"[]")
    (lab.settings.published / "aeroports.parquet").unlink()
    found = run.verify(lab.settings)
    assert {"x.json", "aeroports.parquet"} <= set(found.differing)
    with pytest.raises(ChecksFailed, match=r"x\.json: its content"):
        run.check_published(lab.settings)


def test_a_source_that_is_down_is_in_the_manifest_and_does_not_fail_the_comparison(lab: Lab) -> None:
    run.build(lab.settings)
    report, _ = run.build(lab.settings, refresh=True)
    assert report.exit_status == fetch.EXIT_KEPT
    assert read_manifest(lab.settings.published)["sources"]["first"]["state"] == "kept-down"
    assert run.verify(lab.settings).differing == ()


def test_a_changed_source_is_pinned_on_demand(lab: Lab, tmp_path: Path) -> None:
    run.build(lab.settings)
    lab.answer(serve(CHANGED))
    fetch.fetch_all(["first"], cache_folder=lab.settings.cache, refresh=True, is_quiet=True)
    description = tmp_path / "first.yml"
    source = lab.sources["first"]
    description.write_text(f"name: first\nsha256: {source.sha256}\nsize: {source.size}\n", encoding="utf-8")
    sha256 = run.accept_candidate("first", lab.settings, tmp_path)
    assert sha256 == hashlib.sha256(CHANGED).hexdigest()
    assert description.read_text(encoding="utf-8") == f"name: first\nsha256: {sha256}\nsize: {len(CHANGED)}\n"
    assert (lab.settings.cache / sha256 / "first.csv").read_bytes() == CHANGED
    with pytest.raises(SourceMissing, match="no file is waiting"):
        run.accept_candidate("first", lab.settings, tmp_path)


@pytest.fixture
def command(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> Lab:
    monkeypatch.setenv("ETL_CACHE", str(lab.settings.cache))
    monkeypatch.setenv("ETL_PUBLISHED", str(lab.settings.published))
    monkeypatch.setenv("ETL_MIRROR", str(lab.settings.mirror))
    return lab


def test_the_commands_and_their_exit_statuses(command: Lab, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch"]) == 0
    assert main(["build"]) == 0
    assert main(["check"]) == 0
    assert main(["build", "--verify"]) == 0
    assert main(["diff", "--against", str(command.settings.published)]) == 0
    assert "Aucune différence" in capsys.readouterr().out
    command.answer(lambda _: httpx.Response(404))
    assert main(["fetch", "--refresh"]) == 3
    (command.settings.published / "x.json").write_bytes(b"[]")
    assert main(["build", "--verify"]) == 1
    assert main(["check"]) == 1
    assert "x.json: its content" in capsys.readouterr().err
    command.empty("first")
    assert main(["fetch"]) == 4
    assert main(["build"]) == 1
    assert "first: mirror: no file" in capsys.readouterr().err


def test_options_win_over_the_environment(command: Lab, tmp_path: Path) -> None:
    assert main(["build", "--output", str(tmp_path / "elsewhere")]) == 0
    assert (tmp_path / "elsewhere" / "manifest.json").is_file()
    assert not command.settings.published.exists()


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["bulid"])
    assert stop.value.code == 2
    assert "invalid choice" in capsys.readouterr().err

"""Publishing: all or nothing, whatever crashes when; one at a time; the manifest tells the truth."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import orjson
import pandas as pd
import pytest

from etl import publish_swap
from etl.errors import CatalogError, PublishError
from etl.manifest import read_manifest
from etl.products import Product
from etl.publish import publish, render, verify_folder
from etl.publish_swap import locked, recover

COLUMNS = {"nom": "Orly", "lon": 2.38, "lat": 48.72}


def airports(*codes: str) -> list[Product]:
    frame = pd.DataFrame([{"iata": code, **COLUMNS} for code in codes])
    return [
        Product("aeroports", "table", ("aeroports",), "2026", frame),
        Product("extra.json", "raw", ("gares",), "2024-01", raw=orjson.dumps(codes), rows=len(codes)),
    ]


OLD, NEW = airports("ORY"), airports("ORY", "CDG")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "geodata" / "published"
    publish(OLD, path)
    return path


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_folder_holds_exactly_the_products_and_their_manifest(folder: Path) -> None:
    (folder / "stale.geojson").write_text("{}")
    publish(NEW, folder)
    assert content(folder) == render(NEW)
    assert [path.name for path in folder.parent.iterdir()] == ["published"]
    assert verify_folder(folder) == []


def test_the_same_products_give_the_same_bytes(tmp_path: Path) -> None:
    publish(NEW, tmp_path / "a")
    publish(NEW[::-1], tmp_path / "b")
    assert content(tmp_path / "a") == content(tmp_path / "b")


def test_the_manifest_says_what_each_file_is_and_has_no_clock(folder: Path) -> None:
    manifest = read_manifest(folder)
    entry = manifest["files"]["aeroports.parquet"]
    assert (entry["rows"], entry["sources"], entry["licences"]) == (1, ["aeroports"], ["MIT"])
    assert entry["bounds"] == [2.38, 48.72, 2.38, 48.72]
    assert entry["filled"] == {"iata": 1, "lat": 1, "lon": 1, "nom": 1}
    assert manifest["files"]["extra.json"]["licences"] == ["ODbL 1.0"]
    assert set(manifest["sources"]) == {"aeroports", "gares"}
    assert manifest["sources"]["gares"]["state"] == "ok"
    assert set(manifest) == {"version", "hash", "files", "sources"}


def test_the_hash_follows_the_content(folder: Path) -> None:
    before = read_manifest(folder)["hash"]
    publish(NEW, folder)
    assert read_manifest(folder)["hash"] != before


def test_a_source_that_kept_its_old_file_is_marked(folder: Path) -> None:
    publish(OLD, folder, {"gares": "kept-down"})
    assert read_manifest(folder)["sources"]["gares"]["state"] == "kept-down"


def test_a_product_of_an_unknown_source_is_refused_and_nothing_is_touched(folder: Path) -> None:
    before = content(folder)
    with pytest.raises(CatalogError, match="nowhere"):
        publish([Product("x.json", "raw", ("nowhere",), "2026", raw=b"{}")], folder)
    with pytest.raises(PublishError, match="no source given"):
        publish([Product("x.json", "raw", (), "2026", raw=b"{}")], folder)
    with pytest.raises(PublishError, match=r"Two products for one file: aeroports\.parquet"):
        publish([*OLD, OLD[0]], folder)
    assert content(folder) == before


def test_two_publishes_at_once_are_refused(folder: Path) -> None:
    with locked(folder), pytest.raises(PublishError, match="another publish is running"):
        publish(NEW, folder)


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda folder: (folder / "extra.json").write_bytes(b"[]"), "extra.json: its content"),
        (lambda folder: (folder / "extra.json").unlink(), "extra.json: in the manifest, not in the folder"),
        (lambda folder: (folder / "other.json").write_bytes(b"[]"), "other.json: not in the manifest"),
    ],
)
def test_a_spoilt_folder_is_found_out(folder: Path, spoil: Callable[[Path], object], expected: str) -> None:
    spoil(folder)
    assert any(line.startswith(expected) for line in verify_folder(folder))


def test_a_forged_hash_is_found_out(folder: Path) -> None:
    manifest = read_manifest(folder)
    (folder / "manifest.json").write_bytes(orjson.dumps({**manifest, "hash": "0" * 64}))
    assert verify_folder(folder) == ["manifest.json: its hash is not that of its files"]


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"files": {}}'])
def test_an_unreadable_manifest_says_so(folder: Path, text: bytes) -> None:
    (folder / "manifest.json").write_bytes(text)
    with pytest.raises(PublishError, match=r"manifest\.json"):
        read_manifest(folder)


class Crash(BaseException):
    """A crash that no code catches."""


def count_steps(monkeypatch: pytest.MonkeyPatch, die_at: int | None, *, can_exchange: bool) -> list[int]:
    """Makes every act on the disk count; before number ``die_at`` the process « dies »."""
    done = [0]

    def counted(act: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object, **options: object) -> object:
            if done[0] == die_at:
                raise Crash
            done[0] += 1
            return act(*args, **options)

        return step

    swap = publish_swap.exchange if can_exchange else lambda _first, _second: False
    monkeypatch.setattr(publish_swap, "exchange", counted(swap))
    monkeypatch.setattr(publish_swap.os, "fsync", counted(os.fsync))
    monkeypatch.setattr(publish_swap.shutil, "rmtree", counted(shutil.rmtree))
    for name in ("rename", "mkdir"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))
    return done


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_crash_at_any_step_leaves_a_whole_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool
) -> None:
    whole = [render(OLD), render(NEW)]
    path = tmp_path / "geodata" / "published"
    for die_at in range(100):
        shutil.rmtree(path.parent, ignore_errors=True)
        publish(OLD, path)
        with monkeypatch.context() as patch:
            done = count_steps(patch, die_at, can_exchange=can_exchange)
            try:
                publish(NEW, path)
            except Crash:
                has_crashed = True
            else:
                has_crashed = False
        if can_exchange:  # readers never see a gap
            assert content(path) in whole, f"step {die_at}"
        with locked(path):
            recover(path)
        assert content(path) in whole, f"step {die_at}"
        publish(NEW, path)
        assert content(path) == whole[1]
        if not has_crashed:
            assert done[0] >= 8
            return
    pytest.fail("the publish never came to its end")


def test_a_first_publish_that_crashed_leaves_nothing_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "geodata" / "published"
    with monkeypatch.context() as patch:
        count_steps(patch, 4, can_exchange=True)
        with pytest.raises(Crash):
            publish(OLD, path)
    publish(OLD, path)
    assert verify_folder(path) == []

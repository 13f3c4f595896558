import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from etl import manifest as etl_manifest
from geodata.errors import PublishedDataError
from geodata.received import content_hash, drop, keep_as_good, last_good, parse_manifest, receive
from geodata.remote import Remote, RemoteError


def put(folder: Path, files: Mapping[str, bytes]) -> bytes:
    """Files and their manifest in a folder; the manifest's bytes."""
    folder.mkdir(exist_ok=True)
    entries: dict[str, Any] = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)} for name, content in files.items()
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    hashes = {name: entry["sha256"] for name, entry in entries.items()}
    document = {"hash": content_hash(hashes), "files": entries, "sources": {}}
    (folder / "manifest.json").write_text(json.dumps(document))
    return (folder / "manifest.json").read_bytes()


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    put(tmp_path / "origin", {"a.parquet": b"one", "b.json": b"two"})
    return tmp_path / "origin"


def remote_of(folder: Path) -> Remote:
    return Remote(folder.as_uri())


def test_the_hash_is_the_etl_s(published: Path) -> None:
    manifest = parse_manifest((published / "manifest.json").read_bytes())
    hashes = {name: entry["sha256"] for name, entry in manifest["files"].items()}
    assert content_hash(hashes) == etl_manifest.content_hash(hashes) == manifest["hash"]


def test_a_publication_arrives_whole_under_its_hash(origin: Path, tmp_path: Path) -> None:
    answer = remote_of(origin).manifest()
    assert answer
    target = receive(remote_of(origin), answer.content, tmp_path / "received")
    assert {path.name for path in target.iterdir()} == {"a.parquet", "b.json", "manifest.json"}
    assert last_good(tmp_path / "received") is None
    keep_as_good(target)
    assert last_good(tmp_path / "received") == target
    drop(target)
    assert last_good(tmp_path / "received") is None


def test_what_did_not_change_does_not_travel(origin: Path, tmp_path: Path) -> None:
    first = (origin / "manifest.json").read_bytes()
    receive(remote_of(origin), first, tmp_path / "received")
    second = put(origin, {"a.parquet": b"one", "b.json": b"three"})
    (origin / "a.parquet").unlink()  # not needed: it is here already
    target = receive(remote_of(origin), second, tmp_path / "received")
    assert (target / "a.parquet").read_bytes() == b"one"


@pytest.mark.parametrize("content", [b"tw", b"TWO", b"twoo", b""])
def test_another_content_than_said_is_refused_and_leaves_nothing(origin: Path, tmp_path: Path, content: bytes) -> None:
    said = (origin / "manifest.json").read_bytes()
    (origin / "b.json").write_bytes(content)
    with pytest.raises(PublishedDataError, match=r"b\.json"):
        receive(remote_of(origin), said, tmp_path / "received")
    assert [path.name for path in (tmp_path / "received").iterdir()] == [".lock"]


def spoiled(change: dict[str, Any]) -> bytes:
    entry = {"sha256": "0" * 64, "bytes": 1}
    document = {"hash": content_hash({"a": "0" * 64}), "files": {"a": entry}, "sources": {}} | change
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"[]", b"null", b"\xff", b"{}", b"[" * 100_000),
        spoiled({"hash": "0" * 64}),
        spoiled({"files": {}, "hash": content_hash({})}),
        spoiled({"files": {"../a": {"sha256": "0" * 64, "bytes": 1}}}),
        spoiled({"files": {"/etc/x": {"sha256": "0" * 64, "bytes": 1}}}),
        spoiled({"files": {"manifest.json": {"sha256": "0" * 64, "bytes": 1}}}),
        spoiled({"files": {"a": {"sha256": "../x", "bytes": 1}}}),
        spoiled({"files": {"a": {"sha256": "0" * 64, "bytes": "1"}}}),
    ],
)
def test_a_manifest_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(PublishedDataError):
        parse_manifest(content)


@pytest.mark.parametrize("url", ["", "s3://bucket/x", "ftp://x/y", "/a/path", "javascript:x"])
def test_an_address_that_cannot_be_read_says_what_can(url: str) -> None:
    with pytest.raises(RemoteError, match="https://"):
        Remote(url)


@pytest.mark.parametrize("name", ["../current", "", "zz", "0" * 12, "é"])
def test_a_spoiled_memory_of_the_last_good_one_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / "current").write_text(name, encoding="utf-8")
    assert last_good(tmp_path) is None

"""The committed files are the ones that the manifest describes, and each says where it comes from."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.conftest import PUBLISHED

MANIFEST = json.loads((PUBLISHED / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(MANIFEST["files"]))
def test_hash_size_and_rows_are_the_manifest_s(published: Path, name: str) -> None:
    entry: dict[str, Any] = MANIFEST["files"][name]
    content = (published / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert len(content) == entry["bytes"]
    assert _rows(published / name) == entry["rows"]


def _rows(path: Path) -> int:
    if path.suffix == ".parquet":
        return int(pq.read_metadata(path).num_rows)
    if path.suffix == ".geojson":
        return len(json.loads(path.read_bytes())["features"])
    return int(MANIFEST["files"][path.name]["rows"])  # files for the browser have no rows of their own


@pytest.mark.parametrize("name", sorted(MANIFEST["files"]))
def test_every_file_names_its_licences_and_known_sources(name: str) -> None:
    entry = MANIFEST["files"][name]
    assert entry["licences"]
    assert set(entry.get("sources", ())) <= set(MANIFEST["sources"])


@pytest.mark.parametrize("name", sorted(MANIFEST["sources"]))
def test_every_source_has_a_producer_a_licence_and_an_address_or_says_why_not(name: str) -> None:
    source = MANIFEST["sources"][name]
    assert source["producer"]
    assert source["licence"]
    assert source["title"]
    assert str(source["page_url"] or "").startswith("http") or source["note"]


def test_the_manifest_holds_no_clock_and_no_path_of_a_machine() -> None:
    written = json.dumps(MANIFEST)
    for word in ("built_at", "generated", "timestamp", "/home/", "/root/", "/tmp", "/work"):
        assert word not in written, word

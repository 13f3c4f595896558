"""The suitcase, unpacked: every file is in the manifest with its hash, and the figures are those of the scenes."""

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import PurePosixPath
from typing import Any
from zipfile import ZipFile

import pytest

import presentations
from exports.slides.deck import Page
from exports.slides.stable import pack
from geodata.queries.filters import objects_of
from geodata.repository import Tables
from press.suitcase import make_suitcase
from state.scene import Presentation


@pytest.fixture(scope="module")
def files(tables: Tables, presentation: Presentation) -> Mapping[str, bytes]:
    """Of the first two scenes, as they come out of the ZIP."""
    short = replace(presentation, scenes=presentation.scenes[:2])
    packed = pack(make_suitcase(tables, short, "essai", ("fr",)))
    with ZipFile(BytesIO(packed)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def manifest_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files["manifest.json"])
    return found


def test_the_manifest_lists_every_file_with_its_hash(files: Mapping[str, bytes], tables: Tables) -> None:
    manifest = manifest_of(files)
    listed = {entry["name"]: (entry["bytes"], entry["sha256"]) for entry in manifest["files"]}
    found = {
        name: (len(body), hashlib.sha256(body).hexdigest()) for name, body in files.items() if name != "manifest.json"
    }
    assert listed == found
    assert manifest["publication"] == tables.manifest.hash
    assert manifest["scenes"] == ["carte", "barres"]


def test_one_changed_byte_is_seen(files: Mapping[str, bytes]) -> None:
    entry = next(entry for entry in manifest_of(files)["files"] if entry["name"] == "fr/presentation.pdf")
    body = bytearray(files["fr/presentation.pdf"])
    body[100] ^= 1
    assert hashlib.sha256(body).hexdigest() != entry["sha256"]


def test_names_are_those_of_files_anywhere(files: Mapping[str, bytes]) -> None:
    for name in files:
        path = PurePosixPath(name)
        assert not path.is_absolute()
        assert ".." not in path.parts
        assert name.isascii()
        assert not set(name) & set('\\:*?"<>| ')
    assert len({name.lower() for name in files}) == len(files)


def test_every_format_is_there(files: Mapping[str, bytes]) -> None:
    endings = {"presentation.html", "carte.html", "presentation.pdf", "presentation.pptx", "notes.txt"}
    assert {f"fr/{name}" for name in endings} <= set(files)
    assert {f"fr/images/01-carte{suffix}.png" for suffix in ("", "@2x")} <= set(files)
    assert presentations.parse(files["presentation.yml"].decode()).scenes[0].scene_id == "carte"


def test_the_tables_hold_what_the_pages_show(
    files: Mapping[str, bytes], tables: Tables, pages: tuple[Page, ...]
) -> None:
    for kind in ("territoires", "sites", "projets"):
        rows = rows_of(files[f"fr/csv/01-carte-{kind}.csv"])
        assert len(rows) == len(objects_of(tables, pages[0].slide.selection, kind)) == pages[0].slide.counts[kind]
    chart = pages[1].chart
    assert chart is not None
    drawn = [(row["nom"], row["affiche"]) for row in named_rows(files["fr/csv/02-barres-graphique.csv"])]
    assert drawn == [(bar.name, bar.shown) for bar in chart.bars]


def rows_of(content: bytes) -> list[list[str]]:
    """The rows under the comments and the heads."""
    lines = [line for line in content.decode("utf-8-sig").splitlines() if not line.startswith("#")]
    return list(csv.reader(StringIO("\n".join(lines)), delimiter=";"))[1:]


def named_rows(content: bytes) -> list[dict[str, str]]:
    names = ("code", "nom", "valeur", "ensemble", "affiche")
    return [dict(zip(names, row, strict=True)) for row in rows_of(content)]


def test_the_frozen_hash_is_in_what_people_read(files: Mapping[str, bytes], tables: Tables) -> None:
    digits = tables.manifest.hash
    for name in ("LISEZMOI.txt", "fr/presentation.html", "fr/carte.html", "fr/csv/01-carte-projets.csv"):
        assert digits in files[name].decode("utf-8-sig"), name
    assert digits[:12] in files["fr/notes.txt"].decode("utf-8-sig")

"""Raw files that are made to harm: none is unpacked to gigabytes, none puts a place off the Earth."""

import lzma
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
import pytest
import shapely

from etl.catalog import load_catalog
from etl.errors import CatalogError, EtlError, ExtractError, SourceRefused
from etl.extract.topojson import read_topology
from etl.fetch_accept import read_columns
from etl.fetch_registry import extract_member
from etl.geometry import read_hex_wkb
from settings import ROOT


def test_an_lzma_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """Hundreds of megabytes of zeros in a few kilobytes: only the first line is looked for, in the first megabyte."""
    bomb = tmp_path / "bomb.csv.lzma"
    bomb.write_bytes(lzma.compress(b"a,b\n" + bytes(100_000_000), preset=0))
    assert bomb.stat().st_size < 100_000
    assert read_columns(bomb, "bomb.csv.lzma") == {"a", "b"}
    bomb.write_bytes(lzma.compress(bytes(20_000_000), preset=0))
    assert len(read_columns(bomb, "bomb.csv.lzma")) <= 1


def test_a_member_that_would_unpack_to_too_much_is_refused_before_it_is_read(tmp_path: Path) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rows.csv", bytes(50_000_000))
    wheel = tmp_path / "a.whl"
    wheel.write_bytes(stream.getvalue())
    with pytest.raises(SourceRefused, match="over the ceiling"):
        extract_member(wheel, "rows.csv", tmp_path / "out", 1_000_000)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("value", ["nan", "inf", "1e308", "181"])
def test_a_shape_off_the_earth_is_refused(value: str) -> None:
    point = shapely.to_wkb(shapely.Point(float(value), 1.0), hex=True)
    with pytest.raises(EtlError, match="longitudes within 180"):
        read_hex_wkb([point])


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e308", "1e999"])
def test_a_topology_off_the_earth_is_refused(tmp_path: Path, value: str) -> None:
    document: dict[str, Any] = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[0, 0], [1, 0], ["HERE", 1], [-1, -1]]],
        "objects": {"land": {"geometries": [{"type": "Polygon", "arcs": [[0]]}]}},
    }
    path = tmp_path / "world.json"
    path.write_bytes(orjson.dumps(document).replace(b'"HERE"', value.encode()))
    with pytest.raises(ExtractError):
        read_topology(path, "land")


@pytest.mark.parametrize(
    "written",
    ["!!python/object/apply:os.system ['true']", "name: !!python/name:os.system", "- 1", "{", "name: &a [*a]"],
)
def test_yaml_makes_no_object(tmp_path: Path, written: str) -> None:
    (tmp_path / "demo.yml").write_text(written, encoding="utf-8")
    with pytest.raises(CatalogError):
        load_catalog(tmp_path)


UNSAFE = {
    "a pickle": r"^\s*(?:import|from) (?:pickle|marshal|shelve|dill|joblib)\b|pickle\.loads?\(",
    "a YAML loader that makes objects": r"yaml\.(?:unsafe_load|full_load|UnsafeLoader|FullLoader|Loader\b)",
    "a driver that guesses, which a VRT named .geojson fools": r"\.read_file\(|read_dataframe\(|\bfiona\b|\bogr\b",
    "a text that is run": r"(?<![\w.])(?:eval|exec)\(|os\.system\(|shell=True",
    "an XML reader": r"\b(?:ElementTree|ET|etree)\.(?:parse|fromstring|XML|iterparse)\(|minidom|xml\.sax",
    "an unpacking that trusts names": r"\.extractall\((?!.*filter=\"data\")|unpack_archive\(",
}
FILES = ("app.py", "contract.py", "delivery.py", "headline.py", "ids.py", "settings.py")
FOLDERS = (
    *("callbacks", "deploy", "etl", "exports", "geodata", "imports", "layouts", "pages", "presentations", "press"),
    *("relay", "security", "serving", "state", "views"),
)


@pytest.mark.parametrize("what", UNSAFE)
def test_no_code_of_ours_uses(what: str) -> None:
    files = [ROOT / name for name in FILES] + [file for name in FOLDERS for file in (ROOT / name).rglob("*.py")]
    lines = [
        (file, number, line.partition("#")[0])
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    ]
    assert lines
    assert not [f"{file.name}:{number}: {code}" for file, number, code in lines if re.search(UNSAFE[what], code)]

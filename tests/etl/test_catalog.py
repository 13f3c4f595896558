"""The catalogue: what is committed is whole, and a wrong description names its file and its key."""

from pathlib import Path

import pytest

from etl.catalog import MirrorOrigin, NpmOrigin, PypiOrigin, UrlOrigin, catalog, find_source, load_catalog
from etl.errors import CatalogError

GOOD = """\
name: demo
title: Demo
producer: Somebody
licence: Licence Ouverte 2.0
licence_url: https://example.org/licence
millesime: "2024"
filename: demo.csv
sha256: {sha}
size: 3
max_bytes: 10
columns: [a, b]
origins:
  - kind: url
    url: https://example.org/demo.csv
  - kind: mirror
    path: demo/demo.csv
""".format(sha="ab" * 32)


def load(folder: Path, text: str, name: str = "demo") -> None:
    (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    load_catalog(folder)


def test_every_committed_source_is_valid_licensed_and_named_after_its_file() -> None:
    sources = catalog()
    assert len(sources) >= 49
    assert all(source.licence and source.licence_url.startswith("https://") for source in sources.values())
    assert {"seed-hdf", "seed-cvl", "seed-economie-gouv", "seed-adcf", "seed-dge"} <= set(sources)


def test_every_committed_file_has_an_origin_that_a_machine_can_ask() -> None:
    kinds = (UrlOrigin, PypiOrigin, NpmOrigin, MirrorOrigin)
    files = [source for source in catalog().values() if source.kind == "file"]
    assert all(source.origins and all(isinstance(origin, kinds) for origin in source.origins) for source in files)
    assert all(source.columns for source in files)


def test_a_good_description_is_read(tmp_path: Path) -> None:
    (tmp_path / "demo.yml").write_text(GOOD, encoding="utf-8")
    source = load_catalog(tmp_path)["demo"]
    assert source.origins == (UrlOrigin("https://example.org/demo.csv"), MirrorOrigin("demo/demo.csv"))
    assert source.columns == ("a", "b")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: Demo", "titel: Demo", "demo.yml: unknown key 'titel'"),
        ("licence: Licence Ouverte 2.0\n", "", "licence: required"),
        ("licence: Licence Ouverte 2.0", "licence: ''", "licence: required"),
        ('millesime: "2024"', "millesime: 2024", "millesime: expected str"),
        ("size: 3", "size: '3'", "size: expected int"),
        ("size: 3", "size: true", "size: expected int"),
        ("size: 3", "size: 30", "max_bytes: 10 is under size 30"),
        ("ab" * 32, "abc", "sha256: expected 64"),
        ("name: demo", "name: other", "name: expected the file's stem"),
        ("filename: demo.csv", "filename: ../demo.csv", "filename: expected a bare file name"),
        ("path: demo/demo.csv", "path: ../secret", "path: expected a path inside the mirror"),
        ("path: demo/demo.csv", "path: /etc/passwd", "path: expected a path inside the mirror"),
        ("https://example.org/demo.csv", "http://example.org/demo.csv", "expected an https address"),
        ("https://example.org/demo.csv", "file:///etc/passwd", "expected an https address"),
        ("kind: url", "kind: ftp", "origins[0]: kind: expected one of"),
        ("kind: url", "kind: url\n    token: x", "origins[0]: unknown key 'token'"),
        ("columns: [a, b]", "columns: a", "columns: expected a list of strings"),
        ("origins:", "kind: document\norigins:", "a document has no file"),
        (GOOD, "- a\n- b\n", "expected a mapping"),
        (GOOD, "a: [", "not valid YAML"),
    ],
)
def test_a_wrong_description_says_where_and_what(tmp_path: Path, old: str, new: str, expected: str) -> None:
    with pytest.raises(CatalogError) as error:
        load(tmp_path, GOOD.replace(old, new))
    assert "demo.yml" in str(error.value)
    assert expected in str(error.value)


def test_an_unknown_source_lists_the_known_ones() -> None:
    with pytest.raises(CatalogError, match="plan-de-relance"):
        find_source("plan-de-relence")


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="found none"):
        load_catalog(tmp_path)

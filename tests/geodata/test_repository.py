import json
import shutil
from pathlib import Path

import pytest

import contract
from geodata.errors import PublishedDataError
from geodata.repository import MANIFEST, Tables, load_tables


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Path:
    """A published folder that a test may damage; files are linked, so a test replaces and never rewrites them."""
    shutil.copytree(
        published, tmp_path / "published", copy_function=lambda source, target: Path(target).symlink_to(source)
    )
    return tmp_path / "published"


def test_every_table_of_the_contract_is_there(tables: Tables) -> None:
    for name, table in contract.tables().items():
        assert list(tables[name].columns) == list(table.fields), name


def test_a_file_that_is_not_what_the_manifest_says_is_named(copy: Path) -> None:
    damaged = copy / "projets.parquet"
    content = damaged.read_bytes()
    damaged.unlink()
    damaged.write_bytes(content[:-1] + b"\0")
    with pytest.raises(PublishedDataError, match=r"projets\.parquet.*SHA-256"):
        load_tables(copy)


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "sites.geojson").unlink()
    with pytest.raises(PublishedDataError, match=r"sites\.geojson.*not found"):
        load_tables(copy)


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PublishedDataError, match="make data"):
        load_tables(tmp_path)


def test_a_manifest_that_is_not_json_is_said_so(copy: Path) -> None:
    (copy / MANIFEST).unlink()
    (copy / MANIFEST).write_text("<<<<<<< HEAD", encoding="utf-8")
    with pytest.raises(PublishedDataError, match="JSON"):
        load_tables(copy)


def test_only_published_files_have_a_path(tables: Tables) -> None:
    assert tables.path_of("sites.geojson").is_file()
    with pytest.raises(PublishedDataError, match="not a published file"):
        tables.path_of("../repository.py")


def test_the_manifest_names_every_file_and_no_other(published: Path) -> None:
    manifest = json.loads((published / MANIFEST).read_text(encoding="utf-8"))
    assert {path.name for path in published.iterdir()} - {MANIFEST} == set(manifest["files"])

"""Past publications: one entry each, chained, without what was never committed; figures of older and newer tables."""

import json
from pathlib import Path

import pandas as pd
import pytest

import headline
from etl.errors import PublishError
from etl.products import Product
from etl.publish import publish
from etl.publish_archive import baseline, rebuild, record


def put(folder: Path, *codes: str) -> Path:
    frame = pd.DataFrame({"iata": list(codes), "nom": list(codes), "lon": 2.5, "lat": 49.0})
    publish([Product("aeroports", "table", ("aeroports",), "2026", frame)], folder)
    return folder


def entries(archive: Path) -> dict[str, dict]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in archive.glob("*.json")}


def build(folder: Path, archive: Path, *codes: str) -> Path | None:
    with baseline(folder) as old:
        put(folder, *codes)
        return record(old, folder, archive)


def test_a_first_publication_replaces_nothing(tmp_path: Path) -> None:
    build(tmp_path / "published", tmp_path / "archive", "CDG")
    (entry,) = entries(tmp_path / "archive").values()
    assert entry["replaces"] is None
    assert entry["changes"] == {"fr": [], "en": []}
    assert entry["files"]["aeroports.parquet"]["rows"] == 1


def test_the_next_one_says_what_it_replaces_and_changes(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    first = build(tmp_path / "published", archive, "CDG")
    second = build(tmp_path / "published", archive, "CDG", "ORY")
    assert first is not None
    assert second is not None
    found = entries(archive)
    assert found[second.stem]["replaces"].startswith(first.stem)
    assert any("1 objet ajouté (ORY)" in line for line in found[second.stem]["changes"]["fr"])
    assert any("1 object added (ORY)" in line for line in found[second.stem]["changes"]["en"])


def test_the_same_content_twice_is_one_publication(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    build(tmp_path / "published", archive, "CDG")
    assert build(tmp_path / "published", archive, "CDG") is None
    assert len(entries(archive)) == 1


def test_builds_that_were_never_committed_leave_nothing(tmp_path: Path) -> None:
    """The same publication replaced twice: only the last build stays."""
    archive, committed = tmp_path / "archive", put(tmp_path / "committed", "CDG")
    record(committed, put(tmp_path / "one", "CDG", "ORY"), archive)
    last = record(committed, put(tmp_path / "two", "CDG", "NCE"), archive)
    assert last is not None
    assert set(entries(archive)) == {last.stem, json.loads((committed / "manifest.json").read_bytes())["hash"][:12]}


def test_the_bytes_depend_on_the_publications_only(tmp_path: Path) -> None:
    old, new = put(tmp_path / "old", "CDG"), put(tmp_path / "new", "ORY")
    paths = [record(old, new, tmp_path / name) for name in ("a", "b")]
    assert paths[0] is not None
    assert paths[1] is not None
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_foreign_file_in_the_archive_is_told(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "x.json").write_text("{}")
    with pytest.raises(PublishError, match="not an archived publication"):
        record(put(tmp_path / "old", "CDG"), put(tmp_path / "new", "ORY"), archive)


def test_outside_git_there_is_no_history(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="not committed"):
        rebuild(put(tmp_path / "published", "CDG"), tmp_path / "archive")


def test_headline_figures_of_a_publication_that_knows_less() -> None:
    figures = headline.headline_figures(lambda _: None)
    assert set(figures.values()) == {None}
    assert headline.regional_figures(lambda _: None) == {}
    assert headline.data_date({}) is None


def test_headline_figures() -> None:
    helped = pd.DataFrame(
        {
            "source": "barometre",
            "niveau": "pays",
            "vintage": ["2022-01-01", "2023-01-19", "2023-01-19"],
            "date": ["2020-11-30", "2020-11-30", "2022-12-31"],
            "valeur": [212.0, 253.0, 8972.0],
        }
    )
    tables = {
        "indicateurs": helped,
        "sites": pd.DataFrame({"vagues": [["a", "b"], ["a"]], "code_region": ["32", "44"]}),
        "regions": pd.DataFrame({"code_region": ["32", "44", "11"]}),
    }
    figures = headline.headline_figures(tables.get)
    assert (figures["aides_2020-11"], figures["aides_derniere"]) == (253.0, 8972.0)
    assert (figures["sites"], figures["labels"], figures["projets"]) == (2, 3, None)
    assert headline.regional_figures(tables.get) == {"11": {"sites": 0}, "32": {"sites": 1}, "44": {"sites": 1}}

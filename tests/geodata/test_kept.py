"""What stands beside the published folder: absent, good, broken; past publications in order; figures then and now."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from geodata.kept import load_imported, load_publications
from geodata.models.kept import Imported, Publication
from geodata.queries.archive import current_figures, frozen_figures, list_changes
from geodata.queries.completeness import completeness, conflicts_of
from geodata.queries.imported import find_imported, layer_of, list_imported, n_imported
from geodata.repository import Tables

SITE = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [3.06, 50.63]},
    "properties": {"site_id": "Z_1", "site_nom": "Zone", "nom_commune": "Lille", "porteur": "secret of the drawer"},
}
LAYER = {"type": "FeatureCollection", "version": 1, "files": [{"name": "a.csv"}], "features": [SITE]}
VALUES = {"version": 1, "files": [], "values": {"p0001": {"montant_aide_eur": {"value": 1, "file": "b", "line": 2}}}}


def put(folder: Path, name: str, document: object) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return folder


def past(digest: str, replaces: str | None = None, **figures: float | None) -> dict:
    return {
        "hash": digest,
        "date": "2022-04-08",
        "replaces": replaces,
        "figures": figures,
        "regions": {"32": {"projets": 270, "sites": 1}},
        "changes": {"fr": ["un"], "en": ["one"]},
    }


def test_nothing_was_imported(tmp_path: Path) -> None:
    assert load_imported(tmp_path / "none") == Imported()


def test_what_was_imported(tmp_path: Path) -> None:
    put(tmp_path / "local", "sites.geojson", LAYER)
    found = load_imported(put(tmp_path / "local", "projets.json", {**VALUES, "conflicts": []}))
    assert (len(found.sites), found.files, found.errors) == (1, ("a.csv",), ())
    assert found.values["p0001"]["montant_aide_eur"]["value"] == 1
    assert len(found.digest) == 12


@pytest.mark.parametrize(
    "document",
    ["{", "[]", {"features": 3}, {**LAYER, "features": [{}]}, {**LAYER, "files": None}, "null", "\x00"],
)
def test_a_broken_file_is_told_and_left_out(tmp_path: Path, document: object, caplog: pytest.LogCaptureFixture) -> None:
    found = load_imported(put(tmp_path / "local", "sites.geojson", document))
    assert found.sites == ()
    assert "sites.geojson" in found.errors[0]
    assert "Import it again" in caplog.text


def test_a_position_out_of_the_world_is_refused(tmp_path: Path) -> None:
    wrong = {**SITE, "geometry": {"type": "Point", "coordinates": [300, 50]}}
    assert load_imported(put(tmp_path / "local", "sites.geojson", {**LAYER, "features": [wrong]})).errors


def test_publications_come_in_the_order_of_what_they_replaced(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    for digest, replaces in (("a" * 64, "c" * 64), ("c" * 64, "b" * 64), ("b" * 64, None)):
        put(archive, f"{digest[:12]}.json", past(digest, replaces))
    put(archive, "broken.json", "{")
    assert [item.hash[0] for item in load_publications(archive)] == ["b", "c", "a"]


def test_a_circle_of_publications_ends(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    for digest, replaces in (("a" * 64, "b" * 64), ("b" * 64, "a" * 64)):
        put(archive, f"{digest[:12]}.json", past(digest, replaces))
    assert len(load_publications(archive)) == 2


def with_past(tables: Tables, **figures: float | None) -> Tables:
    row = past("a" * 64, None, **figures)
    kept = Publication(row["hash"], row["date"], None, row["figures"], row["regions"], row["changes"])
    return replace(tables, publications=(kept,))


def test_a_link_without_a_publication_gets_nothing(tables: Tables) -> None:
    assert frozen_figures(tables, "") is None


def test_a_link_of_the_present_publication(tables: Tables) -> None:
    found = frozen_figures(tables, tables.manifest.hash[:12])
    assert found is not None
    assert (found.state, found.changed) == ("same", ())


def test_a_link_that_cannot_be_told(tables: Tables) -> None:
    found = frozen_figures(tables, "0" * 12)
    assert found is not None
    assert found.state == "unknown"
    assert found.date is None


def test_then_and_now(tables: Tables) -> None:
    now = current_figures(tables)
    then = {**now, "aides_2020-11": 212.0, "sites": None}
    found = frozen_figures(with_past(tables, **then), "a" * 12, ["32", "99"])
    assert found is not None
    changed = [(item.key, item.region, item.then, item.now) for item in found.changed]
    assert ("aides_2020-11", None, 212.0, 253.0) in changed
    assert ("sites", None, None, len(tables["sites"])) in changed
    assert ("projets", "32", 270, 276) in changed
    assert found.n_same == len(now) + 2 - len(changed)
    assert found.date == "2022-04-08"


def test_changes_are_newest_first(tables: Tables, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    put(archive, "a.json", past("a" * 64))
    put(archive, "b.json", past("b" * 64, "a" * 64))
    known = replace(tables, publications=load_publications(archive))
    assert [item.hash[0] for item in list_changes(known)] == ["b", "a"]


def with_imports(tables: Tables, folder: Path) -> Tables:
    put(folder, "sites.geojson", LAYER)
    conflict = {"projet_id": "p0002", "field": "taille", "published": "ge", "value": "eti", "file": "b", "line": 3}
    put(folder, "projets.json", {**VALUES, "conflicts": [conflict]})
    return replace(tables, imported=load_imported(folder))


def test_the_map_gets_what_it_shows_and_no_more(tables: Tables, tmp_path: Path) -> None:
    known = with_imports(tables, tmp_path / "local")
    assert n_imported(known) == 1
    (feature,) = json.loads(layer_of(known))["features"]
    assert feature["properties"]["site_id"] == "Z_1"
    assert "porteur" not in feature["properties"]
    assert [row["lon"] for row in list_imported(known)] == [3.06]
    assert find_imported(known, "Z_1") is not None
    assert find_imported(known, "other") is None


def test_answers_are_kept_by_what_was_imported_too(tables: Tables, tmp_path: Path) -> None:
    known = with_imports(tables, tmp_path / "local")
    assert known.version != tables.version
    assert known.manifest.hash == tables.manifest.hash


def test_completeness_by_field_and_region_is_counted_on_the_published_rows(tables: Tables, tmp_path: Path) -> None:
    rows = completeness(with_imports(tables, tmp_path / "local")).set_index(["field", "code_region"])
    projects = tables["projets"]
    assert rows.loc[("emplois_crees", "FR"), "published"] == projects["emplois_crees"].notna().sum() == 742
    assert (
        rows.loc[("filiere", "32"), "published"] == (projects[projects["code_region"] == "32"]["filiere"].notna()).sum()
    )
    assert tuple(rows.loc[("montant_aide_eur", "FR"), ["published", "imported"]]) == (0, 1)
    national = rows.xs("FR", level="code_region")["total"]
    regional = rows.drop("FR", level="code_region").groupby("field")["total"].sum()
    assert regional.to_dict() == national.to_dict()
    assert rows["share"].between(0, 1).all()


def test_conflicts_keep_both_values(tables: Tables, tmp_path: Path) -> None:
    (row,) = conflicts_of(with_imports(tables, tmp_path / "local")).to_dict("records")
    assert (row["published"], row["value"]) == ("ge", "eti")
    assert conflicts_of(tables).empty

"""The command « import »: all or nothing, or in part and said; the local folder, never the published one."""

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from etl import importing
from etl.__main__ import main
from etl.errors import ImportFailed
from tests.imports.files import COMMUNES, GOOD, HEADER, SITES, csv_of

BAD = ("Z-2", "Sans lieu", "99999", "", "", "x")
PROJECT_HEADER = ("siren", "mesure", "code_postal", "montant_aide_eur", "filiere")


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A published folder whose tables exist in memory only."""
    tables = {
        "communes": pd.DataFrame(
            COMMUNES, columns=["code_insee", "nom", "code_departement", "code_region", "lon", "lat"]
        ),
        "sites": pd.DataFrame(SITES, columns=["site_id", "site_nom", "code_insee"]),
        "projets": pd.DataFrame(
            [
                {
                    "projet_id": "p0001",
                    "siren": "842959249",
                    "mesure": "territoires",
                    "code_insee": "40088",
                    "code_postal": "40100",
                    "lon": -1.05,
                    "lat": 43.71,
                    "filiere": "construction",
                }
            ]
        ),
    }
    monkeypatch.setattr(importing, "read_table", lambda path: tables[path.stem])
    return tmp_path / "published"


def put(folder: Path, content: bytes, name: str = "mes sites.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def bring(path: Path, published: Path, **options: bool) -> importing.Outcome:
    kind = importing.import_projets if "projets" in path.name else importing.import_sites
    settings = {"is_partial": False, "is_replacing": False} | options
    return kind(path, published, published.parent / "local", **settings)


def layer(published: Path) -> dict:
    return json.loads((published.parent / "local" / "sites.geojson").read_text(encoding="utf-8"))


def test_good_sites_become_a_layer(tmp_path: Path, published: Path) -> None:
    done = bring(put(tmp_path, csv_of(GOOD)), published)
    (feature,) = layer(published)["features"]
    assert (done.kept, done.left_out) == (1, 0)
    assert feature["geometry"] == {"type": "Point", "coordinates": [3.06, 50.63]}
    assert feature["properties"]["site_nom"] == "Zone du Nord"
    assert feature["properties"]["fichier"] == "mes sites.csv"
    assert layer(published)["files"][0]["rows"] == 1
    assert not published.exists()


def test_one_bad_row_imports_nothing(tmp_path: Path, published: Path) -> None:
    with pytest.raises(ImportFailed, match="nothing was imported") as caught:
        bring(put(tmp_path, csv_of(GOOD, BAD)), published)
    assert {(item.line, item.column) for item in caught.value.problems} == {(3, "code_insee"), (3, "surface_ha")}
    assert not (tmp_path / "local").exists()


def test_in_part_says_what_was_left_out(tmp_path: Path, published: Path) -> None:
    done = bring(put(tmp_path, csv_of(GOOD, BAD)), published, is_partial=True)
    assert (done.kept, done.left_out) == (1, 1)
    assert {item.line for item in done.problems} == {3}


def test_in_part_cannot_save_a_file_without_its_columns(tmp_path: Path, published: Path) -> None:
    content = csv_of(("Z-1", "59350"), header=("site_id", "code_insee"))
    with pytest.raises(ImportFailed):
        bring(put(tmp_path, content), published, is_partial=True)


def test_a_second_file_joins_and_never_replaces_unless_asked(tmp_path: Path, published: Path) -> None:
    bring(put(tmp_path, csv_of(GOOD)), published)
    with pytest.raises(ImportFailed) as caught:
        bring(put(tmp_path, csv_of(GOOD)), published)
    assert [item.code for item in caught.value.problems] == ["already_imported"]
    bring(put(tmp_path, csv_of(("Z-2", *GOOD[1:])), "b.csv"), published)
    assert [item["properties"]["site_id"] for item in layer(published)["features"]] == ["Z-1", "Z-2"]
    bring(put(tmp_path, csv_of(("Z-3", *GOOD[1:])), "c.csv"), published, is_replacing=True)
    assert [item["properties"]["site_id"] for item in layer(published)["features"]] == ["Z-3"]


def test_a_published_site_is_never_overwritten(tmp_path: Path, published: Path) -> None:
    with pytest.raises(ImportFailed) as caught:
        bring(put(tmp_path, csv_of(("scm-1", *GOOD[1:]))), published)
    assert [item.code for item in caught.value.problems] == ["published_id"]


def test_a_broken_layer_is_told_and_kept(tmp_path: Path, published: Path) -> None:
    (tmp_path / "local").mkdir()
    (tmp_path / "local" / "sites.geojson").write_text("{")
    with pytest.raises(ImportFailed, match="expected JSON"):
        bring(put(tmp_path, csv_of(GOOD)), published)
    assert (tmp_path / "local" / "sites.geojson").read_text() == "{"


def test_no_file(tmp_path: Path, published: Path) -> None:
    with pytest.raises(ImportFailed, match="cannot be read"):
        bring(tmp_path / "nothing.csv", published)


def test_projects_are_completed_and_conflicts_written(tmp_path: Path, published: Path) -> None:
    row = ("842959249", "territoires", "40100", "250000", "=1+1")
    with pytest.raises(ImportFailed):
        bring(put(tmp_path, csv_of(row, header=PROJECT_HEADER), "projets.csv"), published)
    done = bring(put(tmp_path, csv_of((*row[:4], "Bois"), header=PROJECT_HEADER), "projets.csv"), published)
    assert done.summary == {"completed": 1, "same": 0, "conflicts": 1}
    kept = json.loads((tmp_path / "local" / "projets.json").read_text(encoding="utf-8"))
    assert kept["values"] == {"p0001": {"montant_aide_eur": {"value": 250000.0, "file": "projets.csv", "line": 2}}}
    assert (kept["conflicts"][0]["published"], kept["conflicts"][0]["value"]) == ("construction", "bois")
    with (tmp_path / "local" / "projets-rapport.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    assert ["2", "p0001", "filiere", "conflit", "construction", "bois"] in rows


def test_a_later_file_does_not_replace_an_earlier_one_in_silence(tmp_path: Path, published: Path) -> None:
    row = ("842959249", "territoires", "40100", "250000", "")
    bring(put(tmp_path, csv_of(row, header=PROJECT_HEADER), "projets.csv"), published)
    again = bring(put(tmp_path, csv_of((*row[:3], "9", ""), header=PROJECT_HEADER), "projets-2.csv"), published)
    assert again.summary["conflicts"] == 1
    kept = json.loads((tmp_path / "local" / "projets.json").read_text(encoding="utf-8"))
    assert kept["values"]["p0001"]["montant_aide_eur"]["value"] == 250000.0


def test_the_command_line(
    tmp_path: Path, published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATLAS_LOCAL_FOLDER", str(tmp_path / "local"))
    path = put(tmp_path, csv_of(GOOD, BAD, header=HEADER))
    assert main(["import", "sites", str(path), "--output", str(published)]) == 1
    said = capsys.readouterr()
    assert "line 3, column code_insee: Commune code unknown" in said.err
    assert "nothing was imported" in said.err
    assert main(["import", "sites", str(path), "--output", str(published), "--partial", "--lang", "fr"]) == 5
    said = capsys.readouterr()
    assert "ligne 3, colonne surface_ha : Attendu : un nombre" in said.err
    assert "1 rows imported, 1 left out." in said.out

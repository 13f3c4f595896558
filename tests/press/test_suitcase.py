"""The command that packs a presentation: what it writes, and that a process a language gives the same bytes."""

import hashlib
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

import presentations
from geodata.repository import Tables
from press import suitcase
from press.__main__ import main
from press.suitcase import make_suitcase, make_suitcase_apart

SCENE = """
titre: {fr: Essai, en: Trial}
scenes:
  - id: regions
    titre: {fr: Les projets par région, en: Projects by region}
    vue: couches=projets,regions
    fond: tuiles
    graphique: mesure
    chiffres: [projets-253, aucun-1]
"""


def test_a_process_a_language_gives_the_same_bytes(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    presentation = presentations.parse(SCENE)
    monkeypatch.setattr(suitcase.os, "cpu_count", lambda: 2)
    apart = make_suitcase_apart(tables, presentation, "essai", ("fr", "en"))
    assert apart == make_suitcase(tables, presentation, "essai", ("fr", "en"))


def test_one_core_needs_no_other_process(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suitcase.os, "cpu_count", lambda: None)
    monkeypatch.setattr(suitcase, "ProcessPoolExecutor", None)
    assert make_suitcase_apart(tables, presentations.parse(SCENE), "essai", ("fr", "en"))


def test_the_command_writes_the_folder_and_the_same_as_zip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "Mon Assemblée.yml"
    written.write_text(SCENE, encoding="utf-8")
    assert main(["valise", str(written), "--lang", "en", "--output", str(tmp_path)]) == 0
    folder = tmp_path / "mon-assemblee-valise"
    listed = json.loads((folder / "manifest.json").read_bytes())
    assert listed["title"] == {"en": "Trial"}
    for item in listed["files"]:
        assert hashlib.sha256((folder / item["name"]).read_bytes()).hexdigest() == item["sha256"]
    with ZipFile(tmp_path / "mon-assemblee-valise.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            str(path.relative_to(folder).as_posix()): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }
    said = capsys.readouterr()
    assert "aucun-1" in said.err
    assert "files in" in said.out


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["valise", "rien"], 1), (["valise", "absent.yml"], 1), (["valise", "x", "--lang", "de"], 2)],
)
def test_what_cannot_be_packed_is_said(arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        found = main(arguments)
    except SystemExit as leaving:
        found = int(leaving.code or 0)
    assert found == status
    assert capsys.readouterr().err

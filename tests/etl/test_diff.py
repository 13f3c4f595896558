"""What changed between two published folders, told in French."""

from pathlib import Path

import pandas as pd
import pytest

import contract
from etl.diff import compare, opened
from etl.errors import PublishError
from etl.products import Product
from etl.publish import publish
from etl.settings import ROOT


def airports(rows: dict[str, str], *others: Product) -> list[Product]:
    frame = pd.DataFrame({"iata": list(rows), "nom": list(rows.values()), "lon": 2.5, "lat": 49.0})
    return [Product("aeroports", "table", ("aeroports",), "2026", frame), *others]


def lines(folder: Path, old: list[Product], new: list[Product]) -> list[str]:
    publish(old, folder / "old")
    publish(new, folder / "new")
    return compare(folder / "old", folder / "new")


def test_nothing_changed(tmp_path: Path) -> None:
    same = airports({"CDG": "Roissy"})
    assert lines(tmp_path, same, same) == ["Aucune différence : mêmes fichiers, mêmes octets."]


AEROPORTS = contract.table("aeroports").fr + " (aeroports.parquet)"
AIRPORTS = contract.table("aeroports").en + " (aeroports.parquet)"


def test_objects_added_removed_and_changed_are_named_and_counted(tmp_path: Path) -> None:
    old, new = (
        airports({"CDG": "Roissy", "ORY": "Orly"}),
        airports({"CDG": "Charles-de-Gaulle", "NCE": "Nice", "LYS": "Lyon"}),
    )
    assert lines(tmp_path, old, new) == [
        f"{AEROPORTS} : 2 objets ajoutés (Lyon, Nice).",
        f"{AEROPORTS} : 1 objet retiré (Orly).",
        f"{AEROPORTS}, Charles-de-Gaulle : Nom, « Roissy » → « Charles-de-Gaulle ».",
        f"{AEROPORTS} : 2 → 3 objets au total.",
    ]
    assert compare(tmp_path / "old", tmp_path / "new", "en") == [
        f"{AIRPORTS}: 2 objects added (Lyon, Nice).",
        f"{AIRPORTS}: 1 object removed (Orly).",
        f"{AIRPORTS}, Charles-de-Gaulle: Name, “Roissy” → “Charles-de-Gaulle”.",
        f"{AIRPORTS}: 2 → 3 objects in all.",
    ]


def test_many_changed_objects_are_counted_by_field(tmp_path: Path) -> None:
    codes = [f"A{n:02}" for n in range(10)]
    old, new = airports(dict.fromkeys(codes, "x")), airports(dict.fromkeys(codes, "y"))
    assert lines(tmp_path, old, new) == [f"{AEROPORTS} : 10 objets modifiés (y, y, y, y, y…) ; champs : Nom (10)."]


def test_files_and_sources_that_come_and_go(tmp_path: Path) -> None:
    raw = Product("x.json", "raw", ("gares",), "2024", raw=b"{}", rows=1)
    old, new = airports({"CDG": "Roissy"}), airports({"CDG": "Roissy"}, raw)
    assert lines(tmp_path / "a", old, new) == ["x.json : nouveau fichier, 1 ligne.", "Source gares : ajoutée."]
    assert lines(tmp_path / "b", new, old) == ["x.json : fichier retiré.", "Source gares : retirée."]
    assert compare(tmp_path / "a" / "old", tmp_path / "a" / "new", is_brief=True) == [
        "Fichiers de la carte refaits : 1.",
        "Source gares : ajoutée.",
    ]


def test_a_file_without_rows_is_compared_by_size(tmp_path: Path) -> None:
    old = Product("x.json", "raw", ("gares",), "2024", raw=b"{}", rows=1)
    new = Product("x.json", "raw", ("gares",), "2024", raw=b"{ }", rows=2)
    assert lines(tmp_path, [old], [new]) == ["x.json : contenu modifié, 1 → 2 objets, 2 → 3 octets."]


def test_headline_figures_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    values = iter([{"aides_2020-11": 251.0, "sites": None}, {"aides_2020-11": 253.0, "sites": 84}])
    monkeypatch.setattr("headline.headline_figures", lambda _: next(values))
    assert lines(tmp_path, airports({"CDG": "a"}), airports({"CDG": "b"}))[:2] == [
        "Entreprises aidées au 30 novembre 2020 : 251 → 253.",
        "Sites clés en main documentés : non renseigné → 84.",
    ]


def test_a_git_ref_is_unpacked() -> None:
    published = ROOT / "geodata" / "published"
    with opened("HEAD", published) as folder:
        assert (folder / "manifest.json").is_file()


def test_neither_a_folder_nor_a_ref(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="outside the repository"), opened("no-such-ref", tmp_path):
        pass

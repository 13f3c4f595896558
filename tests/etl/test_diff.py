"""What changed between two published folders, told in French."""

from pathlib import Path

import pandas as pd
import pytest

from etl.diff import compare, opened
from etl.errors import PublishError
from etl.products import Product
from etl.publish import publish


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


def test_rows_added_removed_and_changed(tmp_path: Path) -> None:
    old, new = (
        airports({"CDG": "Roissy", "ORY": "Orly"}),
        airports({"CDG": "Charles-de-Gaulle", "NCE": "Nice", "LYS": "Lyon"}),
    )
    assert lines(tmp_path, old, new) == [
        "aeroports.parquet : 2 lignes ajoutées (LYS, NCE).",
        "aeroports.parquet : 1 ligne retirée (ORY).",
        "aeroports.parquet : 1 ligne modifiée (CDG) ; champs : nom (1).",
    ]


def test_files_and_sources_that_come_and_go(tmp_path: Path) -> None:
    raw = Product("x.json", "raw", ("gares",), "2024", raw=b"{}", rows=1)
    old, new = airports({"CDG": "Roissy"}), airports({"CDG": "Roissy"}, raw)
    assert lines(tmp_path / "a", old, new) == ["x.json : nouveau fichier, 1 ligne.", "source gares : ajoutée."]
    assert lines(tmp_path / "b", new, old) == ["x.json : fichier retiré.", "source gares : retirée."]


def test_a_file_without_rows_is_compared_by_size(tmp_path: Path) -> None:
    old = Product("x.json", "raw", ("gares",), "2024", raw=b"{}", rows=1)
    new = Product("x.json", "raw", ("gares",), "2024", raw=b"{ }", rows=2)
    assert lines(tmp_path, [old], [new]) == ["x.json : contenu modifié, 1 → 2 objets, 2 → 3 octets."]


def test_neither_a_folder_nor_a_ref(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="outside the repository"), opened("no-such-ref", tmp_path):
        pass

"""The typed facts of the sites: what is refused, and that what is committed is true to its source."""

import csv
from pathlib import Path

import pandas as pd
import pytest

import contract
from etl.build.sites_faits import build_sites_faits
from etl.errors import ChecksFailed, ExtractError
from etl.extract.sites import read_standard
from etl.settings import TABLES_FOLDER

COLUMNS = list(contract.table("sites-faits").fields)
STANDARD = {code for code, field in contract.sheet_fields().items() if field.is_cnig}
GOOD = {
    "site_id": "s1",
    "champ": "site_surf_brute",
    "rang": "1",
    "valeur": "92",
    "unite": "ha",
    "precision_fr": "",
    "precision_en": "",
    "citation": "parc de 92 ha",
    "source": "sites-cles-en-main",
    "source_id": "S1",
    "source_url": "https://example.org/a",
    "date": "2020-01",
    "confiance": "elevee",
}


@pytest.fixture
def named() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"source_id": "S1", "site_id": "s1", "atouts": "un parc de 92 ha", "surface_ha": 92.0, "references": ["x"]},
            {"source_id": "S2", "site_id": "s2", "atouts": pd.NA, "surface_ha": float("nan"), "references": []},
        ]
    )


def write(tmp_path: Path, *rows: dict[str, str]) -> Path:
    path = tmp_path / "sites-faits.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_fact_keeps_its_source_and_its_unknowns(tmp_path: Path, named: pd.DataFrame) -> None:
    product = build_sites_faits(named, STANDARD, write(tmp_path, GOOD))

    assert product.frame is not None
    row = product.frame.iloc[0]
    assert (row["valeur"], row["unite"], row["rang"]) == ("92", "ha", 1)
    assert row["precision_fr"] is None
    assert "sites-cles-en-main" in product.sources


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"champ": "inconnu"}, "champ: expected one of"),
        ({"valeur": "92,5"}, "a number with a decimal point"),
        ({"unite": "km"}, "unite: expected 'ha'"),
        ({"citation": "parc de 93 ha"}, "is not in the row S1"),
        ({"source_id": "S9"}, "is not a row of the source"),
        ({"source_id": "S2"}, "is a label of s2"),
        ({"source": "rumeur"}, "is not in the catalogue"),
        ({"source_url": "javascript:alert(1)"}, "expected a web address"),
        ({"date": "2020-13"}, "date: expected"),
        ({"precision_fr": "environ"}, "both languages or none"),
        ({"rang": "2"}, "expected 1 to 1"),
        ({"confiance": "sure"}, "confiance: expected one of"),
        ({"champ": "reseau_gaz", "valeur": "yes", "unite": ""}, "oui or non"),
        ({"champ": "etat_bati", "valeur": "ruine", "unite": ""}, "one of the field's values nu, bati, mixte"),
        ({"champ": "disponibilite", "valeur": "bientôt", "unite": ""}, "a year"),
    ],
)
def test_a_flawed_fact_is_refused_with_its_reason(
    tmp_path: Path, named: pd.DataFrame, change: dict[str, str], reason: str
) -> None:
    with pytest.raises(ChecksFailed, match=r"sites-faits\.csv") as error:
        build_sites_faits(named, STANDARD, write(tmp_path, GOOD | change))

    assert reason in str(error.value)


def test_every_flaw_is_listed_at_once(tmp_path: Path, named: pd.DataFrame) -> None:
    with pytest.raises(ChecksFailed) as error:
        build_sites_faits(named, STANDARD, write(tmp_path, GOOD | {"unite": "km"}, GOOD | {"rang": "2", "valeur": "?"}))

    assert "unite" in str(error.value)
    assert "valeur" in str(error.value)


def test_a_field_said_to_be_of_the_standard_must_be_in_it(tmp_path: Path, named: pd.DataFrame) -> None:
    with pytest.raises(ChecksFailed, match="site_surf_brute: not a field of the standard"):
        build_sites_faits(named, STANDARD - {"site_surf_brute"}, write(tmp_path, GOOD))


def test_a_standard_that_is_no_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    path.write_text("[]", encoding="utf-8")

    with pytest.raises(ExtractError, match="expected a Table Schema"):
        read_standard([path])


def test_the_committed_table_says_each_fact_in_both_languages_or_in_none() -> None:
    frame = pd.read_csv(TABLES_FOLDER / "sites-faits.csv", dtype=str, keep_default_na=False)

    assert list(frame.columns) == COLUMNS
    assert ((frame["precision_fr"] == "") == (frame["precision_en"] == "")).all()
    assert not frame.duplicated(["site_id", "champ", "rang"]).any()
    assert set(frame["champ"]) <= set(contract.sheet_fields())

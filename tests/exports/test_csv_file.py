import csv
import io

import pandas as pd
import pytest

import contract
from exports.csv_file import DELIMITERS, export_csv
from tests.exports.frames import HOSTILE, make_provenance, make_rows

TABLES = ("projets", "sites", "territoires")


def read(content: bytes, language: str) -> pd.DataFrame:
    return pd.read_csv(
        io.BytesIO(content),
        sep=DELIMITERS[language],
        decimal="," if language == "fr" else ".",
        comment="#",
        dtype={"code_region": str, "code_departement": str, "code_insee": str, "siren": str, "entreprise": str},
        keep_default_na=False,
        na_values=[""],
    )


@pytest.mark.parametrize("language", contract.LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_pandas_reads_back_every_row_and_column(name: str, language: str) -> None:
    table = contract.table(name)
    rows = make_rows(table)
    found = read(export_csv(rows, table, make_provenance(language), language), language)
    assert list(found.columns) == list(table.fields)
    assert len(found) == len(rows)


@pytest.mark.parametrize("language", contract.LANGUAGES)
def test_values_come_back_as_they_were(language: str) -> None:
    table = contract.table("projets")
    rows = make_rows(table, ("Société « à » ; d'été, # 12",))
    found = read(export_csv(rows, table, make_provenance(language), language), language)
    assert found["entreprise"].tolist()[0] == "Société « à » ; d'été, # 12"
    assert found["lon"].tolist()[0] == -1.25
    assert found["date_mise_a_jour"].tolist()[0] == "2022-04-08"
    assert bool(found["is_departement_discordant"].tolist()[0]) is True


def test_missing_is_empty_and_never_zero() -> None:
    table = contract.table("projets")
    found = read(export_csv(make_rows(table), table, make_provenance(), "fr"), "fr").iloc[-1]
    for name, field in table.fields.items():
        assert pd.isna(found[name]) == field.is_nullable, name


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip()[0] in "=+-@＝"])
def test_no_text_cell_can_run_in_a_spreadsheet(text: str) -> None:
    table = contract.table("projets")
    content = export_csv(make_rows(table, (text,)), table, make_provenance(), "fr").decode("utf-8-sig")
    lines = [line for line in csv.reader(io.StringIO(content, newline=""), delimiter=";") if len(line) > 1]
    assert lines[1][1] == f"'{text}"


def test_the_visitors_words_cannot_start_a_cell_or_a_line_of_the_preamble() -> None:
    table = contract.table("projets")
    content = export_csv(make_rows(table), table, make_provenance(), "fr").decode("utf-8-sig")
    preamble = content[: content.index("projet_id")].splitlines()
    assert all(line.startswith("# ") for line in preamble)
    assert not any(char in line for line in preamble for char in ';,"')


def test_the_file_says_where_it_comes_from() -> None:
    table = contract.table("projets")
    content = export_csv(make_rows(table), table, make_provenance(), "fr").decode("utf-8-sig")
    for expected in ("Projets financés", "Normandie (28)", "ab" * 32, "2022-04-08", "Licence Ouverte 2.0", "Ministère"):
        assert expected in content
    assert "publiée : non renseigné" in content


def test_a_reader_that_ignores_the_comments_fails_loudly() -> None:
    table = contract.table("projets")
    content = export_csv(make_rows(table), table, make_provenance(), "fr")
    with pytest.raises(pd.errors.ParserError):
        pd.read_csv(io.BytesIO(content), sep=";")


def test_lists_are_joined_and_an_inner_bar_is_escaped() -> None:
    table = contract.table("sites")
    rows = make_rows(table, ("a",)).iloc[:1]
    rows = rows.assign(vagues=[["2020-01", "2020-07|2021-09"]], sources=[[]])
    found = read(export_csv(rows, table, make_provenance(), "fr"), "fr")
    assert found["vagues"].tolist() == ["2020-01|2020-07\\|2021-09"]
    assert pd.isna(found["sources"].tolist()[0])


def test_numbers_keep_every_digit_without_exponent() -> None:
    table = contract.table("projets")
    values = [1e-07, 12345678.9, 8368.0]
    rows = pd.concat([make_rows(table, ("a",)).iloc[:1]] * 3, ignore_index=True).assign(co2_t=values)
    content = export_csv(rows, table, make_provenance("en"), "en")
    assert b"e-07" not in content
    assert b",8368," in content
    assert read(content, "en")["co2_t"].tolist() == values


def test_no_row_is_still_a_file_with_its_header() -> None:
    table = contract.table("projets")
    assert read(export_csv(make_rows(table).iloc[:0], table, make_provenance(), "fr"), "fr").empty


def test_a_missing_column_is_an_error() -> None:
    table = contract.table("projets")
    with pytest.raises(KeyError, match="siren"):
        export_csv(make_rows(table).drop(columns="siren"), table, make_provenance(), "fr")

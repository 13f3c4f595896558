import io
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

import contract
from exports.cells import clean_text
from exports.xlsx_file import MAX_CELL, export_xlsx, sheet_names
from tests.exports.frames import HOSTILE, SOURCE, make_provenance, make_rows

TABLES = ("projets", "sites", "territoires")


def read(name: str, language: str = "fr", texts: tuple[str, ...] = HOSTILE) -> Workbook:
    table = contract.table(name)
    content = export_xlsx(make_rows(table, texts), table, make_provenance(language), language)
    return load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("language", contract.LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_every_row_and_field_is_on_the_first_sheet(name: str, language: str) -> None:
    book = read(name, language)
    assert book.sheetnames == list(sheet_names(language))
    sheet = book.worksheets[0]
    assert (sheet.max_row, sheet.max_column) == (len(HOSTILE) + 2, len(contract.table(name).fields))
    fields = contract.table(name).fields.values()
    assert all(cell.value.startswith(field.label(language)) for cell, field in zip(sheet[1], fields, strict=True))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions


def test_no_cell_of_any_sheet_is_a_formula_or_an_error() -> None:
    for sheet in read("projets").worksheets:
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type in ("f", "e")]


def test_texts_come_back_unchanged_but_for_control_characters() -> None:
    sheet = read("projets").worksheets[0]
    found = [sheet.cell(row, 2).value for row in range(2, len(HOSTILE) + 2)]
    # XML reads « \r\n » as « \n »; nothing else changes.
    assert [text.replace("\r", "").replace("_x000D_", "") for text in found] == [
        clean_text(text).replace("\r", "") for text in HOSTILE
    ]


def test_cells_are_typed_and_codes_shown_by_their_label() -> None:
    sheet = read("projets").worksheets[0]
    row = dict(zip(contract.table("projets").fields, (cell.value for cell in sheet[2]), strict=True))
    assert row["lon"] == -1.25
    assert row["date_mise_a_jour"] == datetime(2022, 4, 8)  # noqa: DTZ001 (a day of the file, no clock)
    assert row["is_departement_discordant"] is True
    assert row["taille"] == "TPE / PME"


def test_missing_is_an_empty_cell() -> None:
    sheet = read("projets").worksheets[0]
    fields = contract.table("projets").fields.values()
    for cell, field in zip(sheet[sheet.max_row], fields, strict=True):
        assert (cell.value is None) == field.is_nullable, field.name


def test_the_sources_sheet_names_filters_hash_and_licences() -> None:
    sheet = read("projets").worksheets[1]
    said = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {SOURCE.producer, SOURCE.licence, "ab" * 32, "2022-04-08", contract.unknown("fr")} <= said
    assert any("Normandie (28)" in text for text in said)


def test_a_text_beyond_the_format_is_cut_visibly() -> None:
    found = read("projets", texts=("y" * (MAX_CELL + 5),)).worksheets[0].cell(2, 2).value
    assert len(found) == MAX_CELL
    assert found.endswith("…")

"""XLSX, for a reader: typed cells under labels, then the sources and the dictionary of the fields on their own sheets.

Codes are shown by their label in the language of the file. Missing is an empty cell. A text is always stored as text,
never as a formula, whatever it starts with.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import orjson
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

import contract
from exports.cells import clean_text, is_formula_like, join_list, plain_rows
from exports.provenance import Provenance
from views.catalogue import note_in
from views.text import text

MAX_CELL = 32_767  # characters: the limit of the format; a longer text is cut and ends with « … »
_HEADER = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDTHS = {"int": 12, "float": 12, "bool": 10, "date": 12}  # in characters


def export_xlsx(rows: pd.DataFrame, table: contract.Table, provenance: Provenance, language: str) -> bytes:
    """The rows of one table with their provenance, as the bytes of an XLSX file.

    Raises:
        KeyError: ``rows`` lacks a column of the contract.
    """
    book = Workbook(write_only=True)
    _write_data(book.create_sheet(text("export_sheet_data", language)), rows, table, language)
    _write_sources(book.create_sheet(text("export_sheet_sources", language)), provenance, len(rows))
    _write_dictionary(book.create_sheet(text("export_sheet_dictionary", language)), table, language)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_data(sheet: WriteOnlyWorksheet, rows: pd.DataFrame, table: contract.Table, language: str) -> None:
    fields = list(table.fields.values())
    widths = [_WIDTHS.get(field.kind, 24) for field in fields]
    last = f"{get_column_letter(len(fields))}{len(rows) + 1}"
    prepare(sheet, widths, f"A1:{last}")
    sheet.append([header_cell(sheet, _title_of(field, language)) for field in fields])
    labels = [_labels(field, language) for field in fields]
    for cells in plain_rows(rows, table):
        sheet.append([safe_cell(sheet, _shown(value, known)) for value, known in zip(cells, labels, strict=True)])


def _write_sources(sheet: WriteOnlyWorksheet, provenance: Provenance, n_rows: int) -> None:
    language = provenance.language
    prepare(sheet, [26, 40, 48, 28, 28, 16, 40, 48, 60])
    for label, value in provenance.lines(n_rows):
        sheet.append([header_cell(sheet, label), safe_cell(sheet, value)])
    sheet.append([])
    keys = ("name", "producer", "title", "licence", "millesime", "date", "page", "licence_url", "note")
    sheet.append([header_cell(sheet, text(f"export_source_{key}", language)) for key in keys])
    for source in provenance.sources:
        cells = [
            source.name,
            source.producer,
            source.title,
            source.licence,
            source.millesime,
            provenance.source_date(source),
            source.page_url,
            source.licence_url,
            note_in(source.note, language)[0] if source.note else None,
        ]
        sheet.append([safe_cell(sheet, cell) for cell in cells])


def _write_dictionary(sheet: WriteOnlyWorksheet, table: contract.Table, language: str) -> None:
    prepare(sheet, [28, 60, 10, 28, 80])
    keys = ("field", "meaning", "kind", "unit", "values")
    sheet.append([header_cell(sheet, text(f"export_{key}", language)) for key in keys])
    for field in table.fields.values():
        values = _labels(field, language).values() if field.codes else field.values
        cells = [field.name, field.label(language), field.kind, field.unit, ", ".join(values) or None]
        sheet.append([safe_cell(sheet, cell) for cell in cells])


def prepare(sheet: WriteOnlyWorksheet, widths: Sequence[int], filtered: str | None = None) -> None:
    """Sets what a write-only sheet must know before its first row: column widths, frozen row, filter."""
    for position, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    if filtered:
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = filtered


def _title_of(field: contract.Field, language: str) -> str:
    unit = f" ({field.unit})" if field.unit else ""
    return field.label(language) + unit


def _labels(field: contract.Field, language: str) -> dict[str, str]:
    return {code: item.label(language) for code, item in contract.codes(field.codes).items()} if field.codes else {}


def _shown(value: Any, labels: dict[str, str]) -> Any:
    """A value as the reader sees it: the label of a code, a list joined, JSON as its text."""
    if isinstance(value, list) and not any(isinstance(item, dict) for item in value):
        return join_list([labels.get(item, item) for item in value])
    if isinstance(value, (list, dict)):
        return orjson.dumps(value).decode()
    return labels.get(value, value) if isinstance(value, str) else value


def header_cell(sheet: WriteOnlyWorksheet, written: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=written)
    cell.font = _HEADER
    cell.alignment = _WRAPPED
    return cell


def safe_cell(sheet: WriteOnlyWorksheet, value: Any) -> Any:
    """The value itself; as an explicit text cell when it is a text that openpyxl would take for something else."""
    if not isinstance(value, str):
        return value
    written = _cut(clean_text(value))
    if not is_formula_like(written) and written not in ERROR_CODES:
        return written
    cell = WriteOnlyCell(sheet, value=written)
    cell.data_type = "s"
    cell.quotePrefix = True  # stays a text when the reader edits the cell
    return cell


def _cut(written: str) -> str:
    return written if len(written) <= MAX_CELL else written[: MAX_CELL - 1] + "…"


def sheet_names(language: str) -> Iterable[str]:
    """The names of the three sheets, in order."""
    return [text(f"export_sheet_{name}", language) for name in ("data", "sources", "dictionary")]

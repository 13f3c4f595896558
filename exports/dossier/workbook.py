"""The dossier as a workbook: comparison, points, facts with their sources, questions, needs, sources of the data.

A text is stored as text, never as a formula. What is not known says so in the comparison, and is an empty cell in the
lists below it.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

import contract
from exports.dossier.comparison import comparison_rows, plain_value
from exports.dossier.letter import asked_fields
from exports.dossier.model import Dossier
from exports.xlsx_file import prepare, safe_cell
from views.sites.words import criterion_name
from views.sites.words import show_value as show_contribution
from views.text import text

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEETS = ("comparison", "points", "facts", "questions", "needs", "sources")
_CLOCK = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_BOLD = Font(bold=True)
_TOP = Alignment(wrap_text=True, vertical="top")
_UNKNOWN = PatternFill("solid", fgColor="FDF4E0")
_DIM = Font(color="626C82")

Row = Sequence[Any]


def export_workbook(dossier: Dossier) -> bytes:
    """The bytes of the XLSX file."""
    book = Workbook(write_only=True)
    _comparison(book, dossier)
    language = dossier.language
    heads = {
        "points": ("site", "criterion", "weight", "known", "at_stake", "certain", "possible"),
        "facts": ("site", "group", "field", "value", "unit", "note", "source", "date", "reliability", "quote", "url"),
        "questions": ("site", "group", "question"),
        "needs": ("need", "asked"),
        "sources": ("source", "producer", "licence", "date", "page"),
    }
    rows: dict[str, Sequence[Row]] = {
        "points": _points(dossier),
        "facts": _facts(dossier),
        "questions": _questions(dossier),
        "needs": needs_rows(dossier),
        "sources": _sources(dossier),
    }
    for name, columns in heads.items():
        sheet = book.create_sheet(text(f"dossier_sheet_{name}", language))
        widths = [70 if column in ("quote", "question", "url", "page", "asked") else 26 for column in columns]
        prepare(sheet, widths, f"A1:{get_column_letter(len(columns))}{len(rows[name]) + 1}")
        sheet.append([_styled(sheet, text(f"dossier_col_{column}", language), font=_BOLD) for column in columns])
        for row in rows[name]:
            sheet.append([safe_cell(sheet, value) for value in row])
    stream = BytesIO()
    book.save(stream)
    return _without_clock(stream.getvalue())


def _without_clock(content: bytes) -> bytes:
    """The same workbook without the time of its making: the same dossier gives the same bytes."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as made, ZipFile(stream, "w", ZIP_DEFLATED) as kept:
        for name in made.namelist():
            body = made.read(name)
            if name == "docProps/core.xml":
                body = _CLOCK.sub(b"2000-01-01T00:00:00Z", body)
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            kept.writestr(entry, body)
    return stream.getvalue()


def _comparison(book: Workbook, dossier: Dossier) -> None:
    language = dossier.language
    sheet = book.create_sheet(text("dossier_sheet_comparison", language))
    prepare(sheet, [34, *(30 for _ in dossier.sites)])
    sheet.freeze_panes = "B2"
    sheet.append([None, *(_styled(sheet, item.sheet.name, font=_BOLD) for item in dossier.sites)])
    for label, values in comparison_rows(dossier):
        is_same = len(values) > 1 and len({str(value) for value in values}) == 1
        cells = [_compared(sheet, value, is_same, language) for value in values]
        sheet.append([_styled(sheet, label, font=_BOLD), *cells])


def _compared(sheet: Any, value: Any, is_same: bool, language: str) -> WriteOnlyCell:
    if value is None:
        return _styled(sheet, contract.unknown(language), fill=_UNKNOWN)
    return _styled(sheet, value, font=_DIM if is_same else None)


def _points(dossier: Dossier) -> list[Row]:
    return [
        (
            item.sheet.name,
            criterion_name(part.criterion.name, dossier.language),
            part.weight,
            show_contribution(part, dossier.language) if part.is_known else None,
            *(round(value, 2) for value in (part.share, part.certain, part.possible)),
        )
        for item in dossier.sites
        for part in item.standing.contributions
        if part.weight
    ]


def _facts(dossier: Dossier) -> list[Row]:
    language = dossier.language
    titles = {source.name: source.title for source in dossier.provenance.sources}
    return [
        (
            item.sheet.name,
            contract.label_of("groupe_fiche", fact.field.group, language),
            fact.field.label(language),
            plain_value(fact, language),
            fact.field.unit,
            fact.note(language),
            titles.get(fact.source, fact.source),
            fact.date,
            contract.label_of("confiance", fact.confidence, language) if fact.confidence else None,
            fact.quote,
            fact.url,
        )
        for item in dossier.sites
        for fact in item.sheet.facts
    ]


def _questions(dossier: Dossier) -> list[Row]:
    language = dossier.language
    return [
        (item.sheet.name, contract.label_of("groupe_fiche", field.group, language), field.ask(language))
        for item in dossier.sites
        for field in asked_fields(item.sheet)
    ]


def needs_rows(dossier: Dossier) -> list[tuple[str, str]]:
    """The needs in words: filters, weights, what is kept of how many, what each filter excludes, the address."""
    language = dossier.language
    stated = [value for _, values in dossier.provenance.filters for value in values]
    filters = [(text("dossier_filters", language), value) for value in stated or [text("export_no_filter", language)]]
    weights = ", ".join(f"{label} {weight}" for label, weight in dossier.weights)
    kept = text("dossier_kept", language, kept=dossier.kept, total=dossier.total)
    excluded = [(text("dossier_excluded_by", language, name=name), str(n)) for name, n in dossier.exclusions]
    return [
        *filters,
        (text("dossier_weights", language), weights),
        (text("dossier_sites_kept", language), kept),
        *excluded,
        (text("dossier_address", language), dossier.address),
        (text("export_hash", language), dossier.provenance.hash),
    ]


def _sources(dossier: Dossier) -> list[Row]:
    return [
        (source.title, source.producer, source.licence, dossier.provenance.source_date(source), source.page_url)
        for source in dossier.provenance.sources
    ]


def _styled(sheet: Any, value: Any, *, font: Font | None = None, fill: PatternFill | None = None) -> WriteOnlyCell:
    """The value as a cell that no spreadsheet runs, with its look."""
    safe = safe_cell(sheet, value)
    cell = safe if hasattr(safe, "data_type") else WriteOnlyCell(sheet, value=safe)  # WriteOnlyCell is a function
    cell.alignment = _TOP
    if font:
        cell.font = font
    if fill:
        cell.fill = fill
    return cell

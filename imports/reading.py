"""Bytes of a CSV or an XLSX → rows of texts with their line, within limits; what is no table is ``Unreadable``."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from imports.problems import Problem, Unreadable, file_size
from imports.workbook import read_workbook

MAX_BYTES = 20_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 300
SEPARATORS = ";,\t"
FORMULA = "\0formula "
"""Prefix of a cell of a workbook that holds a formula; a text of a CSV that starts so would be refused as well."""


@dataclass(frozen=True)
class Row:
    """One row: its line in the file and its texts by column; an empty cell is absent."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A table as read: its columns in order, its rows, what was noticed on the way."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read_sheet(content: bytes, max_bytes: int = MAX_BYTES, max_rows: int | None = None) -> Sheet:
    """The table in a file, whatever its name: the content says what it is.

    Raises:
        Unreadable: empty, too big, not a table, a workbook that would unpack to too much, too many rows or columns.
    """
    rows = max_rows or MAX_ROWS
    if len(content) > max_bytes:
        raise Unreadable(Problem("too_big", value=file_size(len(content)), limit=file_size(max_bytes)))
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Unreadable(Problem("empty"))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(Problem("old_excel"))
    if content.startswith(b"PK"):
        return _sheet(read_workbook(content, rows, MAX_COLUMNS, FORMULA), [], rows)
    text, problems = _decode(content)
    return _sheet(_csv_lines(text, problems), problems, rows)


def _decode(content: bytes) -> tuple[str, list[Problem]]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), []
    if b"\0" in content:
        raise Unreadable(Problem("not_a_table", value="NUL"))
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), [Problem("encoding", is_blocking=False)]


def _csv_lines(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Lines with the number of their first line. Comment lines (``#``) that stand before the header are skipped."""
    lines = list(io.StringIO(text, newline=""))  # splits at line breaks only, not at every Unicode separator
    skipped = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    if skipped == len(lines):
        return
    reader = csv.reader(lines[skipped:], delimiter=_separator(lines[skipped]), strict=True)
    start = skipped + 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            problems.append(Problem("broken_quotes", line=start, value=str(error)))
            return
        if cells is None:
            return
        yield start, cells
        start = skipped + reader.line_num + 1


def _separator(header: str) -> str:
    bare = "".join(header.split('"')[::2])  # what stands outside quotes
    return max(SEPARATORS, key=bare.count)


def _sheet(lines: Iterator[tuple[int, list[str]]], problems: list[Problem], max_rows: int) -> Sheet:
    columns: list[str] | None = None
    rows: list[Row] = []
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = _columns(cells, problems)
            continue
        if len(rows) >= max_rows:
            raise Unreadable(Problem("too_many_rows", limit=str(max_rows)))
        rows.append(_row(line, cells, columns, problems))
    if columns is None:
        raise Unreadable(next((item for item in problems if item.is_blocking), Problem("empty")))
    if not rows:
        problems.append(Problem("no_rows"))
    return Sheet(tuple(name for name in columns if name), tuple(rows), tuple(dict.fromkeys(problems)))


def _columns(cells: list[str], problems: list[Problem]) -> list[str]:
    names = [cell.strip().strip("\ufeff").casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise Unreadable(Problem("too_many_columns", value=str(len(names)), limit=str(MAX_COLUMNS)))
    twice = {name for name in names if name and names.count(name) > 1}
    problems.extend(Problem("duplicate_column", column=name) for name in sorted(twice))
    return names


def _row(line: int, cells: list[str], columns: list[str], problems: list[Problem]) -> Row:
    kept = [cell.strip() for cell in cells]
    if any(kept[len(columns) :]):
        problems.append(Problem("extra_cells", line=line, value=str(len(kept)), limit=str(len(columns))))
    pairs = list(zip(columns, kept, strict=False))
    unnamed = next((place for place, (name, cell) in enumerate(pairs, start=1) if cell and not name), None)
    if unnamed:
        problems.append(Problem("unnamed_column", value=str(unnamed)))
    return Row(line, {name: cell for name, cell in pairs if name and cell})


def write_csv(rows: list[list[str]]) -> str:
    """Rows as a CSV text that a spreadsheet opens; what it could run as a formula is made text."""
    stream = io.StringIO()
    safe = [[f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in row] for row in rows]
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerows(safe)
    return stream.getvalue()

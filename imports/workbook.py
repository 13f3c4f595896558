"""An XLSX as rows of texts. Measured before it is opened: what it unpacks to, and no XML declaration that expands."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from imports.problems import Problem, Unreadable, file_size

MAX_UNPACKED = 60_000_000
MAX_PARTS = 2_000
_REFUSED = (b"<!DOCTYPE", b"<!ENTITY")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""How an XML part in UTF-16 starts: a spreadsheet never writes one, and declarations could hide in it."""
_BLOCK = 1 << 20
_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError),
    *(ValueError, KeyError, OverflowError, struct.error, zlib.error),
)
"""What ``zipfile`` raises on an archive whose tables lie."""


def read_workbook(content: bytes, max_rows: int, max_columns: int, formula: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet with their number; a formula is its text after the prefix ``formula``.

    Raises:
        Unreadable: not a workbook, or one that would unpack to too much or declare entities.
    """
    _inspect(content)
    from openpyxl import load_workbook  # noqa: PLC0415 - a tenth of a second that no start-up needs

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        for line, cells in enumerate(sheet.iter_rows(max_row=max_rows + 2, max_col=max_columns + 1), start=1):
            yield line, _trim([_text(cell, formula) for cell in cells])
    except Unreadable:
        raise
    except Exception as error:  # openpyxl lets through whatever a broken part makes it raise
        raise Unreadable(Problem("not_a_table", value=f"XLSX, {type(error).__name__}")) from error


def _inspect(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            total = sum(part.file_size for part in parts)
            if total > MAX_UNPACKED or len(parts) > MAX_PARTS:
                raise Unreadable(Problem("zip_bomb", value=file_size(total), limit=file_size(MAX_UNPACKED)))
            if "xl/workbook.xml" not in archive.namelist():
                raise Unreadable(Problem("not_a_table", value="ZIP"))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _inspect_part(archive, part)
    except _BROKEN as error:
        raise Unreadable(Problem("not_a_table", value=f"ZIP, {type(error).__name__}")) from error


def _inspect_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Reads a part block by block; a part never gives more than the size that it declares, which is bounded."""
    tail = b""
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            if any(word in tail + block for word in _REFUSED) or (not tail and block.startswith(_WIDE)):
                raise Unreadable(Problem("unsafe_xml"))
            tail = block[-16:]


def _text(cell: Any, formula: str) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return formula + str(getattr(value, "text", value))
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _trim(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells

"""Files to check, made in memory: CSV and XLSX, good and hostile."""

import io
import zipfile
from typing import Any

from openpyxl import Workbook

from imports.sites import Known, known_places

COMMUNES = (
    ("59350", "Lille", "59", "32", 3.0485, 50.6320),
    ("44184", "Saint-Nazaire", "44", "52", -2.2500, 47.2800),
    ("01004", "Ambérieu-en-Bugey", "01", "84", 5.3500, 45.9600),
    ("97302", "Cayenne", "973", "03", -52.3260, 4.9370),
)
SITES = (("scm-1", "Parc des Deux Mers", "44184"),)
HEADER = ("site_id", "site_nom", "code_insee", "lon", "lat", "surface_ha")
GOOD = ("Z-1", "Zone du Nord", "59350", "3,06", "50,63", "12,5")


def known() -> Known:
    return known_places(COMMUNES, SITES)


def csv_of(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER, separator: str = ";") -> bytes:
    """A CSV as a spreadsheet writes it: quotes where they are needed."""
    return "".join(
        separator.join(f'"{cell}"' if separator in cell or "\n" in cell else cell for cell in row) + "\r\n"
        for row in (header, *rows)
    ).encode()


def xlsx_of(*rows: tuple[Any, ...], header: tuple[str, ...] = HEADER) -> bytes:
    book = Workbook()
    for row in (header, *rows):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsx_with(name: str, content: bytes) -> bytes:
    """A good workbook in which one part is another."""
    source, stream = zipfile.ZipFile(io.BytesIO(xlsx_of(GOOD))), io.BytesIO()
    with source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            target.writestr(part, content if part == name else source.read(part))
        if name not in source.namelist():
            target.writestr(name, content)
    return stream.getvalue()

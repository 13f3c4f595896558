"""Reads a PDF as its reader would: pages, words, fonts, what it says of itself."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content), strict=True)


def words(content: bytes) -> str:
    """The text of all pages as ``plain`` gives it."""
    return plain(" ".join(page.extract_text() for page in read(content).pages))


def plain(written: str) -> str:
    """Every run of spaces (narrow ones too) as one space; without the invisible places where a long word may break."""
    return re.sub(r"\s+", " ", written.replace("\u200b", ""))


def fonts(content: bytes) -> Iterator[tuple[str, bool]]:
    """The name of each font of each page and whether its file is in the PDF."""
    for page in read(content).pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            yield str(inner["/BaseFont"]), "/FontFile2" in descriptor or "/FontFile3" in descriptor


def links(content: bytes) -> list[str]:
    """The addresses that the pages lead to."""
    found = []
    for page in read(content).pages:
        for item in page.get("/Annots", []):
            action = item.get_object().get("/A", {})
            found += [str(action["/URI"])] if "/URI" in action else []
    return found

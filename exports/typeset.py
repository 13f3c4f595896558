"""PDF and PNG pages by Typst, without a browser: a template, data as JSON, pictures as SVG or PNG.

Data never become markup: the template reads ``data.json`` and every text in it is a string there. The same input gives
the same bytes. PDFs are tagged after PDF/UA-1: title, language, reading order, headers of tables, a text for every
picture. A text that Public Sans cannot show (Chinese, an emoji) costs the file that conformance, never the file.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from exports.cells import clean_text
from exports.errors import TypesetError

MIMETYPE = "application/pdf"
SCREEN_PPI = 144.0  # dots an inch of a PNG: twice a screen of old
_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "templates"
_STANDARD = "ua-1"
_NOT_IN_THE_FONT = "could not be displayed with font"
# Embeddings, overrides and isolates of direction: one in a name would turn the words around it.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PICTURE = re.compile(r"[\w-]+\.(svg|png|jpg)")


def typeset_pdf(template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The pages as one PDF.

    Args:
        template: a file of ``exports/templates`` without its ending: ``document``.
        data: what the template reads; texts, numbers, booleans, null, lists and dictionaries of these.
        pictures: SVG or PNG by the file name that the data use: ``plan.svg``.

    Raises:
        TypesetError: no such template, data that are not JSON, or a page that Typst refuses.
    """
    files = _files(template, data, pictures or {})
    try:
        return bytes(_compile(template, files, format="pdf", pdf_standards=[_STANDARD]))
    except TypesetError as error:
        if _NOT_IN_THE_FONT not in str(error):
            raise
    return bytes(_compile(template, files, format="pdf"))


def typeset_png(
    template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None, ppi: float = SCREEN_PPI
) -> list[bytes]:
    """The pages as PNG, in order; ``ppi`` is dots an inch.

    Raises:
        TypesetError: as ``typeset_pdf``.
    """
    found = _compile(template, _files(template, data, pictures or {}), format="png", ppi=ppi)
    return [bytes(page) for page in found] if isinstance(found, list) else [bytes(found)]


def _files(template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """What Typst sees of the world: the templates, the data and the pictures, in memory."""
    sources = _sources()
    if f"{template}.typ" not in sources:
        raise TypesetError(f"{template}: no such template (expected one of {sorted(sources)}, without .typ)")
    refused = [name for name in pictures if not _PICTURE.fullmatch(name)]
    if refused:
        raise TypesetError(f"pictures {refused}: expected names such as plan.svg (letters, digits, svg, png or jpg)")
    try:
        content = orjson.dumps(_clean(data))
    except TypeError as error:
        raise TypesetError(f"{template}: data must be JSON (texts, numbers, lists, …), found: {error}") from error
    return {**sources, "data.json": content, **{f"pictures/{name}": content for name, content in pictures.items()}}


def _clean(value: Any) -> Any:
    """The same data without the characters that no page can carry."""
    if isinstance(value, str):
        return _DIRECTIONS.sub("", clean_text(value))
    if isinstance(value, Mapping):
        return {str(key): _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value


@cache
def _sources() -> Mapping[str, bytes]:
    """Every template by file name."""
    return {path.name: path.read_bytes() for path in sorted(_TEMPLATES.glob("*.typ"))}


@cache
def _fonts() -> Any:
    """Public Sans and nothing else, so that pages are the same on every machine."""
    import typst  # noqa: PLC0415 - 40 MB of library that no start-up needs

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_HERE / "fonts")])


def _compile(template: str, files: Mapping[str, bytes], **options: Any) -> Any:
    import typst  # noqa: PLC0415 - see above

    inputs = {
        "main.typ": files[f"{template}.typ"],
        **{name: file for name, file in files.items() if name != "main.typ"},
    }
    try:
        # The root is where a picture could look for another file: a folder that holds nothing but templates.
        return typst.compile(inputs, root=str(_TEMPLATES), font_paths=_fonts(), **options)
    except typst.TypstError as error:
        raise TypesetError(f"{template}.typ: Typst refused the page: {str(error)[:2000]}") from error

"""One text of a file → one value of the kind that its column asks for, or the reason why not."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import contract
from imports.problems import Problem
from imports.reading import FORMULA
from imports.schemas import Column

MAX_TEXT = 2_000
MAX_SHAPE = 400_000
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,20})?")
_SPACES = re.compile("[ \u00a0\u202f]")
_GROUPED = re.compile("[+-]?\\d{1,3}(?:[ \u00a0\u202f]\\d{3})+(?:[.,]\\d+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
_SHEET_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"}
_ADDRESS = re.compile(r"https?://[^\s/$.?#].[^\s]*")


class Unfit(Exception):
    """The text is no value of that kind; ``code`` is the reason, ``limit`` what was expected."""

    def __init__(self, code: str, value: str, limit: str = "") -> None:
        self.code, self.value, self.limit = code, value, limit
        super().__init__(code)


def read_cell(text: str, column: Column, line: int) -> tuple[Any, Problem | None]:
    """The value (None when unfit) and the fault, if any."""
    try:
        _refuse_traps(text, column)
        value = _read_code(text, str(column.codes)) if column.kind == "code" else _READERS[column.kind](text)
        if column.values:
            value = _one_of(text, column.values)
    except Unfit as unfit:
        return None, Problem(unfit.code, line, column.name, unfit.value, unfit.limit)
    return value, None


def _refuse_traps(text: str, column: Column) -> None:
    limit = MAX_SHAPE if column.kind == "polygon" else MAX_TEXT
    if text.startswith(FORMULA):
        raise Unfit("formula", text.removeprefix(FORMULA))
    if len(text) > limit:
        raise Unfit("too_long", str(len(text)), str(limit))
    if text.upper() in _SHEET_ERRORS:
        raise Unfit("spreadsheet_error", text)
    if text.startswith(("=", "@")):
        raise Unfit("formula", text)
    if _CONTROL.search(text):
        raise Unfit("control", text)


def read_number(text: str) -> float:
    """12.5 for « 12,5 », 1234.5 for « 1 234,5 »; a comma and a point together are ambiguous, hence refused."""
    bare = _SPACES.sub("", text) if _GROUPED.fullmatch(text) else text
    if not _NUMBER.fullmatch(bare):
        raise Unfit("not_a_number", text)
    return float(bare.replace(",", "."))


def read_date(text: str) -> str:
    """ISO day of « 2023-08-29 », « 29/08/2023 » or « 2023-08-29T00:00:00 »."""
    turned = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text)
    written = "-".join(reversed(turned.groups())) if turned else text.split("T", maxsplit=1)[0]
    try:
        found = date.fromisoformat(written)
    except ValueError as error:
        raise Unfit("not_a_date", text) from error
    if not (len(written) == 10 and 1800 <= found.year <= 2200):
        raise Unfit("not_a_date", text)
    return written


def _read_year(text: str) -> str:
    if not re.fullmatch(r"(1[89]|20|21)\d\d", text):
        raise Unfit("not_a_year", text)
    return text


def _read_point(text: str) -> tuple[float, float]:
    """« lon, lat » of the standard, also as GeoJSON; an optional « POINT(lon lat) » of a database is read too."""
    inner = re.fullmatch(r"(?i)POINT\s*\(([^()]*)\)", text)
    parts = inner[1].split() if inner else _coordinates_of(text)
    if len(parts) != 2:
        raise Unfit("not_a_point", text)
    try:
        return read_number(parts[0].strip()), read_number(parts[1].strip())
    except Unfit as unfit:
        raise Unfit("not_a_point", text) from unfit


def _coordinates_of(text: str) -> list[str]:
    if not text.startswith(("{", "[")):
        return re.split(r"\s*[,;]\s*", text)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unfit("not_a_point", text) from error
    found = document.get("coordinates") if isinstance(document, dict) else document
    return [str(item) for item in found] if isinstance(found, list) else []


def _read_polygon(text: str) -> tuple[float, float]:
    """The middle of the box of a GeoJSON (Multi)Polygon: an inner point of it is not promised."""
    try:
        document = json.loads(text)
        pairs = list(_pairs(document["coordinates"])) if document["type"] in ("Polygon", "MultiPolygon") else []
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unfit("not_a_polygon", text) from error
    if len(pairs) < 4:
        raise Unfit("not_a_polygon", text)
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _pairs(nested: Any) -> list[tuple[float, float]]:
    if isinstance(nested, list) and nested and isinstance(nested[0], int | float):
        x, y = float(nested[0]), float(nested[1])
        if not (abs(x) < 1e8 and abs(y) < 1e8):
            raise ValueError("not a coordinate")
        return [(x, y)]
    if not isinstance(nested, list):
        raise TypeError("not a list of coordinates")
    return [pair for item in nested for pair in _pairs(item)]


def _read_address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise Unfit("not_an_address", text)
    return text


def read_siren(text: str) -> str:
    """The SIREN of a SIREN or SIRET, spaces allowed; its check digit (Luhn) must hold."""
    digits = _SPACES.sub("", text).removesuffix(".0")
    digits = digits.zfill(14 if len(digits) in (12, 13) else 9)  # a spreadsheet eats zeros on the left
    if not re.fullmatch(r"\d{9}(?:\d{5})?", digits) or not _passes_luhn(digits[:9]):
        raise Unfit("not_a_siren", text)
    return digits[:9]


def _passes_luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _read_postcode(text: str) -> str:
    """Five digits; the leading zero that a spreadsheet ate is put back."""
    if not re.fullmatch(r"\d{4,5}", text):
        raise Unfit("not_a_postcode", text)
    return text.zfill(5)


def _read_bound(text: str) -> float:
    """The lower bound of « 5-10 »: a stated range promises no more than that."""
    return read_number(text.split("-", maxsplit=1)[0].strip() or text)


def _read_code(text: str, name: str) -> str:
    """The code of a list of the contract, from the code, a label or a spelling of the source."""
    wanted = text.casefold()
    for code, row in contract.codes(name).items():
        if wanted in {word.casefold() for word in (code, row.fr, row.en, *row.source)}:
            return code
    raise Unfit("not_allowed", text, " / ".join(contract.codes(name)))


def _one_of(text: str, values: tuple[str, ...]) -> str:
    found = next((value for value in values if value.casefold() == text.casefold()), None)
    if found is None:
        raise Unfit("not_allowed", text, " / ".join(values))
    return found


_READERS: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "number": read_number,
    "bound": _read_bound,
    "date": read_date,
    "year": _read_year,
    "point": _read_point,
    "polygon": _read_polygon,
    "address": _read_address,
    "siren": read_siren,
    "postcode": _read_postcode,
}

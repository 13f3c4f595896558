"""Checks that collect every failure, with the row and the reason, before the build is refused.

Each helper takes a ``Failures`` and adds to it; none raises. Call ``Failures.raise_if_any`` at the end.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
import shapely

import contract
from etl.encode import to_plain
from etl.errors import ChecksFailed
from etl.manifest import is_filled
from etl.products import Product

MAX_SHOWN = 10
"""Rows shown a check; the rest are counted."""

# West, south, east, north in degrees WGS84, by region code (COM codes for the two collectivities).
METROPOLE = (-5.5, 41.2, 9.8, 51.3)
TERRITORIES: Mapping[str, tuple[float, float, float, float]] = {
    "01": (-62.0, 15.7, -60.9, 16.7),
    "02": (-61.4, 14.3, -60.7, 15.0),
    "03": (-54.7, 2.0, -51.5, 6.0),
    "04": (55.1, -21.5, 55.95, -20.75),
    "06": (44.9, -13.15, 45.4, -12.5),
    "987": (-155.0, -28.0, -134.0, -7.0),
    "988": (163.0, -23.0, 168.5, -19.5),
}


class Failures:
    """What failed so far, as one line each."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, what: str, reason: str) -> None:
        self.lines.append(f"{what}: {reason}")

    def add_rows(self, what: str, reason: str, rows: Collection[Any]) -> None:
        """One line for all the rows with the same defect; nothing when there are none."""
        if rows:
            shown = ", ".join(str(row) for row in list(rows)[:MAX_SHOWN])
            more = f" and {len(rows) - MAX_SHOWN} more" if len(rows) > MAX_SHOWN else ""
            self.add(what, f"{reason} ({len(rows)} row(s): {shown}{more})")

    def raise_if_any(self) -> None:
        if self.lines:
            raise ChecksFailed(self.lines)


def keys_of(frame: pd.DataFrame, key: Collection[str]) -> list[str]:
    """The key of each row as one text, to name it in a message or to compare two tables."""
    columns = [frame[name].tolist() for name in key]
    return ["/".join(str(to_plain(value)) for value in row) for row in zip(*columns, strict=True)]


def check_columns(product: Product, failures: Failures) -> None:
    """Columns, kinds, nulls and allowed values of a table, as the contract says."""
    table, frame = product.contract_table, product.frame
    if table is None or frame is None:
        failures.add(product.filename, "no such table in the contract")
        return
    missing, unknown = set(table.fields) - set(frame.columns), set(frame.columns) - set(table.fields)
    if missing or unknown:
        failures.add(product.filename, f"columns missing: {sorted(missing)}; not in the contract: {sorted(unknown)}")
        return
    rows = keys_of(frame, table.key)
    for field in table.fields.values():
        _check_field(product.filename, field, frame[field.name].tolist(), rows, failures)


def _check_field(filename: str, field: contract.Field, values: list[Any], rows: list[str], failures: Failures) -> None:
    where = f"{filename}: {field.name}"
    plain = [to_plain(value) for value in values]
    null = [row for row, value in zip(rows, plain, strict=True) if value is None]
    if not field.is_nullable and field.kind != "list":
        failures.add_rows(where, "null where a value is required", null)
    filled = [(row, value) for row, value in zip(rows, plain, strict=True) if value is not None]
    wrong = [f"{row} = {value!r}" for row, value in filled if not _is_of_kind(field.kind, value)]
    failures.add_rows(where, f"expected {field.kind}", wrong)
    allowed = set(field.allowed())
    if allowed:
        pairs = [(row, item) for row, value in filled for item in (value if isinstance(value, list) else [value])]
        wrong = [f"{row} = {item!r}" for row, item in pairs if item not in allowed]
        failures.add_rows(where, "value not allowed", wrong)


def _is_of_kind(kind: contract.Kind, value: Any) -> bool:
    if kind == "date":
        return isinstance(value, str) and _is_date(value)
    if kind == "int":
        return not isinstance(value, bool) and isinstance(value, int | float) and float(value).is_integer()
    if kind == "float":
        return not isinstance(value, bool) and isinstance(value, int | float)
    types: dict[str, type] = {"string": str, "bool": bool, "list": list}
    return isinstance(value, types.get(kind, object))


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def check_unique_key(product: Product, failures: Failures) -> None:
    """No key twice, whatever the file: the key columns that the product has."""
    table, frame = product.contract_table, product.frame
    if table is None or frame is None:
        return
    key = [name for name in table.key if name in frame.columns]
    rows = pd.Series(keys_of(frame, key), dtype=object) if key else pd.Series(dtype=object)
    failures.add_rows(product.filename, f"key {'/'.join(key)} not unique", sorted(set(rows[rows.duplicated()])))


def check_bounds(product: Product, failures: Failures) -> None:
    """Every position is in France; in its own overseas region when the row says which (``code_region``)."""
    frame = product.frame
    if frame is None or not {"lon", "lat"} <= set(frame.columns):
        return
    is_area = "bbox" in frame.columns or product.name == "communes"  # elsewhere the region is as stated, maybe wrong
    regions = frame["code_region"].tolist() if is_area and "code_region" in frame.columns else [None] * len(frame)
    table = product.contract_table
    rows = keys_of(frame, table.key) if table else [str(index) for index in range(len(frame))]
    outside = [
        f"{row} ({lon}, {lat}){_hint(float(lon), float(lat))}"
        for row, lon, lat, region in zip(rows, frame["lon"], frame["lat"], regions, strict=True)
        if to_plain(lon) is not None and not is_in_france(float(lon), float(lat), to_plain(region))
    ]
    failures.add_rows(product.filename, "position outside its territory", outside)


def _hint(lon: float, lat: float) -> str:
    if max(abs(lon), abs(lat)) > 360:
        return ": metres, not degrees?"
    return ": latitude and longitude swapped?" if is_in_france(lat, lon) else ""


def is_in_france(lon: float, lat: float, code_region: str | None = None) -> bool:
    """Whether a point (WGS84 degrees) is in the box of its region, or in any French box when none is given."""
    boxes = [METROPOLE, *TERRITORIES.values()]
    if code_region is not None:
        boxes = [TERRITORIES.get(code_region, METROPOLE)]
    return any(west <= lon <= east and south <= lat <= north for west, south, east, north in boxes)


def check_geometry(product: Product, failures: Failures) -> None:
    """Every shape is there (points may be null) and valid, and none is empty."""
    if product.geometry is None or product.frame is None:
        return
    table = product.contract_table
    key = [name for name in table.key if name in product.frame.columns] if table else []
    rows = keys_of(product.frame, key) if key else [str(index) for index in range(len(product.frame))]
    pairs = list(zip(rows, product.geometry, strict=True))
    may_be_null = table is not None and table.geometry == "point"
    empty = [
        row for row, shape in pairs if (shape is None and not may_be_null) or (shape is not None and shape.is_empty)
    ]
    failures.add_rows(product.filename, "no shape", empty)
    invalid = [f"{row}: {shapely.is_valid_reason(shape)}" for row, shape in pairs if shape and not shape.is_valid]
    failures.add_rows(product.filename, "invalid shape", invalid)


def check_shapes_have_rows(layer: Product, table: Product, failures: Failures) -> None:
    """Every shape of ``layer`` has a row in ``table`` and vice versa, on the key columns that the layer has."""
    spec = table.contract_table
    if spec is None or layer.frame is None or table.frame is None:
        return
    key = [name for name in spec.key if name in layer.frame.columns]
    wanted = table.frame
    if "millesime" in spec.key:  # one file a millesime; the overview files say which by their name alone
        wanted = wanted[[str(value) in layer.name for value in wanted["millesime"]]]
    shapes, rows = set(keys_of(layer.frame, key)), set(keys_of(wanted, key))
    failures.add_rows(layer.filename, f"shapes without a row in {table.filename}", sorted(shapes - rows))
    failures.add_rows(layer.filename, f"rows of {table.filename} without a shape", sorted(rows - shapes))


def check_count(what: str, found: int, expected: int, failures: Failures) -> None:
    """An official total."""
    if found != expected:
        failures.add(what, f"expected {expected}, found {found}")


def check_coverage(product: Product, previous: Mapping[str, Any], failures: Failures) -> None:
    """No fewer rows and no fewer filled cells than in the last manifest (``previous``: its ``files``)."""
    before = previous.get(product.filename)
    if before is None:
        return
    if product.n_rows < before["rows"]:
        failures.add(product.filename, f"{before['rows']} rows before, {product.n_rows} now: coverage shrank")
    if product.kind != "table" or product.frame is None:
        return
    for name, count in before.get("filled", {}).items():
        found = sum(map(is_filled, product.frame[name].tolist())) if name in product.frame.columns else 0
        if found < count:
            failures.add(f"{product.filename}: {name}", f"{count} filled before, {found} now: coverage shrank")

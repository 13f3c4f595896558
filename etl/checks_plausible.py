"""Is a build believable next to the publication that it would replace, and on the map? Units, lost rows, wild shapes.

The last publication is read from its own files: a figure is held against the same figure of the same row. A file of it
that cannot be read back is not compared; the counts of its manifest still are (``check_coverage``).
"""

import hashlib
import statistics
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import shapely

import contract
from etl.checks import METROPOLE, TERRITORIES, Failures, keys_of
from etl.encode import to_plain
from etl.products import Product

MAX_RATIO = 500
"""A figure that became so many times larger, or smaller, is in another unit: no real one moves as much."""
MAX_VERTICES = 200_000
"""Of one shape: ten times the heaviest that is published; more would stop every browser."""

Rows = dict[str, dict[str, Any]]


def check_against_last(product: Product, last: Path, files: Mapping[str, Any], failures: Failures) -> None:
    """Amounts in another unit and rows that are gone, each named with what was there before.

    Args:
        last: the folder of the last publication.
        files: the ``files`` of its manifest.
    """
    table, frame = product.contract_table, product.frame
    if product.kind != "table" or table is None or frame is None or set(table.key) - set(frame.columns):
        return
    fields = [field for field in table.fields.values() if field.name not in table.key and field.name in frame.columns]
    figures = [field.name for field in fields if _is_figure(field)]
    before = _read_last(last / product.filename, files.get(product.filename), table, figures)
    if before is None:
        return
    now = _rows(frame, table, figures)
    if product.n_rows < len(before):
        failures.add_rows(
            product.filename, "rows of the last publication that are gone", sorted(set(before) - set(now))
        )
    for name in figures:
        _check_figure(f"{product.filename}: {name}", name, before, now, failures)


def _is_figure(field: contract.Field) -> bool:
    return field.kind in ("int", "float") and not (field.unit or "").startswith("°")


def _read_last(path: Path, entry: Mapping[str, Any] | None, table: contract.Table, figures: list[str]) -> Rows | None:
    """The rows of a published table by key; None when it is not there, not whole, or had other columns."""
    if entry is None or not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
        return None
    known = set(pq.read_schema(path).names)
    if set(table.key) - known:
        return None
    frame = pq.read_table(path, columns=[*table.key, *(name for name in figures if name in known)]).to_pandas()
    return _rows(frame, table, figures)


def _rows(frame: pd.DataFrame, table: contract.Table, figures: list[str]) -> Rows:
    kept = [name for name in figures if name in frame.columns]
    values = zip(*(frame[name].tolist() for name in kept), strict=True) if kept else ((),) * len(frame)
    return {key: dict(zip(kept, row, strict=True)) for key, row in zip(keys_of(frame, table.key), values, strict=True)}


def _check_figure(where: str, name: str, before: Rows, now: Rows, failures: Failures) -> None:
    """Each row next to itself; a new row next to the largest figure of before."""
    known = {key: value for key, row in before.items() if (value := _number(row.get(name)))}
    if not known:
        return
    largest = max(known.values())
    wrong = []
    for key, row in now.items():
        value = _number(row.get(name))
        if not value:
            continue
        if key in known and not 1 / MAX_RATIO < value / known[key] < MAX_RATIO:
            wrong.append(f"{key}: {known[key]:g} before, {value:g} now")
        elif key not in before and value > MAX_RATIO * largest:
            wrong.append(f"{key}: new with {value:g}, the largest was {largest:g}")
    usual = statistics.median(known.values())
    failures.add_rows(where, f"another order of magnitude (median {usual:g} before): is the unit right?", wrong)


def _number(value: Any) -> float | None:
    """The size of a figure; None for a null, and for a text in its place, which ``check_columns`` tells."""
    plain = to_plain(value)
    return abs(float(plain)) if isinstance(plain, int | float) and not isinstance(plain, bool) else None


def check_extent(product: Product, failures: Failures) -> None:
    """Every shape lies in one French territory, in degrees, longitude first, and is not too heavy to be drawn."""
    table = product.contract_table
    if product.kind != "geojson" or table is None or product.frame is None or product.geometry is None:
        return
    key = [name for name in table.key if name in product.frame.columns]
    wild, heavy = [], []
    for row, shape in zip(keys_of(product.frame, key), product.geometry, strict=True):
        if shape is None or shape.is_empty:
            continue
        if reason := _wrong_place(shape):
            wild.append(f"{row}: {reason}")
        if (size := shapely.get_num_coordinates(shape)) > MAX_VERTICES:
            heavy.append(f"{row}: {size}")
    failures.add_rows(product.filename, "shape outside every French territory", wild)
    failures.add_rows(product.filename, f"over {MAX_VERTICES} vertices", heavy)


def _wrong_place(shape: shapely.Geometry) -> str:
    """Why a shape is not where it should be; empty when it is."""
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        return "a coordinate is not a number"
    west, south, east, north = (float(value) for value in shape.bounds)
    if _is_in_one_box(west, south, east, north):
        return ""
    found = f"[{west:g}, {south:g}, {east:g}, {north:g}]"
    return f"{found}{guess(west, south, east, north)}"


def _is_in_one_box(west: float, south: float, east: float, north: float) -> bool:
    return any(
        box[0] <= west and box[1] <= south and east <= box[2] and north <= box[3]
        for box in (METROPOLE, *TERRITORIES.values())
    )


def guess(west: float, south: float, east: float, north: float) -> str:
    """What a wrong extent looks like, to be read after it; empty when it looks like nothing known."""
    if max(map(abs, (west, south, east, north))) > 360:
        return ": metres, not degrees? expected WGS84 (EPSG:4326)"
    if _is_in_one_box(south, west, north, east):
        return ": latitude and longitude swapped? expected longitude first"
    return ""

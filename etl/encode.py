"""Products to bytes, deterministically: the same product gives the same bytes, whatever the order of its rows."""

import datetime as dt
import io
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from shapely.geometry.base import BaseGeometry

import contract
from etl.errors import PublishError
from etl.products import Product

POLYGON_DECIMALS = 4  # about 10 m: 3 break the validity of simplified polygons
POINT_DECIMALS = 5  # about 1 m


def encode_product(product: Product) -> bytes:
    """The bytes of the file. Raises PublishError when the product cannot be written as its contract says."""
    if product.kind == "raw":
        if product.raw is None:
            raise PublishError(f"{product.filename}: a raw product needs `raw`.")
        return product.raw
    if product.frame is None:
        raise PublishError(f"{product.filename}: a {product.kind} product needs `frame`.")
    order = _order(product, product.frame)
    frame = product.frame.iloc[order].reset_index(drop=True)
    if product.kind == "table":
        return _encode_parquet(product, frame)
    if product.geometry is None or len(product.geometry) != len(frame):
        raise PublishError(f"{product.filename}: expected one geometry a row ({len(frame)} rows).")
    return _encode_geojson(frame, [product.geometry[index] for index in order], product.contract_table)


def bounds_of(product: Product) -> list[float] | None:
    """West, south, east, north in WGS84 degrees, from the shapes or from lon/lat; None without any position."""
    if product.geometry is not None:
        shapes = [shape for shape in product.geometry if shape is not None and not shape.is_empty]
        return [round(float(value), POINT_DECIMALS) for value in shapely.total_bounds(shapes)] if shapes else None
    if product.frame is None or not {"lon", "lat"} <= set(product.frame.columns):
        return None
    place = product.frame[["lon", "lat"]].astype("float64").dropna()
    if place.empty:
        return None
    values = [place["lon"].min(), place["lat"].min(), place["lon"].max(), place["lat"].max()]
    return [round(float(value), POINT_DECIMALS) for value in values]


def to_plain(value: Any) -> Any:
    """A JSON value: every way of saying missing (None, NaN, NaT, NA) becomes None, numpy and dates become plain."""
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [to_plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    return value.item() if isinstance(value, np.generic) else value


def _order(product: Product, frame: pd.DataFrame) -> list[int]:
    """Row positions sorted by the contract's key (as far as the frame has it), else by the first column."""
    table = product.contract_table
    key = [column for column in table.key if column in frame.columns] if table else []
    columns = [frame[column].tolist() for column in key or list(frame.columns[:1])]
    return sorted(range(len(frame)), key=lambda row: tuple(str(to_plain(column[row])) for column in columns))


def _encode_parquet(product: Product, frame: pd.DataFrame) -> bytes:
    table = product.contract_table
    if table is None:
        raise PublishError(f"{product.filename}: no table {product.table or product.name!r} in the contract.")
    wanted, found = list(table.fields), list(frame.columns)
    if set(wanted) != set(found):
        missing, unknown = sorted(set(wanted) - set(found)), sorted(set(found) - set(wanted))
        raise PublishError(f"{product.filename}: columns missing: {missing}; not in the contract: {unknown}.")
    arrays = [_array(product, field, frame[field.name].tolist()) for field in table.fields.values()]
    stream = io.BytesIO()
    # No pandas metadata: it would carry versions. No statistics that depend on page layout beyond the default.
    content = pa.table(arrays, names=wanted)
    pq.write_table(content, stream, compression="zstd", compression_level=9, version="2.6", row_group_size=1 << 20)
    return stream.getvalue()


def _array(product: Product, field: contract.Field, values: list[Any]) -> pa.Array:
    plain = [to_plain(value) for value in values]
    try:
        return pa.array([_cast(field, value) for value in plain], type=_arrow_type(field, plain))
    except (pa.ArrowException, ValueError, TypeError) as error:
        raise PublishError(f"{product.filename}: {field.name}: expected {field.kind}: {error}.") from error


def _arrow_type(field: contract.Field, values: Sequence[Any]) -> pa.DataType:
    if field.kind == "list":
        is_number = any(isinstance(item, float) for value in values for item in (value or ()))
        return pa.list_(pa.float64() if is_number else pa.string())
    types = {"string": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_(), "date": pa.date32()}
    return types.get(field.kind, pa.string())


def _cast(field: contract.Field, value: Any) -> Any:
    if value is None:
        return None
    if field.kind == "date":
        return dt.date.fromisoformat(value)
    if field.kind == "json":
        return value if isinstance(value, str) else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    if field.kind == "int" and isinstance(value, float):
        if not value.is_integer():
            raise ValueError(f"{value} is not a whole number")
        return int(value)
    if field.kind == "float" and isinstance(value, int):
        return float(value)
    return value


def _encode_geojson(frame: pd.DataFrame, shapes: list[BaseGeometry | None], table: contract.Table | None) -> bytes:
    """One feature a line, so that a diff shows which ones changed."""
    integers = {name for name in frame.columns if table and name in table.fields and table.fields[name].kind == "int"}
    columns = {str(name): frame[name].tolist() for name in frame.columns}
    lines = []
    for row, shape in enumerate(shapes):
        properties = {name: to_plain(values[row]) for name, values in columns.items()}
        for name in integers:  # a null among integers made pandas turn the others into floats
            properties[name] = None if properties[name] is None else int(properties[name])
        feature = {"type": "Feature", "properties": properties, "geometry": round_shape(shape)}
        lines.append(orjson.dumps(feature))
    return b'{"type":"FeatureCollection","features":[\n' + b",\n".join(lines) + b"\n]}\n"


def round_shape(shape: BaseGeometry | None) -> dict[str, Any] | None:
    """A GeoJSON geometry, rounded (5 decimals for points, 4 for the rest), rings turned as RFC 7946 asks."""
    if shape is None or shape.is_empty:
        return None
    is_point = shape.geom_type in ("Point", "MultiPoint")
    decimals = POINT_DECIMALS if is_point else POLYGON_DECIMALS
    rounded = shapely.transform(shape, lambda points: np.round(points, decimals) + 0.0)  # + 0.0: no « -0.0 »
    if "Polygon" in shape.geom_type:
        rounded = shapely.orient_polygons(rounded)
    plain: dict[str, Any] = shapely.geometry.mapping(rounded)
    return plain

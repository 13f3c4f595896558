"""A published folder read back as products, to check it or to compare it with another."""

from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import pyarrow.parquet as pq
import shapely

from etl.errors import PublishError
from etl.manifest import read_manifest
from etl.products import Product


def read_products(folder: Path) -> list[Product]:
    """Every file of the manifest as a product. Raises PublishError when one is missing or unreadable."""
    manifest = read_manifest(folder)
    return [_read(folder / name, entry) for name, entry in manifest["files"].items()]


def _read(path: Path, entry: dict[str, Any]) -> Product:
    sources, millesime, table = tuple(entry["sources"]), entry["millesime"], entry["table"]
    try:
        if entry["kind"] == "table":
            frame = read_table(path)
            return Product(path.stem, "table", sources, millesime, frame, table=table)
        if entry["kind"] == "geojson":
            frame, shapes = _read_geojson(path)
            return Product(path.stem, "geojson", sources, millesime, frame, shapes, table=table)
        return Product(path.name, "raw", sources, millesime, raw=path.read_bytes(), rows=entry["rows"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PublishError(f"{path}: cannot be read back ({error!r}); run `python -m etl build`.") from error


def read_table(path: Path) -> pd.DataFrame:
    """A published Parquet, with plain Python values (an integer column with nulls stays integers and None)."""
    content = pq.read_table(path)
    return pd.DataFrame(
        {name: pd.Series(content[name].to_pylist(), dtype=object) for name in content.column_names}
    ).infer_objects()


def _read_geojson(path: Path) -> tuple[pd.DataFrame, list[Any]]:
    features = orjson.loads(path.read_bytes())["features"]
    frame = pd.DataFrame([feature["properties"] for feature in features])
    shapes = [shapely.geometry.shape(item["geometry"]) if item["geometry"] else None for item in features]
    return frame, shapes

"""GeoJSON (RFC 7946, WGS84), with the provenance in a ``metadata`` member at the top.

A feature without a position keeps ``"geometry": null``: it is in the file all the same. Missing is null, never 0.
"""

from collections.abc import Mapping
from typing import Any

import orjson
import pandas as pd

import contract
from exports.cells import plain_rows
from exports.provenance import Provenance

MIMETYPE = "application/geo+json"


def export_geojson(
    rows: pd.DataFrame, table: contract.Table, provenance: Provenance, shapes: Mapping[str, Any] | None = None
) -> bytes:
    """The rows of one table as the bytes of a FeatureCollection.

    Args:
        shapes: for a table of polygons, the GeoJSON geometries by the last column of its key; a row without one keeps
            a null geometry. A table of points takes its own ``lon`` and ``lat``.

    Raises:
        KeyError: ``rows`` lacks a column of the contract.
    """
    names = list(table.fields)
    features = [_feature(dict(zip(names, cells, strict=True)), table, shapes) for cells in plain_rows(rows, table)]
    document = {
        "type": "FeatureCollection",
        "metadata": provenance.to_json(len(features)),
        "features": features,
    }
    return orjson.dumps(document)


def _feature(properties: dict[str, Any], table: contract.Table, shapes: Mapping[str, Any] | None) -> dict[str, Any]:
    code = str(properties[table.key[-1]])
    geometry = _point(properties) if table.geometry == "point" else (shapes or {}).get(code)
    return {"type": "Feature", "id": code, "properties": properties, "geometry": geometry}


def _point(properties: dict[str, Any]) -> dict[str, Any] | None:
    lon, lat = properties["lon"], properties["lat"]
    return None if lon is None or lat is None else {"type": "Point", "coordinates": [lon, lat]}

"""The published geometries of one level, read when asked for: megabytes that the running atlas need not hold."""

import json
from typing import Any

from geodata.repository import Tables


def load_shapes(tables: Tables, name: str, key: str) -> dict[str, Any]:
    """The GeoJSON geometries (WGS84) of ``<name>.geojson`` by property ``key``.

    Raises:
        PublishedDataError: the manifest does not list that file.
    """
    features = json.loads(tables.path_of(f"{name}.geojson").read_bytes())["features"]
    return {feature["properties"][key]: feature["geometry"] for feature in features}


def load_backdrop(tables: Tables) -> dict[str, dict[str, Any]]:
    """The geometries (WGS84) of ``fond.geojson`` by type (``pays``, ``lac``, ``fleuve``), each under a number."""
    features = json.loads(tables.path_of("fond.geojson").read_bytes())["features"]
    found: dict[str, dict[str, Any]] = {}
    for number, feature in enumerate(features):
        found.setdefault(feature["properties"]["type"], {})[str(number)] = feature["geometry"]
    return found

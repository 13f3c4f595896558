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

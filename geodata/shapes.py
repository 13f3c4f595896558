"""The published geometries of one level, read when asked for: megabytes that the running atlas need not hold."""

import json
from typing import Any

from geodata.repository import Tables

_ANTILLES, _INDIAN_OCEAN = -58.0, 40.0  # degrees of longitude: west of the one, east of the other


def load_shapes(tables: Tables, name: str, key: str) -> dict[str, Any]:
    """The GeoJSON geometries (WGS84) of ``<name>.geojson`` by property ``key``.

    Raises:
        PublishedDataError: the manifest does not list that file.
    """
    features = json.loads(tables.path_of(f"{name}.geojson").read_bytes())["features"]
    return {feature["properties"][key]: feature["geometry"] for feature in features}


def load_outlines(tables: Tables, name: str, key: str) -> dict[str, Any]:
    """The geometries for a map of all of France: simplified, and the islands overseas in full, which insets enlarge.

    Raises:
        PublishedDataError: the manifest does not list one of the two files.
    """
    full = load_shapes(tables, name, key)
    overview = load_shapes(tables, f"{name}-apercu", key)
    return {code: full.get(code, shape) if _is_island(shape) else shape for code, shape in overview.items()}


def _is_island(shape: dict[str, Any]) -> bool:
    """Whether an area lies in the Antilles or in the Indian Ocean; Guyane is drawn smaller than it is."""
    place = shape["coordinates"]
    while not isinstance(place[0], (int, float)):
        place = place[0]
    return bool(place[0] < _ANTILLES or place[0] > _INDIAN_OCEAN)


def load_backdrop(tables: Tables) -> dict[str, dict[str, Any]]:
    """The geometries (WGS84) of ``fond.geojson`` by type (``pays``, ``lac``, ``fleuve``), each under a number."""
    features = json.loads(tables.path_of("fond.geojson").read_bytes())["features"]
    found: dict[str, dict[str, Any]] = {}
    for number, feature in enumerate(features):
        found.setdefault(feature["properties"]["type"], {})[str(number)] = feature["geometry"]
    return found

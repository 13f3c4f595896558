"""The published geometries of one level, read when asked for: megabytes that the running atlas need not hold."""

import json
from typing import Any

from geodata.repository import Tables

_EUROPE = (-12.0, 40.0, 12.0, 53.0)  # degrees: west, south, east, north


def load_shapes(tables: Tables, name: str, key: str) -> dict[str, Any]:
    """The GeoJSON geometries (WGS84) of ``<name>.geojson`` by property ``key``.

    Raises:
        PublishedDataError: the manifest does not list that file.
    """
    features = json.loads(tables.path_of(f"{name}.geojson").read_bytes())["features"]
    return {feature["properties"][key]: feature["geometry"] for feature in features}


def load_outlines(tables: Tables, name: str, key: str) -> dict[str, Any]:
    """The geometries for a map of all of France: simplified on the mainland, in full overseas, which insets enlarge.

    Raises:
        PublishedDataError: the manifest does not list one of the two files.
    """
    full = load_shapes(tables, name, key)
    overview = load_shapes(tables, f"{name}-apercu", key)
    return {code: full.get(code, shape) if _is_overseas(shape) else shape for code, shape in overview.items()}


def _is_overseas(shape: dict[str, Any]) -> bool:
    """Whether the first vertex of an area lies out of the frame of the mainland and Corse."""
    place = shape["coordinates"]
    while not isinstance(place[0], (int, float)):
        place = place[0]
    return not (_EUROPE[0] <= place[0] <= _EUROPE[2] and _EUROPE[1] <= place[1] <= _EUROPE[3])


def load_backdrop(tables: Tables) -> dict[str, dict[str, Any]]:
    """The geometries (WGS84) of ``fond.geojson`` by type (``pays``, ``lac``, ``fleuve``), each under a number."""
    features = json.loads(tables.path_of("fond.geojson").read_bytes())["features"]
    found: dict[str, dict[str, Any]] = {}
    for number, feature in enumerate(features):
        found.setdefault(feature["properties"]["type"], {})[str(number)] = feature["geometry"]
    return found

"""Questions about what was imported here: its sites for the map, a list and the drawer. They are in no total."""

import json
from collections.abc import Mapping
from typing import Any

from geodata.repository import Tables

_ON_MAP = ("site_id", "site_nom", "nom_commune", "code_departement", "code_region", "surface_ha", "position_quality")


def n_imported(tables: Tables) -> int:
    """How many sites were imported."""
    return len(tables.imported.sites)


def layer_of(tables: Tables) -> bytes:
    """The imported sites as GeoJSON, with what the map shows of each."""
    features = [
        {
            "type": "Feature",
            "geometry": feature["geometry"],
            "properties": {name: feature["properties"].get(name) for name in _ON_MAP},
        }
        for feature in tables.imported.sites
    ]
    document = {"type": "FeatureCollection", "features": features}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def list_imported(tables: Tables) -> tuple[dict[str, Any], ...]:
    """Every imported site with its position, by name."""
    rows = [_row(feature) for feature in tables.imported.sites]
    return tuple(sorted(rows, key=lambda row: (str(row["site_nom"]).casefold(), row["site_id"])))


def find_imported(tables: Tables, site_id: str) -> dict[str, Any] | None:
    """One imported site with its position; None when no file gave it."""
    found = (item for item in tables.imported.sites if item["properties"]["site_id"] == site_id)
    feature = next(found, None)
    return None if feature is None else _row(feature)


def _row(feature: Mapping[str, Any]) -> dict[str, Any]:
    lon, lat = feature["geometry"]["coordinates"]
    return {**feature["properties"], "lon": lon, "lat": lat}

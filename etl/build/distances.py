"""Nearest facility of each kind, as the crow flies, inside the same territory."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from etl.geometry import project_points

WITHHELD_UNDER_KM = 5.0
"""A position known to the commune only says nothing of shorter distances."""


@dataclass(frozen=True)
class Territory:
    """A land that is not crossed by road: name, EPSG of its projection, and its box in degrees."""

    name: str
    zone: int
    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        return (lon >= self.west) & (lon <= self.east) & (lat >= self.south) & (lat <= self.north)


TERRITORIES = (
    Territory("metropole", 2154, -5.5, 42.2, 8.4, 51.2),
    Territory("corse", 2154, 8.5, 41.2, 9.7, 43.1),
    Territory("guadeloupe", 5490, -61.9, 15.7, -60.9, 16.6),
    Territory("martinique", 5490, -61.3, 14.3, -60.7, 15.0),
    Territory("guyane", 2972, -54.7, 2.0, -51.5, 5.9),
    Territory("reunion", 2975, 55.1, -21.5, 55.9, -20.7),
    Territory("mayotte", 4471, 44.9, -13.1, 45.4, -12.5),
)


def nearest(places: pd.DataFrame, facilities: pd.DataFrame) -> tuple[list[str | None], np.ndarray]:
    """Name of, and kilometres to, the nearest facility of the same territory; null and NaN when it has none.

    Args:
        places: lon, lat in degrees; NaN when not known.
        facilities: nom, lon, lat.
    """
    names: list[str | None] = [None] * len(places)
    kilometres = np.full(len(places), np.nan)
    lon, lat = places["lon"].to_numpy(dtype=float), places["lat"].to_numpy(dtype=float)
    far_lon, far_lat = facilities["lon"].to_numpy(dtype=float), facilities["lat"].to_numpy(dtype=float)
    for land in TERRITORIES:
        here, there = np.flatnonzero(land.holds(lon, lat)), np.flatnonzero(land.holds(far_lon, far_lat))
        if not len(here) or not len(there):
            continue
        tree = shapely.STRtree(shapely.points(project_points(far_lon[there], far_lat[there], land.zone)))
        origins = shapely.points(project_points(lon[here], lat[here], land.zone))
        pairs, gaps = tree.query_nearest(origins, return_distance=True, all_matches=False)
        for origin, target, gap in zip(*pairs, gaps, strict=True):
            names[here[origin]] = facilities["nom"].iloc[there[target]]
            kilometres[here[origin]] = gap / 1_000
    return names, kilometres


def add_distances(sites: pd.DataFrame, facilities: Mapping[str, pd.DataFrame]) -> None:
    """Adds <kind>_nom, <kind>_dist_km (one decimal) and distances_sous_5_km.

    Under five kilometres the distance of a site placed at its commune is withheld; the name stays.
    """
    withheld: list[list[str]] = [[] for _ in range(len(sites))]
    is_vague = (sites["position_quality"] != "adresse").to_numpy()
    for kind, rows in facilities.items():
        names, kilometres = nearest(sites, rows)
        hidden = is_vague & (kilometres < WITHHELD_UNDER_KM)
        for row in np.flatnonzero(hidden):
            withheld[row].append(kind)
        sites[f"{kind}_nom"] = pd.Series(names, index=sites.index, dtype=object)
        sites[f"{kind}_dist_km"] = np.where(hidden, np.nan, kilometres).round(1)
    sites["distances_sous_5_km"] = pd.Series(withheld, index=sites.index, dtype=object)

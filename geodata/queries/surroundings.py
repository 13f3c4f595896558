"""What lies around a point: projects and inhabitants within a radius, as the crow flies.

Positions are those of the tables, WGS84 degrees; what is known by its commune only stands at its commune's point.
"""

import numpy as np
import pandas as pd

EARTH_KM = 6371.0088


def distances(lon: np.ndarray, lat: np.ndarray, to_lon: np.ndarray, to_lat: np.ndarray) -> np.ndarray:
    """Kilometres along the great circle from each point (rows) to each target (columns); NaN where one is unknown."""
    start, end = np.radians(lat)[:, None], np.radians(to_lat)[None, :]
    half_lat = (end - start) / 2
    half_lon = np.radians(to_lon[None, :] - lon[:, None]) / 2
    chord = np.sin(half_lat) ** 2 + np.cos(start) * np.cos(end) * np.sin(half_lon) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))


def count_within(places: pd.DataFrame, others: pd.DataFrame, kilometres: float) -> np.ndarray:
    """How many of ``others`` lie within ``kilometres`` of each place; NaN for a place without a position."""
    return sum_within(places, others[["lon", "lat"]].assign(one=1.0), "one", kilometres)


def sum_within(places: pd.DataFrame, others: pd.DataFrame, column: str, kilometres: float) -> np.ndarray:
    """The sum of ``column`` (null counts for nothing) over what lies within; NaN for a place without a position."""
    located = others[["lon", "lat", column]].dropna(subset=["lon", "lat"]).sort_values("lat", kind="stable")
    to_lon, to_lat = _position(located)
    weights = located[column].fillna(0).to_numpy(dtype=float)
    reach = np.degrees(kilometres / EARTH_KM) * (1 + 1e-9)
    totals = np.full(len(places), np.nan)
    for row, (lon, lat) in enumerate(zip(*_position(places), strict=True)):
        if np.isnan(lon) or np.isnan(lat):
            continue
        # Only what lies as near in latitude can be within: a tenth of a large table.
        near = slice(*np.searchsorted(to_lat, [lat - reach, lat + reach]))
        gaps = distances(np.array([lon]), np.array([lat]), to_lon[near], to_lat[near])[0]
        totals[row] = weights[near][gaps <= kilometres].sum()
    return totals


def _position(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    return rows["lon"].to_numpy(dtype=float), rows["lat"].to_numpy(dtype=float)

"""Where a point is: WGS84 or Lambert-93 recognised, swapped axes found, conversion without a library."""

from math import asin, atan, cos, exp, hypot, log, pi, radians, sin, sqrt, tan
from typing import NamedTuple

from imports.problems import Problem

FRANCE = (
    *((-5.3, 41.2, 9.8, 51.3), (-61.9, 15.7, -60.9, 16.6), (-61.3, 14.3, -60.7, 15.0), (-54.7, 2.0, -51.5, 5.9)),
    *((55.1, -21.5, 55.9, -20.8), (44.9, -13.1, 45.4, -12.6), (-56.6, 46.7, -56.0, 47.2), (-63.2, 17.8, -62.7, 18.2)),
    *((163.0, -23.0, 169.0, -19.0), (-155.0, -28.0, -134.0, -7.0), (-178.5, -14.6, -175.9, -13.0)),
)
"""Boxes [west, south, east, north] that hold every French place, mainland first; degrees, WGS84."""
LAMBERT = (0.0, 6_000_000.0, 1_310_000.0, 7_200_000.0)
"""Box of mainland France in Lambert-93 (EPSG:2154), metres; it overlaps none of the boxes above."""

_E = 0.0818191910428158  # first eccentricity of GRS80
_N, _C = 0.7256077650532670, 11_754_255.4261
_X0, _Y0 = 700_000.0, 12_655_612.0499
_LON0 = radians(3.0)


class Position(NamedTuple):
    """A place in degrees, WGS84, rounded to five decimals (a metre)."""

    lon: float
    lat: float


def place_point(x: float, y: float, line: int, column: str) -> tuple[Position | None, Problem | None]:
    """The position of a pair of numbers, longitude or Lambert-93 easting first, and what is to be said of it.

    A pair that falls in France only once turned round is not turned in silence: it is a fault.
    """
    shown = f"{x:g}, {y:g}" if abs(x) < 1e4 else f"{x:.0f}, {y:.0f}"
    if is_in_france(x, y):
        return Position(round(x, 5), round(y, 5)), None
    if _is_within(x, y, LAMBERT):
        found = lambert_to_wgs84(x, y)
        said = f"{shown} → {found.lon:.5f}, {found.lat:.5f}"
        return found, Problem("lambert", line, column, said, is_blocking=False)
    if is_in_france(y, x) or _is_within(y, x, LAMBERT):
        return None, Problem("swapped", line, column, shown)
    return None, Problem("outside", line, column, shown)


def is_in_france(lon: float, lat: float) -> bool:
    """Within one of the boxes of France: a test of plausibility, not of the border."""
    return any(_is_within(lon, lat, box) for box in FRANCE)


def _is_within(x: float, y: float, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def lambert_to_wgs84(x: float, y: float) -> Position:
    """Lambert-93 metres → degrees: the inverse conic projection of IGN's note NT/G 71; RGF93 is WGS84 to a metre."""
    radius = hypot(x - _X0, y - _Y0)
    lon = _LON0 + atan((x - _X0) / (_Y0 - y)) / _N
    isometric = -log(radius / _C) / _N
    lat = 2 * atan(exp(isometric)) - pi / 2
    for _ in range(8):  # converges to 1e-11 rad in five
        lat = 2 * atan(((1 + _E * sin(lat)) / (1 - _E * sin(lat))) ** (_E / 2) * exp(isometric)) - pi / 2
    return Position(round(lon * 180 / pi, 5), round(lat * 180 / pi, 5))


def wgs84_to_lambert(lon: float, lat: float) -> tuple[float, float]:
    """Degrees → Lambert-93 metres: what proves the inverse."""
    phi = radians(lat)
    isometric = log(tan(pi / 4 + phi / 2) * ((1 - _E * sin(phi)) / (1 + _E * sin(phi))) ** (_E / 2))
    radius, angle = _C * exp(-_N * isometric), _N * (radians(lon) - _LON0)
    return _X0 + radius * sin(angle), _Y0 - radius * cos(angle)


def distance_km(first: Position, second: Position) -> float:
    """Great-circle distance on a sphere of 6,371 km."""
    lon1, lat1, lon2, lat2 = map(radians, (*first, *second))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12_742 * asin(sqrt(min(1.0, half)))

"""Where a point of the Earth falls on a static map: Lambert-93 for the mainland, a local plane overseas.

Metres east and north; on the Lambert-93 ellipsoid (GRS80) the formulas are those of the IGN (note NTG 71).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

MAINLAND = (-5.2, 41.3, 9.65, 51.15)

# West, south, east, north of the islands and of Guyane, as the map shows them.
OVERSEAS = (
    (-61.85, 15.8, -60.95, 16.55),  # Guadeloupe
    (-61.28, 14.35, -60.78, 14.92),  # Martinique
    (-54.65, 2.05, -51.55, 5.85),  # Guyane
    (55.18, -21.42, 55.87, -20.83),  # La Réunion
    (45.0, -13.03, 45.32, -12.62),  # Mayotte
)

_RADIUS = 6_378_137.0
_ECCENTRICITY = 0.0818191910428158
_CONE = 0.7256077650532670  # sine of the cone, 1/n of the two parallels 44° and 49°
_CONSTANT = 11_754_255.4261
_POLE_X, _POLE_Y = 700_000.0, 12_655_612.0499
_MERIDIAN = math.radians(3.0)
_METRES_A_DEGREE = 111_320.0


@dataclass(frozen=True)
class Place:
    """A part of the world on one plane: ``bbox`` in degrees; the mainland is projected in Lambert-93."""

    bbox: tuple[float, float, float, float]
    is_mainland: bool

    def project(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Metres east and north of a point in degrees (WGS84)."""
        if self.is_mainland:
            return _lambert93(longitude, latitude)
        middle = math.radians((self.bbox[1] + self.bbox[3]) / 2)
        return longitude * _METRES_A_DEGREE * math.cos(middle), latitude * _METRES_A_DEGREE

    def holds(self, longitude: float, latitude: float) -> bool:
        """False for a point of another part of the world, which this plane would put anywhere."""
        west, south, east, north = self.bbox
        return west - 8 <= longitude <= east + 8 and south - 8 <= latitude <= north + 8


@dataclass(frozen=True)
class Box:
    """A place drawn in a rectangle of the picture: pixels from its top left; ``scale`` in pixels a metre."""

    place: Place
    left: float
    top: float
    width: float
    height: float
    scale: float
    origin: tuple[float, float]

    def may_show(self, line: Sequence[Sequence[float]]) -> bool:
        """False when the line's own frame lies outside the box."""
        west, south, east, north = self.place.bbox
        longitudes, latitudes = [point[0] for point in line], [point[1] for point in line]
        margin = max(east - west, north - south)
        return (
            max(longitudes) >= west - margin
            and min(longitudes) <= east + margin
            and max(latitudes) >= south - margin
            and min(latitudes) <= north + margin
        )

    def shows(self, x: float, y: float) -> bool:
        """Whether a point in pixels of the box lies in it."""
        return 0 <= x <= self.width and 0 <= y <= self.height


def fit(bbox: tuple[float, float, float, float], width: float, height: float | None = None) -> Box:
    """The whole of ``bbox`` (degrees), as large as it can be, in a picture of ``width`` pixels, at the top left."""
    return _box(bbox, 0, 0, width, height)


def france(width: float) -> list[Box]:
    """The mainland, and under it a row of the overseas regions, each at a scale of its own."""
    mainland = _box(MAINLAND, 0, 0, width, None)
    gap = width * 0.012
    side = (width - gap * (len(OVERSEAS) + 1)) / len(OVERSEAS)
    row = [
        _box(bbox, gap + position * (side + gap), mainland.height + gap, side, side)
        for position, bbox in enumerate(OVERSEAS)
    ]
    return [mainland, *row]


def _box(bbox: tuple[float, float, float, float], left: float, top: float, width: float, height: float | None) -> Box:
    place = Place(bbox, _is_mainland(bbox))
    west, south, east, north = _metres(place)
    wide, tall = max(east - west, 1.0), max(north - south, 1.0)
    height = width * tall / wide if height is None else height
    scale = min(width / wide, height / tall)
    origin = ((west + east) / 2 - width / scale / 2, (south + north) / 2 + height / scale / 2)
    return Box(place, left, top, width, height, scale, origin)


def _is_mainland(bbox: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bbox
    return west > -15 and east < 20 and south > 35 and north < 60


def _metres(place: Place) -> tuple[float, float, float, float]:
    """The projected frame of a place: its border is curved, so points along each side are looked at."""
    west, south, east, north = place.bbox
    steps = [step / 8 for step in range(9)]
    border = [(west + (east - west) * step, latitude) for step in steps for latitude in (south, north)]
    border += [(longitude, south + (north - south) * step) for step in steps for longitude in (west, east)]
    points = [place.project(*point) for point in border]
    return (
        min(x for x, _ in points),
        min(y for _, y in points),
        max(x for x, _ in points),
        max(y for _, y in points),
    )


def _lambert93(longitude: float, latitude: float) -> tuple[float, float]:
    sine = math.sin(math.radians(latitude))
    isometric = math.atanh(sine) - _ECCENTRICITY * math.atanh(_ECCENTRICITY * sine)
    radius = _CONSTANT * math.exp(-_CONE * isometric)
    angle = _CONE * (math.radians(longitude) - _MERIDIAN)
    return _POLE_X + radius * math.sin(angle), _POLE_Y - radius * math.cos(angle)

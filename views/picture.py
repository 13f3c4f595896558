"""The first view of Carte as a picture: what the map will show, seen before the map's own code has come.

Web Mercator, framed as the map's first view (``METROPOLE`` in assets/js/map/index.mjs), in the colours of the style
sheet (``--map-…`` in assets/css/tokens.css). A bitmap, because a browser without a graphics card takes two seconds to
draw the same picture as an SVG, and keeps the map waiting meanwhile. AVIF: about 27 kB, a third of any other format.
"""

import io
import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from views.plan import lines_of

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

FRAME = (-5.1, 41.3, 9.6, 51.1)  # west, south, east, north, degrees
WIDTH = 800
SUFFIX = ".avif"

_OVERSAMPLED = 3  # drawn that much larger, then reduced: Pillow's own lines have stairs
_QUALITY, _SPEED = 36, 8  # slower speeds gain nothing on flat colours
_SEA, _LAND, _TERRITOIRE, _PROJET, _SITE, _BORDER = "#e6eef2", "#fcfbf8", "#1f6f8b", "#14213d", "#c8431d", "#8f98aa"
_FILL = "#c0d5db"  # a territoire at 27 % over the land
_DOT, _DIAMOND, _LINE = 1.8, 6, 1.4  # pixels: radius, half of a diagonal, width of a border

Shapes = Iterable[Mapping[str, Any]]
Points = Iterable[tuple[float, float]]
Line = list[tuple[float, float]]


def draw_picture(regions: Shapes, territoires: Shapes, projects: Points, sites: Points) -> bytes:
    """The AVIF of the mainland: land, territoires, borders of regions, a dot a project, a diamond a site.

    A diamond is hollow, as the map draws a site that is known by its commune: all are.

    Args:
        regions, territoires: GeoJSON geometries, WGS84.
        projects, sites: longitude and latitude.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415 - a new publication asks for it, no other start does

    height = _project(FRAME[0], FRAME[1])[1]
    large = Image.new("RGB", (WIDTH * _OVERSAMPLED, round(height)), _SEA)
    pen = ImageDraw.Draw(large)
    land = list(_lines(regions))
    for line in land:
        pen.polygon(line, fill=_LAND)
    for line in _lines(territoires):
        pen.polygon(line, fill=_FILL)
        pen.line(line, fill=_TERRITOIRE, width=_scaled(_LINE * 0.6))
    for line in land:
        pen.line(line, fill=_BORDER, width=_scaled(_LINE))
    _draw_points(pen, projects, sites)
    written = io.BytesIO()
    small = large.resize((WIDTH, round(height / _OVERSAMPLED)), Image.Resampling.LANCZOS)
    small.save(written, "AVIF", quality=_QUALITY, speed=_SPEED, max_threads=1)
    return written.getvalue()


def _draw_points(pen: "ImageDraw", projects: Points, sites: Points) -> None:
    dot, diamond = _DOT * _OVERSAMPLED, _DIAMOND * _OVERSAMPLED
    for x, y in _places(projects):
        pen.ellipse((x - dot, y - dot, x + dot, y + dot), fill=_PROJET)
    for x, y in _places(sites):
        corners = [(x, y - diamond), (x + diamond, y), (x, y + diamond), (x - diamond, y)]
        pen.polygon(corners, fill="#ffffff", outline=_SITE, width=_scaled(2))


def _scaled(pixels: float) -> int:
    return max(1, round(pixels * _OVERSAMPLED))


@cache
def _scale() -> tuple[float, float]:
    """Units a radian, and the Mercator ordinate of the top."""
    west, _, east, north = FRAME
    return WIDTH * _OVERSAMPLED / math.radians(east - west), math.asinh(math.tan(math.radians(north)))


def _project(longitude: float, latitude: float) -> tuple[float, float]:
    """Units of the large picture from the top left of the frame, in Web Mercator."""
    scale, top = _scale()
    down = top - math.asinh(math.tan(math.radians(latitude)))
    return math.radians(longitude - FRAME[0]) * scale, down * scale


def _is_inside(longitude: float, latitude: float) -> bool:
    west, south, east, north = FRAME
    return west <= longitude <= east and south <= latitude <= north


def _places(points: Points) -> Iterator[tuple[float, float]]:
    return (_project(*point) for point in points if _is_inside(*point))


def _lines(shapes: Shapes) -> Iterator[Line]:
    """The rings that begin in the frame, in units of the large picture."""
    rings = (line for shape in shapes for line, _ in lines_of(shape))
    return ([_project(point[0], point[1]) for point in line] for line in rings if _is_inside(line[0][0], line[0][1]))

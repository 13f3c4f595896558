"""The first view of Carte as a picture: what the map will show, seen before the map's own code has come.

Web Mercator, framed as the map's first view (``METROPOLE`` in assets/js/map/index.mjs), in the colours of the style
sheet (``--map-…`` in assets/css/tokens.css). One unit is a pixel at ``WIDTH``; a picture is about 15 kB on the wire.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from views.plan import lines_of

FRAME = (-5.1, 41.3, 9.6, 51.1)  # west, south, east, north, degrees
WIDTH = 660

_LAND, _TERRITOIRE, _PROJET, _SITE, _BORDER = "#fcfbf8", "#1f6f8b", "#14213d", "#c8431d", "#8f98aa"
_SITE_SIZE = 5

Shapes = Iterable[Mapping[str, Any]]
Points = Iterable[tuple[float, float]]


def draw_picture(regions: Shapes, territoires: Shapes, projects: Points, sites: Points) -> str:
    """The SVG of the mainland: land, territoires, borders of regions, a dot a project, a diamond a site.

    A diamond is hollow, as the map draws a site that is known by its commune: all are.

    Args:
        regions, territoires: GeoJSON geometries, WGS84.
        projects, sites: longitude and latitude.
    """
    land, areas = _paths(regions), _paths(territoires)
    dots = "".join(f"M{x} {y}h0" for x, y in _places(projects))
    size = _SITE_SIZE
    diamond = f"l{size} {size}-{size} {size}-{size}-{size}z"
    diamonds = "".join(f"M{x} {y - size}{diamond}" for x, y in _places(sites))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_project(FRAME[0], FRAME[1])[1]}">'
        f'<path fill="{_LAND}" d="{land}"/>'
        f'<path fill="{_TERRITOIRE}" fill-opacity=".27" stroke="{_TERRITOIRE}" stroke-width=".5" d="{areas}"/>'
        f'<path fill="none" stroke="{_BORDER}" stroke-width=".8" stroke-linejoin="round" d="{land}"/>'
        f'<path stroke="{_PROJET}" stroke-width="3" stroke-linecap="round" stroke-opacity=".8" d="{dots}"/>'
        f'<path fill="#fff" stroke="{_SITE}" stroke-width="2" d="{diamonds}"/></svg>'
    )


def _project(longitude: float, latitude: float) -> tuple[int, int]:
    """Units from the top left of the frame, in Web Mercator."""
    west, _, east, north = FRAME
    scale = WIDTH / math.radians(east - west)
    down = math.asinh(math.tan(math.radians(north))) - math.asinh(math.tan(math.radians(latitude)))
    return round(math.radians(longitude - west) * scale), round(down * scale)


def _is_inside(longitude: float, latitude: float) -> bool:
    west, south, east, north = FRAME
    return west <= longitude <= east and south <= latitude <= north


def _places(points: Points) -> list[tuple[int, int]]:
    """Each pixel that holds a point, once, in order."""
    inside = (_project(*point) for point in points if _is_inside(*point))
    return sorted(set(inside))


def _paths(shapes: Shapes) -> str:
    return "".join(_ring(line) for shape in shapes for line, _ in lines_of(shape))


def _ring(line: Sequence[Sequence[float]]) -> str:
    """A ring as relative moves of whole units; nothing when it is outside, or too small to be seen."""
    if not _is_inside(line[0][0], line[0][1]):
        return ""
    previous = start = _project(line[0][0], line[0][1])
    moves = []
    for point in line[1:]:
        x, y = _project(point[0], point[1])
        if (x, y) != previous:
            moves.append(f"{x - previous[0]} {y - previous[1]}")
            previous = (x, y)
    # A minus sign separates as well as a space.
    return f"M{start[0]} {start[1]}l{' '.join(moves)}z".replace(" -", "-") if len(moves) > 2 else ""

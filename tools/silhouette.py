"""Redraws assets/france.svg, the shape that stands in the map's place until the map is painted.

``python -m tools.silhouette``. Mainland France from the published overview of the regions, in Web Mercator, framed as
the map's first view (``METROPOLE`` in assets/js/map/index.mjs).
"""

import json
import math

import shapely
from shapely.geometry import shape

from settings import ROOT

FRAME = (-5.1, 41.3, 9.6, 51.1)  # west, south, east, north, degrees
WIDTH = 600
TOLERANCE = 1.2  # of the drawing's units: about 2 km
SMALLEST = 12.0  # islets under this area, in square units, are left out


def project(lon: float, lat: float) -> tuple[float, float]:
    """Degrees to the drawing's units, y downwards."""
    west, _, east, north = FRAME
    scale = WIDTH / math.radians(east - west)
    top = math.asinh(math.tan(math.radians(north)))
    return math.radians(lon - west) * scale, (top - math.asinh(math.tan(math.radians(lat)))) * scale


def draw() -> str:
    """The SVG: one path, coloured by the style sheet's own greys."""
    features = json.loads((ROOT / "geodata/published/regions-apercu.geojson").read_bytes())["features"]
    frame = shapely.box(*FRAME)
    land = shapely.union_all([shape(feature["geometry"]) for feature in features]).intersection(frame)
    flat = shapely.transform(land, lambda xy: [project(*point) for point in xy])
    parts = [part for part in shapely.get_parts(flat.simplify(TOLERANCE)) if part.area > SMALLEST]
    rings = ("L".join(f"{x:.0f} {y:.0f}" for x, y in part.exterior.coords[:-1]) for part in parts)
    path = "".join(f"M{ring}Z" for ring in rings)
    height = project(FRAME[0], FRAME[1])[1]
    box = f"0 0 {WIDTH} {height:.0f}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><path fill="#fdfcf8" d="{path}"/></svg>\n'


if __name__ == "__main__":
    (ROOT / "assets/france.svg").write_text(draw(), encoding="utf-8")

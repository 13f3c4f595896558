"""The base map behind the atlas, ``fond.geojson``: land of the neighbours, great rivers, lakes. Natural Earth only.

France itself is not in it: the regions draw it.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from etl.build.names import read_names, read_river_points
from etl.extract.reference import read_features
from etl.extract.topojson import read_topology
from etl.products import LocalPath, Product

SOURCES = ("eaux-europe", "fleuves", "lacs", "pays")
MILLESIME = "Natural Earth, 1:10 M et 1:50 M"

FRANCE_ID = "250"
BOX = shapely.box(-12, 38, 18, 56)
FRANCE_BOX = shapely.box(-5.5, 41.2, 9.8, 51.3)
# West, south, east, north in degrees: the lesser Antilles, Guyane, La Réunion, Mayotte, New Caledonia, Tahiti.
OVERSEAS = shapely.union_all(
    shapely.box([-64, -57, 53, 43, 163, -152.5], [13, 1, -23, -14, -23, -18.2], [-59, -50, 59, 47, 169, -148.5],
                [19, 7, -19, -11, -19, -16])
)  # fmt: skip
TOLERANCE = 0.02  # degrees: about 2 km, half a pixel of the national view
FINE_TOLERANCE = 0.004
MIN_AREA = 0.004  # square degrees, about 35 km²: smaller islands are specks in the national view
UNDERLAP = 0.05  # degrees by which neighbours go on under France, so that no sea shows between two border lines
MAX_RANK = 11  # of the European supplement of Natural Earth: tributaries such as Saône, Oise, Lot, Cher
GRID = 1e-4  # degrees
NAME_REACH = 0.2  # degrees between a river and the place that names it


def build_fond(local_path: LocalPath) -> list[Product]:
    """``fond.geojson``: type (pays, fleuve, lac), nom (null: the source gives none), rang (1 shows first)."""
    countries = read_topology(local_path("pays"), "countries", shapely.union_all([BOX, OVERSEAS]))
    france = next(shape for row, shape in countries if row["id"] == FRANCE_ID).intersection(BOX)
    rows = [*_countries(countries, france), *_rivers(local_path, france), *_lakes(local_path)]
    rows.sort(key=lambda row: (row[0], row[2], row[1] or "", row[3].bounds))
    frame = pd.DataFrame([row[:3] for row in rows], columns=["type", "nom", "rang"])
    return [Product("fond", "geojson", SOURCES, MILLESIME, frame, [row[3] for row in rows])]


_Row = tuple[str, str | None, int, BaseGeometry]


def _countries(countries: list[tuple[dict[str, Any], BaseGeometry]], france: BaseGeometry) -> Iterator[_Row]:
    names = read_names("pays")
    for row, shape in countries:
        if row["id"] == FRANCE_ID:
            continue
        near = _drop_specks(shape.intersection(BOX).simplify(TOLERANCE), MIN_AREA)
        if not near.is_empty and near.distance(france) < UNDERLAP:
            near = near.union(near.buffer(UNDERLAP, quad_segs=1).intersection(france)).simplify(TOLERANCE)
        far = _drop_specks(shape.intersection(OVERSEAS).simplify(FINE_TOLERANCE), 0)
        land = _snap(shapely.union_all([near, far]))
        if not land.is_empty:
            yield "pays", names.get(row["name"], row["name"]), 1, land


def _rivers(local_path: LocalPath, france: BaseGeometry) -> Iterator[_Row]:
    great = [shape for _, shape in read_topology(local_path("eaux-europe"), "rivers") if shape.intersects(BOX)]
    named: dict[str, list[BaseGeometry]] = defaultdict(list)
    for index, shape in enumerate(great):
        named[_river_name(shape) or f"#{index}"].append(shape.intersection(BOX))
    for name, shapes in named.items():
        merged = shapely.line_merge(shapely.union_all(shapes))
        yield "fleuve", None if name.startswith("#") else name, 1, merged.simplify(TOLERANCE / 4)
    names = read_names("fleuves")
    frame, shapes = read_features(local_path("fleuves"), ("name", "name_alt", "scalerank"))
    lesser: dict[str, list[BaseGeometry]] = defaultdict(list)
    for (name, others, rank), shape in zip(frame.itertuples(index=False), shapes, strict=True):
        if rank <= MAX_RANK and isinstance(name, str) and shape.intersects(FRANCE_BOX):
            # One line of the source may run through several rivers (« Aire », then « Aisne, Oise »): name them all.
            every = [name, *others.split(", ")] if isinstance(others, str) else [name]
            lesser[", ".join(names.get(item, item) for item in every)].append(shape.intersection(FRANCE_BOX))
    for name, pieces in lesser.items():
        river = shapely.line_merge(shapely.union_all(pieces))
        if river.intersects(france):
            yield "fleuve", name, 2, river.simplify(TOLERANCE / 2)


def _river_name(shape: BaseGeometry) -> str | None:
    """The name typed for the nearest place on the river; None when no such place is near."""
    found = [(shape.distance(shapely.Point(lon, lat)), name) for name, lon, lat in read_river_points()]
    distance, name = min(found)
    return name if distance < NAME_REACH else None


def _lakes(local_path: LocalPath) -> Iterator[_Row]:
    great = [shape for _, shape in read_topology(local_path("eaux-europe"), "lakes") if shape.intersects(BOX)]
    for shape in great:
        yield "lac", None, 1, _snap(shape)
    names = read_names("lacs")
    frame, shapes = read_features(local_path("lacs"), ("name", "scalerank"))
    known = shapely.union_all(great)
    for (name, rank), shape in zip(frame.itertuples(index=False), shapes, strict=True):
        if rank <= MAX_RANK and shape.intersects(FRANCE_BOX) and not shape.intersects(known):
            plain = _snap(shape.simplify(TOLERANCE / 4))
            yield "lac", names.get(name, name) if isinstance(name, str) else None, 2, plain


def _snap(shape: BaseGeometry) -> BaseGeometry:
    """Rounded to the published grid without losing validity, which plain rounding would."""
    return shapely.set_precision(shapely.make_valid(shape), GRID)


def _drop_specks(shape: BaseGeometry, min_area: float) -> BaseGeometry:
    """Polygons of at least ``min_area`` square degrees; lines and points that a clip leaves go too."""
    parts = shapely.get_parts(shapely.make_valid(shape))
    kept = [part for part in parts if part.geom_type == "Polygon" and part.area > min_area]
    return shapely.union_all(kept) if kept else shapely.Polygon()

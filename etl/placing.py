"""Which polygon of a coverage holds each point: how the ETL places points, be they three thousand or 30 million.

Coordinates are WGS84 degrees. Nothing is tolerated: a point a millimetre out at sea is in no polygon.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from etl.geometry import Geometries, Rows

NOWHERE = -1


@dataclass(frozen=True, eq=False)
class Coverage:
    """Polygons made ready for many points; ``tree`` indexes their boxes. Safe to share among threads."""

    polygons: Geometries
    tree: shapely.STRtree

    @classmethod
    def of(cls, polygons: Geometries) -> "Coverage":
        """Prepares the polygons, and asks each for one of its own corners.

        GEOS builds the index of a prepared polygon at the first question, without a lock: two threads would build it
        at once.
        """
        shapely.prepare(polygons)
        corners, owner = shapely.get_coordinates(polygons, return_index=True)
        if len(owner):
            firsts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
            shapely.intersects_xy(polygons[owner[firsts]], corners[firsts, 0], corners[firsts, 1])
        return cls(polygons, shapely.STRtree(polygons))


def place(points: Geometries, coverage: Coverage) -> Rows:
    """Position of the polygon that holds each point; ``NOWHERE`` for none, and for a null, empty or not finite point.

    A point on a border belongs to one polygon only: the first of those that share it, so that the answer depends
    neither on the other points nor on how they were cut into parts.

    The pairs of a point and a box that holds it are sorted by polygon before they are tested: the index of a polygon
    is then read while it is in the processor's cache, which makes the test seven times faster (``bench/scale.py``).
    """
    point, polygon = coverage.tree.query(points)
    order = np.argsort(polygon, kind="stable")
    point, polygon = point[order], polygon[order]
    xy = np.full((len(points), 2), np.nan)
    coordinates, owner = shapely.get_coordinates(points, return_index=True)  # a null or empty point has none
    xy[owner] = coordinates
    is_in = shapely.intersects_xy(coverage.polygons[polygon], xy[point, 0], xy[point, 1])
    found = np.full(len(points), NOWHERE, dtype=np.intp)
    # Written last to first: the first polygon stays.
    found[point[is_in][::-1]] = polygon[is_in][::-1]
    return found

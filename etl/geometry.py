"""Polygon coverages: cleaning, dissolving, simplifying, rounding and checking, so that neighbours share their borders.

Coordinates are WGS84 degrees in and out; every tolerance and area is in metres, measured in the official projected
system of the territory (``ZONES``), never in degrees.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from types import MappingProxyType

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from etl.errors import EtlError

Geometries = NDArray[np.object_]
Rows = NDArray[np.intp]

DECIMALS = 4
"""Decimals of published degrees: 0.0001 is 11 m. Three decimals (110 m) tear small communes."""

ZONES = MappingProxyType({"971": 5490, "972": 5490, "973": 2972, "974": 2975, "976": 4471})
"""EPSG of the official projection by overseas département; everything else is Lambert-93."""
METROPOLE = 2154
POCKET_DEG2 = 2.5e-5
"""About 20 ha at the latitude of France: the largest hole that may be taken for a pocket."""
THREADS = 2


class GeometryError(EtlError):
    """A coverage cannot be made whole: message names the polygons."""


def zone_of(code_departement: str) -> int:
    """EPSG code of the official projected system of a département, by its INSEE code."""
    return ZONES.get(code_departement[:3], METROPOLE)


@cache
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def project(geometries: Geometries, zone: int, *, inverse: bool = False) -> Geometries:
    """Degrees to metres of ``zone`` (EPSG), or back. Shared vertices stay shared: the function is per vertex."""
    ends = (zone, 4326) if inverse else (4326, zone)
    transformer = _transformer(*ends)

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    moved: Geometries = shapely.transform(geometries, move)
    return moved


def project_points(lon: NDArray[np.float64], lat: NDArray[np.float64], zone: int) -> NDArray[np.float64]:
    """An (n, 2) array of metres in ``zone`` from degrees."""
    return np.column_stack(_transformer(4326, zone).transform(lon, lat))


def read_hex_wkb(values: Iterable[str]) -> Geometries:
    """Geometries of hexadecimal WKB texts: decoding the hexadecimal here is three times faster than in GEOS.

    Raises:
        EtlError: a coordinate that is no place on Earth: NaN, infinite, 1e308.
    """
    polygons: Geometries = shapely.from_wkb([bytes.fromhex(value) for value in values])
    check_degrees(shapely.get_coordinates(polygons), "WKB")
    return polygons


def check_degrees(points: NDArray[np.float64], where: str) -> None:
    """Returns when every (longitude, latitude) is on Earth.

    Raises:
        EtlError: naming the first that is not.
    """
    is_good = (np.abs(points) <= (180.0, 90.0)).all(axis=1)  # false for NaN
    if not is_good.all():
        first = points[~is_good][0].tolist()
        raise EtlError(f"{where}: expected longitudes within 180 and latitudes within 90 degrees, found {first}.")


def find_mismatched(polygons: Geometries) -> Rows:
    """Positions of the polygons that overlap or mismatch a neighbour.

    Only polygons with an edge that no other has are looked at: the outer ones, and both sides of every fault. That is
    a tenth of the communes, and ten times faster than to look at all.
    """
    suspects = _with_lone_edges(polygons)
    return suspects[~shapely.is_empty(shapely.coverage_invalid_edges(polygons[suspects]))]


def _with_lone_edges(polygons: Geometries) -> Rows:
    parts, owner_of_part = shapely.get_parts(polygons, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    node = np.ascontiguousarray(points).view(np.uint64) * np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)
    node = node[:, 0] ^ (node[:, 1] >> np.uint64(1))
    is_edge = ring[1:] == ring[:-1]
    # An edge is the sum of the hashes of its ends, whichever way it runs.
    edge = (node[1:] + node[:-1])[is_edge]
    order = np.argsort(edge)
    ordered = edge[order]
    is_first = np.r_[True, ordered[1:] != ordered[:-1]]
    lone = order[is_first & np.r_[is_first[1:], True]]
    return np.unique(owner_of_part[part_of_ring[ring[1:][is_edge][lone]]])


def clean_coverage(polygons: Geometries) -> Geometries:
    """The same polygons without overlaps or unmatched borders; only the faulty ones and their neighbours change.

    The commune file has about a hundred overlaps of at most three hectares; they would make a dissolve fail.
    """
    faulty = find_mismatched(polygons)
    return _clean_around(polygons, faulty) if len(faulty) else polygons


def _clean_around(polygons: Geometries, faulty: Rows) -> Geometries:
    near = np.unique(shapely.STRtree(polygons).query(polygons[faulty], predicate="intersects")[1])
    cleaned = polygons.copy()
    cleaned[near] = shapely.coverage_clean(polygons[near])
    return cleaned


def group_rows(keys: Sequence[str] | NDArray[np.object_]) -> tuple[list[str], list[Rows]]:
    """Sorted distinct keys, and for each the positions that bear it. Empty keys are left out."""
    texts = np.asarray(keys, dtype=str)
    order = np.argsort(texts, kind="stable")
    ordered = texts[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.array([], dtype=int)
    pairs = [
        (str(ordered[start]), rows)
        for start, rows in zip(starts, np.split(order, starts[1:]), strict=True)
        if ordered[start]
    ]
    return [label for label, _ in pairs], [rows for _, rows in pairs]


def dissolve(polygons: Geometries, groups: Sequence[Rows]) -> Geometries:
    """One geometry a group: the union of its polygons, which must form a coverage. GEOS runs outside Python's lock."""
    with ThreadPoolExecutor(THREADS) as pool:
        unions = list(pool.map(lambda rows: shapely.coverage_union_all(polygons[rows]), groups))
    return _as_array(unions)


def simplify(polygons: Geometries, zones: NDArray[np.int_], tolerance_m: float, *, islet_ha: float = 0.0) -> Geometries:
    """A coverage simplified to ``tolerance_m`` and rounded to ``DECIMALS`` degrees.

    Args:
        polygons: a valid coverage, degrees.
        zones: EPSG code of each polygon's projection.
        tolerance_m: Visvalingam tolerance; a vertex goes when its triangle is under the square of it.
        islet_ha: free-standing parts under this area go, the largest part of each polygon always stays.

    Raises:
        GeometryError: when the rounded coverage is not valid.
    """

    def one(zone: int) -> tuple[NDArray[np.bool_], Geometries]:
        mask = zones == zone
        plane = project(polygons[mask], zone)
        if islet_ha:
            plane = drop_islets(plane, islet_ha)
        return mask, project(shapely.coverage_simplify(plane, tolerance_m), zone, inverse=True)

    result = np.empty(len(polygons), dtype=object)
    with ThreadPoolExecutor(THREADS) as pool:
        for mask, simplified in pool.map(one, sorted({int(zone) for zone in zones})):
            result[mask] = simplified
    rounded = round_degrees(result)
    faulty = faults_of(rounded)
    if len(faulty):
        rounded = round_degrees(_clean_around(rounded, faulty))
        faulty = faults_of(rounded)
    if len(faulty):
        raise GeometryError(
            f"Simplified to {tolerance_m} m: expected a valid coverage, polygons {faulty[:20]} are not."
        )
    return rounded


def drop_islets(polygons: Geometries, islet_ha: float) -> Geometries:
    """Multipolygons (metres) without their free-standing parts under ``islet_ha``.

    A part that touches another polygon is an enclave: dropping it would open a hole, so it stays.
    """
    parts, owner = shapely.get_parts(polygons, return_index=True)
    areas = shapely.area(parts)
    largest = np.zeros(len(parts), dtype=bool)
    order = np.lexsort((-areas, owner))
    first = np.r_[True, owner[order][1:] != owner[order][:-1]]
    largest[order[first]] = True
    small = np.flatnonzero((areas < islet_ha * 10_000) & ~largest)
    touched = shapely.STRtree(parts).query(parts[small], predicate="intersects")
    touched = touched[:, small[touched[0]] != touched[1]]
    free = np.setdiff1d(small, small[np.unique(touched[0])])
    keep = np.ones(len(parts), dtype=bool)
    keep[free] = False
    return _as_array(shapely.multipolygons(parts[keep], indices=owner[keep]))


def round_degrees(polygons: Geometries) -> Geometries:
    """Coordinates at ``DECIMALS``, without repeated points and collapsed rings.

    Rounding is per vertex, so a border shared before is shared after.

    Raises:
        GeometryError: when nothing is left of a polygon.
    """
    rounded = shapely.transform(polygons, lambda points: np.round(points, DECIMALS))
    parts, owner = shapely.get_parts(rounded, return_index=True)
    alive = shapely.area(parts) > 0
    gone = np.setdiff1d(np.arange(len(polygons)), owner[alive])
    if len(gone):
        raise GeometryError(
            f"Rounded to {DECIMALS} decimals: polygons {gone[:20]} collapse. Keep a larger part of them."
        )
    whole = _as_array([_drop_pockets(part) for part in parts[alive]])
    return _as_array(shapely.multipolygons(shapely.remove_repeated_points(whole), indices=owner[alive]))


def _drop_pockets(polygon: shapely.Polygon) -> shapely.Polygon:
    """Without flat holes, nor the pockets that simplification pinched off the shore: holes that touch the outer ring.

    Browsers draw a triangle across the whole polygon when a hole touches its border. A pocket that another polygon
    fills would then be an overlap, which ``faults_of`` tells.
    """
    holes = [ring for ring in polygon.interiors if not _is_pocket(ring, polygon.exterior)]
    return polygon if len(holes) == len(polygon.interiors) else shapely.Polygon(polygon.exterior, holes)


def _is_pocket(ring: shapely.LinearRing, exterior: shapely.LinearRing) -> bool:
    area = float(shapely.Polygon(ring).area)
    return area == 0 or (area < POCKET_DEG2 and bool(ring.intersects(exterior)))


def faults_of(polygons: Geometries) -> NDArray[np.intp]:
    """Positions of the polygons that are empty, invalid, or overlap or mismatch a neighbour."""
    broken = shapely.is_empty(polygons) | ~shapely.is_valid(polygons)
    return np.flatnonzero(broken | ~shapely.is_empty(shapely.coverage_invalid_edges(polygons)))


def label_points(polygons: Geometries) -> NDArray[np.float64]:
    """An (n, 2) array of degrees: for each polygon a point well inside its largest part."""
    parts, owner = shapely.get_parts(polygons, return_index=True)
    order = np.lexsort((-shapely.area(parts), owner))
    first = np.r_[True, owner[order][1:] != owner[order][:-1]]
    largest = parts[order[first]]
    circles = shapely.maximum_inscribed_circle(largest, tolerance=0.01)
    return np.round(shapely.get_coordinates(shapely.get_point(circles, 0)), DECIMALS)


def boxes_of(polygons: Geometries) -> list[list[float]]:
    """[west, south, east, north] of each polygon, degrees."""
    rows: list[list[float]] = np.round(shapely.bounds(polygons), DECIMALS).tolist()
    return rows


def _as_array(geometries: Sequence[shapely.Geometry] | Geometries) -> Geometries:
    array = np.empty(len(geometries), dtype=object)
    array[:] = geometries
    return array

"""One part of a file, read: a GeoDataFrame of points in WGS84 degrees, and what is known of each establishment."""

from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from etl.errors import EtlError, ExtractError
from etl.establishments.columns import Columns, digits, find_columns, numbers, sections_of, texts
from etl.establishments.parts import Part, read_rows
from etl.geometry import METROPOLE, ZONES

WGS84 = 4326
OFFICIAL = "official"
SYSTEMS = (WGS84, METROPOLE, *sorted(set(ZONES.values())))
GIVEN, ABSENT, INVALID = 0, 1, 2
"""What ``coordonnees`` holds: a place on Earth, nothing, or something that is no place."""
DOMAIN_MARGIN = 0.5
"""Degrees by which a point may leave the area that its projection is made for."""


def read_part(part: Part) -> gpd.GeoDataFrame:
    """The establishments of a part: siret, code_commune, ape, section, tranche_effectifs, coordonnees, geometry.

    ``section`` is the position of the NAF section, -1 unknown; ``coordonnees`` is one of ``GIVEN``, ``ABSENT``,
    ``INVALID``; the geometry is null unless it is ``GIVEN``; the texts are null when not given.

    Raises:
        ExtractError: naming the file and the rows.
    """
    try:
        rows, columns = read_rows(part)
        frame = to_points(rows, columns, part.crs, part.where)
    except EtlError:
        raise
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0][:300]
        raise ExtractError(
            f"{part.where}: expected rows that can be read, found otherwise ({reason}). Nothing was written; give the "
            "file again, whole."
        ) from error
    frame.attrs["where"] = part.where
    return frame


def to_points(rows: pa.Table, columns: Columns, crs: str, where: str) -> gpd.GeoDataFrame:
    """The frame of ``read_part`` from a table whose columns are known."""
    names = columns.names
    communes = digits(rows[names["commune"]], 5) if "commune" in names else _nulls(rows.num_rows)
    place, is_absent = _degrees(rows, columns, crs, communes, where)
    is_good = np.isfinite(place).all(axis=1)
    points = np.full(rows.num_rows, None, dtype=object)
    points[is_good] = shapely.points(place[is_good])
    ape = texts(rows[names["ape"]]) if "ape" in names else _nulls(rows.num_rows)
    naf = rows[names["naf"]] if "naf" in names else None
    effectif = texts(rows[names["effectif"]]) if "effectif" in names else _nulls(rows.num_rows)
    frame = pd.DataFrame(
        {
            "siret": digits(rows[names["siret"]], 14).to_pandas().astype("str"),
            "code_commune": communes.to_pandas().astype("str"),
            "ape": ape.to_pandas().astype("str"),
            "section": sections_of(ape, naf),
            "tranche_effectifs": effectif.to_pandas().astype("str"),
            "coordonnees": np.select([is_absent, is_good], [ABSENT, GIVEN], INVALID).astype(np.int8),
        }
    )
    return gpd.GeoDataFrame(frame, geometry=points, crs=WGS84)


def empty_frame() -> gpd.GeoDataFrame:
    """What ``read_part`` gives, without a row: the kinds of its columns."""
    header = ("siret", "lon", "lat")
    rows = pa.table({name: pa.array([], pa.string()) for name in header})
    return to_points(rows, find_columns(header, "empty"), f"EPSG:{WGS84}", "empty")


def _nulls(size: int) -> pa.ChunkedArray:
    return pa.chunked_array([pa.nulls(size, pa.string())])


def _degrees(
    rows: pa.Table, columns: Columns, crs: str, communes: pa.ChunkedArray, where: str
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(longitude, latitude) of each row, NaN unless it is on Earth, and where no coordinates are given."""
    (first, first_is_null), (second, second_is_null) = (numbers(rows[name]) for name in columns.pair)
    is_absent = first_is_null | second_is_null
    given = np.column_stack([first, second])
    given[is_absent] = np.nan
    if columns.is_in_degrees:
        return _on_earth(given), is_absent
    systems = _systems(rows, columns, crs, communes, where)
    place = np.full_like(given, np.nan)
    for system in np.unique(systems[~is_absent]):
        here = (systems == system) & ~is_absent
        place[here] = _from_system(given[here], int(system), where)
    return place, is_absent


def _on_earth(place: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same, NaN where a longitude is beyond 180 degrees or a latitude beyond 90, or either is not finite."""
    is_good = np.all(np.abs(place) <= (180.0, 90.0), axis=1, keepdims=True)  # false for NaN
    return np.where(is_good, place, np.nan)


def _systems(rows: pa.Table, columns: Columns, crs: str, communes: pa.ChunkedArray, where: str) -> NDArray[np.int_]:
    """EPSG code of the pair of each row: its own column first, else what was declared for the file; 0: neither."""
    base = np.full(rows.num_rows, 0 if crs in ("", OFFICIAL) else int(crs.removeprefix("EPSG:")))
    if crs == OFFICIAL:
        departement = communes.to_pandas().fillna("").str[:3]
        base = departement.map(ZONES).fillna(METROPOLE).to_numpy(int)
    if "epsg" in columns.names:
        codes, _ = numbers(rows[columns.names["epsg"]])
        is_known = np.isfinite(codes)
        return np.where(is_known, np.where(is_known, codes, 0), base).astype(int)
    if not crs:
        raise ExtractError(
            f"{where}: expected a column epsg, or a declared system for x and y, found neither. Give --crs EPSG:2154, "
            f"or --crs {OFFICIAL} when each pair is in the official system of its département."
        )
    return base


def _from_system(given: NDArray[np.float64], system: int, where: str) -> NDArray[np.float64]:
    """Degrees from pairs in ``system``; NaN outside the area that it is made for, as swapped pairs always are.

    A row without any system (0) is not placed.

    Raises:
        ExtractError: a system that no part of France uses.
    """
    if system == 0:
        return np.full_like(given, np.nan)
    if system not in SYSTEMS:
        raise ExtractError(f"{where}: expected one of the systems {SYSTEMS}, found EPSG:{system}. Convert the file.")
    if system == WGS84:
        return _on_earth(given)
    transformer, (west, south, east, north) = _inverse(system)
    place = np.column_stack(transformer.transform(given[:, 0], given[:, 1]))
    margin = DOMAIN_MARGIN
    lowest, highest = (west - margin, south - margin), (east + margin, north + margin)
    is_good = np.all((place >= lowest) & (place <= highest), axis=1, keepdims=True)
    return np.where(is_good, place, np.nan)


@cache
def _inverse(system: int) -> tuple[Transformer, tuple[float, float, float, float]]:
    area = CRS.from_epsg(system).area_of_use
    if area is None:
        raise EtlError(f"EPSG:{system}: PROJ does not know where it is used; install pyproj again.")
    return Transformer.from_crs(system, WGS84, always_xy=True), area.bounds


def declared(crs: str) -> str:
    """``crs`` as it was given on the command line, checked; empty: not declared.

    Raises:
        EtlError: for what is not ``official`` nor one of the systems of France.
    """
    text = crs.strip()
    known = {f"EPSG:{system}" for system in SYSTEMS} | {OFFICIAL, ""}
    chosen = text.lower() if text.lower() == OFFICIAL else text.upper() if ":" in text else text and f"EPSG:{text}"
    if chosen not in known:
        raise EtlError(f"--crs: expected {OFFICIAL} or one of EPSG:{', EPSG:'.join(map(str, SYSTEMS))}, found {crs!r}.")
    return chosen

"""Where establishments are, and why some are nowhere. One function, whoever runs it."""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from etl.errors import ExtractError
from etl.establishments.columns import SECTIONS
from etl.establishments.places import LEVELS, Places
from etl.establishments.reading import ABSENT, GIVEN, INVALID
from etl.geometry import Geometries, Rows
from etl.placing import NOWHERE, place

METHODS = ("point", "commune")
"""By its point; by the code of its commune, for want of coordinates."""
REASONS = ("sans_position", "code_inconnu", "coordonnees_invalides", "coordonnees_inversees", "hors_communes")
"""Neither coordinates nor a code; a code of no commune that is known; no place in the declared system; latitude and
longitude swapped; a place on Earth that is in no French commune."""
STATUSES = (*METHODS, *REASONS)
_BY_CODE, _NO_POSITION, _UNKNOWN_CODE, _INVALID, _SWAPPED, _OUTSIDE = range(1, len(STATUSES))


@dataclass(frozen=True)
class Tally:
    """How many establishments are in a commune, with a section and a status: ``keys`` sorted, see ``split_keys``."""

    keys: NDArray[np.int64]
    numbers: NDArray[np.int64]


def label(frame: gpd.GeoDataFrame, places: Places, levels: Sequence[str]) -> pd.DataFrame:
    """One row an establishment, in the order of ``frame`` (see ``read_part``), with the codes of its areas.

    Coordinates decide. The stated code serves only an establishment that gives none: one whose coordinates are wrong
    or lie elsewhere stays unknown, with the reason, because nothing says which of the two is right.

    Returns:
        siret, code_insee, the column of each level, position_methode, position_raison (null when it is placed), ape,
        section, tranche_effectifs. Codes are categories; null: in none, or position unknown.

    Raises:
        ExtractError: naming the file and the rows.
    """
    try:
        commune, status = locate(frame, places)
    except (ValueError, KeyError, TypeError, shapely.errors.ShapelyError) as error:
        where = frame.attrs.get("where", "rows")
        raise ExtractError(f"{where}: could not be placed ({type(error).__name__}: {error}).") from error
    columns = {"siret": frame["siret"]} | {
        LEVELS[name]: _categories(places, name, commune) for name in ("communes", *levels)
    }
    sections = pd.Categorical.from_codes(frame["section"].to_numpy(), categories=list(SECTIONS))
    reason = np.where(status < len(METHODS), -1, status - len(METHODS))
    methods = np.where(status < len(METHODS), status, -1)
    return pd.DataFrame(
        {
            **columns,
            "position_methode": pd.Categorical.from_codes(methods, categories=list(METHODS)),
            "position_raison": pd.Categorical.from_codes(reason, categories=list(REASONS)),
            "ape": frame["ape"],
            "section": sections,
            "tranche_effectifs": frame["tranche_effectifs"],
        }
    )


def locate(frame: gpd.GeoDataFrame, places: Places) -> tuple[Rows, NDArray[np.int_]]:
    """Row of the commune of each establishment (``NOWHERE``: unknown) and position of its status in ``STATUSES``."""
    given = frame["coordonnees"].to_numpy()
    points: Geometries = np.asarray(frame.geometry.array, dtype=object)
    commune = place(points, places.coverage)
    status = np.where(given == INVALID, _INVALID, 0)
    lost = np.flatnonzero((given == GIVEN) & (commune == NOWHERE))
    status[lost] = np.where(_is_swapped(points[lost], places), _SWAPPED, _OUTSIDE)
    absent = np.flatnonzero(given == ABSENT)
    stated = frame["code_commune"].iloc[absent]
    commune[absent] = stated.map(places.stated).fillna(NOWHERE).to_numpy(np.intp)
    unknown = np.where(stated.isna(), _NO_POSITION, _UNKNOWN_CODE)
    status[absent] = np.where(commune[absent] == NOWHERE, unknown, _BY_CODE)
    return commune, status


def _is_swapped(points: Geometries, places: Places) -> NDArray[np.bool_]:
    """Whether points in no commune would be in one, had longitude and latitude been written the other way round."""
    turned = shapely.points(shapely.get_y(points), shapely.get_x(points))
    return np.asarray(place(np.atleast_1d(turned), places.coverage) != NOWHERE)


def _categories(places: Places, name: str, commune: Rows) -> pd.Categorical:
    level = places.levels[name]
    codes = np.where(commune == NOWHERE, NOWHERE, level.of_commune[commune])
    return pd.Categorical.from_codes(codes, categories=list(level.codes))


def tally(labelled: pd.DataFrame) -> Tally:
    """The counts of labelled rows by commune, section and status."""
    method, reason = labelled["position_methode"].cat.codes, labelled["position_raison"].cat.codes
    status = np.where(method >= 0, method, reason.to_numpy(np.int64) + len(METHODS)).astype(np.int64)
    commune = labelled["code_insee"].cat.codes.to_numpy(np.int64) + 1
    section = labelled["section"].cat.codes.to_numpy(np.int64) + 1
    keys = (commune * (len(SECTIONS) + 1) + section) * len(STATUSES) + status
    found, numbers = np.unique(keys, return_counts=True)
    return Tally(found, numbers.astype(np.int64))


def split_keys(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Commune (position among the sorted codes), section and status of keys; -1: unknown."""
    rest, status = np.divmod(keys, len(STATUSES))
    commune, section = np.divmod(rest, len(SECTIONS) + 1)
    return commune - 1, section - 1, status


def add(tallies: Sequence[Tally]) -> Tally:
    """The sum of several tallies."""
    keys, inverse = np.unique(np.concatenate([item.keys for item in tallies]), return_inverse=True)
    numbers = np.bincount(inverse, np.concatenate([item.numbers for item in tallies]), len(keys))
    return Tally(keys, numbers.astype(np.int64))

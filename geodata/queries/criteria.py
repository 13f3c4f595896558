"""The criteria of every physical site as a matrix of intervals: what is known, and between which bounds.

One row a site, one column a criterion of ``state.needs_presets.CRITERIA``. A value is an interval [low, high] in the
criterion's own unit; low == high when the value is known, NaN in both when nothing is. Three rules:

- A distance under 5 km of a site placed at its commune is withheld by the ETL: here it is [0, 5], not unknown.
  Every other distance of such a site is measured from the commune's point, and is shown as such.
- A document that names a motorway, a railway, a waterway is « yes »; silence is unknown, never « no ».
- A fact that nobody states is unknown for every site; an announced period (2027–2030) is an interval.

``utilities`` turns each value into a mark between 0 and 1: linear between ``worst`` and ``best`` (on a logarithmic
scale for counts that span several orders of magnitude), flat beyond. A higher mark is better. Unknown is [0, 1].
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import pandas as pd

import contract
from geodata.models.ranking import Criterion
from geodata.queries.stated import availability, is_named, yes_no
from geodata.queries.surroundings import count_within, sum_within
from geodata.repository import Tables
from state.needs import Needs
from state.needs_presets import CRITERIA

WITHHELD_KM = 5.0
PROJECTS_KM = 25
FILIERE_KM = 50
LABOUR_KM = 30

Interval = tuple[np.ndarray, np.ndarray]


_LIST = (
    Criterion("surface", "ha", 5, 100, is_log=True),
    Criterion("surface_disponible", "ha", 2, 50, is_log=True),
    Criterion("disponibilite", "year", 2031, 2024),
    Criterion("label", "year", 2020, 2024),
    Criterion("autoroute", "yes_no", 0, 1),
    Criterion("gare_fret", "km", 20, 1),
    Criterion("rail", "yes_no", 0, 1),
    Criterion("embranchement", "yes_no", 0, 1),
    Criterion("voie_eau", "yes_no", 0, 1),
    Criterion("port", "km", 200, 10),
    Criterion("gare_voyageurs", "km", 30, 2),
    Criterion("aeroport", "km", 80, 10),
    Criterion("poste_electrique", "km", 20, 1),
    Criterion("electricite", "yes_no", 0, 1),
    Criterion("gaz", "yes_no", 0, 1),
    Criterion("eau_potable", "yes_no", 0, 1),
    Criterion("assainissement", "yes_no", 0, 1),
    Criterion("fibre", "yes_no", 0, 1),
    Criterion("territoire", "yes_no", 0, 1),
    Criterion("projets", "count", 1, 50, is_log=True),
    Criterion("filiere", "count", 1, 30, is_log=True),
    Criterion("bassin", "people", 20_000, 500_000, is_log=True),
)
CRITERION = MappingProxyType({item.name: item for item in _LIST})


@dataclass(frozen=True, eq=False)
class Matrix:
    """The values of the criteria: ``low`` and ``high`` are sites × criteria, in the order of the two tuples."""

    site_ids: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    low: np.ndarray
    high: np.ndarray

    def known(self) -> np.ndarray:
        """Where something is known, be it an interval."""
        return ~np.isnan(self.low)

    def take(self, rows: np.ndarray) -> "Matrix":
        """The same criteria for some rows (positions or mask)."""
        ids = np.array(self.site_ids, dtype=object)[rows]
        return Matrix(tuple(ids), self.criteria, self.low[rows], self.high[rows])


def criteria_of(tables: Tables, needs: Needs) -> Matrix:
    """The matrix of all sites. It depends on the millesime and on the filière of the needs, on nothing else."""
    return _criteria(tables, needs.millesime, needs.filiere)


@lru_cache(maxsize=64)
def _criteria(tables: Tables, millesime: str, filiere: str) -> Matrix:
    sites = tables["sites"]
    columns = {**_from_sites(tables), **_around(tables, filiere)}
    columns["territoire"] = _exact(sites[contract.column_for("ti", millesime)].map({"dans": 1.0, "hors": 0.0}))
    low = np.column_stack([columns[name][0] for name in CRITERIA])
    high = np.column_stack([columns[name][1] for name in CRITERIA])
    for array in (low, high):
        array.setflags(write=False)
    return Matrix(tuple(sites["site_id"]), tuple(CRITERION[name] for name in CRITERIA), low, high)


def _from_sites(tables: Tables) -> dict[str, Interval]:
    sites = tables["sites"]
    found: dict[str, Interval] = {
        "surface": _exact(sites["surface_ha"]),
        "surface_disponible": _exact(sites["surface_disponible_ha"]),
        "disponibilite": availability(tables),
        "label": _exact(sites["vagues"].map(_latest_year)),
    }
    for name in ("gare_fret", "gare_voyageurs", "port", "aeroport", "poste_electrique"):
        found[name] = distance_interval(sites, name)
    for name in ("autoroute", "rail", "voie_eau"):
        found[name] = _exact(is_named(tables, name))
    for name in ("embranchement", "electricite", "gaz", "eau_potable", "assainissement", "fibre"):
        found[name] = _exact(yes_no(tables, name))
    return found


def distance_interval(sites: pd.DataFrame, kind: str) -> Interval:
    """Kilometres to the nearest facility of a kind: [0, 5] where the ETL withheld it, NaN where it is not known."""
    value = sites[f"{kind}_dist_km"].to_numpy(dtype=float)
    withheld = np.fromiter((kind in kinds for kinds in sites["distances_sous_5_km"]), bool, len(sites))
    return np.where(withheld, 0.0, value), np.where(withheld, WITHHELD_KM, value)


@lru_cache(maxsize=32)
def _around(tables: Tables, filiere: str) -> Mapping[str, Interval]:
    sites, projects = tables["sites"], tables["projets"]
    of_filiere = projects[projects["filiere"] == filiere] if filiere else projects
    return {
        "projets": _exact(count_within(sites, projects, PROJECTS_KM)),
        "filiere": _exact(count_within(sites, of_filiere, FILIERE_KM)),
        "bassin": _exact(_inhabitants(tables)),
    }


@lru_cache(maxsize=4)
def _inhabitants(tables: Tables) -> np.ndarray:
    return sum_within(tables["sites"], tables["communes"], "population", LABOUR_KM)


def _latest_year(waves: list[str]) -> float:
    return max((float(str(wave)[:4]) for wave in waves), default=float("nan"))


def _exact(values: pd.Series | np.ndarray) -> Interval:
    known = np.asarray(values, dtype=float)
    return known, known


def utilities(matrix: Matrix) -> Interval:
    """The marks, worst and best case of each cell: in [0, 1], unknown is [0, 1]."""
    at_low = np.column_stack([_mark(item)(matrix.low[:, column]) for column, item in enumerate(matrix.criteria)])
    at_high = np.column_stack([_mark(item)(matrix.high[:, column]) for column, item in enumerate(matrix.criteria)])
    unknown = ~matrix.known()
    worst = np.where(unknown, 0.0, np.minimum(at_low, at_high))
    best = np.where(unknown, 1.0, np.maximum(at_low, at_high))
    return worst, best


def _mark(item: Criterion) -> Callable[[np.ndarray], np.ndarray]:
    def mark(values: np.ndarray) -> np.ndarray:
        if not item.is_log:
            return np.clip((values - item.worst) / (item.best - item.worst), 0, 1)
        bounded = np.clip(values, item.worst, None)
        return np.clip(np.log(bounded / item.worst) / np.log(item.best / item.worst), 0, 1)

    return mark

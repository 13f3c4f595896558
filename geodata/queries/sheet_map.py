"""The map of a sheet: the area in its surroundings, what is in it, and what has no position."""

import json
from collections.abc import Iterable
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import pandas as pd

from geodata.models.plan import Point, Shapes, SheetPlan
from geodata.models.sheet import RegionSheet, TerritoireSheet
from geodata.queries.sheet_scope import Scope, scope_of
from geodata.repository import Tables
from geodata.shapes import load_shapes

_AIR = 0.12  # of the area's size, on each side
_LEAST = 0.03  # degrees
_TOWNS = 7
_APART = 0.06  # of the frame, in height; names are wider
_NONE: Shapes = MappingProxyType({})


def region_plan(tables: Tables, sheet: RegionSheet) -> SheetPlan:
    """The region with the territoires of the millesime and the départements; overview shapes."""
    scope = scope_of(tables, sheet.selection, "region", sheet.code)
    regions = _shapes(tables, "regions-apercu", "code_region")
    return SheetPlan(
        epci=_NONE,
        own={sheet.code: regions[sheet.code]},
        **_around(tables, scope, sheet.frame, "-apercu"),
    )


def territoire_plan(tables: Tables, sheet: TerritoireSheet) -> SheetPlan:
    """The territoire among the others, with its intermunicipalities; full shapes of its own parts."""
    scope = scope_of(tables, sheet.selection, "territoire", sheet.code)
    around = _around(tables, scope, sheet.frame, "")
    epci = _shapes(tables, "epci", "code_epci")
    codes = [code for member in sheet.members for code in (member.code, *(item.code for item in member.successors))]
    return SheetPlan(
        epci={code: epci[code] for code in codes if code in epci},
        own={sheet.code: around["territoires"][sheet.code]},
        **around,
    )


def _around(tables: Tables, scope: Scope, frame: tuple[float, float, float, float], level: str) -> dict[str, Any]:
    millesime = scope.base.millesime
    rows = tables["territoires"]
    rows = rows[rows["millesime"] == millesime]
    located = [scope.projects["lon"].notna(), scope.sites["lon"].notna()]
    wide = _with_air(frame)
    return {
        "frame": wide,
        "countries": _countries(tables),
        "regions": _shapes(tables, "regions-apercu", "code_region"),
        "departements": _shapes(tables, f"departements{'-apercu' if level else ''}", "code_departement"),
        "territoires": _shapes(tables, f"territoires-{millesime}{level}", "territoire_id"),
        "names": dict(zip(rows["territoire_id"], rows["nom"], strict=True)),
        "projects": _points(scope.projects[located[0]], "entreprise"),
        "sites": _points(scope.sites[located[1]], "site_nom"),
        "towns": _towns(tables["villes"] if level else tables["communes"], wide),
        "n_unlocated": int((~located[0]).sum() + (~located[1]).sum()),
    }


def _with_air(frame: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = frame
    air = max(max(east - west, north - south) * _AIR, _LEAST)
    return west - air, south - air, east + air, north + air


def _points(rows: pd.DataFrame, name: str) -> tuple[Point, ...]:
    titles = rows[name].fillna("")
    return tuple(zip(rows["lon"].astype(float), rows["lat"].astype(float), titles, strict=True))


def _towns(rows: pd.DataFrame, frame: tuple[float, float, float, float]) -> tuple[Point, ...]:
    """The largest places well inside the frame, far enough apart for their names."""
    west, south, east, north = frame
    wide, tall = east - west, north - south
    inside = rows["lon"].between(west + 0.06 * wide, east - 0.06 * wide)
    inside &= rows["lat"].between(south + 0.06 * tall, north - 0.06 * tall)
    kept: list[Point] = []
    for point in _points(rows[inside].nlargest(_TOWNS * 4, "population"), "nom"):
        is_free = all(abs(point[0] - x) > _APART * 3 * wide or abs(point[1] - y) > _APART * tall for x, y, _ in kept)
        if is_free and len(kept) < _TOWNS:
            kept.append(point)
    return tuple(kept)


@lru_cache(maxsize=12)
def _shapes(tables: Tables, name: str, key: str) -> Shapes:
    return MappingProxyType(load_shapes(tables, name, key))


@lru_cache(maxsize=2)
def _countries(tables: Tables) -> Shapes:
    """Neighbouring countries, from the base map; numbered, for they have no code."""
    features = json.loads(tables.path_of("fond.geojson").read_bytes())["features"]
    return MappingProxyType({str(n): shape for n, shape in enumerate(_of_type(features, "pays"))})


def _of_type(features: Iterable[dict[str, Any]], kind: str) -> Iterable[dict[str, Any]]:
    return (feature["geometry"] for feature in features if feature["properties"]["type"] == kind)

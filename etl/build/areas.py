"""Areas made of communes: one coverage simplified once, so that the borders of all layers coincide.

Communes are first dissolved into atoms (same département, EPCI and territoires); every layer is a union of atoms.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from contract import MILLESIMES, column_for, table
from etl import geometry
from etl.build.geography import SOURCES, Geography
from etl.products import Product

CLOSE_UP_M = 300.0
CLOSE_UP_ISLET_HA = 2.0
OVERVIEW_M = 1_400.0
OVERVIEW_ISLET_HA = 250.0
OVERVIEW_SUFFIX = "-apercu"


@dataclass(frozen=True)
class Atoms:
    """``keys``: one row an atom (code_departement, code_region, code_epci, territoire_…); ``""`` when in none."""

    keys: pd.DataFrame
    close_up: geometry.Geometries
    overview: geometry.Geometries


@dataclass(frozen=True)
class Layer:
    """The areas of one level: sorted codes, shapes at both levels, label points and boxes, all in degrees."""

    codes: Sequence[str]
    close_up: geometry.Geometries
    overview: geometry.Geometries

    def places(self) -> pd.DataFrame:
        """lon, lat (label point) and bbox of each area, indexed by code."""
        points = geometry.label_points(self.overview)
        columns = {"lon": points[:, 0], "lat": points[:, 1], "bbox": geometry.boxes_of(self.close_up)}
        return pd.DataFrame(columns, index=pd.Index(self.codes))


def make_atoms(geography: Geography) -> Atoms:
    """Dissolves the communes into atoms and simplifies these at both levels."""
    communes = geography.communes
    keys = communes[["code_departement", "code_region", "code_epci"]].fillna("")
    for millesime in MILLESIMES:
        of = geography.territoire_of[millesime]
        keys[column_for("territoire", millesime)] = [of.get(code, "") for code in communes["code_insee"]]
    joined = ["|".join(row) for row in keys.itertuples(index=False)]
    _, groups = geometry.group_rows(joined)
    first = np.array([rows[0] for rows in groups])
    whole = geometry.dissolve(geography.polygons, groups)
    zones = geography.zones[first]
    return Atoms(
        keys=keys.iloc[first].reset_index(drop=True),
        close_up=geometry.simplify(whole, zones, CLOSE_UP_M, islet_ha=CLOSE_UP_ISLET_HA),
        overview=geometry.simplify(whole, zones, OVERVIEW_M, islet_ha=OVERVIEW_ISLET_HA),
    )


def make_layer(atoms: Atoms, column: str) -> Layer:
    """The areas whose code is in ``column`` of the atoms."""
    codes, groups = geometry.group_rows(atoms.keys[column].to_numpy())
    close_up = geometry.round_degrees(geometry.dissolve(atoms.close_up, groups))
    overview = geometry.dissolve(atoms.overview, groups)
    return Layer(codes, close_up, geometry.round_degrees(overview))


def make_products(
    frame: pd.DataFrame, layer: Layer, name: str, *, of: str | None = None, sources: Sequence[str] = (), millesime: str
) -> list[Product]:
    """The close-up GeoJSON with every property, and the overview with the key and the name only."""
    contract_table = table(of or name)
    key = contract_table.key[-1]
    by_code: Mapping[str, int] = MappingProxyType({code: row for row, code in enumerate(layer.codes)})
    order = [by_code[code] for code in frame[key]]
    names = (*SOURCES, *sources)
    return [
        Product(name, "geojson", names, millesime, frame, list(layer.close_up[order]), table=contract_table.name),
        Product(
            f"{name}{OVERVIEW_SUFFIX}",
            "geojson",
            names,
            millesime,
            frame[[key, "nom"]],
            list(layer.overview[order]),
            table=contract_table.name,
        ),
    ]


def totals_by(geography: Geography, column: str) -> pd.DataFrame:
    """n_communes (COG 2024) and population (communes of COG 2026, each counted once), by value of ``column``."""
    groups = geography.communes.groupby(column)["code_insee"]
    population = groups.agg(geography.population_of)
    return pd.DataFrame({"n_communes": groups.size(), "population": population})

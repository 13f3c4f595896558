"""The communes that establishments are placed in, with the codes of the areas that each belongs to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from contract import MILLESIMES, column_for
from etl.build.geography import Geography
from etl.errors import EtlError
from etl.geometry import Geometries
from etl.placing import NOWHERE, Coverage

LEVELS: Mapping[str, str] = {
    "communes": "code_insee",
    "epci": "code_epci",
    "departements": "code_departement",
    "regions": "code_region",
    **{f"territoires-{millesime}": column_for("territoire", millesime) for millesime in MILLESIMES},
}
"""The column of each level that can be asked for."""
DEFAULT_LEVELS = ("epci", *(f"territoires-{millesime}" for millesime in MILLESIMES))


@dataclass(frozen=True, eq=False)
class Level:
    """The areas of one level: sorted codes, and for each commune the position of its own, ``NOWHERE`` for none."""

    codes: Sequence[str]
    of_commune: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Places:
    """Communes, one row each in the order of the polygons, and the codes that lead to them.

    Attributes:
        communes: the columns of ``LEVELS``; null: in none.
        coverage: their polygons, WGS84 degrees.
        levels: the areas of each level of ``LEVELS``.
        stated: row of the commune that a stated code means (itself, a borough's or a delegated commune's, an heir's).
    """

    communes: pd.DataFrame
    coverage: Coverage
    levels: Mapping[str, Level]
    stated: Mapping[str, int]

    @classmethod
    def of(cls, communes: pd.DataFrame, polygons: Geometries, stated: Mapping[str, int]) -> "Places":
        levels = {name: _level(communes[column]) for name, column in LEVELS.items()}
        return cls(communes, Coverage.of(polygons), levels, stated)


def _level(column: pd.Series) -> Level:
    codes = sorted(column.dropna().unique())
    rank = {code: row for row, code in enumerate(codes)}
    return Level(codes, column.map(rank).fillna(NOWHERE).to_numpy(np.int32))


def places_of(geography: Geography) -> Places:
    """The communes of COG 2024, their areas, and every code that the sources at hand lead to one of them."""
    communes = geography.communes[["code_insee", "code_epci", "code_departement", "code_region"]].copy()
    for millesime in MILLESIMES:
        communes[column_for("territoire", millesime)] = communes["code_insee"].map(geography.territoire_of[millesime])
    return Places.of(communes, geography.polygons, _stated(geography))


def _stated(geography: Geography) -> dict[str, int]:
    """A commune of COG 2024 is itself; else the commune that holds a borough or a delegated one; else the heir."""
    rank = {str(code): row for row, code in enumerate(geography.communes["code_insee"])}
    rows = geography.commune_rows
    holder = rows["commune_parent_id"].map(rows.set_index("id")["code"])
    inner = {str(code): rank[of] for code, of in zip(rows["code"], holder, strict=True) if of in rank}
    heirs = {old: rank[new] for old, new in geography.successors.items() if new in rank}
    return {**heirs, **inner, **rank}


def check_levels(names: Sequence[str]) -> tuple[str, ...]:
    """``names``, each once, in the order of ``LEVELS``.

    Raises:
        EtlError: for a level that does not exist, or none at all.
    """
    unknown = sorted(set(names) - set(LEVELS))
    if unknown or not names:
        raise EtlError(f"--level: expected some of {', '.join(LEVELS)}, found {', '.join(unknown) or 'nothing'}.")
    return tuple(name for name in LEVELS if name in names)


def encode_places(places: Places) -> tuple[pa.Table, pa.Table]:
    """The communes with their polygons (WKB), and the stated codes: what ``read_places`` reads."""
    polygons = pa.array(shapely.to_wkb(places.coverage.polygons), pa.binary())
    communes = pa.Table.from_pandas(places.communes, preserve_index=False).append_column("wkb", polygons)
    return communes, pa.table({"code": list(places.stated), "row": pa.array(places.stated.values(), pa.int32())})


@cache
def read_places(communes: Path, stated: Path) -> Places:
    """What was made from ``encode_places``, read once a process."""
    content, codes = pq.read_table(communes), pq.read_table(stated)
    polygons = np.asarray(shapely.from_wkb(content["wkb"].to_numpy()), dtype=object)
    rank = dict(zip(codes["code"].to_pylist(), codes["row"].to_pylist(), strict=True))
    return Places.of(content.drop_columns("wkb").to_pandas(), polygons, rank)

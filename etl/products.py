"""What a build makes: a Product is one file of ``geodata/published``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd
from shapely.geometry.base import BaseGeometry

import contract

LocalPath = Callable[[str], Path]
Kind = Literal["table", "geojson", "raw"]


@dataclass(frozen=True, eq=False)
class Product:
    """One published file.

    Attributes:
        name: Stem of the file (``regions``, ``territoires-2020-10``), or the whole file name when ``kind`` is ``raw``.
        kind: ``table`` gives ``<name>.parquet``, ``geojson`` gives ``<name>.geojson``, ``raw`` writes ``raw`` as it is.
        sources: Short names of the catalogue; their licences are those of the file.
        millesime: What the data describe (« 2020-10 », « 2024 »), in words when there are several.
        frame: Rows. For a table: exactly the contract's columns. For a geojson: the properties, at least the key.
        geometry: WGS84 shapes, one a row of ``frame``; None in a row gives a null geometry.
        raw: The bytes of a ``raw`` product; must be deterministic.
        table: Contract table of the columns and of the sort key; default: the one called ``name``, if any.
        rows: Number of objects of a ``raw`` product, for the manifest.
    """

    name: str
    kind: Kind
    sources: tuple[str, ...]
    millesime: str
    frame: pd.DataFrame | None = None
    geometry: Sequence[BaseGeometry | None] | None = None
    raw: bytes | None = None
    table: str | None = None
    rows: int | None = None

    @property
    def filename(self) -> str:
        suffix = {"table": ".parquet", "geojson": ".geojson", "raw": ""}[self.kind]
        return f"{self.name}{suffix}"

    @property
    def contract_table(self) -> contract.Table | None:
        """The contract's table behind the columns, when there is one."""
        return contract.tables().get(self.table or self.name)

    @property
    def n_rows(self) -> int:
        return len(self.frame) if self.frame is not None else (self.rows or 0)

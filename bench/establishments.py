"""Establishments that never were, for the measure and the tests: uniform in the boxes of communes, with every fault.

Nothing of this is published: the points are drawn from a fixed seed, not from a register.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

ROW_GROUP = 250_000
APE = ("25.62B", "10.71C", "47.11F", "62.01Z", "01.11Z", "86.21Z", "43.21A", "99.00Z")
BANDS = ("00", "01", "02", "11", "12", "21", "22", "31")
FAULTY_IN = 100
"""One row in this many has a fault; the kinds of fault follow each other."""


def write_synthetic(path: Path, rows: int, boxes: NDArray[np.float64], codes: Sequence[str], seed: int = 7) -> Path:
    """Writes ``rows`` establishments as Parquet, group after group.

    Args:
        boxes: (n, 4) array of degrees (west, south, east, north), one a commune.
        codes: the code of each commune.
    """
    random = np.random.default_rng(seed)
    names = pa.array(codes, pa.string())
    writer: pq.ParquetWriter | None = None
    for first in range(0, rows, ROW_GROUP):
        content = _group(random, first, min(ROW_GROUP, rows - first), boxes, names)
        writer = writer or pq.ParquetWriter(path, content.schema, compression="zstd", compression_level=1)
        writer.write_table(content)
    if writer is not None:
        writer.close()
    return path


def _group(random: np.random.Generator, first: int, size: int, boxes: NDArray[np.float64], names: pa.Array) -> pa.Table:
    commune = random.integers(0, len(boxes), size)
    west, south, east, north = boxes[commune].T
    lon, lat = random.uniform(west, east), random.uniform(south, north)
    row = np.arange(first, first + size)
    kind = np.where(row % FAULTY_IN == 0, row // FAULTY_IN % 6, -1)
    is_null = (kind == 0) | (kind == 1)  # the first keeps the code of its commune, the second has nothing
    swapped = kind == 2
    lon, lat = np.where(swapped, lat, lon), np.where(swapped, lon, lat)
    lon[kind == 3] = np.nan
    lat[kind == 4] = np.inf
    lon[kind == 5], lat[kind == 5] = 13.4, 52.5  # Berlin
    stated = names.take(pa.array(commune, mask=kind == 1))
    return pa.table(
        {
            "siret": pa.array(np.char.zfill(row.astype("U14"), 14)),
            "longitude": pa.array(lon, mask=is_null),
            "latitude": pa.array(lat, mask=is_null),
            "codeCommuneEtablissement": stated,
            "activitePrincipaleEtablissement": pa.array(APE).take(pa.array(row % len(APE))),
            "trancheEffectifsEtablissement": pa.array(BANDS).take(pa.array(row // 3 % len(BANDS))),
        }
    )

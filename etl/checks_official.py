"""Checks of what this atlas must reproduce: official totals under several conditions, and coverages without a fault."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from etl.checks import Failures, check_count, keys_of
from etl.geometry import faults_of
from etl.products import Product
from etl.settings import TABLES_FOLDER

AREAS = frozenset({"regions", "departements", "epci", "territoires"})


def check_official(frames: Mapping[str, pd.DataFrame], failures: Failures, path: Path | None = None) -> None:
    """The rows of ``totaux-officiels.csv``, for the tables at hand.

    ``filtre`` is ``column=value;column=value``; ``somme`` names a column to add up, else rows are counted.
    """
    with (path or TABLES_FOLDER / "totaux-officiels.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            frame = frames.get(row["table"])
            if frame is None:
                continue
            kept = select(frame, row["filtre"])
            found = int(kept[row["somme"]].sum()) if row["somme"] else len(kept)
            what = f"{row['table']} where {row['filtre']}{' : ' if row['somme'] else ''}{row['somme']}"
            check_count(f"{what} (official total, {row['source']})", found, int(row["attendu"]), failures)


def select(frame: pd.DataFrame, conditions: str) -> pd.DataFrame:
    """Rows whose columns, as text, equal the values of ``column=value;column=value``."""
    kept = frame
    for condition in conditions.split(";"):
        column, value = condition.split("=", 1)
        kept = kept[kept[column].astype("object").map(str) == value]
    return kept


def check_coverages(products: Sequence[Product], failures: Failures) -> None:
    """No gap, overlap or unmatched border between the areas of a layer, at the precision that is published."""
    for product in products:
        table, frame = product.contract_table, product.frame
        if product.kind != "geojson" or table is None or table.name not in AREAS or frame is None:
            continue
        shapes = np.empty(len(frame), dtype=object)
        shapes[:] = list(product.geometry or ())
        key = [name for name in table.key if name in frame.columns]
        faulty = frame.iloc[faults_of(shapes)]
        failures.add_rows(product.filename, "borders do not match those of a neighbour", keys_of(faulty, key))

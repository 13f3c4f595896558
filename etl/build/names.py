"""Names of the base map, typed by hand where the source has lost accents or speaks another language."""

import csv
from functools import cache
from pathlib import Path

from etl.settings import TABLES_FOLDER


@cache
def read_names(layer: str, folder: Path = TABLES_FOLDER) -> dict[str, str]:
    """French name by name in the source, for one layer (pays, ports, fleuves, lacs)."""
    with (folder / "noms.csv").open(encoding="utf-8", newline="") as stream:
        return {row["nom_source"]: row["nom"] for row in csv.DictReader(stream) if row["couche"] == layer}


@cache
def read_river_points(folder: Path = TABLES_FOLDER) -> tuple[tuple[str, float, float], ...]:
    """For each great river: its name and a place (lon, lat in degrees) that it runs through."""
    with (folder / "fleuves.csv").open(encoding="utf-8", newline="") as stream:
        return tuple((row["nom"], float(row["lon"]), float(row["lat"])) for row in csv.DictReader(stream))

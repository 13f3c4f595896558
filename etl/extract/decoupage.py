"""Etalab's « découpage administratif » (COG 2026; its 2.3.1 is COG 2022): codes, populations, vanished codes."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from etl.errors import ExtractError


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of one of the package's JSON lists.

    Raises:
        ExtractError: when the file is not a list of objects with a ``code``.
    """
    try:
        rows = json.loads(path.read_bytes())
    except ValueError as error:
        raise ExtractError(f"{path.name}: expected a JSON list, found {error}. Fetch again.") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) and "code" in row for row in rows):
        raise ExtractError(f"{path.name}: expected a list of objects with a code. Fetch again.")
    return rows


def read_communes(path: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    """Communes in force (COG 2026) by code: nom, population, siren; and for each vanished code, its heir in 2026.

    Null population: overseas collectivities.
    """
    rows = [row for row in read_rows(path) if row.get("type") == "commune-actuelle"]
    frame = pd.DataFrame({key: [row.get(key) for row in rows] for key in ("code", "nom", "population", "siren")})
    heirs = {old: row["code"] for row in rows for old in row.get("anciensCodes", ())}
    return frame.set_index("code"), heirs


def read_names(path: Path) -> pd.Series:
    """Name by code, of a list of regions or départements."""
    rows = read_rows(path)
    return pd.Series([row["nom"] for row in rows], index=[row["code"] for row in rows], dtype="str")


def read_overseas(path: Path) -> frozenset[str]:
    """Codes of the rows outside mainland France and Corsica."""
    return frozenset(row["code"] for row in read_rows(path) if row.get("zone") != "metro")


def read_members(path: Path) -> dict[str, frozenset[str]]:
    """Commune codes of each EPCI, by SIREN."""
    return {row["code"]: frozenset(member["code"] for member in row["membres"]) for row in read_rows(path)}

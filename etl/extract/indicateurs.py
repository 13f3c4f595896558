"""Series of the two public barometers (one shared layout) and the DITP's definitions."""

from pathlib import Path

import pandas as pd

from etl.errors import ExtractError

COLUMNS = ("snapshot", "indicator_id", "indicator", "geo_level", "geo_code", "date", "value", "unit", "note")


def read_series(path: Path) -> pd.DataFrame:
    """The rows as published, all as text; an empty cell is null.

    Raises:
        ExtractError: when a column is missing.
    """
    return _read(path, COLUMNS)


def read_definitions(path: Path) -> dict[str, str]:
    """Public name of each indicator that has one, by its id (« IND-334 »)."""
    rows = _read(path, ("indic_id", "indic_nom_baro")).dropna()
    return dict(zip(rows["indic_id"], rows["indic_nom_baro"].str.strip(), strict=True))


def _read(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    try:
        return pd.read_csv(path, usecols=list(columns), dtype=str, keep_default_na=False, na_values=[""])
    except ValueError as error:
        raise ExtractError(f"{path.name}: expected the columns {', '.join(columns)} ({error}).") from error

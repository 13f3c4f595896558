"""Territoires d'industrie: perimeters of the three millesimes, their members and their communes."""

from pathlib import Path

import pandas as pd

from contract import codes
from etl.errors import ExtractError

_INTEGERS = ("n_membres", "n_communes", "n_communes_total")


def _read(path: Path, columns: dict[str, str]) -> pd.DataFrame:
    """The columns of a CSV renamed; empty text is null."""
    frame = pd.read_csv(path, dtype="str", keep_default_na=False)
    missing = sorted(set(columns) - set(frame.columns))
    if missing:
        raise ExtractError(f"{path.name}: expected the column(s) {', '.join(missing)}, found {list(frame.columns)}.")
    renamed = frame[list(columns)].rename(columns=columns)
    for name in set(_INTEGERS) & set(renamed.columns):
        renamed[name] = pd.to_numeric(renamed[name]).astype("Int64")
    return renamed.replace("", pd.NA)


def read_territoires(path: Path) -> pd.DataFrame:
    """millesime, territoire_id, nom, code_region, codes_region, codes_departement (lists), n_membres, population."""
    frame = _read(
        path,
        {
            "vintage": "millesime",
            "territory_id": "territoire_id",
            "name": "nom",
            "region_code": "code_region",
            "regions_covered": "codes_region",
            "departments": "codes_departement",
            "n_members": "n_membres",
            "population_municipale_cog2026": "population",
        },
    )
    frame["population"] = pd.to_numeric(frame["population"]).astype("Int64")
    for name in ("codes_region", "codes_departement"):
        frame[name] = _lists(frame[name])
    return frame


def read_membres(path: Path) -> pd.DataFrame:
    """millesime, territoire_id, membre_code, membre_type (our code), nom, n_communes, n_communes_total, successeurs."""
    frame = _read(
        path,
        {
            "vintage": "millesime",
            "territory_id": "territoire_id",
            "member_siren": "membre_code",
            "member_type": "membre_type",
            "member_name": "nom",
            "communes_in": "n_communes",
            "communes_total": "n_communes_total",
            "successor_sirens_2026": "successeurs",
        },
    )
    spellings = {text: code for code, row in codes("membre_type").items() for text in (code, *row.source)}
    unknown = set(frame["membre_type"]) - set(spellings)
    if unknown:
        raise ExtractError(f"{path.name}: member_type: expected one of {sorted(spellings)}, found {sorted(unknown)}.")
    frame["membre_type"] = frame["membre_type"].map(spellings)
    frame["successeurs"] = _lists(frame["successeurs"])
    return frame


def read_listes(path: Path) -> pd.DataFrame:
    """millesime, territoire_id, code_insee: the communes of each territoire in the COG of its source list."""
    return _read(path, {"vintage": "millesime", "territory_id": "territoire_id", "insee_com": "code_insee"})


def _lists(column: pd.Series) -> pd.Series:
    lists = [[] if pd.isna(text) else str(text).split("|") for text in column]
    return pd.Series(lists, index=column.index, dtype=object)

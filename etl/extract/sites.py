"""Turnkey industrial sites: the typed list of labels, what was announced by wave, and which labels are one site."""

import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from contract import codes
from etl.errors import ExtractError
from etl.extract.projets import normalise

COLUMNS = {
    "id": "source_id",
    "name": "site_nom",
    "insee": "code_insee",
    "departement": "code_departement",
    "region": "region",
    "vintage": "vague",
    "surface_ha": "surface_ha",
    "available_ha": "surface_disponible_ha",
    "sectors": "secteurs",
    "motorway": "autoroute",
    "rail": "rail",
    "waterway": "voie_eau",
    "port": "port",
    "airport": "aeroport",
    "assets_notes": "atouts",
    "status": "etat",
    "owner_or_developer": "porteur",
    "lat": "lat",
    "lon": "lon",
    "position_quality": "position_quality",
    "source_url": "source_url",
    "source_ref": "source_ref",
    "confidence": "confiance",
}
NATIONAL = "FR"
_NUMBERS = ("surface_ha", "surface_disponible_ha", "lat", "lon")


def read_sites(path: Path, regions: pd.Series) -> pd.DataFrame:
    """One row a label (a site in a wave), in the contract's names and codes; ``references`` is a list of texts.

    Raises:
        ExtractError: when a column is missing, or a wave, confidence or region is unknown.
    """
    raw = _read(path, list(COLUMNS)).rename(columns=COLUMNS)
    frame = raw.replace("", pd.NA)
    for name in _NUMBERS:
        frame[name] = pd.to_numeric(frame[name]).astype("float64")
    frame["code_region"] = region_codes(frame.pop("region"), regions, path.name)
    levels = {text: code for code, row in codes("confiance").items() for text in row.source}
    frame["confiance"] = frame["confiance"].map(levels)
    for name in ("vague", "confiance"):
        _check_codes(frame, name, path.name)
    frame["position_quality"] = frame["position_quality"].fillna("aucune")
    pairs = zip(frame.pop("source_url"), frame.pop("source_ref"), strict=True)
    frame["references"] = pd.Series([_references(*pair) for pair in pairs], dtype=object)
    return frame


def read_announced(path: Path, regions: pd.Series) -> pd.DataFrame:
    """vague, code_region (FR: total), annonces (null: not known), etablis: what the lists were counted to hold."""
    raw = _read(path, ["vintage", "region", "announced", "established"])
    is_total = raw["region"] == "total"
    names = raw["region"].where(~is_total, "")
    frame = pd.DataFrame({"vague": raw["vintage"]})
    frame["code_region"] = region_codes(names, regions, path.name, blank=NATIONAL)
    frame["annonces"] = pd.to_numeric(raw["announced"].replace("", pd.NA)).astype("Int64")
    frame["etablis"] = pd.to_numeric(raw["established"]).astype("int64")
    return frame


def read_identities(path: Path) -> pd.DataFrame:
    """site_id, source_id, is_reference: the labels that are one physical site, with reason, source and confidence."""
    frame = _read(path, ["site_id", "source_id", "is_reference", "raison", "source_url", "confiance"])
    frame["is_reference"] = frame["is_reference"] == "1"
    references = frame.groupby("site_id")["is_reference"].sum()
    if frame["source_id"].duplicated().any() or (references != 1).any():
        raise ExtractError(f"{path.name}: each label once, and one reference a site: {references[references != 1]}.")
    return frame


def read_standard(paths: Iterable[Path]) -> frozenset[str]:
    """Names of the fields of the national standard « Sites économiques », from its Table Schema files.

    Raises:
        ExtractError: when a file is not a Table Schema.
    """
    names: set[str] = set()
    for path in paths:
        try:
            names.update(field["name"] for field in json.loads(path.read_text(encoding="utf-8"))["fields"])
        except (ValueError, KeyError, TypeError) as error:
            raise ExtractError(f"{path.name}: expected a Table Schema with named fields, found {error!r}.") from error
    return frozenset(names)


def region_codes(names: pd.Series, regions: pd.Series, where: str, blank: str | None = None) -> list[str]:
    """INSEE code of each region name; ``blank`` for an empty name."""
    known = {normalise(name): str(code) for code, name in regions.items()} | ({"": blank} if blank else {})
    unknown = sorted({name for name in names if normalise(name) not in known})
    if unknown:
        raise ExtractError(f"{where}: region: expected the name of a region, found {unknown[0]!r}.")
    return [known[normalise(name)] for name in names]


def _read(path: Path, columns: list[str]) -> pd.DataFrame:
    raw = pd.read_csv(path, dtype="str", keep_default_na=False)
    missing = sorted(set(columns) - set(raw.columns))
    if missing:
        raise ExtractError(f"{path.name}: expected the column(s) {', '.join(missing)}, found {list(raw.columns)}.")
    return raw[columns].apply(lambda column: column.str.strip())


def _check_codes(frame: pd.DataFrame, name: str, where: str) -> None:
    known = codes(name)
    for row, value in enumerate(frame[name], start=1):
        if pd.isna(value) or value not in known:
            raise ExtractError(f"{where}, row {row}: {name}: expected one of {', '.join(known)}, found {value!r}.")


def _references(address: str, texts: str) -> list[str]:
    """The distinct sources of a label, the main address first."""
    listed = [] if pd.isna(texts) else [text.strip() for text in texts.split(" ; ")]
    return list(dict.fromkeys(text for text in ([] if pd.isna(address) else [address]) + listed if text))

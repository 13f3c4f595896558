"""The ``indicateurs`` table: what two public barometers say, series by series, each with its publication date."""

import pandas as pd

from etl.errors import ExtractError
from etl.extract.indicateurs import read_definitions, read_series
from etl.products import LocalPath, Product

SOURCES = ("barometre", "barometre-anterieurs", "ditp", "ditp-meta")
COLUMNS = (
    "source", "vintage", "indicateur_id", "nature", "nom", "niveau", "code", "date", "valeur", "unite", "note",
)  # fmt: skip
LEVELS = {"national": "pays", "region": "region", "departement": "departement"}
NATURES = {"valeur_atteinte": "atteinte", "valeur_initiale": "initiale", "valeur_cible": "cible"}
NOTE_CUMULATIVE = "Cumul depuis le début de France Relance ; le total national est inférieur à la somme des régions."
NOTE_SUPERSEDED = "Série remplacée depuis : à lire avec sa date de publication."


def build_indicateurs(local_path: LocalPath) -> list[Product]:
    """One row a value: companies helped by France Relance (all its vintages) and the DITP's industry indicators."""
    names = read_definitions(local_path("ditp-meta"))
    parts = [_tidy(read_series(local_path(name)), name, names) for name in SOURCES[:3]]
    frame = pd.concat(parts, ignore_index=True)
    return [Product("indicateurs", "table", SOURCES, "2020 à 2026", frame[list(COLUMNS)])]


def _tidy(rows: pd.DataFrame, source: str, names: dict[str, str]) -> pd.DataFrame:
    series = rows["indicator_id"].str.split(":", n=1, expand=True).reindex(columns=[0, 1]).astype(object)
    own_name = rows["indicator"].str.replace(r" – valeur (?:initiale|atteinte|cible)$", "", regex=True)
    return pd.DataFrame(
        {
            "source": source,
            "vintage": rows["snapshot"],
            "indicateur_id": series[0],
            "nature": _map(series[1].fillna("valeur_atteinte"), NATURES, f"{source}: indicator_id"),
            "nom": series[0].map(names).fillna(own_name),
            "niveau": _map(rows["geo_level"], LEVELS, f"{source}: geo_level"),
            "code": rows["geo_code"],
            "date": rows["date"],
            "valeur": pd.to_numeric(rows["value"]),
            "unite": rows["unit"],
            "note": _notes(rows, source),
        }
    )


def _notes(rows: pd.DataFrame, source: str) -> pd.Series:
    # As objects: a column without any note is read as numbers.
    own = rows["note"].astype(object).where(rows["note"] != "national total is larger than the sum of regions", other=(
        "Le total national est supérieur à la somme des régions."
    ))  # fmt: skip
    default = {"barometre": NOTE_CUMULATIVE, "barometre-anterieurs": NOTE_SUPERSEDED}.get(source)
    return own.fillna(default) if default else own


def _map(values: pd.Series, known: dict[str, str], where: str) -> pd.Series:
    unknown = sorted(set(values.dropna()) - set(known))
    if unknown:
        raise ExtractError(f"{where}: expected one of {', '.join(known)}, found {', '.join(unknown)}.")
    return values.map(known)

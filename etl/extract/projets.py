"""Projects of the open data file « plan-de-relance » of 2022-04-08: live export, or copy with ``x_*`` columns."""

import unicodedata
from pathlib import Path

import pandas as pd

from contract import codes
from etl.errors import ExtractError

COLUMNS = {
    "entreprise": "entreprise",
    "type_entreprise": "taille",
    "siren": "siren_source",
    "volet_relance": "volet",
    "mesure": "mesure",
    "nom_commune": "nom_commune_source",
    "code_postal": "code_postal_source",
    "coordonnees_gps": "point",
    "description_projet": "description",
    "mise_a_jour": "date_mise_a_jour",
    "filiere": "filiere_source",
    "tonnes_equivalent_co2_pour_les_projets_decarbonation": "co2_t",
    "code_departement": "code_departement",
    "nom_region": "nom_region",
}
STATED = {
    "x_emplois_crees_enonces": "emplois_crees",
    "x_emplois_maintenus_enonces": "emplois_maintenus",
    "x_investissement_enonce_eur": "investissement_eur",
}
COLLECTIVITES = {"nouvelle-caledonie": "988", "polynesie francaise": "987"}
DEPARTEMENT_ALIASES = {"98": "988"}
"""New Caledonia is written 98 in the file; its code is 988."""


def read_projets(path: Path, regions: pd.Series) -> pd.DataFrame:
    """One row a project, in the order of the file; texts trimmed, codes of the contract, dates ISO, numbers as floats.

    Args:
        path: ``;``-separated export. The ``x_*`` columns may be absent: their fields are then null.
        regions: name of each region by code.

    A stated range (« 5-10 ») is recorded by its lower bound: the text promises no more than that.

    Raises:
        ExtractError: when a column is missing or a coded text is unknown.
    """
    raw = pd.read_csv(path, sep=";", dtype="str", keep_default_na=False, encoding="utf-8-sig")
    missing = sorted(set(COLUMNS) - set(raw.columns))
    if missing:
        raise ExtractError(f"{path.name}: expected the column(s) {', '.join(missing)}, found {list(raw.columns)}.")
    frame = raw[list(COLUMNS)].rename(columns=COLUMNS).apply(lambda column: column.str.strip()).replace("", pd.NA)
    for source, name in STATED.items():
        frame[name] = [lower_bound(text) for text in raw[source]] if source in raw else float("nan")
    frame["projet_id"] = _identifiers(raw)
    for name, code_list in (("taille", "taille"), ("volet", "volet"), ("mesure", "mesure")):
        frame[name] = encode(frame[name], code_list, path.name)
    frame["filiere"] = encode(frame["filiere_source"], "filiere", path.name)
    frame["co2_t"] = pd.to_numeric(frame["co2_t"]).astype("float64")
    frame["date_mise_a_jour"] = [_iso_day(text, path.name) for text in frame["date_mise_a_jour"]]
    frame["code_region"] = _region_codes(frame.pop("nom_region"), regions, path.name)
    frame["code_departement"] = [departement_code(text) for text in frame["code_departement"]]
    points = frame.pop("point").str.split(",", expand=True).reindex(columns=[0, 1])
    frame["lat_source"], frame["lon_source"] = (pd.to_numeric(points[axis], errors="coerce") for axis in (0, 1))
    return frame


def _identifiers(raw: pd.DataFrame) -> list[str]:
    rows = raw["x_ligne"].astype(int) if "x_ligne" in raw else range(1, len(raw) + 1)
    return [f"p{row:04d}" for row in rows]


def encode(texts: pd.Series, code_list: str, where: str) -> list[str | None]:
    """Contract codes of source spellings; null stays null.

    Raises:
        ExtractError: naming the first spelling that the contract does not know, and its row.
    """
    spellings = {text: code for code, row in codes(code_list).items() for text in row.source}
    encoded: list[str | None] = []
    for row, text in enumerate(texts, start=1):
        if pd.isna(text):
            encoded.append(None)
        elif text in spellings:
            encoded.append(spellings[text])
        else:
            raise ExtractError(f"{where}, row {row}: {code_list}: unknown value {text!r}. Add it to contract.toml.")
    return encoded


def lower_bound(text: str) -> float:
    """12 for « 12 », 5 for « 5-10 », NaN for an empty text."""
    return float(text.split("-", maxsplit=1)[0]) if text.strip() else float("nan")


def departement_code(text: str) -> str | None:
    """INSEE code of « 1.0 », « 974.0 », « 2A »; null when not stated."""
    if pd.isna(text):
        return None
    code = text.removesuffix(".0").zfill(2)
    return DEPARTEMENT_ALIASES.get(code, code)


def _region_codes(names: pd.Series, regions: pd.Series, where: str) -> list[str]:
    known = {normalise(name): code for code, name in regions.items()} | COLLECTIVITES
    result = []
    for row, name in enumerate(names, start=1):
        code = known.get(normalise("" if pd.isna(name) else name))
        if code is None:
            raise ExtractError(f"{where}, row {row}: nom_region: expected the name of a region, found {name!r}.")
        result.append(str(code))
    return result


def normalise(text: str) -> str:
    """Lower case, no accents, straight apostrophes: to compare names of regions, never of communes."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold().strip()


def _iso_day(text: str, where: str) -> str:
    try:
        return pd.Timestamp(text).strftime("%Y-%m-%d")
    except (ValueError, TypeError) as error:
        raise ExtractError(f"{where}: mise_a_jour: expected a date, found {text!r}.") from error

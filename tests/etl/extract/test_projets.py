"""Real rows of « plan-de-relance », with their defects, and hostile files."""

from pathlib import Path

import pandas as pd
import pytest

from etl.errors import ExtractError
from etl.extract.projets import departement_code, lower_bound, read_projets

DATA = Path(__file__).parents[2] / "data" / "etl" / "plan-de-relance.csv"
REGIONS = pd.Series(
    {
        "75": "Nouvelle-Aquitaine",
        "84": "Auvergne-Rhône-Alpes",
        "53": "Bretagne",
        "27": "Bourgogne-Franche-Comté",
        "44": "Grand Est",
        "93": "Provence-Alpes-Côte d'Azur",
        "32": "Hauts-de-France",
        "94": "Corse",
        "11": "Île-de-France",
        "24": "Centre-Val de Loire",
        "28": "Normandie",
        "52": "Pays de la Loire",
        "76": "Occitanie",
    }
)


def write(folder: Path, **changes: str) -> Path:
    """The real rows with one column emptied, dropped (value None) or set everywhere."""
    frame = pd.read_csv(DATA, sep=";", dtype=str, keep_default_na=False)
    for name, value in changes.items():
        frame[name] = value
    path = folder / "plan-de-relance.csv"
    frame.to_csv(path, sep=";", index=False)
    return path


def test_real_rows_get_codes_dates_and_nulls() -> None:
    frame = read_projets(DATA, REGIONS).set_index("projet_id")

    first = frame.loc["p0001"]
    assert (first["entreprise"], first["taille"], first["mesure"]) == ("MATERR'UP", "tpe_pme", "territoires")
    assert (first["code_departement"], first["code_region"]) == ("40", "75")
    assert (first["lat_source"], first["lon_source"]) == (43.71102, -1.23546)
    assert first["date_mise_a_jour"] == "2021-05-05"
    assert frame["co2_t"].loc["p0002"] == 8368.67
    assert pd.isna(frame["entreprise"].loc["p0180"])
    assert frame["code_region"].loc["p0217"] == "988"
    assert frame["code_departement"].loc["p0217"] == "988"
    assert pd.isna(frame["lon_source"].loc["p0217"])
    assert frame["code_region"].loc["p0522"] == "987"


def test_both_spellings_of_a_sector_merge_and_the_raw_one_stays() -> None:
    frame = read_projets(DATA, REGIONS)
    odd = frame[frame["filiere_source"].isin(["Industrie automobile", "Mode et luxe"])]

    assert set(odd["filiere"]) <= {"automobile", "mode_luxe"}
    assert len(odd)


def test_the_live_export_without_stated_columns_is_read_too(tmp_path: Path) -> None:
    frame = pd.read_csv(DATA, sep=";", dtype=str, keep_default_na=False)
    path = tmp_path / "live.csv"
    frame[[name for name in frame if not name.startswith("x_")]].to_csv(path, sep=";", index=False)

    live = read_projets(path, REGIONS)

    assert live["emplois_crees"].isna().all()
    assert live["investissement_eur"].isna().all()
    assert live["projet_id"].tolist()[:2] == ["p0001", "p0002"]


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("mesure", "Fonds inconnu", "mesure: unknown value 'Fonds inconnu'"),
        ("nom_region", "ATLANTIDE", "found 'ATLANTIDE'"),
        ("nom_region", "", "nom_region"),
        ("mise_a_jour", "hier", "expected a date"),
    ],
)
def test_an_unknown_value_is_refused_by_name(tmp_path: Path, column: str, value: str, message: str) -> None:
    with pytest.raises(ExtractError, match=message):
        read_projets(write(tmp_path, **{column: value}), REGIONS)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("entreprise;siren\nA;1\n", encoding="utf-8")

    with pytest.raises(ExtractError, match="code_departement"):
        read_projets(path, REGIONS)


@pytest.mark.parametrize(("text", "number"), [("12", 12.0), ("5-10", 5.0), ("700000-1000000", 700_000.0)])
def test_a_range_is_its_lower_bound(text: str, number: float) -> None:
    assert lower_bound(text) == number


@pytest.mark.parametrize(("text", "code"), [("1.0", "01"), ("974.0", "974"), ("98.0", "988"), ("2A", "2A")])
def test_departement_codes(text: str, code: str) -> None:
    assert departement_code(text) == code

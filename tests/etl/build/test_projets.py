"""Projects are placed by point, else by postcode, and never by the name of a commune."""

from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest
import shapely

from etl.build.geography import Geography
from etl.build.projets import projets_table, repair_postcode

POSTCODES = {"59001": frozenset({"59001"}), "59002": frozenset({"59001", "59002"})}


def make_geography() -> Geography:
    """Two communes of 0.2° side by side; only the first is in a territoire in 2020."""
    communes = pd.DataFrame(
        {
            "code_insee": ["59001", "62002"],
            "nom": ["Première", "Seconde"],
            "code_epci": ["200000001", None],
            "code_departement": ["59", "62"],
            "code_region": ["32", "32"],
        }
    )
    polygons = np.array([shapely.box(3.0, 50.0, 3.2, 50.2), shapely.box(3.2, 50.0, 3.4, 50.2)], dtype=object)
    territoires = MappingProxyType({"2020-10": {"59001": "ti-3201"}, "2022-12": {}, "2024-07": {}})
    empty = pd.DataFrame()
    return Geography(communes, polygons, np.array([2154, 2154]), empty, territoires, empty, {}, empty)


def make_raw(**changes: object) -> pd.DataFrame:
    row: dict[str, object] = dict.fromkeys(
        ("taille", "filiere", "filiere_source", "description", "co2_t", "emplois_crees", "emplois_maintenus")
    )
    row |= {"projet_id": "p0001", "entreprise": "A", "siren_source": "842959249", "volet": "verdissement"}
    row |= {"mesure": "chaleur", "investissement_eur": None, "date_mise_a_jour": "2021-02-01"}
    row |= {"code_postal_source": "59001", "nom_commune_source": "SECONDE", "code_departement": "59"}
    row |= {"code_region": "32", "lon_source": 3.05, "lat_source": 50.05}
    return pd.DataFrame([row | changes])


def build(**changes: object) -> pd.Series:
    return projets_table(make_raw(**changes), make_geography(), POSTCODES).iloc[0]


def test_a_point_wins_over_the_stated_commune() -> None:
    project = build()

    assert (project["code_insee"], project["position_methode"], project["position_quality"]) == (
        "59001",
        "point",
        "adresse",
    )
    assert (project["ti_2020_10"], project["territoire_2020_10"], project["ti_2022_12"]) == ("dans", "ti-3201", "hors")
    assert not project["is_departement_discordant"]


def test_a_point_at_the_centre_of_its_commune_is_not_an_address() -> None:
    assert build(lon_source=3.1001, lat_source=50.1002)["position_quality"] == "commune"


def test_a_discordant_departement_is_flagged_and_the_stated_one_kept() -> None:
    project = build(lon_source=3.3, lat_source=50.05)

    assert project["is_departement_discordant"]
    assert (project["code_departement"], project["code_departement_position"]) == ("59", "62")


def test_a_point_in_no_commune_falls_back_on_a_postcode_of_one_commune() -> None:
    project = build(lon_source=10.0, lat_source=50.0)

    assert (project["code_insee"], project["position_methode"], project["position_quality"]) == (
        "59001",
        "code_postal",
        "commune",
    )
    assert 3.0 < project["lon"] < 3.2


@pytest.mark.parametrize("postcode", ["59002", "98890", None])
def test_without_point_an_ambiguous_postcode_places_nothing(postcode: str | None) -> None:
    project = build(lon_source=np.nan, lat_source=np.nan, code_postal_source=postcode)

    assert project["position_quality"] == "aucune"
    assert project[["code_insee", "lon", "lat", "position_methode", "territoire_2020_10"]].isna().all()
    assert project["ti_2020_10"] == "inconnu"
    assert pd.isna(project["is_departement_discordant"])


def test_a_departement_that_is_not_stated_comes_from_the_position() -> None:
    assert build(code_departement=None)["code_departement"] == "59"


@pytest.mark.parametrize(
    ("text", "code"), [("8000", "08000"), ("75008", "75008"), ("750", None), ("75 008", None), (None, None)]
)
def test_postcodes_get_their_zero_back(text: str | None, code: str | None) -> None:
    assert repair_postcode(text) == code

"""Real labels merged into physical sites, and distances that do not pretend."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from etl.build.distances import add_distances
from etl.build.sites import _merge, name_sites
from etl.build.sites_couverture import build_sites_couverture
from etl.extract.sites import read_identities, read_sites
from etl.settings import TABLES_FOLDER

DATA = Path(__file__).parents[2] / "data" / "etl" / "sites.csv"
REGIONS = pd.Series(
    {
        "32": "Hauts-de-France",
        "75": "Nouvelle-Aquitaine",
        "24": "Centre-Val de Loire",
        "76": "Occitanie",
        "28": "Normandie",
        "04": "La Réunion",
        "52": "Pays de la Loire",
    }
)


@pytest.fixture
def labels() -> pd.DataFrame:
    return read_sites(DATA, REGIONS)


def test_five_sites_bear_two_labels_and_the_basin_of_lacq_stays_two_sites(labels: pd.DataFrame) -> None:
    named = name_sites(labels, read_identities(TABLES_FOLDER / "sites-identites.csv"))
    sizes = named["site_id"].value_counts()

    assert sorted(sizes[sizes == 2].index) == ["scm20b-20", "scm20b-23", "scm20b-25", "scm21-08", "scm2x-02"]
    assert {"scm20a-08", "scm24-16"} <= set(sizes[sizes == 1].index)


def test_a_merged_site_keeps_each_label_with_its_date_and_sources(labels: pd.DataFrame) -> None:
    named = name_sites(labels, read_identities(TABLES_FOLDER / "sites-identites.csv"))
    site = _merge(named[named["site_id"] == "scm20b-20"])

    assert [label["vague"] for label in site["labels"]] == ["2020-07", "2024-04"]
    assert [label["confiance"] for label in site["labels"]] == ["moyenne", "elevee"]
    assert site["confiance"] == "elevee"
    assert site["surface_disponible_ha"] == 330  # said in 2020 only
    assert all(address.startswith("http") for address in site["sources"])


def test_a_site_without_commune_has_no_position(labels: pd.DataFrame) -> None:
    dunkerque = labels.set_index("source_id").loc["SCM20A-04"]

    assert dunkerque["position_quality"] == "aucune"
    assert dunkerque[["code_insee", "lon", "lat"]].isna().all()


def test_coverage_counts_labels_and_leaves_unknown_announcements_null(labels: pd.DataFrame) -> None:
    announced = pd.DataFrame(
        {"vague": ["2020-07", "2020-07"], "code_region": ["52", "44"], "annonces": pd.array([None, 8], dtype="Int64")}
    )
    frame = build_sites_couverture(announced, labels).frame
    assert frame is not None
    rows = frame.set_index(["vague", "code_region"])

    assert pd.isna(rows.loc[("2020-07", "52"), "annonces"])
    assert rows.loc[("2020-07", "52"), ["documentes", "documentes_surs"]].tolist() == [1, 0]
    assert rows.loc[("2020-07", "44"), ["annonces", "documentes"]].tolist() == [8, 0]


def test_a_short_distance_is_withheld_and_another_territory_is_never_near() -> None:
    sites = pd.DataFrame(
        {
            "lon": [2.0, 9.0, 55.3, np.nan],
            "lat": [47.0, 42.3, -21.1, np.nan],
            "position_quality": ["commune", "commune", "adresse", "aucune"],
        }
    )
    ports = pd.DataFrame({"nom": ["Près", "Loin", "Le Port"], "lon": [2.01, 3.0, 55.29], "lat": [47.0, 47.0, -20.95]})

    add_distances(sites, {"port": ports})

    assert sites["port_nom"].tolist() == ["Près", None, "Le Port", None]
    assert sites["port_dist_km"].isna().tolist() == [True, True, False, True]
    assert sites["port_dist_km"].iloc[2] == pytest.approx(16.6, abs=0.2)
    assert sites["distances_sous_5_km"].tolist() == [["port"], [], [], []]

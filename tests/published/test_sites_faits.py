"""The published facts of the sites hang together with the sites, the standard's schema and the double labels."""

import json
from pathlib import Path

import pandas as pd
import pytest

import contract

PUBLISHED = Path(__file__).parents[2] / "geodata" / "published"


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return pd.read_parquet(PUBLISHED / "sites-faits.parquet")


@pytest.fixture(scope="module")
def sites() -> pd.DataFrame:
    return pd.read_parquet(PUBLISHED / "sites.parquet").set_index("site_id")


def test_every_fact_belongs_to_a_site_and_quotes_one_of_its_labels(facts: pd.DataFrame, sites: pd.DataFrame) -> None:
    labels = {site: {label["source_id"] for label in json.loads(text)} for site, text in sites["labels"].items()}

    assert all(row.source_id in labels[row.site_id] for row in facts.itertuples())


def test_every_source_of_a_fact_has_a_licence(facts: pd.DataFrame) -> None:
    manifest = json.loads((PUBLISHED / "manifest.json").read_text(encoding="utf-8"))

    assert all(manifest["sources"][name]["licence"] for name in facts["source"].unique())


def test_no_fact_contradicts_the_available_area_of_its_site(facts: pd.DataFrame, sites: pd.DataFrame) -> None:
    retained = facts[(facts["champ"] == "site_surf_comm_dispo") & (facts["rang"] == 1)]
    stated = sites["surface_disponible_ha"].dropna()
    both = retained[retained["site_id"].isin(stated.index)]

    assert (both["valeur"].astype(float).to_numpy() == stated[both["site_id"]].to_numpy()).all()


def test_labels_of_one_place_are_one_site(sites: pd.DataFrame) -> None:
    """The same commune and much the same name twice would be a double label left apart."""
    names = sites["site_nom"].str.lower().str.normalize("NFKD").str.replace(r"[^a-z0-9 ]", "", regex=True)
    pairs = pd.DataFrame({"code": sites["code_insee"], "name": names}).dropna()

    assert not pairs.duplicated().any()
    assert (sites["labels"].map(lambda text: len(json.loads(text))) == 2).sum() == 5


def test_fields_of_the_sheet_have_labels_questions_and_a_known_group() -> None:
    groups = set(contract.codes("groupe_fiche"))
    kinds = {"text", "number", "yesno", "choice", "period", "date"}
    for field in contract.sheet_fields().values():
        assert field.group in groups
        assert field.kind in kinds
        assert field.ask("fr").endswith("\u202f?")
        assert field.ask("en").endswith("?")
        assert bool(field.values) == (field.kind == "choice")

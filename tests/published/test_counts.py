"""The official totals, and the sums that must come out whichever way one counts."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import contract
from geodata.repository import Tables

SHAPES = {
    "regions": 18,
    "departements": 101,
    "territoires-2020-10": 148,
    "territoires-2022-12": 149,
    "territoires-2024-07": 183,
    "projets": 3080,
}


def features(published: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((published / f"{name}.geojson").read_bytes())["features"]
    return found


@pytest.mark.parametrize(("name", "expected"), SHAPES.items())
def test_official_counts(published: Path, name: str, expected: int) -> None:
    assert len(features(published, name)) == expected


@pytest.mark.parametrize("name", list(contract.tables()))
def test_keys_are_unique_and_never_null(tables: Tables, name: str) -> None:
    key = list(contract.table(name).key)
    assert not tables[name].duplicated(key).any()


@pytest.mark.parametrize("name", list(contract.tables()))
def test_nulls_and_codes_are_those_of_the_contract(tables: Tables, name: str) -> None:
    for field in contract.table(name).fields.values():
        cells = tables[name][field.name]
        if not field.is_nullable:
            assert cells.notna().all(), field.name
        if field.codes and field.kind == "string":
            assert set(cells.dropna()) <= set(contract.codes(field.codes)), field.name


@pytest.mark.parametrize("name", ["regions", "departements", "epci", "projets", "sites"])
def test_no_shape_without_a_row_and_no_row_without_a_shape(published: Path, tables: Tables, name: str) -> None:
    key = contract.table(name).key[0]
    shapes = [feature["properties"][key] for feature in features(published, name)]
    assert sorted(shapes) == sorted(tables[name][key])


@pytest.mark.parametrize("millesime", contract.MILLESIMES)
def test_territoires_have_a_shape_each(published: Path, tables: Tables, millesime: str) -> None:
    rows = tables["territoires"]
    shapes = {f["properties"]["territoire_id"] for f in features(published, f"territoires-{millesime}")}
    assert shapes == set(rows.loc[rows["millesime"] == millesime, "territoire_id"])


@pytest.mark.parametrize("millesime", contract.MILLESIMES)
def test_communes_of_a_territoire_add_up(tables: Tables, millesime: str) -> None:
    communes, rows = tables["territoires-communes"], tables["territoires"]
    counted = communes[communes["millesime"] == millesime].groupby("territoire_id").size()
    stated = rows[rows["millesime"] == millesime].set_index("territoire_id")["n_communes"]
    pd.testing.assert_series_equal(counted.sort_index(), stated.sort_index(), check_names=False, check_dtype=False)


def test_every_commune_of_the_three_lists_is_kept(tables: Tables) -> None:
    communes = tables["territoires-communes"]
    assert communes.groupby("millesime").size().to_dict() == {"2020-10": 15697, "2022-12": 16186, "2024-07": 18639}


def test_population_is_the_same_at_every_level(tables: Tables) -> None:
    # A commune created after the census has no population of its own: its département is complete, it is null.
    stated = tables["communes"].dropna(subset="population").groupby("code_departement")["population"].sum()
    departements = tables["departements"].set_index("code_departement")["population"]
    nulls = tables["communes"].query("population.isna()")["code_departement"]
    complete = departements.index.difference(nulls)
    assert (stated[complete] == departements[complete]).all()
    assert (stated <= departements).all()
    by_region = tables["departements"].groupby("code_region")["population"].sum()
    assert by_region.to_dict() == tables["regions"].set_index("code_region")["population"].to_dict()


@pytest.mark.parametrize("millesime", contract.MILLESIMES)
def test_projects_are_in_out_or_unknown_and_in_means_a_territoire(tables: Tables, millesime: str) -> None:
    projets = tables["projets"]
    state, territoire = (
        projets[contract.column_for("ti", millesime)],
        projets[contract.column_for("territoire", millesime)],
    )
    assert set(state) <= {"dans", "hors", "inconnu"}
    assert ((state == "dans") == territoire.notna()).all()
    assert (projets.loc[state == "inconnu", "position_quality"] == "aucune").all()
    known = tables["territoires"]
    assert set(territoire.dropna()) <= set(known.loc[known["millesime"] == millesime, "territoire_id"])


def test_a_position_is_there_exactly_when_its_quality_says_so(tables: Tables) -> None:
    for name in ("projets", "sites"):
        rows = tables[name]
        assert (rows["lon"].notna() == (rows["position_quality"] != "aucune")).all()
        assert (rows["lat"].notna() == rows["lon"].notna()).all()


def test_a_siren_that_is_said_valid_is_nine_digits_and_passes_luhn(tables: Tables) -> None:
    for siren in tables["projets"]["siren"].dropna():
        assert len(siren) == 9
        assert siren.isdigit()


def test_labels_of_the_sites_are_the_documented_ones(tables: Tables) -> None:
    labels = [label for cell in tables["sites"]["labels"] for label in json.loads(cell)]
    counted = pd.Series([label["vague"] for label in labels]).value_counts()
    coverage = tables["sites-couverture"]
    national = coverage[coverage["code_region"] == "FR"].set_index("vague")["documentes"]
    exact = counted[[wave for wave in counted.index if wave in national.index]]
    assert (exact <= national[exact.index]).all()
    assert {label["vague"] for label in labels} <= set(contract.codes("vague"))

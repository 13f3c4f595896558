"""The indicators, from real rows of the two barometers."""

from pathlib import Path

import pandas as pd
import pytest

import contract
from etl.build.indicateurs import build_indicateurs
from etl.errors import ExtractError

DATA = Path(__file__).parents[2] / "data" / "etl"


@pytest.fixture
def frame() -> pd.DataFrame:
    [product] = build_indicateurs(lambda name: DATA / f"{name}.csv")
    assert product.frame is not None
    return product.frame


def test_it_has_the_columns_and_the_key_of_the_contract(frame: pd.DataFrame) -> None:
    table = contract.table("indicateurs")
    assert list(frame.columns) == list(table.fields)
    assert not frame.duplicated(list(table.key)).any()


def test_each_vintage_keeps_its_own_value_of_the_same_day(frame: pd.DataFrame) -> None:
    rows = frame[(frame["niveau"] == "pays") & (frame["date"] == "2020-11-30")]
    values = dict(zip(rows["vintage"], rows["valeur"], strict=True))
    assert values["2023-01-19"] == 253
    assert values["2021-12-21"] == 251
    assert 212 in values.values()


def test_the_caveats_of_the_sources_travel_with_the_values(frame: pd.DataFrame) -> None:
    notes = frame.groupby("source")["note"].agg(set)
    assert any("inférieur à la somme" in str(note) for note in notes["barometre"])
    assert any("remplacée" in str(note) for note in notes["barometre-anterieurs"])
    assert any("supérieur à la somme" in str(note) for note in notes["ditp"])


def test_initial_actual_and_target_values_are_told_apart(frame: pd.DataFrame) -> None:
    ditp = frame[frame["source"] == "ditp"]
    assert set(ditp["nature"]) == {"initiale", "atteinte", "cible"}
    assert set(frame["nature"][frame["source"] == "barometre"]) == {"atteinte"}
    assert not ditp["nom"].str.contains("valeur").any()
    assert not ditp["indicateur_id"].str.contains(":").any()


def test_an_unknown_level_is_refused(tmp_path: Path) -> None:
    for path in DATA.glob("*.csv"):
        (tmp_path / path.name).write_text(path.read_text("utf-8").replace("national", "galactic"), encoding="utf-8")
    with pytest.raises(ExtractError, match=r"geo_level: expected one of .* found galactic"):
        build_indicateurs(lambda name: tmp_path / f"{name}.csv")

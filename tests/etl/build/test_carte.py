"""The map's own files, on the published tables: they say the same thing, in columns, and stay small."""

from pathlib import Path

import orjson
import pandas as pd
import pytest

from contract import MILLESIMES, column_for
from etl.build.carte import degrees, ranks
from etl.build.couverture import is_filled

PUBLISHED = Path(__file__).parents[3] / "geodata" / "published"


@pytest.fixture(scope="module")
def objects() -> dict:
    return orjson.loads((PUBLISHED / "carte-objets.json").read_bytes())


def test_ranks_follow_the_list_null_is_minus_one_and_the_unknown_is_refused() -> None:
    assert ranks(pd.Series(["b", None, "a"]), ["a", "b"]) == [1, -1, 0]
    with pytest.raises(KeyError):
        ranks(pd.Series(["c"]), ["a", "b"])


def test_degrees_keep_null() -> None:
    assert degrees(pd.Series([1.23456789, None])) == [1.2346, None]


def test_columns_say_what_the_table_says(objects: dict) -> None:
    table = pd.read_parquet(PUBLISHED / "projets.parquet").sort_values("projet_id", ignore_index=True)
    columns, codes = objects["projets"], objects["codes"]

    assert columns["n"] == len(table)
    assert [f"p{number:04d}" for number in columns["id"]] == table["projet_id"].tolist()
    for name, column in (("mesure", "mesure"), ("region", "code_region"), ("commune", "code_insee")):
        read = [None if rank < 0 else codes[name][rank] for rank in columns[name]]
        assert read == [None if pd.isna(value) else value for value in table[column]]
    for millesime in MILLESIMES:
        read = [codes["ti"][rank] for rank in columns["ti"][millesime]]
        assert read == table[column_for("ti", millesime)].tolist()


def test_all_columns_of_a_kind_have_one_length(objects: dict) -> None:
    for kind in ("projets", "sites"):
        columns = objects[kind]
        lists = [value for value in columns.values() if isinstance(value, list)]
        lists += [value for group in ("ti", "territoire") for value in columns[group].values()]
        assert {len(value) for value in lists} == {columns["n"]}


@pytest.mark.parametrize(("value", "filled"), [(None, False), ([], False), ("", False), (0, True), ([1], True)])
def test_zero_is_a_value_and_an_empty_list_is_not(value: object, filled: bool) -> None:
    assert is_filled(value) is filled

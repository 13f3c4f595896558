import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.cells import clean_text, is_formula_like, join_list, plain_value


@pytest.mark.parametrize("null", [None, math.nan, math.inf, pd.NaT])
@pytest.mark.parametrize("kind", ["string", "int", "float", "date", "bool", "json"])
def test_whatever_stands_for_null_is_none(null: object, kind: str) -> None:
    assert plain_value(null, kind) is None  # type: ignore[arg-type]


def test_a_null_list_is_empty_and_arrays_become_lists() -> None:
    assert plain_value(None, "list") == []
    assert plain_value(np.array([1.5, 2.0]), "list") == [1.5, 2.0]


def test_kinds_give_their_python_values() -> None:
    assert plain_value(3.0, "int") == 3
    assert plain_value(pd.Timestamp("2022-04-08"), "date") == date(2022, 4, 8)
    assert plain_value('{"a": null}', "json") == {"a": None}
    assert plain_value("{broken", "json") == "{broken"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t1", "\r1", "\n1", "  =1", "\u200b=1", "\ufeff@a", "＋1"])
def test_formula_like(text: str) -> None:
    assert is_formula_like(text)


@pytest.mark.parametrize("text", ["", "a=1", "1+1", "Saint-Malo", "'=1", "é"])
def test_not_formula_like(text: str) -> None:
    assert not is_formula_like(text)


@given(st.lists(st.text(st.sampled_from("ab|\\"), min_size=1), min_size=1))
def test_a_joined_list_can_be_split_again(items: list[str]) -> None:
    joined = join_list(items)
    assert joined is not None
    split, current, is_escaped = [], "", False
    for char in joined:
        if is_escaped:
            current, is_escaped = current + char, False
        elif char == "\\":
            is_escaped = True
        elif char == "|":
            split.append(current)
            current = ""
        else:
            current += char
    assert [*split, current] == items


def test_direction_marks_and_emoji_stay_control_characters_go() -> None:
    assert clean_text("a\u202eb\x00\x1b\U0001f600\ud800\n") == "a\u202eb\U0001f600\n"

"""Lists in order: words without case or accents, nulls last both ways, pages that neither overlap nor miss a row."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.queries.filters import normalise, normalise_all
from geodata.queries.listing import COLUMNS, IDS, list_objects, ranks_of
from geodata.repository import Tables
from state import TABS, Selection


@given(st.lists(st.text(max_size=12)))
def test_texts_are_normalised_together_as_one_by_one(texts: list[str]) -> None:
    assert normalise_all(texts) == [normalise(text) for text in texts]


def test_many_kinds_of_accents_change_nothing() -> None:
    texts = ["".join(chr(0x300 + place) + "a" for place in range(60)), "ΟΔΟΣ", "İstanbul"]
    assert normalise_all(texts) == [normalise(text) for text in texts]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pd.Series(["École", "ecole", None, "Zoo", "abri"]), [2, 2, np.nan, 3, 1]),
        (pd.Series(["a\nb", "A", None]), [2, 1, np.nan]),
        (pd.Series([3.0, np.nan, 1.0]), [2, np.nan, 1]),
        (pd.Series([np.array(["b"]), np.array(["a", "c"]), np.array(["b"])]), [2, 1, 2]),
        (pd.Series([], dtype="str"), []),
    ],
)
def test_ranks_put_equal_words_together_and_null_nowhere(values: pd.Series, expected: list[float]) -> None:
    np.testing.assert_array_equal(ranks_of(values).to_numpy(dtype=float), np.array(expected, dtype=float))


@pytest.mark.parametrize("sign", ["", "-"])
def test_null_comes_last_in_both_directions(tables: Tables, sign: str) -> None:
    found = list_objects(tables, Selection.from_query(f"vue=liste&onglet=projets&tri={sign}taille&page=9999"))
    silent = int(tables["projets"]["taille"].isna().sum())
    assert 0 < silent <= len(found.rows) <= 50
    assert found.rows["taille"].isna().tolist() == [False] * (len(found.rows) - silent) + [True] * silent


@pytest.mark.parametrize("tab", TABS)
def test_pages_hold_every_row_once(tables: Tables, tab: str) -> None:
    query = f"vue=liste&onglet={tab}&region=32,44&tri=-{COLUMNS[tab][0]}"
    first = list_objects(tables, Selection.from_query(query))
    pages = [list_objects(tables, Selection.from_query(f"{query}&page={page + 1}")) for page in range(first.pages)]
    names = [name for page in pages for name in page.rows[IDS[tab]]]
    assert len(names) == len(set(names)) == first.total > 0

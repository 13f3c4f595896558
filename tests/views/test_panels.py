"""The sentence beside a chart says what the selection shows, and no more."""

import pandas as pd
import pytest

from views import panels


@pytest.mark.parametrize(
    ("announced", "documented", "said", "unsaid"),
    [
        ([2.0, 13.0], [2, 13], "15", "manquent"),
        ([3.0, 8.0], [3, 1], "4 sites documentés sur 11", "78"),
        ([None, None], [1, 2], "3 labels", "sur"),
        ([None, None], [0, 0], "Aucun label", "0"),
    ],
)
def test_the_finding_of_the_sites_is_that_of_the_selection(
    announced: list[float | None], documented: list[int], said: str, unsaid: str
) -> None:
    rows = pd.DataFrame({"vague": ["2020-01", "2020-07"], "annonces": announced, "documentes": documented})
    finding = panels.panel_sites(rows, (), "fr").finding
    assert said in finding
    assert unsaid not in finding

import pytest

import contract
from views.dictionary import draw_coverage
from views.markup import to_html


def test_the_share_is_rounded_down_so_that_100_means_every_row() -> None:
    assert "99.9%" in to_html(draw_coverage((99_999, 100_000), "en"))
    assert "100%" in to_html(draw_coverage((5, 5), "en"))


def test_the_bar_is_as_wide_as_the_share_and_has_its_figures_in_words() -> None:
    drawn = to_html(draw_coverage((389, 3080), "fr"))
    assert "width:12.6%" in drawn
    assert "389 sur 3\u202f080" in drawn
    assert 'aria-hidden="true"' in drawn


@pytest.mark.parametrize("counts", [None, (0, 0)])
def test_what_was_not_counted_is_not_stated(counts: tuple[int, int] | None) -> None:
    assert draw_coverage(counts, "fr") == contract.unknown("fr")

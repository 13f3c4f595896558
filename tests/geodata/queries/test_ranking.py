"""The ranking holds its promises, on the real sites and on any matrix."""

from dataclasses import replace
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.queries.criteria import CRITERION, Matrix, criteria_of, distance_interval, utilities
from geodata.queries.exclusions import combinations
from geodata.queries.ranking import SWING, Ranking, assess, rank_interval, rank_matrix, rank_sites, score_matrix
from geodata.repository import Tables
from state.needs import SORTS, Needs
from state.needs_presets import CRITERIA
from tests.strategies_needs import asked_needs

CELLS = {
    "km": (0, 250),
    "ha": (0.1, 800),
    "count": (0, 400),
    "people": (0, 3e6),
    "yes_no": (0, 1),
    "year": (2020, 2032),
}


@st.composite
def matrices(draw: st.DrawFn, largest: int = 8) -> Matrix:
    """Any sites: unknown, exact or interval cells, few enough values that ties and dominance happen."""
    criteria = tuple(CRITERION[name] for name in CRITERIA)
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = (draw(st.integers(1, largest)), len(criteria))
    steps = draw(st.sampled_from((1, 2, 40)))
    least, most = np.array([CELLS[item.kind] for item in criteria], dtype=float).T
    bounds = least + (most - least) * np.sort(random.integers(0, steps + 1, (2, *shape)), axis=0) / steps
    kind = random.random(shape)
    low = np.where(kind < draw(st.floats(0, 1)), np.nan, bounds[0])
    high = np.where(np.isnan(low), np.nan, np.where(kind > 0.9, bounds[1], bounds[0]))
    return Matrix(tuple(f"s{row}" for row in range(shape[0])), criteria, low, high)


def ranked(matrix: Matrix, needs: Needs) -> Ranking:
    return rank_matrix(matrix, needs, {})


weightings = asked_needs()


@given(matrices(), weightings)
def test_the_contributions_of_a_site_add_up_to_its_score(matrix: Matrix, needs: Needs) -> None:
    for site in ranked(matrix, needs).sites():
        assert sum(item.points for item in site.contributions) == pytest.approx(site.score, abs=1e-6)
        assert sum(item.certain for item in site.contributions) == pytest.approx(site.low, abs=1e-6)
        assert sum(item.certain + item.possible for item in site.contributions) == pytest.approx(site.high, abs=1e-6)
        assert -1e-9 <= site.low <= site.score <= site.high <= 100 + 1e-6
        assert 0 <= site.coverage <= 1 + 1e-9


@given(matrices(), weightings, st.data())
def test_more_facts_never_widen_an_interval(matrix: Matrix, needs: Needs, data: st.DataObject) -> None:
    """A cell learnt inside what was thought possible: low never falls, high never rises, coverage never falls."""
    row = data.draw(st.integers(0, len(matrix.site_ids) - 1))
    column = data.draw(st.integers(0, len(CRITERIA) - 1))
    least, most = CELLS[matrix.criteria[column].kind]
    if not np.isnan(matrix.low[row, column]):
        least, most = matrix.low[row, column], matrix.high[row, column]
    learnt = data.draw(st.floats(float(least), float(most)))
    low, high = matrix.low.copy(), matrix.high.copy()
    low[row, column] = high[row, column] = learnt
    before, after = score_matrix(matrix, needs), score_matrix(replace(matrix, low=low, high=high), needs)
    assert after.low[row] >= before.low[row] - 1e-6
    assert after.high[row] <= before.high[row] + 1e-6
    assert after.coverage[row] >= before.coverage[row] - 1e-9


@given(matrices(), weightings)
def test_a_site_that_is_nowhere_worse_is_never_ranked_after(matrix: Matrix, needs: Needs) -> None:
    worst, best = utilities(matrix)
    sites = {site.site_id: site for site in ranked(matrix, needs).sites()}
    for one, first in enumerate(matrix.site_ids):
        for other, second in enumerate(matrix.site_ids):
            if (worst[one] >= worst[other]).all() and (best[one] >= best[other]).all():
                assert cast("int", sites[first].rank) <= cast("int", sites[second].rank)


@given(matrices(), weightings, st.randoms(use_true_random=False), st.sampled_from(SORTS))
def test_the_ranking_does_not_depend_on_the_order_of_the_rows(
    matrix: Matrix, needs: Needs, random: object, sort: str
) -> None:
    rows = list(range(len(matrix.site_ids)))
    random.shuffle(rows)  # type: ignore[attr-defined]
    asked = replace(needs, sort=sort)
    one, other = ranked(matrix, asked), ranked(matrix.take(np.array(rows)), asked)
    assert one.site_ids == other.site_ids
    assert one.sites() == other.sites()


@given(matrices(6), weightings, st.lists(st.floats(-1, 1), min_size=22, max_size=22))
def test_no_weighting_within_the_swing_leaves_the_rank_interval(
    matrix: Matrix, needs: Needs, moves: list[float]
) -> None:
    scores = score_matrix(matrix, needs)
    rows = np.arange(len(matrix.site_ids))
    best, worst = rank_interval(scores, rows, rows)
    moved = scores.middle @ (scores.shares * (1 + SWING * np.array(moves)))
    for row in rows:
        better = int((moved > moved[row] + 1e-6).sum())
        ties_included = int((moved >= moved[row] - 1e-6).sum())
        assert best[row] <= ties_included
        assert better + 1 <= worst[row]


@given(matrices(), weightings)
def test_the_rank_lies_within_its_interval(matrix: Matrix, needs: Needs) -> None:
    for site in ranked(matrix, needs).sites():
        assert cast("int", site.rank_low) <= cast("int", site.rank) <= cast("int", site.rank_high)


@given(weightings)
def test_taking_a_filter_off_never_removes_a_site(tables: Tables, needs: Needs) -> None:
    ranking = rank_sites(tables, needs)
    for effect in ranking.effects:
        wider = rank_sites(tables, needs.without(effect.name))
        assert set(ranking.site_ids) <= set(wider.site_ids)
        assert len(wider.site_ids) - len(ranking.site_ids) == effect.n_alone


@given(weightings)
def test_keeping_unknowns_only_adds_sites_that_do_not_say(tables: Tables, needs: Needs) -> None:
    strict = rank_sites(tables, replace(needs, keep_unknowns=False))
    kind = rank_sites(tables, replace(needs, keep_unknowns=True))
    assert set(strict.site_ids) <= set(kind.site_ids)
    added = set(kind.site_ids) - set(strict.site_ids)
    assert all(site.unknown_filters for site in kind.sites() if site.site_id in added)


@given(weightings)
def test_every_site_is_kept_or_excluded_with_its_reasons(tables: Tables, needs: Needs) -> None:
    ranking = rank_sites(tables, needs)
    left_out = [item.site_id for item in ranking.excluded]
    assert sorted([*ranking.site_ids, *left_out]) == sorted(tables["sites"]["site_id"])
    names = {effect.name for effect in ranking.effects}
    assert all(item.filters and set(item.filters) <= names for item in ranking.excluded)
    for together, number in combinations(ranking.excluded):
        relaxed = needs
        for name in together:
            relaxed = relaxed.without(name)
        assert len(rank_sites(tables, relaxed).site_ids) == len(ranking.site_ids) + number


def test_the_confidence_of_a_source_never_changes_a_rank(tables: Tables) -> None:
    needs = Needs.from_query("profil=batterie&confiance=elevee,moyenne,faible")
    trusted = tables["sites"].assign(confiance="elevee")
    frames = {name: tables[name] for name in ("projets", "communes", "territoires", "regions", "departements")}
    frames |= {name: tables[name] for name in ("sites-faits",) if name in getattr(tables, "_frames")}  # noqa: B009
    other = Tables(tables.manifest, tables.folder, {**frames, "sites": trusted})
    assert rank_sites(tables, needs).site_ids == rank_sites(other, needs).site_ids


def test_a_withheld_distance_is_an_interval_and_not_an_unknown(tables: Tables) -> None:
    sites = tables["sites"]
    low, high = distance_interval(sites, "gare_fret")
    withheld = np.array(["gare_fret" in kinds for kinds in sites["distances_sous_5_km"]])
    assert withheld.any()
    assert (low[withheld] == 0).all()
    assert (high[withheld] == 5).all()
    kept = rank_sites(tables, Needs.from_query("gare_fret=5&inconnus=non")).site_ids
    assert set(sites.loc[withheld & (sites["confiance"] != "faible"), "site_id"]) <= set(kept)
    closer = rank_sites(tables, Needs.from_query("gare_fret=3"))
    assert all("gare_fret" in site.unknown_filters for site in closer.sites())


def test_a_site_without_a_position_is_unknown_and_not_far(tables: Tables) -> None:
    matrix = criteria_of(tables, Needs())
    columns = [CRITERIA.index(name) for name in ("gare_fret", "port", "projets", "filiere", "bassin")]
    unplaced = tables["sites"]["lon"].isna().to_numpy()
    assert unplaced.any()
    assert np.isnan(matrix.low[np.ix_(unplaced, columns)]).all()


def test_weights_of_zero_leave_every_site_equal(tables: Tables) -> None:
    needs = Needs.from_query("poids=" + ",".join(f"{name}:0" for name in CRITERIA))
    sites = rank_sites(tables, needs).sites()
    assert {site.rank for site in sites} == {1}
    assert {site.score for site in sites} == {0}


def test_given_sites_are_assessed_in_the_order_given_and_excluded_ones_have_no_rank(tables: Tables) -> None:
    needs = Needs.from_query("region=32")
    inside = rank_sites(tables, needs).site_ids[0]
    outside = tables["sites"].loc[tables["sites"]["code_region"] != "32", "site_id"].iloc[0]
    found = assess(tables, needs, (outside, "no-such-site", inside))
    assert [site.site_id for site in found] == [outside, inside]
    assert (found[0].rank, found[1].rank) == (None, 1)


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_lists_the_same_sites_unknown_values_last(tables: Tables, sort: str) -> None:
    ranking = rank_sites(tables, replace(Needs(), sort=sort))
    assert set(ranking.site_ids) == set(rank_sites(tables, Needs()).site_ids)
    if sort in CRITERIA:
        values = {
            site.site_id: next(c for c in site.contributions if c.criterion.name == sort).high
            for site in ranking.sites()
        }
        said = [value is not None for value in values.values()]
        assert said == sorted(said, reverse=True)

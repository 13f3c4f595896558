"""The ranking of sites against an investor's needs: what is certain, what is possible, and how sturdy the rank is.

How it counts (this is the method that the atlas publishes)
    1. Each criterion gives a site a mark between 0 (as bad as ``worst``, or worse) and 1 (as good as ``best``, or
       better): see ``geodata/queries/criteria.py``. What is not known can be anything: its mark is the interval [0, 1].
       A distance withheld under 5 km is the interval of the marks of 0 and 5 km.
    2. The weight of a criterion, 0 to 5, is turned into a share: weight / sum of the weights. The shares make 100
       points.
    3. ``low``  = sum of share × worst-case mark × 100: the points that are certain.
       ``high`` = sum of share × best-case mark × 100: what the site would have if every unknown turned out well.
       ``score`` = (low + high) / 2, the middle: an unknown counts for half, neither a bonus nor a penalty. The
       contribution of a criterion is share × (worst + best) / 2 × 100; the contributions of a site add up to its score.
    4. Sites are ranked by ``score``; equal scores share a rank (1, 2, 2, 4) and are listed by identifier.
    5. ``coverage`` = the share of the weights whose criterion is known (for an interval, the part of [0, 1] that it
       rules out). Coverage and confidence are shown beside the score and never change the rank.
    6. ``rank_low`` … ``rank_high``: the ranks that a site can reach when each weight moves by ±20 %, each on its own.
       Exact pair by pair, without sampling: site A always beats B when  Σ w·d − 20 % × Σ w·|d| > 0  with d the
       difference of their marks. The site's best rank is 1 + the number of kept sites that always beat it; its worst,
       the number of kept sites minus those that it always beats. (The true interval lies inside: two rivals may need
       two different weightings.)

Interface
    ``rank_sites(tables, needs) -> Ranking``; ``ranking.site_ids`` in the order of ``needs.sort`` (``rang`` by default);
    ``ranking.site(site_id) -> RankedSite`` (None when excluded or unknown: see ``ranking.excluded``);
    ``ranking.sites(start, stop)`` a page of them; ``assess(tables, needs, site_ids)`` the same for given sites (a
    shortlist, a comparison), ranked among the sites kept, excluded ones without a rank; ``ranking.effects`` what each
    filter excludes; ``ranking.total`` all sites of the atlas. The answers' shapes are in ``geodata/models/ranking.py``.
"""

from dataclasses import dataclass

import numpy as np

from geodata.models.ranking import Contribution, Excluded, FilterEffect, RankedSite
from geodata.queries.criteria import Matrix, criteria_of, utilities
from geodata.queries.exclusions import effects_of, excluded_of
from geodata.queries.site_filters import Verdicts, verdicts
from geodata.repository import Tables
from state.needs import Needs

SWING = 0.2
_DIGITS = 9  # scores closer than this are equal: the order of a sum never makes a rank


@dataclass(frozen=True, eq=False)
class Scores:
    """The arrays behind a ranking, sites in the order of the matrix. ``middle``: sites × criteria, unweighted marks."""

    shares: np.ndarray
    worst: np.ndarray
    best: np.ndarray
    low: np.ndarray
    score: np.ndarray
    high: np.ndarray
    coverage: np.ndarray

    @property
    def middle(self) -> np.ndarray:
        return (self.worst + self.best) / 2


def score_matrix(matrix: Matrix, needs: Needs) -> Scores:
    """Scores every row. Weights that are all 0 leave every score at 0."""
    weights = np.array([needs.weight_of(item.name) for item in matrix.criteria], dtype=float)
    shares = 100 * weights / (weights.sum() or 1)
    worst, best = utilities(matrix)
    # Row by row: a matrix product may round one row differently according to its neighbours.
    low, high, known = ((marks * shares).sum(axis=1) for marks in (worst, best, 1 - (best - worst)))
    low, score, high = (np.round(points, _DIGITS) for points in (low, (low + high) / 2, high))
    return Scores(shares, worst, best, low, score, high, known / 100)


def ranks(scores: np.ndarray) -> np.ndarray:
    """1 for the highest score; equal scores share the better rank."""
    ordered = np.sort(-scores)
    return np.searchsorted(ordered, -scores, side="left") + 1


def rank_interval(scores: Scores, rows: np.ndarray, among: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Best and worst rank of each of ``rows`` among ``among`` when each weight moves by ±20 % (both: positions)."""
    weighted = scores.middle * scores.shares
    best, worst = np.empty(len(rows), dtype=int), np.empty(len(rows), dtype=int)
    rivals = weighted[among]
    for place, row in enumerate(rows):
        gaps = rivals - weighted[row]
        total, swing = gaps.sum(axis=1), SWING * np.abs(gaps).sum(axis=1)
        tolerance = 10.0**-_DIGITS
        best[place] = 1 + int((total - swing > tolerance).sum())
        worst[place] = len(among) - int((total + swing < -tolerance).sum())
    return best, np.maximum(worst, best)


@dataclass(frozen=True, eq=False)
class Ranking:
    """The answer to some needs.

    Attributes:
        site_ids: kept sites, in the order asked for.
        excluded: the others, each with the filters that exclude it.
        effects: what each filter in force excludes, alone and with the others.
        total: sites of the atlas.
    """

    needs: Needs
    matrix: Matrix
    scores: Scores
    verdicts: Verdicts
    kept: np.ndarray
    rank_of: np.ndarray
    site_ids: tuple[str, ...]
    excluded: tuple[Excluded, ...]
    effects: tuple[FilterEffect, ...]

    @property
    def total(self) -> int:
        return len(self.matrix.site_ids)

    def site(self, site_id: str) -> RankedSite | None:
        """A kept site; None for one that is excluded or that does not exist."""
        return next(iter(self.details([site_id] if site_id in self.site_ids else [])), None)

    def sites(self, start: int = 0, stop: int | None = None) -> tuple[RankedSite, ...]:
        """A slice of the kept sites, in the order asked for."""
        return self.details(self.site_ids[start:stop])

    def details(self, site_ids: "tuple[str, ...] | list[str]") -> tuple[RankedSite, ...]:
        """Any sites of the atlas in the order given; unknown identifiers are skipped, excluded sites have no rank."""
        position = {site: row for row, site in enumerate(self.matrix.site_ids)}
        rows = np.array([position[site] for site in site_ids if site in position], dtype=int)
        best, worst = rank_interval(self.scores, rows, np.flatnonzero(self.kept))
        return tuple(
            self._site(int(row), int(low), int(high)) for row, low, high in zip(rows, best, worst, strict=True)
        )

    def _site(self, row: int, rank_low: int, rank_high: int) -> RankedSite:
        is_kept, scores = bool(self.kept[row]), self.scores
        return RankedSite(
            site_id=self.matrix.site_ids[row],
            rank=int(self.rank_of[row]) if is_kept else None,
            rank_low=rank_low if is_kept else None,
            rank_high=rank_high if is_kept else None,
            low=float(scores.low[row]),
            score=float(scores.score[row]),
            high=float(scores.high[row]),
            coverage=float(scores.coverage[row]),
            contributions=tuple(self._contribution(row, column) for column in range(len(self.matrix.criteria))),
            unknown_filters=tuple(name for name, values in self.verdicts.items() if np.isnan(values[row])),
        )

    def _contribution(self, row: int, column: int) -> Contribution:
        low, high = self.matrix.low[row, column], self.matrix.high[row, column]
        item, share = self.matrix.criteria[column], float(self.scores.shares[column])
        worst, best = float(self.scores.worst[row, column]), float(self.scores.best[row, column])
        return Contribution(
            criterion=item,
            weight=self.needs.weight_of(item.name),
            low=None if np.isnan(low) else float(low),
            high=None if np.isnan(high) else float(high),
            share=share,
            certain=share * worst,
            possible=share * (best - worst),
        )


def rank_sites(tables: Tables, needs: Needs) -> Ranking:
    """Filters, scores and orders the sites of the atlas."""
    names = dict(zip(tables["sites"]["site_id"], tables["sites"]["site_nom"], strict=True))
    return rank_matrix(criteria_of(tables, needs), needs, verdicts(tables, needs), names)


def rank_matrix(matrix: Matrix, needs: Needs, judged: Verdicts, names: dict[str, str] | None = None) -> Ranking:
    """The same on any matrix: ``judged`` holds one verdict a site for each filter in force."""
    failed = {name: (values == 0) | (np.isnan(values) & (not needs.keep_unknowns)) for name, values in judged.items()}
    kept = ~np.any([np.zeros(len(matrix.site_ids), dtype=bool), *failed.values()], axis=0)
    scores = score_matrix(matrix, needs)
    rank_of = np.zeros(len(kept), dtype=int)
    rank_of[kept] = ranks(scores.score[kept])
    order = _order(matrix, scores, needs.sort, names or {})
    return Ranking(
        needs=needs,
        matrix=matrix,
        scores=scores,
        verdicts=judged,
        kept=kept,
        rank_of=rank_of,
        site_ids=tuple(matrix.site_ids[row] for row in order if kept[row]),
        excluded=excluded_of(matrix.site_ids, failed, judged),
        effects=effects_of(failed, judged),
    )


def assess(tables: Tables, needs: Needs, site_ids: tuple[str, ...]) -> tuple[RankedSite, ...]:
    """Given sites against the needs, in the order given; excluded sites have no rank, unknown ids are skipped."""
    return rank_sites(tables, needs).details(site_ids)


def _order(matrix: Matrix, scores: Scores, sort: str, names: dict[str, str]) -> list[int]:
    """Positions of the rows in the order asked for; unknown values last, ties by score then identifier."""
    ids = matrix.site_ids
    if sort == "nom":
        return sorted(range(len(ids)), key=lambda row: (names.get(ids[row], ids[row]).casefold(), ids[row]))
    keys = {"rang": -scores.score, "prudent": -scores.low, "optimiste": -scores.high, "couverture": -scores.coverage}
    if sort in keys:
        main = keys[sort]
    else:
        column = [item.name for item in matrix.criteria].index(sort)
        is_up = matrix.criteria[column].best < matrix.criteria[column].worst
        main = (1 if is_up else -1) * (matrix.high if is_up else matrix.low)[:, column]
    main = np.where(np.isnan(main), np.inf, main)
    return [int(row) for row in np.lexsort((np.array(ids), -scores.score, main))]

"""The shapes of a ranking of sites: criteria, contributions, places, what filters exclude. Points are out of 100."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["km", "ha", "count", "people", "yes_no", "year"]


@dataclass(frozen=True)
class Criterion:
    """How a value becomes a mark: 0 at ``worst`` (or beyond), 1 at ``best`` (or beyond).

    Attributes:
        kind: the unit of the values: kilometres, hectares, a count, inhabitants, 0 or 1, a year.
    """

    name: str
    kind: Kind
    worst: float
    best: float
    is_log: bool = False


@dataclass(frozen=True)
class Contribution:
    """What one criterion brings to one site.

    Attributes:
        low, high: the value in the criterion's unit, between two bounds; None when nothing is known.
        share: points at stake.
        certain: points in the worst case.
        possible: points that better knowledge could add.
    """

    criterion: Criterion
    weight: int
    low: float | None
    high: float | None
    share: float
    certain: float
    possible: float

    @property
    def points(self) -> float:
        """The part of the score: what is certain, and half of what is possible."""
        return self.certain + self.possible / 2

    @property
    def is_known(self) -> bool:
        return self.low is not None


@dataclass(frozen=True)
class RankedSite:
    """One site and its place. ``rank`` is None for a site that the filters exclude.

    Attributes:
        rank_low, rank_high: best and worst rank when each weight moves by ±20 %.
        low, score, high: worst case, middle, best case.
        coverage: share of the weights that is known, 0 to 1.
        unknown_filters: filters in force that the site does not answer (it stays: « keep unknowns »).
    """

    site_id: str
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    low: float
    score: float
    high: float
    coverage: float
    contributions: tuple[Contribution, ...]
    unknown_filters: tuple[str, ...] = ()

    @property
    def unknowns(self) -> tuple[str, ...]:
        """The criteria that count and of which nothing is known."""
        return tuple(item.criterion.name for item in self.contributions if item.weight and not item.is_known)

    def contribution(self, criterion: str) -> Contribution:
        return next(item for item in self.contributions if item.criterion.name == criterion)


@dataclass(frozen=True)
class Excluded:
    """A site that the filters leave out: the filters that it fails; those among them that it does not answer."""

    site_id: str
    filters: tuple[str, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class FilterEffect:
    """One filter in force.

    Attributes:
        n_excluded: sites that it excludes, whatever the other filters say.
        n_alone: sites that it is the only one to exclude: they come back when it is relaxed.
        n_unknown: sites that do not say.
        n_stated: sites that answer it, by yes or by no.
    """

    name: str
    n_excluded: int
    n_alone: int
    n_unknown: int
    n_stated: int


@dataclass(frozen=True)
class Finder:
    """What the page of the site finder shows for some needs.

    Attributes:
        sites: the page of kept sites, in the order asked for; ``rows`` the row of ``sites`` of each site by id, with
            ``nom_departement`` and ``nom_region``; ``marks`` every kept site in the order asked for (id, rank).
        total, n_kept: sites of the atlas, and those that the filters keep.
        page, pages, page_size: page of the list, and rows of a full page.
        together: sets of filters that exclude sites together, with how many come back without them.
        stated: how many sites state something on each criterion, and on each fact that a filter asks for.
        places: names of regions, départements and territoires by code, for the form.
    """

    sites: tuple[RankedSite, ...]
    rows: Mapping[str, Mapping[str, Any]]
    marks: tuple[tuple[str, int], ...]
    total: int
    n_kept: int
    page: int
    pages: int
    page_size: int
    effects: tuple[FilterEffect, ...]
    excluded: tuple[Excluded, ...]
    together: tuple[tuple[tuple[str, ...], int], ...]
    stated: Mapping[str, int]
    places: Mapping[str, Mapping[str, str]]

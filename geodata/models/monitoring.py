"""What the monitoring page is told: values by region, standings, splits, alerts. Null is « non renseigné »."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from geodata.models.measures import MEASURES


@dataclass(frozen=True)
class Value:
    """A value in the unit shown (jobs, euros, sites, months, companies) and its date."""

    value: float
    day: date


@dataclass(frozen=True)
class Standing:
    """Where an area stands on one indicator; each None is « non renseigné ».

    Attributes:
        previous: the value before the actual one.
        path: the value that a straight line from initial to target has at the date of the actual one; None when one
            of the two ends is missing, or when the actual value is outside the line's dates.
        advance: actual minus path, positive when ahead in the direction that the source calls progress.
    """

    measure: str
    code: str
    initial: Value | None
    previous: Value | None
    actual: Value | None
    target: Value | None
    path: float | None
    advance: float | None

    @property
    def change(self) -> float | None:
        """Actual minus previous, positive when it moved in the direction of progress; None without two values."""
        if self.actual is None or self.previous is None:
            return None
        moved = self.actual.value - self.previous.value
        return -moved if MEASURES[self.measure].trend == "baisse" else moved


@dataclass(frozen=True)
class RegionValues:
    """``rows``: ``code_region, nom, zone, population, emplois_base`` and one column a measure (null = not stated).

    The 18 regions, then the collectivities that the projects name (zone ``collectivite``), for which only projects
    are known. ``median`` by measure is that of the 13 mainland regions that have a value; ``nation`` is the value that
    may be written for France: published, or summed only where the rules allow it.
    """

    rows: pd.DataFrame
    median: dict[str, float | None]
    nation: dict[str, float | None]
    dates: dict[str, str]
    view: str


@dataclass(frozen=True)
class Split:
    """A total and its three parts, in the unit of the measure.

    ``dans`` and ``hors`` are null when the source places none of it: then ``inconnu`` is the whole. ``n_stated`` and
    ``n`` say how many rows state a value, for what is read in the texts; null for a count.
    """

    measure: str
    code: str
    dans: float | None
    hors: float | None
    inconnu: float | None
    n_stated: int | None = None
    n: int | None = None

    @property
    def total(self) -> float | None:
        found = [value for value in (self.dans, self.hors, self.inconnu) if value is not None]
        return sum(found) if found else None

    def share(self, part: str) -> float | None:
        """The share of one part, from 0 to 1; None when nothing is known of the total."""
        value, total = getattr(self, part), self.total
        return None if value is None or not total else value / total


@dataclass(frozen=True)
class Wave:
    """Sites of one wave in one region: ``announced`` null when the announcement does not say it by region."""

    announced: int | None
    documented: int


@dataclass(frozen=True)
class Breakdown:
    """``rows``: ``code_region, nom, zone``, one column a code, ``total``; ``total`` by code is that of every row."""

    facet: str
    codes: tuple[str, ...]
    rows: pd.DataFrame
    total: dict[str, int]


@dataclass(frozen=True)
class Alert:
    """One alert on a measure: the areas, and the standing that its rule read (None for a group or a source).

    ``wave`` is set for announcements without a region. ``day`` is that of the value or of the source.
    ``month`` (YYYY-MM) is when an overdue value was due.
    """

    kind: str
    measure: str
    codes: tuple[str, ...]
    standing: Standing | None = None
    day: date | None = None
    month: str = ""
    wave: str = ""
    cause: str = ""
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class Funnel:
    """``rows``: ``code_region, nom, size, rate, side``; ``limits``: ``size, low_95, high_95, low_998, high_998``.

    ``side`` is ``inside`` (within 95 %), ``warning`` (between the two) or ``outside`` (beyond 99.8 %).
    ``average`` is the rate over all regions drawn: the sum of the counts over the sum of the sizes.
    """

    rows: pd.DataFrame
    limits: pd.DataFrame
    average: float
    law: str


@dataclass(frozen=True)
class TerritoirePage:
    """One page: ``rows`` (``territoire_id, nom, region, population, sites, projets, taux, ecart, premiere_filiere``).

    ``taux`` is projects per 100,000 inhabitants, null without a population; ``ecart`` is the gap of ``gap_of``
    (projets or taux) to ``median``, that of all the territoires of the millesime.
    """

    rows: pd.DataFrame
    total: int
    page: int
    pages: int
    median: float | None
    gap_of: str
    every: int


@dataclass(frozen=True)
class Target:
    """One announced figure (a row of ``chiffres``), its baseline if one was announced, and what the data count.

    ``counted`` is null when nothing published counts the same thing: « réalisé : non renseigné ». ``basis`` says what
    was counted (``documented``: labels documented; ``fund``: rows of the fund in the open file); ``counted_date`` when.
    """

    row: dict[str, object]
    baseline: float | None
    counted: float | None = None
    counted_date: str | None = None
    basis: str = ""

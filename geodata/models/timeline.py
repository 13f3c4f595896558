"""What the chronology shows: dated events, what was known on a day, what changed. A null is unknown, never 0."""

from dataclasses import dataclass
from typing import Literal

from geodata.models.measure import Measure

Lane = Literal["programme", "sites", "plans", "mesures"]
LANES: tuple[Lane, ...] = ("programme", "sites", "plans", "mesures")


@dataclass(frozen=True)
class Claim:
    """An announced figure: its id in the ledger and its statement in both languages."""

    id: str
    statement_fr: str
    statement_en: str

    def statement(self, language: str) -> str:
        return self.statement_en if language == "en" else self.statement_fr


@dataclass(frozen=True)
class TimelineEvent:
    """Something dated.

    Attributes:
        written: the date as the source gives it: day, month or year; empty when it gives none.
        sure: the first day on which it is surely past; empty without a date.
        actors: (name, role in French, role in English).
        measure: the id of the measure that opens, has a deadline or closes; empty for another event.
        wave: the wave of sites that it announces; empty for another event. Labels date it better than the milestone.
        kind: of the day of a measure (``ouverture``…), else ``jalon``.
    """

    id: str
    lane: Lane
    written: str
    sure: str
    title_fr: str
    title_en: str
    is_derived: bool
    region: str | None = None
    place: str | None = None
    actors: tuple[tuple[str, str, str], ...] = ()
    facts: tuple[str, ...] = ()
    source: str = ""
    quote: str | None = None
    measure: str = ""
    wave: str = ""
    kind: str = "jalon"
    claims: tuple[Claim, ...] = ()

    def title(self, language: str) -> str:
        return self.title_en if language == "en" else self.title_fr


@dataclass(frozen=True)
class MonthCount:
    """One month: projects updated in it, all those updated by its end, the baromètre at its end (null: no value)."""

    month: str
    projects: int
    total: int
    barometer: float | None


@dataclass(frozen=True)
class Timeline:
    """Everything dated, in order; ``undated`` are the milestones whose source gives no date."""

    events: tuple[TimelineEvent, ...]
    undated: tuple[TimelineEvent, ...]
    months: tuple[MonthCount, ...]
    calls: tuple[Measure, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """The days on which something becomes sure, in order: the stops of the slider."""
        return tuple(sorted({event.sure for event in self.events}))


@dataclass(frozen=True)
class Standing:
    """What was known on a day.

    Attributes:
        territoires: counted in the list in force, else the latest announced number, else 0 before the launch.
        territoires_case: ``avant``, ``annonce`` or ``liste``: which of the three.
        territoires_claim: the claim behind the number; empty when nothing is announced.
        millesime: the list in force; empty when none is at hand.
        sites_announced, sites_documented: by the waves announced that day; ``waves`` names them.
        projects: rows of the open data updated by that day (an update is not a decision).
        open_measures, closed_measures: ids, as far as the sources give dates.
        barometer: companies helped (national); null before the series. ``barometer_date``: of the value.
        is_relance_presented: France Relance was presented.
    """

    day: str
    territoires: int
    territoires_case: Literal["avant", "annonce", "liste"]
    territoires_claim: Claim | None
    millesime: str
    sites_announced: int
    sites_documented: int
    waves: tuple[str, ...]
    projects: int
    open_measures: tuple[str, ...]
    closed_measures: tuple[str, ...]
    barometer: float | None
    barometer_date: str | None
    is_relance_presented: bool


@dataclass(frozen=True)
class Change:
    """What is different between two days: both standings, and what happened after the first, up to the second."""

    before: Standing
    after: Standing
    events: tuple[TimelineEvent, ...] = ()
    claims: tuple[Claim, ...] = ()

"""What a sheet holds: everything that the page and the PDF of a region or of a territoire show, and nothing drawn.

A null is « non renseigné », never 0. ``where`` is the Carte query that shows or computes a figure; ``claim`` the id of
the announced figure (``/chiffres#<id>``). Dates are ISO texts of day, month or year precision.
"""

from dataclasses import dataclass

from geodata.models.sheet_parts import (
    AreaLine,
    Breakdown,
    Claim,
    Figure,
    Governance,
    Indicator,
    Leader,
    MeasureLine,
    Member,
    Milestone,
    Named,
    Passage,
    ProjectLine,
    SiteLine,
    Wave,
)
from state import Selection


@dataclass(frozen=True)
class Sheet:
    """What both kinds of sheets hold.

    Attributes:
        selection: language, millesime and date of the sheet: the base of every link.
        code, name: the region's INSEE code or the territoire's id (within its millesime), its name.
        frame: [west, south, east, north] in degrees.
        figures: in reading order, found by ``figure(name)``.
        projects: the most recently updated ones; ``n_projects`` in all.
        sources: short names of every source used.
        publication: hash of the published data.
    """

    selection: Selection
    code: str
    name: str
    frame: tuple[float, float, float, float]
    figures: tuple[Figure, ...]
    breakdowns: tuple[Breakdown, ...]
    leading_sector: Leader | None
    projects: tuple[ProjectLine, ...]
    n_projects: int
    sites: tuple[SiteLine, ...]
    measures: tuple[MeasureLine, ...]
    milestones: tuple[Milestone, ...]
    governance: Governance
    sources: tuple[str, ...]
    publication: str

    def figure(self, name: str) -> Figure:
        """The figure of that name.

        Raises:
            KeyError: the sheet has none.
        """
        found = next((item for item in self.figures if item.name == name), None)
        if found is None:
            raise KeyError(f"{self.code}: no figure « {name} » (has {[item.name for item in self.figures]})")
        return found

    def value(self, name: str) -> float | None:
        """The value of the figure of that name."""
        return self.figure(name).value

    def breakdown(self, facet: str) -> Breakdown:
        """The projects by value of a facet."""
        return next(item for item in self.breakdowns if item.facet == facet)


@dataclass(frozen=True)
class RegionSheet(Sheet):
    """A region: ``territoires`` are those that cover it, lead region or not; ``n_compared`` the regions of a median."""

    zone: str
    waves: tuple[Wave, ...]
    claims: tuple[Claim, ...]
    indicators: tuple[Indicator, ...]
    departements: tuple[AreaLine, ...]
    territoires: tuple[AreaLine, ...]
    epci: tuple[Named, ...]
    n_compared: int


@dataclass(frozen=True)
class TerritoireSheet(Sheet):
    """A territoire of one millesime.

    ``regions`` with the lead one first; ``communes`` those of its list (codes of the list, names of 2024);
    ``namesakes`` are what has the same id in another millesime and nothing in common.
    """

    millesime: str
    regions: tuple[Named, ...]
    departements: tuple[Named, ...]
    members: tuple[Member, ...]
    communes: tuple[Named, ...]
    passages: tuple[Passage, ...]
    namesakes: tuple[Passage, ...]
    n_compared: int

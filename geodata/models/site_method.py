"""What the page of the method shows: every figure of it, from the code's own constants and from the published data."""

from dataclasses import dataclass

from geodata.models.ranking import Criterion, RankedSite
from geodata.models.site_sheet import FieldCoverage


@dataclass(frozen=True)
class WeighedCriterion:
    """A criterion, its group, its default weight, and of how many sites its value (or an interval) is known."""

    criterion: Criterion
    group: str
    weight: int
    n_known: int


@dataclass(frozen=True)
class WaveCoverage:
    """Labels of one wave in France; ``announced`` is null when not published."""

    wave: str
    announced: int | None
    documented: int


@dataclass(frozen=True)
class Method:
    """Figures of the method.

    Attributes:
        swing: by how much each weight moves for the rank interval, 0 to 1.
        withheld_km: distance under which a site known by its commune tells none.
        projects_km, filiere_km, labour_km: radii of the criteria that count what is around.
        radii: of the sheet's surroundings, kilometres.
        n_sites, n_commune, n_unlocated: sites, those placed at their commune, those without a position.
        example, example_name: the first site under the default weights, when there is one.
    """

    criteria: tuple[WeighedCriterion, ...]
    max_weight: int
    swing: float
    withheld_km: float
    projects_km: int
    filiere_km: int
    labour_km: int
    radii: tuple[int, int]
    n_sites: int
    n_commune: int
    n_unlocated: int
    waves: tuple[WaveCoverage, ...]
    fields: tuple[FieldCoverage, ...]
    example: RankedSite | None
    example_name: str
    n_kept: int

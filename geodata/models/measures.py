"""What is followed, as data: the source of each measure, which way is better, how it may be divided and summed.

Every rule here has a test on the published files (``tests/geodata/queries/suivi/test_sums.py``).
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["count", "money", "mean", "share"]
VIEWS = ("nombre", "habitants", "emplois", "territoires")
PER = MappingProxyType({"habitants": 100_000, "emplois": 10_000})


@dataclass(frozen=True)
class Measure:
    """One followed quantity.

    Attributes:
        code: its name in the address and in the columns of ``region_values``.
        kind: count and money may be divided by inhabitants or jobs; a mean or a share may not.
        source: short name in the catalogue.
        indicator: its id in the table ``indicateurs``, for a measure that is published ready made.
        trend: the direction that the source calls progress; None when it states none.
        rounding: half of the last digit that the source gives: a smaller gap says nothing. Unit of the measure.
        limits: the law of its control limits; None when it is not a count of events nor a share.
        frequency: months between two values, only when the source says so; None is « non renseigné ».
        frozen: True for a source that no longer moves.
        decimals: how many are shown in the view « nombre »; ``rate_decimals`` per inhabitant or per job.
    """

    code: str
    kind: Kind
    source: str
    indicator: str | None = None
    trend: Literal["hausse", "baisse"] | None = None
    rounding: float = 0.0
    limits: Literal["poisson", "binomial"] | None = None
    frequency: int | None = None
    frozen: bool = False
    decimals: int = 0
    rate_decimals: int = 1

    @property
    def is_divisible(self) -> bool:
        """True when a value per inhabitant or per job means something."""
        return self.kind in ("count", "money")


MEASURES = MappingProxyType(
    {
        item.code: item
        for item in (
            Measure("sites", "count", "sites-annonces", limits="poisson", rate_decimals=2),
            Measure("territoires", "count", "territoires", rate_decimals=2),
            Measure("touches", "count", "territoires", rate_decimals=2),
            Measure("projets", "count", "plan-de-relance", limits="poisson", frozen=True),
            Measure("dans", "share", "plan-de-relance", limits="binomial", frozen=True),
            Measure("concentration", "share", "plan-de-relance", frozen=True),
            Measure(
                *("entreprises", "count", "barometre", "nb-entreprises-industrielles-agricoles", "hausse"),
                limits="poisson",
                frozen=True,
            ),
            Measure("nouveaux_sites", "count", "ditp", "IND-334", "hausse", rounding=0.5, rate_decimals=2),
            Measure("delai", "mean", "ditp", "IND-335", "baisse", rounding=0.05, decimals=1),
            # « actualisé chaque trimestre » : the definition of the indicator, file ditp-meta.
            Measure("emplois", "count", "ditp", "IND-337", "hausse", rounding=5_000, frequency=3, rate_decimals=0),
            Measure("engagements", "money", "ditp", "IND-905", "hausse", rounding=5e7),
        )
    }
)
DEFAULT_MEASURE = "projets"
FOLLOWED = tuple(code for code, item in MEASURES.items() if item.source == "ditp")

# What one unit of the source is worth in the unit shown: millions of jobs → jobs, Md€ → €.
UNITS = MappingProxyType({"millions d'emplois": 1e6, "Md€": 1e9})


def unit_factor(unit: str) -> float:
    """By how much a value of the table ``indicateurs`` is multiplied to be in units (jobs, euros, sites, months)."""
    return UNITS.get(unit, 1.0)


@dataclass(frozen=True)
class SumRule:
    """Whether the values of a measure may be added ``across`` a dimension, and the key of the reason."""

    measure: str
    across: Literal["regions", "departements", "territoires", "vagues", "mois", "dates", "millesimes", "filieres"]
    is_allowed: bool
    reason: str


SUM_RULES = (
    SumRule("sites", "regions", True, "partition"),
    SumRule("sites", "vagues", False, "two_labels"),
    SumRule("territoires", "regions", True, "one_lead"),
    SumRule("touches", "regions", False, "several_regions"),
    SumRule("territoires", "millesimes", False, "reissued"),
    SumRule("projets", "regions", True, "partition"),
    SumRule("projets", "filieres", True, "partition"),
    SumRule("projets", "mois", True, "partition"),
    SumRule("projets", "territoires", True, "inside_only"),
    SumRule("dans", "regions", False, "share"),
    SumRule("concentration", "regions", False, "share"),
    SumRule("entreprises", "regions", False, "counted_twice"),
    SumRule("entreprises", "departements", False, "counted_twice"),
    SumRule("entreprises", "dates", False, "cumulative"),
    SumRule("nouveaux_sites", "regions", True, "same_date"),
    SumRule("nouveaux_sites", "dates", False, "cumulative"),
    SumRule("delai", "regions", False, "mean"),
    SumRule("emplois", "regions", False, "rounded"),
    SumRule("engagements", "regions", False, "not_located"),
)


def may_sum(measure: str, across: str) -> bool:
    """True only when a rule says so: a sum that nobody allowed is refused."""
    return any(rule.is_allowed for rule in SUM_RULES if (rule.measure, rule.across) == (measure, across))

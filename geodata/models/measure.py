"""What is said of a support measure, of a firm's chances with it, of its days. A null is « non renseigné », never 0."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["oui", "non", "inconnu"]
MeasureState = Literal["a_venir", "ouverte", "fermee", "inconnu"]
EventKind = Literal["ouverture", "echeance", "cloture"]


@dataclass(frozen=True)
class Measure:
    """One row of the table ``mesures``, nulls as None, lists as tuples, dates as ISO days.

    Attributes:
        audiences: who may ask, as codes read from ``beneficiaires_fr``; empty when the source does not say.
        gaps: the fields that the source leaves out.
        is_derived: the opening or the closing is deduced, not written as such.
    """

    id: str
    name_fr: str
    name_en: str
    type: str | None
    level: str
    region: str | None
    axis: str | None
    strand: str | None
    operator: str | None
    cofunders: tuple[str, ...]
    envelope_eur: float | None
    region_share_eur: float | None
    rate_pct: float | None
    ticket_min_eur: float | None
    ticket_max_eur: float | None
    target: int | None
    base: int | None
    multiplier: float | None
    beneficiaries_fr: str | None
    beneficiaries_en: str | None
    audiences: tuple[str, ...]
    headcount_min: int | None
    headcount_max: int | None
    sectors: tuple[str, ...]
    phases: tuple[str, ...]
    opens: str | None
    closes: str | None
    is_derived: bool
    deadlines: tuple[str, ...]
    n_rounds: int | None
    contact: str | None
    summary_fr: str
    summary_en: str
    quote: str
    facts: tuple[str, ...]
    source: str
    gaps: tuple[str, ...]

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_fr

    def summary(self, language: str) -> str:
        return self.summary_en if language == "en" else self.summary_fr

    def beneficiaries(self, language: str) -> str | None:
        return self.beneficiaries_en if language == "en" else self.beneficiaries_fr


@dataclass(frozen=True)
class Reason:
    """Why one rule of a measure lets a firm in, keeps it out, or cannot tell.

    Attributes:
        rule: ``date``, ``beneficiaire``, ``region``, ``effectif``, ``secteur``, ``phase``, ``montant``, ``territoire``.
        case: which sentence says it (``views``): ``effectif_dans``, ``effectif_sous``, ``effectif_non_demande``…
        values: what the sentence names: numbers, ISO days, codes.
        quote: the words of the source behind the rule; None when the source says nothing.
    """

    rule: str
    outcome: Outcome
    case: str
    values: Mapping[str, float | str] = field(default_factory=dict)
    quote: str | None = None


@dataclass(frozen=True)
class Finding:
    """A measure for a firm: « non » as soon as one rule says so, « oui » only when every rule does."""

    measure: Measure
    outcome: Outcome
    reasons: tuple[Reason, ...]

    @property
    def is_absent_from_region(self) -> bool:
        """The measure exists, in another region."""
        return any(reason.case == "region_autre" for reason in self.reasons)


@dataclass(frozen=True)
class MeasureEvent:
    """A day of the calendar: a call opens, has a deadline, or closes."""

    measure: Measure
    kind: EventKind
    day: str
    is_derived: bool

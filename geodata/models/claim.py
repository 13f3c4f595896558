"""An announced figure beside what the published data give. A null is « non renseigné », never 0."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["concordant", "meme_nombre", "ecart", "non_mesurable"]
STATUSES: tuple[Status, ...] = ("concordant", "meme_nombre", "ecart", "non_mesurable")


@dataclass(frozen=True)
class Words:
    """The same text in both languages."""

    fr: str
    en: str

    def read(self, language: str) -> str:
        return self.en if language == "en" else self.fr


@dataclass(frozen=True)
class Answer:
    """What one computation on the published data gives.

    Attributes:
        value: null when a field is too rarely filled for a sum to mean anything.
        where: the query of Carte (or of ``page``) that shows exactly what was counted.
        page, anchor: the page of that query, and the part of it.
        unit: code of what was counted; empty when it is that of the figure.
        n_stated, n_rows: rows that state the field, rows in all; both null when every row counts.
    """

    value: float | None
    where: str = ""
    page: str = "/"
    anchor: str = ""
    unit: str = ""
    n_stated: int | None = None
    n_rows: int | None = None


@dataclass(frozen=True)
class Claim:
    """One figure of the ledger.

    Attributes:
        fact: id of the founding fact (``T02``); null when the figure is in no founding document.
        value, qualifier, unit: what is announced: ``1000000000``, ``plus_de``, ``eur``.
        date: ISO text of day, month or year precision; null when the source does not say.
        author: who says it; null when the atlas counted it or the source names nobody.
        is_derived: arithmetic on figures of the same source, or a count of the rows of a file.
        calculation: code of the list ``calcul``, null when nothing is computed from the data.
        formula: ids of other figures and operators, null when the figure stands alone.
        answer: what the calculation, else the formula, gives; null when there is neither.
        reason, explanation: why the two differ, or why nothing can be measured.
    """

    claim_id: str
    fact: str | None
    statement: Words
    value: float
    qualifier: str
    unit: str
    date: str | None
    level: str
    code: str
    author: str | None
    source: str
    url: str | None
    quote: str | None
    is_derived: bool
    theme: str
    calculation: str | None
    formula: str | None
    reason: str | None
    explanation: Words | None
    answer: Answer | None

    @property
    def computed(self) -> float | None:
        return self.answer.value if self.answer else None

    @property
    def gap(self) -> float | None:
        """Computed minus announced, in the unit of the figure."""
        return None if self.computed is None else self.computed - self.value

    @property
    def gap_share(self) -> float | None:
        """The gap as a share of what was announced."""
        return None if self.gap is None else self.gap / self.value

    @property
    def status(self) -> Status:
        """Whether the two agree, as far as the words of the announcement say (« plus de », « environ »)."""
        if self.gap is None:
            return "non_mesurable"
        if not self._agrees(self.gap):
            return "ecart"
        return "meme_nombre" if self.reason else "concordant"

    def _agrees(self, gap: float) -> bool:
        if self.qualifier == "plus_de":
            return gap >= 0
        if self.qualifier in ("environ", "pres_de"):
            return abs(gap) <= 0.005 * self.value
        return gap == 0


@dataclass(frozen=True)
class Contradiction:
    """Figures that do not agree, side by side, and one paragraph that says what differs."""

    contradiction_id: str
    title: Words
    text: Words
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Choices:
    """What the filters of the ledger offer: only values that some figure has."""

    themes: tuple[str, ...]
    authors: tuple[str, ...]
    units: tuple[str, ...]
    years: tuple[str, ...]


@dataclass(frozen=True)
class Actor:
    """Somebody that the founding documents name.

    Attributes:
        family: ``etat``, ``operateur``, ``collectivite``, ``economie``.
        measures: (id, name) of the measures that it carries, co-funds or benefits from.
        milestones: (id, date or null, title) of the milestones that name it.
        contacts: as the documents give them, from the measures that it leads.
    """

    actor_id: str
    name: str
    family: str
    role: Words
    source: str
    measures: tuple[tuple[str, Words], ...]
    milestones: tuple[tuple[str, str | None, Words], ...]
    contacts: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """A statement of the founding documents, and what the atlas hangs on it: figures, measures, milestones."""

    fact_id: str
    section: str
    title: Words
    statement: Words
    is_derived: bool
    source: str
    quote: str
    claims: tuple[Claim, ...]
    measures: tuple[tuple[str, Words], ...]
    milestones: tuple[tuple[str, str | None, Words], ...]

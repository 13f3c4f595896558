"""The lines of a sheet: figures, projects, sites, places, measures, milestones. A null is « non renseigné »."""

from dataclasses import dataclass

from state import Selection


@dataclass(frozen=True)
class Named:
    """A place by its official code and its name; the code stands for a name that the atlas does not know."""

    code: str
    name: str


@dataclass(frozen=True)
class Figure:
    """One key figure.

    Attributes:
        name: what it is (``population``, ``projets``, ``investissement``…): the key of its label.
        value: null when nothing is published.
        unit: ``eur``, ``pct`` (a share of 1), ``ratio`` (one decimal) or empty for a count.
        date: the date of the value; null when its source does not say.
        source: short name in the catalogue (``/sources#<name>``).
        n_stated: rows that state the figure, when it is a sum of what some rows state; ``n_rows`` rows in all.
        median: of the areas it is compared with (metropolitan regions; territoires of the millesime).
        where: the Carte query that shows it.
        anchor: the part of that page (``chart-barometre``), when it is not the map or the list.
    """

    name: str
    value: float | None
    date: str | None
    source: str
    unit: str = ""
    n_stated: int | None = None
    n_rows: int | None = None
    median: float | None = None
    where: Selection | None = None
    claim: str | None = None
    anchor: str = ""


@dataclass(frozen=True)
class Share:
    """Projects of one value of a facet; ``code`` is ``aucun`` for the rows that do not state it."""

    code: str
    n: int
    where: Selection


@dataclass(frozen=True)
class Breakdown:
    """Projects by value of one facet (``mesure``, ``filiere``, ``taille``, ``mois``, ``ti``); the rows add up to total.

    Largest first, but months in order and ``ti`` as inside, outside, unknown.
    """

    facet: str
    rows: tuple[Share, ...]
    total: int


@dataclass(frozen=True)
class Wave:
    """Labels of one wave of turnkey sites in a region; ``announced`` is null when not published by region."""

    code: str
    announced: int | None
    documented: int
    certain: int


@dataclass(frozen=True)
class Reading:
    """One value of an indicator and its date."""

    value: float
    date: str


@dataclass(frozen=True)
class Indicator:
    """An indicator of the region: initial, actual and target value, null where none is published.

    ``median`` is that of the latest actual values of the metropolitan regions, ``n_compared`` how many have one.
    """

    code: str
    name: str
    unit: str
    initial: Reading | None
    actual: Reading | None
    target: Reading | None
    median: float | None
    n_compared: int
    note: str | None
    vintage: str
    source: str


@dataclass(frozen=True)
class Member:
    """A member of a territoire: EPCI, EPT or single commune.

    ``code`` is a SIREN, or an INSEE code for a single commune; ``n_total`` the communes of the member, inside or not;
    ``successors`` the SIREN that followed it (names of those that the atlas knows).
    """

    code: str
    kind: str
    name: str
    n_communes: int
    n_total: int | None
    successors: tuple[Named, ...]


@dataclass(frozen=True)
class AreaLine:
    """A territoire or a département in a region's sheet: its counts, and for a territoire its other regions."""

    code: str
    name: str
    n_communes: int
    population: int | None
    n_sites: int
    n_projects: int
    n_members: int | None = None
    is_lead: bool = True
    regions: tuple[Named, ...] = ()


@dataclass(frozen=True)
class ProjectLine:
    """A funded project: ``commune`` and ``departement_position`` of its position, ``departement`` as stated."""

    code: str
    company: str | None
    scheme: str
    sector: str | None
    size: str | None
    commune: str | None
    departement: str | None
    date: str
    inside: str
    jobs_created: float | None
    jobs_kept: float | None
    investment_eur: float | None
    departement_position: str | None = None


@dataclass(frozen=True)
class SiteLine:
    """A turnkey site; low confidence included, and said."""

    code: str
    name: str
    waves: tuple[str, ...]
    commune: str | None
    departement: str | None
    area_ha: float | None
    confidence: str
    inside: str


@dataclass(frozen=True)
class MeasureLine:
    """A support measure: national, of the region, or local to one place of the region."""

    code: str
    name_fr: str
    name_en: str
    level: str
    region: Named | None
    kind: str | None
    axis: str | None
    opening: str | None
    closing: str | None
    source: str


@dataclass(frozen=True)
class Milestone:
    """A dated event, of the region or national (``region`` null); ``is_derived`` when its date is deduced."""

    code: str
    date: str | None
    is_derived: bool
    title_fr: str
    title_en: str
    region: Named | None
    place: str | None
    source: str


@dataclass(frozen=True)
class Claim:
    """A figure announced for the region: its id in the ledger (``/chiffres#<code>``), in words, when and by whom."""

    code: str
    statement_fr: str
    statement_en: str
    date: str | None
    author: str | None
    source: str


@dataclass(frozen=True)
class Passage:
    """What a territoire has in common with one of another millesime, in communes (COG 2024).

    Attributes:
        share: common communes over those of this territoire, 0 to 1.
        is_same_id: the same id is used in both millesimes (it may mean something else: see ``n_shared``).
    """

    millesime: str
    code: str
    name: str
    n_shared: int
    n_here: int
    n_there: int
    share: float
    is_same_id: bool


@dataclass(frozen=True)
class Governance:
    """The pair that runs a territoire, or the region's: null until a source names the office; never a person's name."""

    elected_official: str | None = None
    industrialist: str | None = None


@dataclass(frozen=True)
class Leader:
    """The value (or values, when equal) that most projects of an area have, and how many projects each."""

    codes: tuple[str, ...]
    n: int

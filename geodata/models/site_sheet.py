"""What the sheet of a site holds: its facts with their sources, what lies around, what is known and what is not.

A null is « non renseigné », never 0. Dates are ISO texts of day, month or year precision.
"""

from dataclasses import dataclass

from contract import SheetField
from geodata.models.sheet import Named


@dataclass(frozen=True)
class SiteFact:
    """One fact of a site.

    Attributes:
        value: as the table writes it (``92``, ``oui``, ``2027-2030``), in the unit of ``field``.
        source: short name in the catalogue; ``url`` the address that states it, when one is known.
        date: of the fact, when its source gives one.
        confidence: a code of ``confiance``; null for what the atlas itself computes.
        quote: the words of the source; null for what the atlas itself computes.
        others: other statements of the same field, which this one was preferred to.
    """

    field: SheetField
    value: str
    source: str
    note_fr: str | None = None
    note_en: str | None = None
    url: str | None = None
    date: str | None = None
    confidence: str | None = None
    quote: str | None = None
    others: tuple["SiteFact", ...] = ()

    def note(self, language: str) -> str | None:
        return self.note_en if language == "en" else self.note_fr

    @property
    def is_computed(self) -> bool:
        return self.confidence is None


@dataclass(frozen=True)
class GroupCoverage:
    """Fields of one group that are known, of all its fields; ``n_cnig`` are those of the national standard."""

    group: str
    known: int
    total: int
    known_cnig: int
    n_cnig: int


@dataclass(frozen=True)
class Coverage:
    """What share of the sheet's fields is known for one site."""

    groups: tuple[GroupCoverage, ...]

    @property
    def known(self) -> int:
        return sum(item.known for item in self.groups)

    @property
    def total(self) -> int:
        return sum(item.total for item in self.groups)

    @property
    def known_cnig(self) -> int:
        return sum(item.known_cnig for item in self.groups)

    @property
    def n_cnig(self) -> int:
        return sum(item.n_cnig for item in self.groups)

    @property
    def share(self) -> float:
        return self.known / self.total


@dataclass(frozen=True)
class FieldCoverage:
    """For how many of the documented sites one field is known."""

    field: SheetField
    known: int
    total: int


@dataclass(frozen=True)
class SiteLabel:
    """One label: its wave, its date (null when the wave itself is not established), its name and area at that time."""

    wave: str
    date: str | None
    source_id: str
    name: str
    confidence: str
    area_ha: float | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class NearPlace:
    """Something near a site.

    Attributes:
        km: straight line, kilometres; null when withheld (under 5 km of a site known by its commune).
        lon, lat: degrees WGS84.
        kilovolts: of a substation, which has no name.
    """

    kind: str
    code: str
    name: str | None
    km: float | None
    lon: float
    lat: float
    kilovolts: float | None = None


@dataclass(frozen=True)
class NearProject:
    """A funded project near a site.

    ``filiere`` is null when the source does not state it; ``km`` when the distance is withheld, as that of a place.
    """

    code: str
    company: str | None
    filiere: str | None
    scheme: str
    commune: str | None
    km: float | None
    lon: float
    lat: float


@dataclass(frozen=True)
class FiliereCount:
    """Projects of one filière within the two radii, the nearest first (those within the larger one)."""

    filiere: str | None
    n_near: int
    n_far: int
    projects: tuple[NearProject, ...]


@dataclass(frozen=True)
class Around:
    """What lies around a site, straight line.

    Attributes:
        filieres: most projects within the larger radius first.
        places: by kind, nearest first: those within the larger radius, else the nearest one whatever its distance.
        n_places: by kind, how many within the smaller and the larger radius.
    """

    radii: tuple[int, int]
    filieres: tuple[FiliereCount, ...]
    n_projects: tuple[int, int]
    n_unlocated: int
    places: tuple[tuple[str, tuple[NearPlace, ...]], ...]
    n_places: tuple[tuple[str, tuple[int, int]], ...]

    def of_kind(self, kind: str) -> tuple[NearPlace, ...]:
        return dict(self.places)[kind]


@dataclass(frozen=True)
class SiteSheet:
    """One site.

    Attributes:
        lon, lat: degrees WGS84, null for a site without a position; ``is_commune_point``: the point is the commune's.
        territoire: of the millesime asked for; null outside or unknown, ``ti`` says which.
        facts: one a field that is known, in the order of the sheet; ``unknown`` the fields that are not.
        status: what the source says of the state of the site, in its words.
        notes: remarks of the source, in its words.
        around: null for a site without a position.
        previous, next: in the order of the table; null at its ends.
    """

    code: str
    name: str
    other_names: tuple[str, ...]
    labels: tuple[SiteLabel, ...]
    confidence: str
    millesime: str
    commune: Named | None
    epci: Named | None
    departement: Named | None
    region: Named
    territoire: Named | None
    ti: str
    lon: float | None
    lat: float | None
    is_commune_point: bool
    facts: tuple[SiteFact, ...]
    unknown: tuple[SheetField, ...]
    coverage: Coverage
    status: str | None
    notes: str | None
    bearer: str | None
    addresses: tuple[str, ...]
    around: Around | None
    previous: Named | None
    next: Named | None

    def fact(self, code: str) -> SiteFact | None:
        return next((item for item in self.facts if item.field.code == code), None)

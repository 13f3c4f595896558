"""What a dossier holds, before any format. Words are in the dossier's language; null is « non renseigné », never 0."""

from dataclasses import dataclass

from exports.provenance import Provenance
from geodata.models.ranking import RankedSite
from geodata.models.site_sheet import SiteSheet


@dataclass(frozen=True)
class DossierSite:
    """One site.

    Attributes:
        standing: its place among the sites that the filters keep.
        excluded_by: the filters that exclude it, in words.
        lines: sentences that sum it up.
        plan: its map (SVG); null without a position.
    """

    sheet: SiteSheet
    standing: RankedSite
    excluded_by: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    plan: bytes | None = None


@dataclass(frozen=True)
class Dossier:
    """Everything that the files say.

    Attributes:
        provenance: publication, sources, filters in words.
        weights: (criterion, 0 to 5), those that count.
        kept, total: sites that the filters keep, sites of the atlas.
        exclusions: (filter in words, sites that it excludes).
        choice: how the sites were chosen: ``liste`` (shortlist), ``sites`` (comparison) or ``rang`` (first ranked).
        address: of the same search, absolute.
    """

    provenance: Provenance
    weights: tuple[tuple[str, int], ...]
    sites: tuple[DossierSite, ...]
    kept: int
    total: int
    exclusions: tuple[tuple[str, int], ...]
    choice: str
    address: str

    @property
    def language(self) -> str:
        return self.provenance.language

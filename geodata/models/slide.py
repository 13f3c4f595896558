"""What one scene of a presentation holds once it has met the data: everything that a screen, a page or a file draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geodata.models.claim import Claim
from state.scene import Scene
from state.selection import Selection

Bbox = tuple[float, float, float, float]


@dataclass(frozen=True)
class ChartBar:
    """One bar: ``value`` is null when nothing is published, ``whole`` what it is a part of (announced sites)."""

    code: str
    name: str
    value: float | None
    whole: float | None = None


@dataclass(frozen=True)
class SlideChart:
    """The chart of a scene: ``kind`` is the scene's, ``bars`` in reading order; ``left_out`` bars did not fit.

    Attributes:
        total: of all the bars, those left out included; null when they must not be added.
        median: of the mainland regions, for the chart by region.
    """

    kind: str
    bars: tuple[ChartBar, ...]
    left_out: int = 0
    total: float | None = None
    median: float | None = None


@dataclass(frozen=True)
class SlidePoint:
    """An object with a position: degrees, code and name."""

    longitude: float
    latitude: float
    code: str
    name: str


@dataclass(frozen=True)
class Slide:
    """One scene with its data.

    Attributes:
        number, total: its place in the presentation, from 1.
        bbox: what the map frames, in degrees; null for the whole of France.
        claims: figures of the ledger in the order asked; ``unknown_claims`` are ids that the ledger does not hold.
        counts: objects that the view leaves, by kind; ``unlocated`` those that no map can show.
        territoires: ids drawn strong; the others of the perimeter are not drawn.
        by_region: projects (or documented sites, or territoires) by region code, for the tile map.
        sources: the manifest's entry of each source that the scene draws on, by short name.
        publication: hash of the publication.
    """

    scene: Scene
    selection: Selection
    number: int
    total: int
    bbox: Bbox | None
    claims: tuple[Claim, ...]
    unknown_claims: tuple[str, ...]
    counts: Mapping[str, int]
    unlocated: Mapping[str, int]
    territoires: tuple[str, ...]
    sites: tuple[SlidePoint, ...]
    projects: tuple[SlidePoint, ...]
    by_region: Mapping[str, int]
    regions: Mapping[str, str]
    chart: SlideChart | None
    sources: Mapping[str, Mapping[str, Any]]
    publication: str

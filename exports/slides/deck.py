"""What every file of a presentation is made of: the words and numbers of each scene, written once for all formats."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geodata.models.slide import ChartBar, Slide, SlideChart
from views.hall.map import HallShapes
from views.hall.slide import (
    bar_name,
    bar_value,
    chart_note,
    fill,
    legend_words,
    said_words,
    source_words,
    value_and_unit,
)
from views.hall.tiles import tile_names, tile_places
from views.text import number, text

Shapes = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Deck:
    """A presentation in one language with its data and the shapes of its maps (GeoJSON geometries, WGS84).

    Attributes:
        name: letters, digits and hyphens: names the files.
        countries: the neighbours, behind the interactive map.
        territoires: names by millesime and id.
        lead: what stands under the title of the interactive map, instead of a sentence about the presentation.
        towns: (longitude, latitude, name), the largest first: named on maps of a part of the country.
    """

    name: str
    title: str
    language: str
    slides: tuple[Slide, ...]
    shapes: HallShapes
    countries: Shapes
    territoires: Mapping[str, Mapping[str, str]]
    publication: str
    lead: str = ""
    towns: tuple[tuple[float, float, str], ...] = ()


@dataclass(frozen=True)
class Figure:
    """A figure of the ledger as it is read: « 148 », « territoires », who said it and when."""

    claim_id: str
    value: str
    unit: str
    said: str


@dataclass(frozen=True)
class Bar:
    """One bar: ``value`` is null when nothing is published; ``share`` and ``whole_share`` of the longest, 0 to 1."""

    name: str
    shown: str
    value: float | None
    whole: float | None
    share: float
    whole_share: float
    is_chosen: bool


@dataclass(frozen=True)
class Chart:
    """``note`` says what the bars do not show."""

    kind: str
    title: str
    bars: tuple[Bar, ...]
    note: str


@dataclass(frozen=True)
class Tile:
    """A region of the tile map: ``column`` and ``row`` from 1; ``share`` of the largest, 0 to 1."""

    code: str
    short: str
    name: str
    column: int
    row: int
    value: int
    shown: str
    share: float
    is_chosen: bool


@dataclass(frozen=True)
class Page:
    """One scene in words: every format shows these and no others.

    Attributes:
        legend: the kind of objects and what is said of it: « 33 sites documentés (dont 1 non localisé) ».
        counted: the same as count and words, for a page where the count leads.
    """

    slide: Slide
    headline: str
    sentence: str
    figures: tuple[Figure, ...]
    legend: tuple[tuple[str, str], ...]
    counted: tuple[tuple[str, str], ...]
    chart: Chart | None
    tiles: tuple[Tile, ...]
    source: str
    place: str
    notes: str

    @property
    def has_map(self) -> bool:
        return self.slide.scene.ground == "carte"

    @property
    def stem(self) -> str:
        """``03-projets``: the start of the names of its files."""
        return f"{self.slide.number:02d}-{self.slide.scene.scene_id}"

    @property
    def map_title(self) -> str:
        """What the map shows, for those who do not see it."""
        return " · ".join([self.headline, *(words for _, words in self.legend)])


def pages_of(deck: Deck) -> tuple[Page, ...]:
    """Every scene of the deck, in order."""
    return tuple(_page(slide, deck.language) for slide in deck.slides)


def _page(slide: Slide, language: str) -> Page:
    scene = slide.scene
    counted = _counted(slide, language) if scene.ground == "carte" else {}
    return Page(
        slide=slide,
        headline=fill(scene.headline.read(language), slide, language),
        sentence=fill(scene.sentence.read(language), slide, language),
        figures=tuple(
            Figure(claim.claim_id, *value_and_unit(claim, language), said_words(claim, language))
            for claim in slide.claims
        ),
        legend=tuple((kind, " ".join(said)) for kind, said in counted.items()),
        counted=tuple(counted.values()),
        chart=_chart(slide, slide.chart, language) if slide.chart else None,
        tiles=_tiles(slide, language) if scene.ground == "tuiles" else (),
        source=source_words(slide, language),
        place=f"{slide.number} / {slide.total}" if slide.total > 1 else "",
        notes=fill(scene.notes.read(language), slide, language),
    )


def _counted(slide: Slide, language: str) -> dict[str, tuple[str, str]]:
    """Count and words of each kind that the map shows."""
    return {
        kind: (number(slide.counts[kind], language), legend_words(slide, kind, language))
        for kind in ("territoires", "sites", "projets")
        if kind in slide.selection.layers
    }


def _chart(slide: Slide, chart: SlideChart, language: str) -> Chart:
    most = max((bar.whole or bar.value or 0 for bar in chart.bars), default=0)
    chosen = slide.selection.values_of("region") if chart.kind == "mesure" else ()
    bars = tuple(_bar(chart.kind, bar, most, bar.code in chosen, language) for bar in chart.bars)
    return Chart(chart.kind, text(f"hall_chart_{chart.kind}", language), bars, chart_note(chart, language))


def _bar(kind: str, bar: ChartBar, most: float, is_chosen: bool, language: str) -> Bar:
    return Bar(
        name=bar_name(kind, bar, language),
        shown=bar_value(bar, language),
        value=bar.value,
        whole=bar.whole,
        share=_share(bar.value, most),
        whole_share=_share(bar.whole, most),
        is_chosen=is_chosen,
    )


def _share(value: float | None, most: float) -> float:
    return value / most if value is not None and most else 0.0


def _tiles(slide: Slide, language: str) -> tuple[Tile, ...]:
    most = max(slide.by_region.values(), default=0)
    chosen = slide.selection.values_of("region")
    tiles = []
    for code, (column, row) in tile_places().items():
        n = slide.by_region.get(code, 0)
        name = slide.regions.get(code, code)
        tiles.append(
            Tile(code, tile_names()[code], name, column, row, n, number(n, language), _share(n, most), code in chosen)
        )
    return tuple(tiles)

"""The scenes as PDF, a page of 16:9 a scene with its map in vectors, and as PNG, by Typst: no browser."""

from collections.abc import Iterator
from typing import Any

from exports.slides.deck import Chart, Deck, Page, pages_of
from exports.slides.plan import draw_map
from exports.slides.shrink import FEW, shrink
from exports.typeset import typeset_pdf, typeset_png

HD_PPI = 144.0  # 1920 × 1080 points of a page of 13.33 × 7.5 inches
_TEMPLATE = "scenes"
_PICTURE = "picture"
_AUTHOR = "Atlas Industrie"


def export_pdf(deck: Deck) -> bytes:
    """One PDF, a page a scene; Public Sans is in it."""
    data, pictures = _content(deck, pages_of(deck))
    return typeset_pdf(_TEMPLATE, data, pictures)


def export_pngs(deck: Deck, scale: int = 1) -> Iterator[tuple[str, bytes]]:
    """A picture a scene with its name: 1920 × 1080 points times ``scale``, legend, source and date in it."""
    pages = pages_of(deck)
    data, pictures = _content(deck, pages)
    suffix = f"@{scale}x" if scale > 1 else ""
    drawn = typeset_png(_TEMPLATE, data, pictures, HD_PPI * scale)
    for page, content in zip(pages, drawn, strict=True):
        yield f"{page.stem}{suffix}.png", shrink(content, FEW)


def map_png(page: Page, deck: Deck, ppi: float = 150.0) -> bytes:
    """The map of a scene alone, white around, 502 × 492 points of paper."""
    svg = draw_map(page.slide, deck.shapes, page.map_title, deck.towns)
    return shrink(typeset_png(_PICTURE, {"alt": page.map_title}, {"carte.svg": svg.encode()}, ppi)[0])


def _content(deck: Deck, pages: tuple[Page, ...]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the template reads, and the maps by file name."""
    drawn = {
        f"carte-{page.slide.number}.svg": draw_map(page.slide, deck.shapes, page.map_title, deck.towns).encode()
        for page in pages
        if page.has_map
    }
    data = {
        "title": deck.title,
        "author": _AUTHOR,
        "language": deck.language,
        "pages": [_page(page) for page in pages],
    }
    return data, drawn


def _page(page: Page) -> dict[str, Any]:
    return {
        "headline": page.headline,
        "sentence": page.sentence,
        "figures": [vars(figure) for figure in page.figures],
        "legend": [
            {"kind": kind, "count": count, "words": words}
            for (kind, _), (count, words) in zip(page.legend, page.counted, strict=True)
        ],
        "map": f"carte-{page.slide.number}.svg" if page.has_map else None,
        "alt": page.map_title,
        "wide": not page.has_map and page.chart is None and not page.tiles,
        "chart": _chart(page.chart) if page.chart else None,
        "tiles": [{**vars(tile), "chosen": tile.is_chosen} for tile in page.tiles],
        "source": page.source,
        "place": page.place,
    }


def _chart(chart: Chart) -> dict[str, Any]:
    bars = [
        {"name": bar.name, "shown": bar.shown, "share": bar.share, "whole": bar.whole_share, "chosen": bar.is_chosen}
        for bar in chart.bars
    ]
    return {"kind": chart.kind, "title": chart.title, "bars": bars, "note": chart.note}

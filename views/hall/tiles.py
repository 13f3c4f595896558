"""A tile map of the regions: every region the same area, the figure written in it, read from the back row."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dash import html

from geodata.models.slide import Slide
from views.markup import aria
from views.text import number, text


@cache
def _layout() -> MappingProxyType[str, Any]:
    return MappingProxyType(tomllib.loads(Path(__file__).with_name("tiles.toml").read_text(encoding="utf-8")))


def tile_places() -> Mapping[str, tuple[int, int]]:
    """Column and row of each region, from 1."""
    return {code: (column, row) for code, (column, row) in _layout()["places"].items()}


def tile_names() -> Mapping[str, str]:
    """Three letters a region."""
    return MappingProxyType(_layout()["names"])


def draw_tiles(slide: Slide, language: str) -> html.Ul:
    """One tile a region, darker where there is more; a chosen region is outlined."""
    most = max(slide.by_region.values(), default=0)
    chosen = slide.selection.values_of("region")
    tiles = []
    for code, (column, row) in tile_places().items():
        n = slide.by_region.get(code, 0)
        style: dict[str, Any] = {"gridColumn": column, "gridRow": row, "--share": f"{n / most if most else 0:.3f}"}
        named = {"title": f"{slide.regions.get(code, code)} : {number(n, language)}"}
        tiles.append(
            html.Li(
                [
                    html.Span(tile_names()[code], className="tile-name"),
                    html.Span(number(n, language), className="tile-value"),
                ],
                className="tile is-chosen" if code in chosen else "tile",
                style=style,
                **named,
            )
        )
    return html.Ul(tiles, className="tiles", **aria(label=text("hall_tiles", language)))

"""Small multiples of maps: one map a measure, five classes of about as many regions each, hatched where missing."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

import contract
from geodata.models.monitoring import RegionValues
from views.markup import MARKUP
from views.plan import FRANCE, Layer, draw_plan
from views.suivi.links import Context
from views.suivi.values import label, show, unit, when
from views.text import is_missing, text

# From light to dark: the same order in black and white.
SCALE = ("#e3eef2", "#b3d0db", "#7aabbd", "#3d7f98", "#12495c")
MAPPED = ("projets", "sites", "touches", "entreprises", "nouveaux_sites", "delai", "emplois", "engagements")
WIDTH = 230
_BORDER = "#6b7688"


def draw_maps(context: Context, values: RegionValues, shapes: Mapping[str, Mapping[str, Any]]) -> html.Div:
    """One figure a measure. ``shapes``: GeoJSON geometries (WGS84) of the regions by code."""
    rows = values.rows[values.rows["zone"] != "collectivite"]
    return html.Div([_map(context, values, rows, shapes, measure) for measure in MAPPED], className="maps")


def _map(
    context: Context,
    values: RegionValues,
    rows: pd.DataFrame,
    shapes: Mapping[str, Mapping[str, Any]],
    measure: str,
) -> html.Figure:
    language, view = context.language, values.view
    found = rows.set_index("code_region")[measure]
    names = rows.set_index("code_region")["nom"]
    bounds = classes(found.dropna())
    fills = {code: SCALE[class_of(value, bounds)] for code, value in found.items() if not is_missing(value)}
    missing = frozenset(str(code) for code, value in found.items() if is_missing(value))
    titles = {str(code): f"{names[code]} : {show(measure, value, view, language)}" for code, value in found.items()}
    layer = Layer(shapes, fill=fills, stroke=_BORDER, titles=titles, hatched=missing)
    title, counted = label(measure, language), unit(measure, view, language)
    dated = when(values.dates[measure], language) if values.dates[measure] else contract.unknown(language)
    spoken = _spoken(title, found, names, view, measure, language)
    svg = draw_plan([layer], [], FRANCE, WIDTH, spoken, sea="#ffffff")
    plan: dict[str, Any] = {MARKUP: svg}
    return html.Figure(
        [
            html.Figcaption([html.H3(title), html.P(f"{counted} · {dated}" if counted else dated, className="source")]),
            html.Div(**plan),
            _legend(bounds, measure, view, bool(missing), language),
        ],
        className="map-small",
    )


def classes(values: pd.Series) -> tuple[tuple[float, float], ...]:
    """The lowest and highest value of each of five classes of about as many regions; equal values stay together."""
    ranks = values.rank(method="average")
    group = ((ranks - 0.5) / max(len(values), 1) * len(SCALE)).astype(int).clip(0, len(SCALE) - 1)
    parts = [values[group == position] for position in range(len(SCALE))]
    return tuple((float(part.min()), float(part.max())) if len(part) else (float("nan"),) * 2 for part in parts)


def class_of(value: float, bounds: tuple[tuple[float, float], ...]) -> int:
    """The class that holds a value."""
    return next(position for position, (low, high) in enumerate(bounds) if low <= value <= high)


def _spoken(title: str, found: pd.Series, names: pd.Series, view: str, measure: str, language: str) -> str:
    """What the map shows, for a reader who does not see it: both ends and the missing."""
    known = found.dropna()
    if known.empty:
        return text("suivi_map_empty", language, title=title)
    low, high = known.idxmin(), known.idxmax()
    return text(
        "suivi_map_spoken",
        language,
        title=title,
        low=names[low],
        low_value=show(measure, known[low], view, language),
        high=names[high],
        high_value=show(measure, known[high], view, language),
        missing=int(found.isna().sum()),
    )


def _legend(
    bounds: tuple[tuple[float, float], ...], measure: str, view: str, has_missing: bool, language: str
) -> html.Ul:
    """Swatches of the same size, each with the range that it holds."""
    items: list[Any] = [
        html.Li(
            [html.Span(className="swatch", style={"background": color}), _range(low, high, measure, view, language)]
        )
        for color, (low, high) in zip(SCALE, bounds, strict=True)
        if not is_missing(low)
    ]
    if has_missing:
        items.append(html.Li([html.Span(className="swatch is-missing"), contract.unknown(language)]))
    return html.Ul(items, className="map-legend-small")


def _range(low: float, high: float, measure: str, view: str, language: str) -> str:
    first, last = show(measure, low, view, language), show(measure, high, view, language)
    return first if first == last else text("suivi_range", language, low=first, high=last)

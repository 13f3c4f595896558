"""The two static maps of a sheet: where in France, and what is around."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash import html

from geodata.models.site_sheet import Around, SiteSheet
from views import theme
from views.markup import MARKUP
from views.plan import FRANCE, Bbox, Layer, Marks, draw_plan
from views.text import text

Shapes = Mapping[str, Mapping[str, Any]]

_LAND, _NEIGHBOUR, _WATER, _BORDER, _PURPLE = "#fcfbf8", "#efede7", "#b4cfdb", "#8f98aa", "#5d4a78"
_KM_A_DEGREE = 111.32
_MARGIN = 1.12
_STEPS = 72
_FRANCE_WIDTH, _AROUND_WIDTH, _AROUND_HEIGHT = 300, 560, 400
_LEGEND = ("project", "gare_fret", "port", "aeroport", "site")


@dataclass(frozen=True)
class Backdrop:
    """GeoJSON geometries (WGS84) by code: neighbouring countries, lakes, rivers, régions, départements; large towns."""

    countries: Shapes
    lakes: Shapes
    rivers: Shapes
    regions: Shapes
    departements: Shapes
    towns: tuple[tuple[float, float, str], ...]


def draw_plans(sheet: SiteSheet, backdrop: Backdrop, language: str) -> list[Any]:
    """France with the site; its surroundings with their legend, or a sentence that says why there are none."""
    if sheet.lon is None or sheet.lat is None:
        return [html.P(text("site_position_none", language), className="unknown")]
    figures = [_figure(_france(sheet, backdrop, language), [text("site_map_france", language)], "is-france")]
    if sheet.around is not None:
        near, far = sheet.around.radii
        caption = [text("site_map_around", language, near=near, far=far), _legend(sheet, language)]
        figures.append(_figure(_surroundings(sheet, sheet.around, backdrop, language), caption, "is-around"))
    return [html.Div(figures, className="site-maps"), html.P(position_of(sheet, language), className="site-position")]


def position_of(sheet: SiteSheet, language: str) -> str:
    """What the point on the maps is."""
    if sheet.lon is None:
        return text("site_position_none", language)
    if not sheet.is_commune_point:
        return text("site_position_exact", language)
    return text("site_position_commune", language, commune=sheet.commune.name if sheet.commune else "–", km=5)


def _figure(svg: str, caption: list[Any], name: str) -> html.Figure:
    drawn: dict[str, Any] = {MARKUP: svg}
    return html.Figure([html.Div(**drawn), html.Figcaption(caption)], className=name)


def _france(sheet: SiteSheet, backdrop: Backdrop, language: str) -> str:
    here = Marks([(sheet.lon or 0, sheet.lat or 0, sheet.name)], "diamond", theme.FORGE, 15)
    land = Layer(backdrop.regions, _LAND, _BORDER, 0.6)
    return draw_plan([land], [here], FRANCE, _FRANCE_WIDTH, text("site_map_france", language))


def _surroundings(sheet: SiteSheet, around: Around, backdrop: Backdrop, language: str) -> str:
    lon, lat = sheet.lon or 0.0, sheet.lat or 0.0
    layers = [
        Layer(backdrop.countries, _NEIGHBOUR, _BORDER, 0.5),
        Layer(backdrop.departements, _LAND, "#c3c9d4", 0.7),
        Layer(backdrop.lakes, _WATER, _WATER, 0.4),
        Layer(backdrop.rivers, "none", _WATER, 1.6),
        Layer(backdrop.regions, "none", _BORDER, 1),
        Layer({str(km): circle(lon, lat, km) for km in around.radii}, "none", theme.INK, 1),
    ]
    title = text("site_map_around", language, near=around.radii[0], far=around.radii[1])
    frame = frame_around(lon, lat, around.radii[1] * _MARGIN)
    marks = _marks(sheet, around, backdrop, language)
    return draw_plan(layers, marks, frame, _AROUND_WIDTH, title, height=_AROUND_HEIGHT, has_scale=True)


def _marks(sheet: SiteSheet, around: Around, backdrop: Backdrop, language: str) -> list[Marks]:
    projects = [
        (item.lon, item.lat, item.company or text("site_unnamed", language))
        for group in around.filieres
        for item in group.projects
    ]

    def places(kind: str) -> list[tuple[float, float, str]]:
        return [(item.lon, item.lat, item.name or text("site_unnamed", language)) for item in around.of_kind(kind)]

    radii = [_label_of_circle(sheet, km) for km in around.radii]
    return [
        Marks(projects, "disc", theme.INK, 5, 0.7),
        Marks(places("gare_fret"), "square", _PURPLE, 7),
        Marks(places("port"), "square", theme.ESTUARY, 11),
        Marks(places("aeroport"), "ring", _PURPLE, 10),
        Marks(places("site"), "diamond", "#e39a80", 13),
        Marks([(sheet.lon or 0, sheet.lat or 0, sheet.name)], "diamond", theme.FORGE, 19),
        Marks(backdrop.towns, "text", "#36415c", 11),
        Marks(radii, "text", theme.INK, 10),
    ]


def _label_of_circle(sheet: SiteSheet, km: int) -> tuple[float, float, str]:
    return sheet.lon or 0.0, (sheet.lat or 0.0) - km / _KM_A_DEGREE, f"{km} km"


def circle(lon: float, lat: float, km: float) -> dict[str, Any]:
    """The points at ``km`` of a point, as a GeoJSON polygon (WGS84)."""
    east = km / (_KM_A_DEGREE * math.cos(math.radians(lat)))
    angles = [2 * math.pi * step / _STEPS for step in range(_STEPS)]
    ring = [[lon + east * math.cos(angle), lat + km / _KM_A_DEGREE * math.sin(angle)] for angle in angles]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def frame_around(lon: float, lat: float, km: float) -> Bbox:
    """West, south, east, north of the square of ``km`` around a point."""
    tall = km / _KM_A_DEGREE
    wide = tall / math.cos(math.radians(lat))
    return lon - wide, lat - tall, lon + wide, lat + tall


def _legend(sheet: SiteSheet, language: str) -> html.Ul:
    here = "site_map_this_commune" if sheet.is_commune_point else "site_map_this"
    items = [_key("this", text(here, language))]
    items += [_key(name, text(f"site_map_{name}", language)) for name in _LEGEND]
    return html.Ul(items, className="site-legend")


def _key(name: str, label: str) -> html.Li:
    return html.Li([html.Span(className=f"site-key is-{name}"), label])

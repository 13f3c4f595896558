"""``carte.html``: the layers of a presentation on a Leaflet map made by folium, its charts by Plotly, in one file."""

import json
import re
from collections.abc import Sequence
from html import escape
from typing import Any

import contract
from exports.slides.deck import Deck, Page, Shapes, pages_of
from exports.slides.html_file import whole_page
from exports.slides.kit import Kit
from exports.slides.map_charts import draw_charts, plot_of
from geodata.models.slide import Bbox, Slide, SlidePoint
from views.hall.map import PAPER
from views.projection import OVERSEAS
from views.text import text

MAINLAND = (-5.2, 41.3, 9.65, 51.15)
_OVERSEAS = dict(zip(("01", "02", "03", "04", "06"), OVERSEAS, strict=True))
_MARGIN = 0.15  # degrees around what a scene frames
_NEIGHBOUR, _BORDER = "#efede7", "#8f98aa"
_FOLIUM_ID = re.compile(r"(?<=_)[0-9a-f]{32}(?![0-9a-f])")
_DATA = re.compile(r"(?<=_add\()\{.*\}(?=\);$)", re.MULTILINE)
_DIGITS, _SHAPE_DIGITS = 4, 3  # decimals of a degree: ten metres for a point, a hundred for an outline


class _Layers:
    """The layers of all scenes, each once: two scenes that show the same share it."""

    def __init__(self, folium: Any, drawn: Any, deck: Deck) -> None:
        self._folium, self._map, self._deck = folium, drawn, deck
        self._known: dict[Any, Any] = {}

    def of(self, page: Page) -> list[str]:
        """The names, in the page's script, of the layers that a scene shows."""
        return [self._named(page.slide, kind, words) for kind, words in page.legend]

    def every(self) -> list[str]:
        return [layer.get_name() for layer in self._known.values()]

    def points(self) -> list[str]:
        """Those that must stay above the areas, from the lowest to the highest: few sites lie on many projects."""
        kinds = ("projets", "sites")
        return [layer.get_name() for wanted in kinds for (kind, *_), layer in self._known.items() if kind == wanted]

    def _named(self, slide: Slide, kind: str, words: str) -> str:
        points = {"sites": slide.sites, "projets": slide.projects}.get(kind)
        key = (kind, points) if points is not None else (kind, slide.selection.millesime, slide.territoires)
        if key not in self._known:
            self._known[key] = self._add(slide, kind, words, points)
        return str(self._known[key].get_name())

    def _add(self, slide: Slide, kind: str, words: str, points: tuple[SlidePoint, ...] | None) -> Any:
        millesimes = {other.selection.millesime for other in self._deck.slides}
        if points is None and len(millesimes) > 1:
            words = f"{words} · {contract.label_of('millesime', slide.selection.millesime, self._deck.language)}"
        round_ = "" if points is None else ";border-radius:50%"
        label = f'<span class="swatch" style="background:{_color(kind)}{round_}"></span>{escape(words)}'
        group = self._folium.FeatureGroup(name=label, show=not self._known)
        if points is None:
            known = self._deck.shapes.territoires[slide.selection.millesime]
            names = self._deck.territoires[slide.selection.millesime]
            features = [_area(names.get(code, code), known[code]) for code in slide.territoires if code in known]
            self._draw(group, features, style_function=lambda _: _AREA)
        else:
            marker = self._folium.CircleMarker(**(_SITE if kind == "sites" else _PROJECT))
            self._draw(group, [_point(point) for point in points], marker=marker)
        group.add_to(self._map)
        return group

    def _draw(self, group: Any, features: list[dict[str, Any]], **options: Any) -> None:
        if features:
            tooltip = self._folium.GeoJsonTooltip(["nom"], labels=False)
            collection = {"type": "FeatureCollection", "features": features}
            self._folium.GeoJson(collection, tooltip=tooltip, **options).add_to(group)


_AREA = {"color": "#ffffff", "weight": 0.8, "fillColor": PAPER.territoire, "fillOpacity": 0.85}
_SITE = {"radius": 7, "color": "#ffffff", "weight": 1.5, "fill": True, "fill_color": PAPER.site, "fill_opacity": 1}
_PROJECT = {
    "radius": 3.5,
    "color": "#ffffff",
    "weight": 0.7,
    "fill": True,
    "fill_color": PAPER.project,
    "fill_opacity": 0.9,
}


def export_map(deck: Deck, kit: Kit) -> bytes:
    """The page: buttons for the scenes that have a map, the map, the charts with their tables, the sources."""
    import folium  # noqa: PLC0415 - a second of library that no start-up needs

    pages = pages_of(deck)
    drawn = _map(folium)
    _base(folium, drawn, deck)
    layers = _Layers(folium, drawn, deck)
    mapped = [page for page in pages if page.has_map]
    scenes = _scenes(mapped, layers, deck.language)
    folium.LayerControl(collapsed=False).add_to(drawn)
    told = {
        "map": drawn.get_name(),
        "layers": layers.every(),
        "points": layers.points(),
        "scenes": scenes,
        "charts": plot_of(pages, deck.language),
    }
    head, box, script = _parts(drawn)
    body = _BODY.format(
        title=escape(deck.title),
        lead=escape(deck.lead or text("valise_map_lead", deck.language)),
        buttons=_buttons([scene["name"] for scene in scenes]),
        box=box if mapped else "",
        source=escape(mapped[0].source) if mapped else "",
        charts=draw_charts(pages, deck.language),
        end=escape(text("valise_map_end", deck.language, hash=deck.publication)),
        told=json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
    )
    head = f"<style>{kit.fonts_css}\n{kit.leaflet_css}</style>{head}<style>{kit.parts['map.css']}</style>"
    libraries = f"<script>{kit.leaflet_js}</script><script>{kit.plotly_js}</script>"
    scripts = f"{libraries}<script>{script}</script><script>{kit.parts['map.js']}</script>"
    title = f"{deck.title} · {text('valise_map', deck.language)}"
    written = whole_page(deck, kit, title, head, f"{body}{scripts}").decode()
    return _settled(written).encode()


def _map(folium: Any) -> Any:
    """A map without a tile and without a library of its own."""
    drawn = folium.Map(
        tiles=None,
        prefer_canvas=True,
        zoom_control="bottomleft",  # on a phone the list of layers takes the width at the top
        zoom_snap=0.25,
        zoom_start=6,
        attribution_control=False,
    )
    drawn.default_js, drawn.default_css = [], []  # Leaflet is in the page; folium's other libraries serve popups alone
    return drawn


_BODY = (
    '<div class="top"><h1>{title}</h1><p class="lead">{lead}</p></div><main><section>{buttons}'
    '<div class="map-box">{box}</div><p class="source" id="scene-source" role="status">{source}</p></section>'
    '{charts}</main><p class="end">{end}</p>'
    '<script type="application/json" id="told">{told}</script>'
)


def _parts(drawn: Any) -> tuple[str, str, str]:
    """What folium wrote for the head, the body and the script."""
    figure = drawn.get_root()
    figure.render()
    return figure.header.render(), figure.html.render(), _DATA.sub(_compact, figure.script.render())


def _compact(found: re.Match[str]) -> str:
    """A line of data without the spaces between its parts; nothing in it can end the script."""
    return json.dumps(json.loads(found[0]), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _settled(written: str) -> str:
    """The same page with folium's random names numbered: the same deck gives the same bytes."""
    numbers: dict[str, str] = {}
    return _FOLIUM_ID.sub(lambda found: numbers.setdefault(found[0], str(len(numbers) + 1)), written)


def _base(folium: Any, drawn: Any, deck: Deck) -> None:
    """The neighbours and the regions: our own ground, in no list of layers."""
    for shapes, style in (
        (deck.countries, {"stroke": False, "fillColor": _NEIGHBOUR, "fillOpacity": 1}),
        (deck.shapes.regions, {"color": _BORDER, "weight": 1, "fillColor": "#fcfbf8", "fillOpacity": 1}),
    ):
        ground = _ground(shapes)
        folium.GeoJson(ground, style_function=lambda _, style=style: style, control=False, interactive=False).add_to(
            drawn
        )


def _ground(shapes: Shapes) -> dict[str, Any]:
    features = [_feature({}, _rounded(shape)) for shape in shapes.values()]
    return {"type": "FeatureCollection", "features": features}


def _area(name: str, shape: Any) -> dict[str, Any]:
    return _feature({"nom": escape(name)}, _rounded(shape))


def _point(point: SlidePoint) -> dict[str, Any]:
    place = [round(point.longitude, _DIGITS), round(point.latitude, _DIGITS)]
    return _feature({"nom": escape(point.name or point.code)}, {"type": "Point", "coordinates": place})


def _feature(properties: dict[str, Any], geometry: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _rounded(value: Any) -> Any:
    """A geometry with fewer decimals."""
    if isinstance(value, float):
        return round(value, _SHAPE_DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, (list, tuple)) else value


def _scenes(pages: Sequence[Page], layers: _Layers, language: str) -> list[dict[str, Any]]:
    """What each button shows; of a single map of France, its parts: the overseas regions are far from the mainland."""
    shown = [
        {"name": page.headline, "layers": layers.of(page), "bounds": _bounds(page.slide.bbox), "source": page.source}
        for page in pages
    ]
    if len(pages) != 1 or pages[0].slide.bbox is not None:
        return shown
    regions = pages[0].slide.regions
    parts = {text("vue_mainland", language): None, **{regions.get(code, code): box for code, box in _OVERSEAS.items()}}
    return [{**shown[0], "name": name, "bounds": _bounds(box)} for name, box in parts.items()]


def _bounds(bbox: Bbox | None) -> list[list[float]]:
    west, south, east, north = bbox or MAINLAND
    return [[south - _MARGIN, west - _MARGIN], [north + _MARGIN, east + _MARGIN]]


def _color(kind: str) -> str:
    return {"sites": PAPER.site, "projets": PAPER.project}.get(kind, PAPER.territoire)


def _buttons(names: Sequence[str]) -> str:
    items = "".join(f'<li><button aria-pressed="false">{escape(name)}</button></li>' for name in names)
    return f'<ul class="scenes">{items}</ul>' if len(names) > 1 else ""

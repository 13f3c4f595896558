"""Static maps as SVG, drawn on the server: for pages to read, for paper, for PDF. No tile, no script, no font needed.

France is the mainland in Lambert-93 with the five overseas regions as insets; any other frame is Lambert-93 on the
mainland and an equirectangular projection around its own centre overseas. Distances on one map are to scale.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from views import theme
from views.escaping import escape
from views.projection import MAINLAND, Box, fit, france

Bbox = tuple[float, float, float, float]
FRANCE: Bbox = MAINLAND

_UNIT = 10  # drawing units a pixel: whole numbers, a tenth of a pixel apart
_CLOSE = 5  # units: a vertex nearer than half a pixel to the last one is not drawn


@dataclass(frozen=True)
class Layer:
    """Areas drawn alike.

    Attributes:
        shapes: GeoJSON geometries (WGS84) by code: areas, or lines with ``fill="none"``.
        fill: one colour, or a colour by code; a code without one is left empty.
        stroke: colour of the borders; ``width`` in pixels.
        titles: what each area is, for the pointer and the screen reader.
        links: the address that each area opens.
        hatched: codes drawn hatched, over their fill: missing values, what must be told without colour.
    """

    shapes: Mapping[str, Mapping[str, Any]]
    fill: str | Mapping[str, str] = "none"
    stroke: str = "#ffffff"
    width: float = 0.6
    titles: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    hatched: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Marks:
    """Points drawn alike: ``points`` are (longitude, latitude, title); ``size`` in pixels; ``halo`` sets them off.

    ``shape`` is ``disc``, ``ring``, ``square``, ``diamond`` or ``text`` (the title itself, with a halo).
    """

    points: Sequence[tuple[float, float, str]]
    shape: str = "disc"
    color: str = theme.INK
    size: float = 5
    opacity: float = 1.0
    halo: str = "#ffffff"


def draw_plan(
    layers: Sequence[Layer],
    marks: Sequence[Marks],
    frame: Bbox,
    width: int,
    title: str,
    *,
    sea: str = "#e6eef2",
    height: int | None = None,
    has_scale: bool = False,
) -> str:
    """A map as one ``<svg>``; put it in a page with ``html.Div(**{"data-html": svg})`` (see ``views.markup``).

    Args:
        frame: ``FRANCE``, or west, south, east, north in degrees; kept whole, widened to the shape of the picture.
        width: pixels; ``height`` too, else it follows the frame.
        title: what the map shows, read instead of it.
        has_scale: a scale bar, for a frame other than France.
    """
    boxes = france(width) if frame == FRANCE and height is None else [fit(frame, width, height)]
    tall = max(box.top + box.height for box in boxes)
    hatching = _hatching_id(layers, (title, frame, width, height))
    parts = [
        draw_box(box, layers, marks, has_border=position > 0, hatching=hatching) for position, box in enumerate(boxes)
    ]
    scale = _scale(boxes[0]) if has_scale else ""
    pattern = _HATCHING.format(name=hatching, color=theme.GREY) if any(layer.hatched for layer in layers) else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plan" role="img" aria-label="{escape(title)}" '
        f'viewBox="0 0 {width * _UNIT} {round(tall) * _UNIT}" width="{width}" height="{round(tall)}" '
        f'font-family="Public Sans" stroke-linejoin="round">{pattern}'
        f'<rect width="100%" height="100%" fill="{sea}"/>{"".join(parts)}{scale}</svg>'
    )


_HATCHING = (
    '<defs><pattern id="{name}" width="60" height="60" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0V60" stroke="{color}" stroke-width="14"/></pattern></defs>'
)


def _hatching_id(layers: Sequence[Layer], drawn: tuple[Any, ...]) -> str:
    """An id of the map's own, the same at each drawing: several maps stand on one page, and pages are kept as bytes."""
    told = repr((drawn, [sorted(layer.hatched) for layer in layers]))
    return f"hatching-{crc32(told.encode('utf-8', 'replace')):08x}"


def units(pixels: float) -> int:
    """Pixels of the picture in the units that it is drawn in."""
    return round(pixels * _UNIT)


def frame_in(boxes: Sequence[Box], bbox: Bbox | None, aspect: float) -> tuple[int, int, int, int]:
    """The rectangle (x, y, width, height, in units) that shows ``bbox`` whole; all the boxes for None.

    Args:
        aspect: width over height of the rectangle.
    """
    if bbox is None:
        right = max(box.left + box.width for box in boxes)
        bottom = max(box.top + box.height for box in boxes)
        found = (0.0, 0.0, right, bottom)
    else:
        middle = (bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2
        box = next((one for one in boxes if _is_shown(one, *middle)), boxes[0])
        corners = [_unit(box, *box.place.project(x, y)) for x in (bbox[0], bbox[2]) for y in (bbox[1], bbox[3])]
        across, down = [x / _UNIT for x, _ in corners], [y / _UNIT for _, y in corners]
        found = (box.left + min(across), box.top + min(down), max(across) - min(across), max(down) - min(down))
    left, top, wide, tall = found
    width, height = max(wide, tall * aspect), max(tall, wide / aspect)
    return units(left - (width - wide) / 2), units(top - (height - tall) / 2), units(width), units(height)


def _is_shown(box: Box, longitude: float, latitude: float) -> bool:
    x, y = _unit(box, *box.place.project(longitude, latitude))
    return box.place.holds(longitude, latitude) and box.shows(x / _UNIT, y / _UNIT)


def draw_box(
    box: Box, layers: Sequence[Layer], marks: Sequence[Marks], *, has_border: bool = False, hatching: str = "hatching"
) -> str:
    """One frame: its areas and its points, cut at its border; an inset has a border.

    Args:
        hatching: the id of the pattern of the layers' ``hatched`` areas.
    """
    x, y, wide, tall = (units(value) for value in (box.left, box.top, box.width, box.height))
    border = f'<rect width="{wide}" height="{tall}" fill="none" stroke="{theme.GREY}" stroke-width="8"/>'
    areas = "".join(_draw_layer(box, layer, hatching) for layer in layers)
    drawn = areas + "".join(_draw_marks(box, group) for group in marks)
    return (
        f'<svg x="{x}" y="{y}" width="{wide}" height="{tall}" viewBox="0 0 {wide} {tall}" overflow="hidden">'
        f"{drawn}{border if has_border else ''}</svg>"
    )


def _draw_layer(box: Box, layer: Layer, hatching: str) -> str:
    areas = "".join(_draw_area(box, layer, code, shape, hatching) for code, shape in layer.shapes.items())
    if not areas:
        return ""
    fill = layer.fill if isinstance(layer.fill, str) else "none"
    line = f'stroke="{layer.stroke}" stroke-width="{layer.width * _UNIT:g}"'
    return f'<g fill="{fill}" fill-rule="evenodd" {line}>{areas}</g>'


def _draw_area(box: Box, layer: Layer, code: str, shape: Mapping[str, Any], hatching: str) -> str:
    path = "".join(_draw_line(box, line, is_closed) for line, is_closed in lines_of(shape))
    if not path:
        return ""
    own = "" if isinstance(layer.fill, str) else f' fill="{layer.fill.get(code, "none")}"'
    title = f"<title>{escape(layer.titles[code])}</title>" if code in layer.titles else ""
    area = f'<path d="{path}"{own}>{title}</path>'
    if code in layer.hatched:
        area += f'<path d="{path}" fill="url(#{hatching})"/>'
    return f'<a href="{escape(layer.links[code])}">{area}</a>' if code in layer.links else area


def lines_of(shape: Mapping[str, Any]) -> Iterator[tuple[Sequence[Sequence[float]], bool]]:
    """Each line of a GeoJSON geometry, and whether it is closed; points have none."""
    kind, coordinates = shape["type"], shape.get("coordinates", ())
    if kind == "GeometryCollection":
        for part in shape["geometries"]:
            yield from lines_of(part)
    elif kind == "MultiPolygon":
        yield from ((ring, True) for polygon in coordinates for ring in polygon)
    elif kind == "Polygon":
        yield from ((ring, True) for ring in coordinates)
    elif kind == "MultiLineString":
        yield from ((line, False) for line in coordinates)
    elif kind == "LineString":
        yield coordinates, False


def _draw_line(box: Box, line: Sequence[Sequence[float]], is_closed: bool) -> str:
    """A line as relative moves in whole units; nothing when it lies outside the frame or is smaller than a pixel."""
    if not box.may_show(line):
        return ""
    project = box.place.project
    previous = start = _unit(box, *project(line[0][0], line[0][1]))
    moves = []
    for point in line[1:]:
        x, y = _unit(box, *project(point[0], point[1]))
        dx, dy = x - previous[0], y - previous[1]
        if abs(dx) >= _CLOSE or abs(dy) >= _CLOSE:
            moves.append(f"{dx} {dy}")
            previous = (x, y)
    if len(moves) < (2 if is_closed else 1):
        return ""
    return f"M{start[0]} {start[1]}l{' '.join(moves)}{'z' if is_closed else ''}"


def _unit(box: Box, x: float, y: float) -> tuple[int, int]:
    east, north = box.origin
    return round((x - east) * box.scale * _UNIT), round((north - y) * box.scale * _UNIT)


def _draw_marks(box: Box, marks: Marks) -> str:
    size = round(marks.size * _UNIT / 2)
    found = []
    for longitude, latitude, title in marks.points:
        if _is_shown(box, longitude, latitude):
            x, y = _unit(box, *box.place.project(longitude, latitude))
            found.append(_draw_mark(marks.shape, x, y, size, title))
    if not found:
        return ""
    paint = (
        f'fill="none" stroke="{marks.color}" stroke-width="15"' if marks.shape == "ring" else f'fill="{marks.color}"'
    )
    halo = "" if marks.shape == "ring" else f' stroke="{marks.halo}" stroke-width="7"'
    return f'<g {paint}{halo} opacity="{marks.opacity:g}">{"".join(found)}</g>'


def _draw_mark(shape: str, x: int, y: int, size: int, title: str) -> str:
    if shape == "text":
        attributes = (
            f'x="{x}" y="{y}" font-size="{size * 2}" text-anchor="middle" stroke-width="30" paint-order="stroke"'
        )
        return f"<text {attributes}>{escape(title)}</text>"
    named = f"<title>{escape(title)}</title>" if title else ""
    if shape == "diamond":
        return f'<path d="M{x} {y - size}l{size} {size} {-size} {size} {-size} {-size}z">{named}</path>'
    if shape == "square":
        return f'<rect x="{x - size}" y="{y - size}" width="{size * 2}" height="{size * 2}">{named}</rect>'
    return f'<circle cx="{x}" cy="{y}" r="{size}">{named}</circle>'


def _scale(box: Box) -> str:
    """A bar of a round number of kilometres, about a fifth of the width, at the bottom left."""
    pixels_a_km = box.scale * 1000
    length = next((km for km in (200, 100, 50, 20, 10, 5, 2) if km * pixels_a_km <= box.width / 4), 1)
    wide, y = round(length * pixels_a_km * _UNIT), round(box.height * _UNIT) - 120
    return (
        f'<g stroke="{theme.INK}" stroke-width="12"><path d="M120 {y - 40}v40h{wide}v-40" fill="none"/></g>'
        f'<text x="{140 + wide}" y="{y + 8}" font-size="105" fill="{theme.INK}">{length} km</text>'
    )

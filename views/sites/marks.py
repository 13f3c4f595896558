"""The map of the finder: a still ground, and over it the marks of the kept sites, numbered by rank, linked to the list.

Mainland and overseas insets are those of ``views.plan``, so that both drawings fit.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from geodata.models.ranking import Finder
from state.needs import Needs
from views.elements import Html, Node, e, raw
from views.plan import FRANCE, Layer, draw_plan
from views.projection import Box, france
from views.sites.words import finder, sheet
from views.text import text

MARKS = "sites-marks"
WIDTH = 480
_UNIT = 10
_LAND, _LINE, _TERRITOIRE = "#fcfbf8", "#8f98aa", "#1f6f8b"
_LARGE, _SMALL = 105, 55  # units: half the height of a numbered mark, of another
_SMALLEST, _CLOSE_UP, _MARGIN = 0.25, 0.7, 0.12  # shares of the whole picture
_VIEWBOX = re.compile(r'viewBox="[^"]*"')

Shapes = Mapping[str, Mapping[str, Any]]


def draw_ground(regions: Shapes, territoires: Shapes, language: str) -> str:
    """Land, territoires d’industrie, borders of regions, as SVG: the same for any needs of a millesime."""
    layers = [
        Layer(regions, fill=_LAND, stroke="none"),
        Layer(territoires, fill="#d3e3e8", stroke="#ffffff", width=0.3),
        Layer(regions, stroke=_LINE, width=0.7),
    ]
    return draw_plan(layers, [], FRANCE, WIDTH, text("finder_map_title", language))


def framed(ground: str, frame: str) -> Html:
    """The ground seen through the frame of the marks (a viewBox)."""
    return raw(_VIEWBOX.sub(f'viewBox="{frame}"', ground, count=1))


def draw_marks(found: Finder, needs: Needs) -> Html:
    """The marks: a link to the row of each kept site; the sites of this page bear their rank, drawn over the others."""
    boxes = france(WIDTH)
    here = {site.site_id for site in found.sites}
    places = {site: position for position, (site, _) in enumerate(found.marks)}
    points = _points(found, boxes)
    view = _frame(list(points.values()), boxes)
    scale = view[2] / (WIDTH * _UNIT)
    drawn: list[Node] = []
    for site, rank in sorted(found.marks, key=lambda mark: (mark[0] in here, -places[mark[0]])):
        if site in points:
            href = _target(site, places[site] // found.page_size + 1, site in here, needs)
            drawn.append(_mark(points[site], scale, (site, rank, found.rows[site]["site_nom"]), href, site in here))
    label = text("finder_marks_label", needs.language)
    frame = " ".join(str(value) for value in view)
    return e(
        "div",
        e("svg", drawn, viewBox=frame, class_="plan marks", role="group", aria_label=label),
        _unlocated(found, needs),
        id=MARKS,
        class_="marks-layer",
        data_frame=frame,
    )


def _target(site: str, page: int, is_here: bool, needs: Needs) -> str:
    """The row of the site, on its page of the list; its sheet where there is no list."""
    if needs.view == "carte":
        return sheet(needs, site)
    return f"#s-{site}" if is_here else finder(needs, page=page) + f"#s-{site}"


def frame_of(marks: str) -> str:
    """The frame that ``draw_marks`` chose."""
    found = re.search(r'data-frame="([\d .-]+)"', marks)
    return found[1] if found else ""


def _points(found: Finder, boxes: Sequence[Box]) -> dict[str, tuple[int, int]]:
    placed = {site: found.rows[site] for site, _ in found.marks if found.rows[site]["lon"] is not None}
    points = {site: _point(boxes, row["lon"], row["lat"]) for site, row in placed.items()}
    return {site: point for site, point in points.items() if point}


def _frame(points: Sequence[tuple[int, int]], boxes: Sequence[Box]) -> tuple[int, int, int, int]:
    """What is shown: the whole picture, or the part that holds every mark when they are close together.

    The part has the proportions of the whole and at least a quarter of its width: the ground is no finer than that.
    """
    wide, tall = WIDTH * _UNIT, round(max(box.top + box.height for box in boxes)) * _UNIT
    if not points:
        return 0, 0, wide, tall
    (left, right), (top, bottom) = ((min(values), max(values)) for values in zip(*points, strict=True))
    size = max((right - left) / wide, (bottom - top) / tall) + _MARGIN
    if size > _CLOSE_UP:
        return 0, 0, wide, tall
    size = max(size, _SMALLEST)
    across, down = round(wide * size), round(tall * size)
    x = min(max((left + right - across) // 2, 0), wide - across)
    y = min(max((top + bottom - down) // 2, 0), tall - down)
    return x, y, across, down


def _point(boxes: Sequence[Box], longitude: float, latitude: float) -> tuple[int, int] | None:
    """Where a place falls in the picture, in units; None outside every box."""
    for box in boxes:
        if not box.place.holds(longitude, latitude):
            continue
        east, north = box.origin
        x, y = box.place.project(longitude, latitude)
        x, y = (x - east) * box.scale, (north - y) * box.scale
        if box.shows(x, y):
            return round((box.left + x) * _UNIT), round((box.top + y) * _UNIT)
    return None


def _mark(point: tuple[int, int], scale: float, site: tuple[str, int, str], href: str, is_here: bool) -> Html:
    (x, y), (code, rank, name) = point, site
    size = round((_LARGE if is_here else _SMALL) * scale)
    shape = e("path", d=f"M{x} {y - size}l{size} {size} {-size} {size} {-size} {-size}z")
    middle = {
        "x": x,
        "y": y + round((36 if rank < 10 else 30) * scale),
        "font_size": round((100 if rank < 10 else 84) * scale),
    }
    number = e("text", rank, **middle, text_anchor="middle") if is_here else None
    label = f"{rank}. {name}"
    return e(
        "a",
        e("title", label),
        shape,
        number,
        href=href,
        data_mark=code,
        class_="mark is-here" if is_here else "mark",
        aria_label=label,
        tabindex=None if is_here else -1,
    )


def _unlocated(found: Finder, needs: Needs) -> Node:
    """Kept sites that no document places: the map and this line add up to the list."""
    if not found.marks:
        return None
    missing = [site for site, _ in found.marks if found.rows[site]["lon"] is None]
    language = needs.language
    drawn = len(found.marks) - len(missing)
    key = "finder_map_sum_one" if len(missing) == 1 else "finder_map_sum"
    words = text(key, language, drawn=drawn, missing=len(missing), kept=len(found.marks))
    names = ", ".join(found.rows[site]["site_nom"] for site in missing)
    return e("p", words, f" {names}." if names else None, class_="source")

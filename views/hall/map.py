"""The map of the hall: one SVG for all scenes, moved like a camera; each scene has its own layer over the same ground.

The ground is drawn once, in units of the plan (``views.plan``); a scene's camera is a rectangle of it, so the browser
only changes ``viewBox``. Borders keep their width on the screen, points are drawn for the scene's own distance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geodata.models.slide import Slide
from views.escaping import escape
from views.plan import Layer, Marks, draw_box, frame_in, units
from views.projection import Box, france

WIDTH = 2400  # pixels of the plan: vertices finer than half of one are not drawn
ASPECT = 1.02  # width over height of the map's place on the screen


@dataclass(frozen=True)
class Colors:
    """One colour for each kind of object; ``sea`` sets them off from one another.

    ``under`` is that of the territoires when points lie on them: quiet enough for the points to be seen from afar.
    """

    land: str
    border: str
    territoire: str
    under: str
    site: str
    project: str
    sea: str


NIGHT = Colors("#1b2845", "#6f7d9c", "#7fd0ea", "#35829f", "#ff9d7a", "#f7f8fb", "#0b1428")
PAPER = Colors("#e9ecf1", "#9aa3b5", "#4f90aa", "#4f90aa", "#c8431d", "#14213d", "#ffffff")


@dataclass(frozen=True)
class HallShapes:
    """GeoJSON geometries (WGS84): regions by code, territoires by millesime and id."""

    regions: Mapping[str, Mapping[str, Any]]
    territoires: Mapping[str, Mapping[str, Mapping[str, Any]]]


def draw_hall_map(slides: Sequence[Slide], shapes: HallShapes, title: str) -> str:
    """The SVG of all the scenes that show a map; the first one's camera is the view at start."""
    shown = [slide for slide in slides if slide.scene.ground == "carte"]
    if not shown:
        return ""
    boxes = france(WIDTH)
    ground = Layer(shapes.regions, fill=NIGHT.land, stroke=NIGHT.border, width=1)
    drawn = _boxes(boxes, [ground], [])
    layers = "".join(_layer(slide, shapes, boxes) for slide in shown)
    view = " ".join(map(str, camera_of(shown[0])))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="hall-map" role="img" aria-label="{escape(title)}" '
        f'viewBox="{view}" preserveAspectRatio="xMidYMid slice"><g class="hall-ground">{drawn}</g>{layers}</svg>'
    )


def camera_of(slide: Slide) -> tuple[int, int, int, int]:
    """The rectangle of the plan that a scene frames (x, y, width, height), widened to the shape of the map's place."""
    return frame_in(france(WIDTH), slide.bbox, ASPECT)


def _layer(slide: Slide, shapes: HallShapes, boxes: Sequence[Any]) -> str:
    """What one scene adds to the ground."""
    layers, marks = scene_layers(slide, shapes, camera_of(slide)[2] / units(1) / 1000)
    camera = " ".join(map(str, camera_of(slide)))
    return (
        f'<g class="hall-layer" data-scene="{escape(slide.scene.scene_id)}" data-camera="{camera}" '
        f'data-frame="{_framed(slide, boxes)}">{_boxes(boxes, layers, marks)}</g>'
    )


def _boxes(boxes: Sequence[Box], layers: Sequence[Layer], marks: Sequence[Marks]) -> str:
    """The mainland and each inset in a group of its own, so that a near view of one can hide the others."""
    return "".join(
        f'<g class="hall-box" data-box="{place}">{draw_box(box, layers, marks)}</g>' for place, box in enumerate(boxes)
    )


def _framed(slide: Slide, boxes: Sequence[Box]) -> str:
    """The number of the box that the camera looks at; empty for the whole of France."""
    if slide.bbox is None:
        return ""
    x, y, wide, tall = (value / units(1) for value in camera_of(slide))
    middle = x + wide / 2, y + tall / 2
    held = (n for n, box in enumerate(boxes) if box.shows(middle[0] - box.left, middle[1] - box.top))
    return str(next(held, 0))


def has_points(slide: Slide) -> bool:
    """Whether the scene draws points over its territoires."""
    return not {"projets", "sites"}.isdisjoint(slide.selection.layers)


def scene_layers(
    slide: Slide, shapes: HallShapes, far: float, colors: Colors = NIGHT
) -> tuple[list[Layer], list[Marks]]:
    """The areas and the points of a scene, without names: nobody points at the wall of a hall, and 3,000 names weigh.

    Args:
        far: pixels of the plan for one thousandth of the picture's width: points keep their size on the screen.
    """
    asked = slide.selection.layers
    known = shapes.territoires[slide.selection.millesime]
    layers = []
    if "territoires" in asked:
        areas = {code: known[code] for code in slide.territoires if code in known}
        fill = colors.under if has_points(slide) else colors.territoire
        layers.append(Layer(areas, fill=fill, stroke=colors.sea, width=0.8))
    marks = []
    if "projets" in asked:
        points = [(point.longitude, point.latitude, "") for point in slide.projects]
        marks.append(
            Marks(
                points, color=colors.project, size=(7 if len(points) > 800 else 10) * far, opacity=0.9, halo=colors.sea
            )
        )
    if "sites" in asked:
        points = [(point.longitude, point.latitude, "") for point in slide.sites]
        marks.append(Marks(points, "diamond", colors.site, 26 * far, halo=colors.sea))
    return layers, marks

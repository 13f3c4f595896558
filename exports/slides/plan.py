"""The map of one scene on paper: the hall's map in the colours of paper, framed as the scene is."""

from typing import Any

from geodata.models.slide import Slide
from views.escaping import escape
from views.hall.map import ASPECT, PAPER, WIDTH, HallShapes, camera_of, scene_layers
from views.plan import Layer, draw_box, draw_plan, units
from views.projection import france

_WIDTH = 1000  # pixels: a thousandth of the width is one
_BORDER = 1.2


def draw_map(slide: Slide, shapes: HallShapes, title: str) -> str:
    """The SVG of a scene, ``ASPECT`` times as wide as high; ``title`` is what it shows, read instead of it."""
    if slide.bbox:
        height = round(_WIDTH / ASPECT)
        layers, marks = scene_layers(slide, shapes, 1, PAPER)
        ground = _ground(shapes, 1)
        return draw_plan([ground, *layers], marks, slide.bbox, _WIDTH, title, sea=PAPER.sea, height=height)
    camera = camera_of(slide)
    far = camera[2] / units(1) / _WIDTH
    layers, marks = scene_layers(slide, shapes, far, PAPER)
    drawn = _boxes([_ground(shapes, far), *layers], marks)
    view = " ".join(map(str, camera))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}" viewBox="{view}" '
        f'width="{_WIDTH}" height="{round(_WIDTH / ASPECT)}" stroke-linejoin="round">{drawn}</svg>'
    )


def _ground(shapes: HallShapes, far: float) -> Layer:
    return Layer(shapes.regions, fill=PAPER.land, stroke=PAPER.border, width=_BORDER * far)


def _boxes(layers: list[Layer], marks: list[Any]) -> str:
    """The mainland and the overseas insets."""
    return "".join(draw_box(box, layers, marks) for box in france(WIDTH))

"""The map of one scene on paper: the hall's map in the colours of paper, framed as the scene is."""

from collections.abc import Iterator, Sequence
from typing import Any

from geodata.models.slide import Bbox, Slide
from views.escaping import escape
from views.hall.map import ASPECT, PAPER, WIDTH, HallShapes, camera_of, scene_layers
from views.plan import Layer, Marks, draw_box, draw_plan, units
from views.projection import france

_WIDTH = 1000  # pixels: a thousandth of the width is one
_BORDER = 1.2
_TOWN = 24  # pixels: the height of a name
_TOWNS = 8
_LONGEST = 60  # letters of a name: more is wider than the map
_ABOVE = 0.015  # of the frame: a name stands over what lies in its town
_APART = (0.22, 0.07)  # of the frame: names nearer than this would lie on each other

Town = tuple[float, float, str]


def draw_map(slide: Slide, shapes: HallShapes, title: str, towns: Sequence[Town] = ()) -> str:
    """The SVG of a scene, ``ASPECT`` times as wide as high; ``title`` is what it shows, read instead of it.

    Args:
        towns: the largest first; a few of those in the frame are named, none on the whole of France.
    """
    if slide.bbox:
        height = round(_WIDTH / ASPECT)
        layers, marks = scene_layers(slide, shapes, 1, PAPER)
        ground = _ground(shapes, 1)
        above = (slide.bbox[3] - slide.bbox[1]) * _ABOVE
        named = [(lon, lat + above, name[:_LONGEST]) for lon, lat, name in _apart(towns, slide.bbox)]
        names = Marks(named, "text", "#36415c", _TOWN)
        return draw_plan([ground, *layers], [*marks, names], slide.bbox, _WIDTH, title, sea=PAPER.sea, height=height)
    camera = camera_of(slide)
    far = camera[2] / units(1) / _WIDTH
    layers, marks = scene_layers(slide, shapes, far, PAPER)
    drawn = _boxes([_ground(shapes, far), *layers], marks)
    view = " ".join(map(str, camera))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}" viewBox="{view}" '
        f'width="{_WIDTH}" height="{round(_WIDTH / ASPECT)}" stroke-linejoin="round">{drawn}</svg>'
    )


def _apart(towns: Sequence[Town], box: Bbox) -> Iterator[Town]:
    """The largest towns of a frame whose names have room."""
    west, south, east, north = box
    wide, high = (east - west) * _APART[0], (north - south) * _APART[1]
    kept: list[Town] = []
    for town in towns:
        # A name is as wide on both sides of its town: at the edge it would be cut.
        is_in = west + wide / 2 <= town[0] <= east - wide / 2 and south + high <= town[1] <= north - high
        if is_in and not any(abs(town[0] - other[0]) < wide and abs(town[1] - other[1]) < high for other in kept):
            kept.append(town)
            yield town
        if len(kept) == _TOWNS:
            return


def _ground(shapes: HallShapes, far: float) -> Layer:
    return Layer(shapes.regions, fill=PAPER.land, stroke=PAPER.border, width=_BORDER * far)


def _boxes(layers: list[Layer], marks: list[Any]) -> str:
    """The mainland and the overseas insets."""
    return "".join(draw_box(box, layers, marks) for box in france(WIDTH))

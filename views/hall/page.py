"""The hall's whole screen: the scenes one over the other, their map, and the words for those who hold the clicker."""

from collections.abc import Sequence
from typing import Any

from dash import html

from geodata.models.slide import Slide
from views.hall.map import HallShapes, draw_hall_map
from views.hall.slide import draw_slide
from views.text import text


def draw_hall(slides: Sequence[Slide], shapes: HallShapes, title: str, language: str) -> html.Main:
    """Every scene of a presentation; the style sheet shows one, the first one without script."""
    drawn: dict[str, Any] = {"data-html": draw_hall_map(slides, shapes, text("hall_map", language))}
    return html.Main(
        [
            html.H1(title, className="visually-hidden"),
            html.Div(className="hall-stage", **drawn),
            *(draw_slide(slide, language) for slide in slides),
            html.Button(text("hall_fullscreen", language), className="hall-full", tabIndex=-1),
        ],
        id="hall",
        className="hall",
        **{"data-slides": str(len(slides))},
    )

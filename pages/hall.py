"""The hall, the booth and the console of one presentation; of the visitor's own, a bare page that its module fills."""

import presentations
from geodata.queries.slides import slides_of
from geodata.repository import Tables
from geodata.shapes import load_outlines
from pages.visit import Document
from state.scene import Presentation
from state.scene_faults import PresentationError
from views.hall.console import draw_console
from views.hall.map import HallShapes
from views.hall.mine import draw_mine
from views.hall.page import draw_hall
from views.hall.regions import region_words
from views.text import text

MODES = {"salle": "hall", "kiosk": "hall", "console": "console"}


def presentation_named(tables: Tables, name: str) -> Presentation | None:
    """A shipped presentation, or the one of a region; None when the name is neither."""
    regions = dict(tables["regions"][["code_region", "nom"]].itertuples(index=False))
    try:
        return presentations.named(name, region_words(regions))
    except PresentationError:
        return None


def show_hall(tables: Tables, presentation: Presentation, language: str) -> Document:
    """Every scene, complete: the hall asks the server for nothing more."""
    slides = slides_of(tables, presentation, language)
    title = presentation.title.read(language)
    shapes = hall_shapes(tables, {slide.selection.millesime for slide in slides})
    return Document(
        f"{title} · {text('hall_title', language)}",
        draw_hall(slides, shapes, title, language),
        styles=("hall",),
        modules=("hall.mjs",),
        is_bare=True,
    )


def show_console(tables: Tables, presentation: Presentation, name: str, language: str) -> Document:
    title = presentation.title.read(language)
    return Document(
        f"{title} · {text('console_title', language)}",
        draw_console(slides_of(tables, presentation, language), name, title, language),
        styles=("console",),
        modules=("console.mjs",),
        is_bare=True,
    )


def show_mine(mode: str, language: str) -> Document:
    """The same page for every visitor: the browser has the presentation, sends it and puts the answer in place."""
    kind = MODES[mode]
    return Document(
        text(f"{kind}_title", language),
        draw_mine(kind, language),
        styles=(kind,),
        modules=("mine.mjs",),
        is_bare=True,
    )


def hall_shapes(tables: Tables, millesimes: set[str]) -> HallShapes:
    """The geometries of the hall's map."""
    return HallShapes(
        load_outlines(tables, "regions", "code_region"),
        {code: load_outlines(tables, f"territoires-{code}", "territoire_id") for code in sorted(millesimes)},
    )

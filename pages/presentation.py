"""The page ``/presentation``: a presentation in the hall (``?mode=salle``) and on the speaker's console."""

from urllib.parse import parse_qs

import presentations
from geodata.queries.slides import slides_of
from geodata.queries.totals import region_names
from geodata.repository import Tables
from geodata.shapes import load_shapes
from pages.visit import Document, Visit
from state.scene import Presentation, PresentationError
from views.hall.console import draw_console
from views.hall.map import HallShapes
from views.hall.page import draw_hall
from views.hall.regions import region_words
from views.text import text

_DEFAULT = presentations.SHIPPED[0]


def show(tables: Tables, visit: Visit) -> Document | None:
    """The presentation that the query names (``p=assemblee-3``, ``p=region-32``); None for another name or mode."""
    asked = {key: values[-1] for key, values in parse_qs(visit.query).items()}
    name = asked.get("p", _DEFAULT)
    presentation = presentation_named(tables, name)
    make = {"salle": _hall, "kiosk": _hall, "console": _console}.get(asked.get("mode", "salle"))
    return make(tables, presentation, name, visit.language) if make and presentation else None


def presentation_named(tables: Tables, name: str) -> Presentation | None:
    """A shipped presentation, or the one of a region; None when the name is neither."""
    regions = dict(region_names(tables)[["code_region", "nom"]].itertuples(index=False))
    try:
        return presentations.named(name, region_words(regions))
    except PresentationError:
        return None


def _hall(tables: Tables, presentation: Presentation, _: str, language: str) -> Document:
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


def _console(tables: Tables, presentation: Presentation, name: str, language: str) -> Document:
    title = presentation.title.read(language)
    return Document(
        f"{title} · {text('console_title', language)}",
        draw_console(slides_of(tables, presentation, language), name, title, language),
        styles=("console",),
        modules=("console.mjs",),
        is_bare=True,
    )


def hall_shapes(tables: Tables, millesimes: set[str]) -> HallShapes:
    """The geometries of the hall's map."""
    return HallShapes(
        load_shapes(tables, "regions-apercu", "code_region"),
        {code: load_shapes(tables, f"territoires-{code}-apercu", "territoire_id") for code in sorted(millesimes)},
    )

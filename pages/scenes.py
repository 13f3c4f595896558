"""``/presentation/scenes``: a presentation that the browser holds, read, checked, drawn, written as a file.

``POST`` takes YAML or JSON, keeps nothing, answers with JSON: ``?pour=verifier`` every fault, ``lire`` the presentation
as the editor takes it, ``salle`` and ``console`` what to show; ``fichier`` with YAML. ``GET ?p=…`` gives a shipped one.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

import presentations
from geodata.queries.claims import claims_by_id
from geodata.queries.slides import is_known_frame, slides_of
from geodata.repository import Tables
from pages.hall import hall_shapes, presentation_named
from state import Selection
from state.scene import Presentation, write_presentation
from state.scene_faults import Fault, PresentationError
from views.hall.address import is_mine
from views.hall.console import draw_console
from views.hall.page import draw_hall
from views.markup import to_html

PATH = "/presentation/scenes"
MAX_BYTES = presentations.MAX_BYTES

Asked = Mapping[str, str]


def register(server: Flask, tables: Tables) -> None:
    """Adds the address to the server."""
    server.add_url_rule(PATH, "scenes", partial(_shipped, tables))
    server.add_url_rule(PATH, "scenes_of_the_browser", partial(_answer, tables), methods=["POST"])


def _shipped(tables: Tables) -> Response:
    name = request.args.get("p", "")
    found = presentation_named(tables, name)
    if found is None:
        fault = Fault("p", "name", f"{', '.join(presentations.SHIPPED)}, region-<code>", name)
        return _unkept(_told([fault]), 404)
    return _unkept({"presentation": write_presentation(found)})


def _answer(tables: Tables) -> Response:
    make = _ANSWERS.get(request.args.get("pour", ""))
    if make is None:
        return _unkept(_told([Fault("pour", "choice", ", ".join(_ANSWERS), request.args.get("pour", ""))]), 400)
    try:
        presentation = presentations.parse(_body())
    except RequestEntityTooLarge:
        return _unkept(_told([Fault("", "big", MAX_BYTES, request.content_length or f"> {MAX_BYTES}")]), 413)
    except UnicodeDecodeError as error:
        return _unkept(_told([Fault("", "utf8", found=error.start)]))
    except PresentationError as error:
        more = _nowhere(tables, error.rest) if error.rest and make is _checked else []
        return _unkept(_told([*error.faults, *more]))
    return make(tables, presentation)


def _body() -> str:
    """The text that was sent. Nothing is read of a body that says it is too big.

    Raises:
        RequestEntityTooLarge: over the limit, said or found.
        UnicodeDecodeError: it is not UTF-8.
    """
    if (request.content_length or 0) > MAX_BYTES:
        raise RequestEntityTooLarge
    request.max_content_length = MAX_BYTES
    return request.get_data(cache=False).decode("utf-8-sig")


def _language() -> str:
    return Selection.from_query(request.query_string.decode(errors="replace")).language


def _checked(tables: Tables, presentation: Presentation) -> Response:
    """No fault of the file; what it names may still be nowhere in the data."""
    return _unkept(_told(_nowhere(tables, presentation)))


def _nowhere(tables: Tables, presentation: Presentation) -> list[Fault]:
    """Figures that the ledger does not hold, places that no table names."""
    known = claims_by_id(tables)
    faults = []
    for position, scene in enumerate(presentation.scenes, 1):
        where = f"scenes[{position}]"
        faults += [Fault(f"{where}.chiffres", "claim", found=name) for name in scene.claims if name not in known]
        if scene.bbox() is None and not is_known_frame(tables, scene):
            faults.append(Fault(f"{where}.cadre", "place", found=scene.frame))
    return faults


def _read(_: Tables, presentation: Presentation) -> Response:
    return _unkept({"presentation": write_presentation(presentation)})


def _hall(tables: Tables, presentation: Presentation) -> Response:
    language = _language()
    slides = slides_of(tables, presentation, language)
    shapes = hall_shapes(tables, {slide.selection.millesime for slide in slides})
    title = presentation.title.read(language)
    return _unkept({"title": title, "html": to_html(draw_hall(slides, shapes, title, language))})


def _console(tables: Tables, presentation: Presentation) -> Response:
    language = _language()
    asked = request.args.get("p", "")
    name = asked if is_mine(asked) else presentations.SHIPPED[0]
    title = presentation.title.read(language)
    drawn = draw_console(slides_of(tables, presentation, language), name, title, language)
    return _unkept({"title": title, "html": to_html(drawn)})


def _file(_: Tables, presentation: Presentation) -> Response:
    response = Response(presentations.write(presentation), content_type="application/yaml; charset=utf-8")
    return _private(response)


_ANSWERS: Mapping[str, Callable[[Tables, Presentation], Response]] = {
    "verifier": _checked,
    "lire": _read,
    "salle": _hall,
    "console": _console,
    "fichier": _file,
}


def _told(faults: Any) -> dict[str, Any]:
    """The faults with their place, so that the editor shows each beside its field."""
    language = _language()
    return {"faults": [{"where": fault.where, "reason": fault.reason(language)} for fault in faults]}


def _unkept(answer: Any, status: int = 200) -> Response:
    response: Response = jsonify(answer)
    response.status_code = status
    return _private(response)


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

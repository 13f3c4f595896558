"""What a browser may send to Dash's one address: a callback that exists, its own inputs, texts of bounded length.

Dash trusts its renderer: anything else makes it fail with a 500. Here it is refused before Dash sees it, with a 400.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dash import Dash
from flask import Response, request
from werkzeug.exceptions import HTTPException

PATH = "/_dash-update-component"
MAX_BYTES = 64_000
MAX_VALUE = 16_000
"""Characters: every value is a part of an address."""


class Unfit(Exception):
    """The body is not what the renderer sends."""


def checker(app: Dash) -> Callable[[], Response | None]:
    """The check to run before each request."""

    def check() -> Response | None:
        if request.path != PATH or request.method != "POST":
            return None
        request.max_content_length = MAX_BYTES
        if (request.content_length or 0) > MAX_BYTES:
            return _refused(413, f"at most {MAX_BYTES} bytes")
        try:
            check_body(_read(), app.callback_map)
        except Unfit as unfit:
            return _refused(400, str(unfit))
        except HTTPException as error:
            return _refused(error.code or 400, error.name)
        return None

    return check


def _read() -> Any:
    if request.mimetype != "application/json":
        raise Unfit("expected application/json")
    try:
        return json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise Unfit("expected JSON") from error


def check_body(body: Any, known: Mapping[str, Mapping[str, Any]]) -> None:
    """Returns when the body calls a callback of ``known`` with the ids and properties that it declares.

    Raises:
        Unfit: with what was expected.
    """
    if not isinstance(body, dict):
        raise Unfit("expected an object")
    output = body.get("output")
    callback = known.get(output) if isinstance(output, str) else None
    if callback is None:
        raise Unfit("output: expected one of the callbacks of /_dash-dependencies")
    inputs = _check_values("inputs", body.get("inputs"), callback["inputs"])
    _check_values("state", body.get("state", []), callback["state"])
    _check_outputs(body.get("outputs"), str(output))
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or len(changed) > len(inputs) or any(item not in inputs for item in changed):
        raise Unfit("changedPropIds: expected names of the inputs")


def _check_values(place: str, found: Any, declared: Sequence[Mapping[str, str]]) -> list[str]:
    if not isinstance(found, list) or len(found) != len(declared):
        raise Unfit(f"{place}: expected a list of {len(declared)}")
    for item, wanted in zip(found, declared, strict=True):
        if _name(item) != (wanted["id"], wanted["property"]):
            raise Unfit(f"{place}: expected {wanted['id']}.{wanted['property']}")
        value = item.get("value")
        if not (value is None or (isinstance(value, str) and len(value) <= MAX_VALUE)):
            raise Unfit(f"{place}: {wanted['id']}: expected a text of at most {MAX_VALUE} characters, or null")
    return [f"{item['id']}.{item['property']}" for item in declared]


def _check_outputs(found: Any, output: str) -> None:
    """``..a.children...b.hidden..`` is a list of two, ``a.children`` a single one; a duplicate's suffix is not sent."""
    is_many = output.startswith("..")
    items = found if is_many else [found]
    declared = [tuple(name.rpartition(".")[::2]) for name in output.strip(".").split("...")]
    if not isinstance(items, list) or [_name(item) for item in items] != [(a, b.split("@")[0]) for a, b in declared]:
        raise Unfit("outputs: expected those of the callback")


def _name(item: Any) -> tuple[Any, Any] | None:
    return (item.get("id"), item.get("property")) if isinstance(item, dict) else None


def _refused(status: int, why: str) -> Response:
    response = Response(f"{why}\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response

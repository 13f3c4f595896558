"""The app's callbacks as a browser sees them: read from ``/_dash-dependencies``, called by HTTP."""

import json
from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component
from flask.testing import FlaskClient


def dependencies(client: FlaskClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(client.get("/_dash-dependencies").data)
    return found


def outputs_of(dependency: dict[str, Any]) -> list[tuple[str, str]]:
    """``..a.children...b.hidden..`` → [("a", "children"), ("b", "hidden")]; a duplicate's suffix is dropped.

    What only acts in the browser writes nothing: its ``output`` is a mere hash.
    """
    if dependency.get("no_output"):
        return []
    names = dependency["output"].strip(".").split("...")
    pairs = (name.rpartition(".") for name in names)
    return [(component, prop.split("@")[0]) for component, _, prop in pairs]


def ids_in(node: Any) -> Iterator[str]:
    """Every component id below a node."""
    if isinstance(node, Component):
        if getattr(node, "id", None):
            yield node.id
        yield from ids_in(getattr(node, "children", None))
    elif isinstance(node, (list, tuple)):
        for child in node:
            yield from ids_in(child)


def call(client: FlaskClient, dependency: dict[str, Any], values: dict[str, Any]) -> Any:
    """Calls one callback over HTTP; ``values`` gives each ``id.property`` that it reads. The response is Flask's."""
    return client.post("/_dash-update-component", json=body_of(dependency, values))


def body_of(dependency: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """What the renderer sends to call one callback."""
    is_many = dependency["output"].startswith("..")
    outputs = [{"id": component, "property": prop} for component, prop in outputs_of(dependency)]

    def filled(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [item | {"value": values.get(f"{item['id']}.{item['property']}")} for item in items]

    first = dependency["inputs"][0]
    return {
        "output": dependency["output"],
        "outputs": outputs if is_many else outputs[0],
        "inputs": filled(dependency["inputs"]),
        "state": filled(dependency.get("state", [])),
        "changedPropIds": [f"{first['id']}.{first['property']}"],
    }

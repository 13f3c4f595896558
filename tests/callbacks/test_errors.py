"""A callback that fails: the visitor is told, with a number; nothing else changes."""

import json
from typing import Any

import pytest
from dash import Dash, Input, Output, html

from callbacks.errors import explain
from ids import Page


def failing(_: Any) -> str:
    raise ZeroDivisionError("secret detail")


@pytest.mark.parametrize(("query", "word"), [("region=32", "signalez"), ("lang=en", "report number")])
def test_a_failure_is_explained_with_its_number_and_no_detail(
    query: str, word: str, caplog: pytest.LogCaptureFixture
) -> None:
    app = Dash("failing", on_error=explain)
    app.layout = html.Div([html.Div(id="a", title="x"), html.Div(id="b"), html.Div(id=Page.notice)])
    app.callback(Output("b", "children"), Input("a", "title"))(failing)
    body = {
        "output": "b.children",
        "outputs": {"id": "b", "property": "children"},
        "inputs": [{"id": "a", "property": "title", "value": query}],
        "changedPropIds": ["a.title"],
    }
    answer = app.server.test_client().post("/_dash-update-component", json=body)
    assert answer.status_code == 200
    said = json.loads(answer.data)
    notice = said["sideUpdate"][Page.notice]["data-html"]
    number = caplog.records[-1].args[0]  # type: ignore[index]
    assert word in notice
    assert str(number) in notice
    assert "secret detail" not in answer.text
    assert "b" not in said.get("response", {})

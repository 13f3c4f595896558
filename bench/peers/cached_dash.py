"""The plain Dash peer with its answers cached: figures as plain dictionaries under the value of the control."""

from functools import cache
from typing import Any

from dash import Dash, Input, Output

from bench.peers.figures import draw
from bench.peers.plain_dash import DATA, page

app = Dash(__name__, compress=True)
server = app.server
app.layout = page()


@cache
def figures(filiere: str) -> tuple[dict[str, Any], dict[str, Any]]:
    carte, bars = draw(DATA, filiere)
    return carte.to_plotly_json(), bars.to_plotly_json()


@app.callback(Output("map", "figure"), Output("bars", "figure"), Input("filiere", "value"))
def update_cached(filiere: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return figures(filiere)


server.test_client().get("/_dash-dependencies")

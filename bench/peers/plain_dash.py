"""The same map, chart and filter in plain Dash, as documented: figures made by one callback. Served as the atlas is."""

import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

from bench.peers.figures import ALL, choices, draw, load

DATA = load()


def page() -> html.Div:
    """A control, a map, bars."""
    control = dcc.RadioItems(choices(DATA), ALL, id="filiere")
    return html.Div([control, dcc.Graph(id="map", style={"height": 700}), dcc.Graph(id="bars")])


app = Dash(__name__, compress=True)
server = app.server
app.layout = page()


@app.callback(Output("map", "figure"), Output("bars", "figure"), Input("filiere", "value"))
def update(filiere: str) -> tuple[go.Figure, go.Figure]:
    return draw(DATA, filiere)


server.test_client().get("/_dash-dependencies")

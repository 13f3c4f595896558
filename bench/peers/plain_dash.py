"""The same map, chart and filter in plain Dash, as documented: Plotly Express figures made by one callback.

Served by the same gunicorn settings as the atlas. The map's style is a background alone, so that nothing is fetched.
"""

import json
from pathlib import Path

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

PUBLISHED = Path(__file__).parents[2] / "geodata" / "published"
STYLE = {
    "version": 8,
    "sources": {"none": {"type": "geojson", "data": {"type": "FeatureCollection", "features": []}}},
    "layers": [{"id": "background", "type": "background", "paint": {"background-color": "#f5f5f5"}}],
}
MILLESIME = "2020-10"

projets = pd.read_parquet(PUBLISHED / "projets.parquet")
territoires = pd.read_parquet(PUBLISHED / "territoires.parquet").query("millesime == @MILLESIME")
shapes = json.loads((PUBLISHED / f"territoires-{MILLESIME}-apercu.geojson").read_bytes())
filieres = sorted(projets["filiere"].dropna().unique())

app = Dash(__name__, compress=True)
server = app.server
app.layout = html.Div(
    [
        dcc.RadioItems(["toutes", *filieres], "toutes", id="filiere"),
        dcc.Graph(id="map", style={"height": 700}),
        dcc.Graph(id="bars"),
    ]
)


@app.callback(Output("map", "figure"), Output("bars", "figure"), Input("filiere", "value"))
def update(filiere: str) -> tuple[go.Figure, go.Figure]:
    kept = projets if filiere == "toutes" else projets[projets["filiere"] == filiere]
    figure = px.choropleth_map(
        territoires,
        geojson=shapes,
        locations="territoire_id",
        featureidkey="properties.territoire_id",
        color="n_communes",
        hover_name="nom",
        center={"lat": 46.6, "lon": 2.4},
        zoom=4.6,
        opacity=0.6,
    )
    points = px.scatter_map(kept.dropna(subset=["lat"]), lat="lat", lon="lon", hover_name="entreprise")
    figure.add_traces(points.data)
    figure.update_layout(map_style=STYLE, margin={"l": 0, "r": 0, "t": 0, "b": 0})
    counts = kept.groupby(["code_region", "mesure"], as_index=False).size()
    return figure, px.bar(counts, x="size", y="code_region", color="mesure", orientation="h")


server.test_client().get("/_dash-dependencies")

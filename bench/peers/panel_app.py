"""The same map, chart and filter in Panel, data and figures cached as its documentation advises."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import panel as pn
import plotly.express as px

PUBLISHED = Path(__file__).parents[2] / "geodata" / "published"
STYLE = {
    "version": 8,
    "sources": {"none": {"type": "geojson", "data": {"type": "FeatureCollection", "features": []}}},
    "layers": [{"id": "background", "type": "background", "paint": {"background-color": "#f5f5f5"}}],
}
MILLESIME = "2020-10"

pn.extension("plotly")


@pn.cache
def load() -> tuple[pd.DataFrame, pd.DataFrame, dict[str, Any]]:
    territoires = pd.read_parquet(PUBLISHED / "territoires.parquet")
    shapes = json.loads((PUBLISHED / f"territoires-{MILLESIME}-apercu.geojson").read_bytes())
    projets = pd.read_parquet(PUBLISHED / "projets.parquet")
    return projets, territoires[territoires["millesime"] == MILLESIME], shapes


@pn.cache
def figures(filiere: str) -> tuple[dict[str, Any], dict[str, Any]]:
    projets, territoires, shapes = load()
    kept = projets if filiere == "toutes" else projets[projets["filiere"] == filiere]
    figure = px.choropleth_map(
        territoires,
        geojson=shapes,
        locations="territoire_id",
        featureidkey="properties.territoire_id",
        color="n_communes",
        center={"lat": 46.6, "lon": 2.4},
        zoom=4.6,
        opacity=0.6,
    )
    points = px.scatter_map(kept.dropna(subset=["lat"]), lat="lat", lon="lon", hover_name="entreprise")
    figure.add_traces(points.data)
    figure.update_layout(map_style=STYLE, height=700)
    counts = kept.groupby(["code_region", "mesure"], as_index=False).size()
    bars = px.bar(counts, x="size", y="code_region", color="mesure", orientation="h")
    return figure.to_plotly_json(), bars.to_plotly_json()


filiere = pn.widgets.RadioBoxGroup(
    name="Filière", options=["toutes", *sorted(load()[0]["filiere"].dropna().unique())], value="toutes"
)
first = figures("toutes")
carte, bars = pn.pane.Plotly(first[0], height=700), pn.pane.Plotly(first[1])


def update(event: Any) -> None:
    carte.object, bars.object = figures(event.new)


filiere.param.watch(update, "value")
pn.Column(filiere, carte, bars).servable()

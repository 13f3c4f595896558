"""What every peer draws, the same for all: territoires by their communes, projects, bars by region and measure.

Plotly Express figures, as the manuals of Dash, Panel and Streamlit make them. The map's style is a background alone, so
that nothing is fetched. A peer runs in an environment of its own: this module needs pandas and plotly, nothing of ours.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go

ALL = "toutes"
MILLESIME = "2020-10"
_PUBLISHED = Path(__file__).parents[2] / "geodata" / "published"
_STYLE = {
    "version": 8,
    "sources": {"none": {"type": "geojson", "data": {"type": "FeatureCollection", "features": []}}},
    "layers": [{"id": "background", "type": "background", "paint": {"background-color": "#f5f5f5"}}],
}

Data = tuple[pd.DataFrame, pd.DataFrame, dict[str, Any]]


def load() -> Data:
    """Projects, territoires of one millesime, and their shapes (GeoJSON, WGS84)."""
    territoires = pd.read_parquet(_PUBLISHED / "territoires.parquet")
    shapes = json.loads((_PUBLISHED / f"territoires-{MILLESIME}-apercu.geojson").read_bytes())
    projets = pd.read_parquet(_PUBLISHED / "projets.parquet")
    return projets, territoires[territoires["millesime"] == MILLESIME], shapes


def choices(data: Data) -> list[str]:
    """What the control offers: all sectors, then each."""
    return [ALL, *sorted(data[0]["filiere"].dropna().unique())]


def draw(data: Data, filiere: str) -> tuple[go.Figure, go.Figure]:
    """The map and the bars of one sector, or of all."""
    projets, territoires, shapes = data
    kept = projets if filiere == ALL else projets[projets["filiere"] == filiere]
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
    figure.update_layout(map_style=_STYLE, margin={"l": 0, "r": 0, "t": 0, "b": 0}, height=700)
    counts = kept.groupby(["code_region", "mesure"], as_index=False).size()
    return figure, px.bar(counts, x="size", y="code_region", color="mesure", orientation="h")

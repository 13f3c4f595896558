"""The same map, chart and filter in Panel, data and figures cached as its documentation advises."""

from typing import Any

import panel as pn

from bench.peers.figures import ALL, choices, draw, load

pn.extension("plotly")

cached_load = pn.cache(load)


@pn.cache
def figures(filiere: str) -> tuple[dict[str, Any], dict[str, Any]]:
    carte, bars = draw(cached_load(), filiere)
    return carte.to_plotly_json(), bars.to_plotly_json()


filiere = pn.widgets.RadioBoxGroup(name="Filière", options=choices(cached_load()), value=ALL)
first = figures(ALL)
carte, bars = pn.pane.Plotly(first[0], height=700), pn.pane.Plotly(first[1])


def update(event: Any) -> None:
    carte.object, bars.object = figures(event.new)


filiere.param.watch(update, "value")
pn.Column(filiere, carte, bars).servable()

"""The same map, chart and filter in Streamlit, data and figures cached as its documentation advises."""

from typing import Any

import streamlit as st

from bench.peers.figures import choices, draw, load

cached_load = st.cache_data(load)


@st.cache_data
def figures(filiere: str) -> tuple[Any, Any]:
    return draw(cached_load(), filiere)


chosen = st.radio("Filière", choices(cached_load()))
carte, bars = figures(chosen)
st.plotly_chart(carte)
st.plotly_chart(bars)

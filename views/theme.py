"""Colours, patterns and the base of every chart: one ink, one accent, one secondary, Okabe–Ito for categories."""

from typing import Any

INK = "#14213d"
FORGE = "#c8431d"
ESTUARY = "#1f6f8b"
GREY = "#5b6472"
RULE = "#d9dde3"
FONT = "Public Sans, system-ui, sans-serif"

# Okabe–Ito, then ink and grey for a list longer than eight; patterns, so that colour never speaks alone.
CATEGORIES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#14213d", "#8a8f99")
PATTERNS = ("", "/", "", "x", "", ".", "\\", "", "-")


def pattern(position: int) -> dict[str, Any]:
    """The white pattern drawn over the colour of the category at ``position``."""
    shape = PATTERNS[position % len(PATTERNS)]
    return {"shape": shape, "fillmode": "overlay", "fgcolor": "#fff", "fgopacity": 0.7, "size": 5, "solidity": 0.22}


def base_layout(height: int, language: str, **more: Any) -> dict[str, Any]:
    """The layout that every chart starts from; ``height`` in pixels. No Plotly template: it weighs 6.5 kB a figure."""
    return {
        "height": height,
        "separators": ",\u202f" if language == "fr" else ".,",
        "margin": {"l": 8, "r": 16, "t": 8, "b": 28},
        "font": {"family": FONT, "size": 12, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hoverlabel": {"bgcolor": INK, "bordercolor": INK, "font": {"family": FONT, "color": "#fff", "size": 12}},
        "xaxis": axis(),
        "yaxis": axis(),
        **more,
    }


def axis(**more: Any) -> dict[str, Any]:
    """A quiet axis: light grid, no zero line, margins that fit the labels, no drag zoom."""
    return {
        "gridcolor": RULE,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
        "tickfont": {"size": 11, "color": GREY},
        **more,
    }

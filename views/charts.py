"""The regional charts as plain Plotly dictionaries: fast to cache and to send, never a ``go.Figure``.

Every mark that filters carries ``customdata = [facet, value]``; the browser toggles that value when it is clicked.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

import contract
from views import theme
from views.text import month, number, text

Figure = dict[str, Any]

ROW_PX = 21
_LABELS = {"size": 11, "color": theme.INK}


def draw_projects_by_region(
    rows: pd.DataFrame, codes: Sequence[str], median: float, chosen: Sequence[str], language: str
) -> Figure:
    """Stacked bars, one a region; the metropolitan median is a dashed line; regions not chosen are faded.

    Args:
        rows: ``code_region, nom, total`` and one column of counts a scheme; drawn bottom to top.
        median: projects, of the 13 metropolitan regions.
    """
    opacity = [1.0 if not chosen or code in chosen else 0.35 for code in rows["code_region"]]
    traces = [
        _stack(rows, code, position, opacity, language) for position, code in enumerate(codes) if rows[code].any()
    ]
    words = [f" {number(total, language)}" for total in rows["total"]]
    totals = _end_words(rows["total"].tolist(), rows["nom"].tolist(), words)
    layout = theme.base_layout(ROW_PX * len(rows) + 70, language, barmode="stack", bargap=0.28)
    layout["margin"] = layout["margin"] | {"t": 24}
    layout["xaxis"] = theme.axis(range=[0, max(rows["total"].max() * 1.14, 1)], nticks=5)
    layout["yaxis"] = theme.axis(type="category", showgrid=False, ticksuffix=" ", tickfont=_LABELS)
    layout |= _median_line(median, text("chart_median", language, n=number(median, language, 1)))
    return {"data": [*traces, totals], "layout": layout}


def _stack(rows: pd.DataFrame, code: str, position: int, opacity: list[float], language: str) -> dict[str, Any]:
    name = contract.label_of("mesure", code, language)
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": rows[code].tolist(),
        "y": rows["nom"].tolist(),
        "customdata": [["region", region] for region in rows["code_region"]],
        "hovertemplate": f"<b>%{{y}}</b><br>{name} : %{{x}}<extra></extra>",
        "marker": {
            "color": theme.CATEGORIES[position % len(theme.CATEGORIES)],
            "opacity": opacity,
            "line": {"width": 0.5, "color": "#fff"},
            "pattern": theme.pattern(position),
        },
    }


def _median_line(value: float, label: str) -> dict[str, Any]:
    return {
        "shapes": [
            {
                "type": "line",
                "layer": "below",  # it would strike the figures at the ends of the bars
                "x0": value,
                "x1": value,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": {"color": theme.FORGE, "width": 1.5, "dash": "dash"},
            }
        ],
        "annotations": [
            {
                "x": value,
                "yref": "paper",
                "y": 1,
                "yanchor": "bottom",
                "text": label,
                "showarrow": False,
                "font": {"size": 11, "color": theme.FORGE},
            }
        ],
    }


def draw_projects_by_filiere(rows: pd.DataFrame, chosen: Sequence[str], language: str) -> Figure:
    """Horizontal bars, largest on top; « non renseigné » is a bar of its own, hatched.

    Args:
        rows: ``code, n``, largest first; the code of null is ``non_renseigne``.
    """
    ordered = rows.iloc[::-1]
    labels = [contract.label_of("filiere", _null(code), language) for code in ordered["code"]]
    is_known = [_null(code) is not None for code in ordered["code"]]
    bar = {
        "type": "bar",
        "orientation": "h",
        "x": ordered["n"].tolist(),
        "y": labels,
        "text": [number(n, language) for n in ordered["n"]],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": _LABELS,
        "customdata": [["filiere", _null(code) or "aucun"] for code in ordered["code"]],
        "hovertemplate": "<b>%{y}</b> : %{x}<extra></extra>",
        "marker": {
            "color": [theme.ESTUARY if known else theme.GREY for known in is_known],
            "opacity": [1.0 if not chosen or code in chosen else 0.35 for code in ordered["code"]],
            "pattern": {"shape": ["" if known else "/" for known in is_known], "size": 5, "solidity": 0.3},
        },
    }
    layout = theme.base_layout(max(ROW_PX * len(ordered) + 44, 90), language, bargap=0.28)
    layout["xaxis"] = theme.axis(range=[0, max(ordered["n"].max() * 1.14, 1) if len(ordered) else 1], nticks=5)
    layout["yaxis"] = theme.axis(type="category", showgrid=False, ticksuffix=" ", tickfont=_LABELS)
    return {"data": [bar], "layout": layout}


def draw_projects_by_month(rows: pd.DataFrame, chosen: Sequence[str], language: str) -> Figure:
    """Columns, one a month of update. ``rows``: ``code`` (``YYYY-MM``), ``n``."""
    bar = {
        "type": "bar",
        "x": [month(code, language, is_short=True) for code in rows["code"]],
        "y": rows["n"].tolist(),
        "text": [number(n, language) if n else "" for n in rows["n"]],
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "textfont": {"size": 10, "color": theme.INK},
        "customdata": [["mois", code] for code in rows["code"]],
        "hovertemplate": "<b>%{x}</b> : %{y}<extra></extra>",
        "marker": {
            "color": theme.ESTUARY,
            "opacity": [1.0 if not chosen or code in chosen else 0.35 for code in rows["code"]],
        },
    }
    layout = theme.base_layout(210, language, bargap=0.2)
    layout["xaxis"] = theme.axis(
        type="category", showgrid=False, tickangle=-50, tickfont={"size": 10, "color": theme.INK}
    )
    layout["yaxis"] = theme.axis(range=[0, max(rows["n"].max() * 1.16, 1)], nticks=4)
    return {"data": [bar], "layout": layout}


def draw_sites_by_wave(rows: pd.DataFrame, chosen: Sequence[str], language: str) -> Figure:
    """Announced (outline) against documented (solid) labels by wave; an announcement unknown by region is written so.

    Args:
        rows: ``vague, annonces`` (null = not announced by region), ``documentes``.
        chosen: the waves that the visitor filters on; the others are faded.
        language: of the labels.
    """
    ordered = rows.iloc[::-1]
    codes = ordered["vague"].tolist()
    announced = [None if pd.isna(value) else int(value) for value in ordered["annonces"]]
    documented = ordered["documentes"].tolist()
    common = {
        "type": "bar",
        "orientation": "h",
        "y": [contract.label_of("vague", code, language) for code in codes],
        "customdata": [["vague", code] for code in codes],
    }
    outline = {"color": "rgba(200,67,29,0.10)", "line": {"color": theme.FORGE, "width": 1.5}}
    solid = {"color": theme.FORGE, "opacity": [1.0 if not chosen or code in chosen else 0.35 for code in codes]}
    bars = [
        common | {"x": announced, "width": 0.72, "marker": outline} | _named("chart_announced", language),
        common | {"x": documented, "width": 0.4, "marker": solid} | _named("chart_documented", language),
    ]
    ends = [max(value or 0, found) for value, found in zip(announced, documented, strict=True)]
    words = [
        " " + text("chart_sites_bar", language, documented=found, announced=number(value, language))
        for value, found in zip(announced, documented, strict=True)
    ]
    layout = theme.base_layout(38 * max(len(codes), 1) + 46, language, barmode="overlay")
    layout["xaxis"] = theme.axis(range=[0, max([*ends, 1]) * 1.5], nticks=5)
    layout["yaxis"] = theme.axis(type="category", showgrid=False, ticksuffix=" ", tickfont=_LABELS)
    return {"data": [*bars, _end_words(ends, common["y"], words)], "layout": layout}


def _named(key: str, language: str) -> dict[str, str]:
    name = text(key, language)
    return {"name": name, "hovertemplate": f"{name} : %{{x}}<extra></extra>"}


def _end_words(x: Sequence[float], y: Any, words: Sequence[str]) -> dict[str, Any]:
    """Text at the end of horizontal bars."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(x),
        "y": y,
        "text": list(words),
        "textposition": "middle right",
        "textfont": _LABELS,
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def draw_companies_helped(rows: pd.DataFrame, language: str) -> Figure:
    """Cumulative lines by month, one an area, the metropolitan median dashed; gaps stay gaps.

    Args:
        rows: ``code, nom, date, valeur``; ``code`` is ``FR``, a region or ``median``.
    """
    traces = []
    for position, (code, series) in enumerate(rows.groupby("code", sort=False)):
        is_median = code == "median"
        name = text("chart_median_short", language) if is_median else str(series["nom"].iloc[0])
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+text",
                "name": name,
                "x": [str(value)[:10] for value in series["date"]],
                "y": [None if pd.isna(value) else value for value in series["valeur"]],
                "text": [""] * (len(series) - 1) + [number(series["valeur"].iloc[-1], language)],
                "textposition": "top left",
                "connectgaps": False,
                "cliponaxis": False,
                "hovertemplate": f"<b>{name}</b> · %{{x|%m/%Y}} : %{{y}}<extra></extra>",
                "line": {
                    "color": theme.FORGE if is_median else theme.CATEGORIES[position % len(theme.CATEGORIES)],
                    "width": 1.5 if is_median else 2.5,
                    "dash": "dash" if is_median else "solid",
                },
            }
        )
    layout = theme.base_layout(230, language, showlegend=len(traces) > 1)
    layout["legend"] = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": 11}}
    layout["xaxis"] = theme.axis(type="date", nticks=6, tickformat="%m/%y")
    layout["yaxis"] = theme.axis(rangemode="tozero", nticks=5)
    return {"data": traces, "layout": layout}


def _null(code: str) -> str | None:
    return None if code == "non_renseigne" else code

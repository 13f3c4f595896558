"""The funnel plot: rate against size, with the limits of chance; small regions are not « the worst »."""

import math
from typing import Any

import pandas as pd
from dash import html

from geodata.models.monitoring import Funnel
from views import theme
from views.figure import draw_figure
from views.suivi import tables
from views.suivi.links import Context
from views.suivi.values import label, show, source_line
from views.text import number, percent, text

NAME = "entonnoir"
_PICTURE = (1250, 330)
_SYMBOLS = {
    "inside": ("circle-open", theme.GREY),
    "warning": ("diamond", theme.ESTUARY),
    "outside": ("square", theme.FORGE),
}
_LINES = (("low_998", "high_998", "dot", "suivi_limit_998"), ("low_95", "high_95", "dash", "suivi_limit_95"))


def draw_funnel(context: Context, funnel: Funnel, measure: str, view: str, dated: str) -> html.Figure:
    """The chart, its finding, its table."""
    language = context.language
    base = "emplois" if view == "emplois" else "habitants"
    return draw_figure(
        NAME,
        text("suivi_funnel_title", language, measure=label(measure, language)),
        finding(funnel, measure, base, language),
        draw(funnel, base, language),
        _table(context, funnel, measure, base),
        source_line(context, measure, dated),
        language,
    )


def draw(funnel: Funnel, base: str, language: str) -> dict[str, Any]:
    """Limits as lines, regions as marks: open circles inside, diamonds between the limits, squares beyond."""
    traces = [line for item in _LINES for line in _limit_lines(funnel, item, language)]
    size, rate = funnel.limits["size"], [funnel.average] * len(funnel.limits)
    traces.append(_line(size.tolist(), rate, "solid", text("suivi_funnel_average", language), is_named=True))
    places = funnel.rows.assign(place=label_places(funnel.rows))
    for side, (symbol, color) in _SYMBOLS.items():
        rows = places[places["side"] == side]
        if len(rows):
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers+text",
                    "name": text(f"suivi_side_{side}", language),
                    "x": rows["size"].tolist(),
                    "y": rows["rate"].tolist(),
                    "text": rows["nom"].tolist(),
                    "textposition": rows["place"].tolist(),
                    "textfont": {"size": 10, "color": theme.INK},
                    "cliponaxis": False,
                    "marker": {"symbol": symbol, "size": 9, "color": color, "line": {"width": 1.5}},
                    "hovertemplate": "<b>%{text}</b> · %{y:.3~g}<extra></extra>",
                }
            )
    layout = theme.base_layout(430, language, showlegend=True)
    layout["legend"] = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": 11}}
    size_title = text("suivi_funnel_cases" if funnel.law == "binomial" else f"suivi_funnel_{base}", language)
    rate_title = text("suivi_m_dans" if funnel.law == "binomial" else f"suivi_per_{base}", language)
    layout["xaxis"] = theme.axis(
        type="log", title={"text": size_title, "font": {"size": 11}}, **_ticks(funnel, language)
    )
    tickformat = ".0%" if funnel.law == "binomial" else ""
    layout["yaxis"] = theme.axis(
        rangemode="tozero", title={"text": rate_title, "font": {"size": 11}}, nticks=6, tickformat=tickformat
    )
    return {"data": traces, "layout": layout}


def _ticks(funnel: Funnel, language: str) -> dict[str, Any]:
    """Round sizes (1, 2, 5 times a power of ten) within the limits drawn."""
    low, high = float(funnel.limits["size"].min()), float(funnel.limits["size"].max())
    round_sizes = [head * 10**power for power in range(9) for head in (1, 2, 5)]
    shown = [size for size in round_sizes if low <= size <= high]
    return {"tickvals": shown, "ticktext": [number(size, language) for size in shown]}


def label_places(rows: pd.DataFrame) -> list[str]:
    """Where each name stands around its mark so that few overlap: the first of four places that is free.

    The picture is reckoned 1,250 by 330 pixels, a letter 5.5 wide and a line 13 high: near enough to choose.
    """
    sizes, rates = rows["size"].map(math.log), rows["rate"]
    across = (sizes - sizes.min()) / ((sizes.max() - sizes.min()) or 1.0) * _PICTURE[0]
    down = rates / (rates.max() or 1.0) * _PICTURE[1]
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in zip(across, down, strict=True)]
    found = []
    for name, x, y in zip(rows["nom"], across, down, strict=True):
        wide = 5.5 * len(name)
        boxes = {
            "top center": (x - wide / 2, y + 7, x + wide / 2, y + 20),
            "bottom center": (x - wide / 2, y - 20, x + wide / 2, y - 7),
            "middle right": (x + 8, y - 6, x + 8 + wide, y + 7),
            "middle left": (x - 8 - wide, y - 6, x - 8, y + 7),
        }
        free = [place for place, box in boxes.items() if not any(_overlap(box, other) for other in taken)]
        chosen = free[0] if free else "top center"
        taken.append(boxes[chosen])
        found.append(chosen)
    return found


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _limit_lines(funnel: Funnel, item: tuple[str, str, str, str], language: str) -> list[dict[str, Any]]:
    low, high, dash, key = item
    size = funnel.limits["size"].tolist()
    name = text(key, language)
    return [
        _line(size, funnel.limits[low].tolist(), dash, name, is_named=False),
        _line(size, funnel.limits[high].tolist(), dash, name, is_named=True),
    ]


def _line(x: list[float], y: list[float], dash: str, name: str, *, is_named: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": [round(value, 4) for value in y],
        "showlegend": is_named,
        "hoverinfo": "skip",
        "line": {"color": theme.INK, "width": 1, "dash": dash},
    }


def finding(funnel: Funnel, measure: str, base: str, language: str) -> str:
    """How many regions leave the limits, and which small regions do not although their rate looks extreme."""
    outside = funnel.rows[funnel.rows["side"] == "outside"]
    ordered = funnel.rows.sort_values("rate")
    lowest = ordered.iloc[0]
    side = text(f"suivi_side_{lowest['side']}", language).lower()
    return text(
        "suivi_finding_funnel",
        language,
        measure=label(measure, language),
        average=_rate(funnel, funnel.average, measure, base, language),
        n=len(outside),
        of=len(funnel.rows),
        lowest=lowest["nom"],
        lowest_rate=_rate(funnel, float(lowest["rate"]), measure, base, language),
        side=side,
    )


def _rate(funnel: Funnel, value: float, measure: str, base: str, language: str) -> str:
    if funnel.law == "binomial":
        return percent(value, language)
    return f"{show(measure, value, base, language)} {text(f'suivi_per_{base}', language)}"


def _table(context: Context, funnel: Funnel, measure: str, base: str) -> html.Table:
    language = context.language
    heads = ("region", "funnel_size", "funnel_count", "funnel_rate", "funnel_side")
    head = html.Tr(
        [
            html.Th(text(f"suivi_{key}", language), scope="col", className="number" if 0 < position < 4 else None)
            for position, key in enumerate(heads)
        ]
    )
    body = [
        html.Tr(
            [
                html.Th(row["nom"], scope="row"),
                html.Td(number(row["size"], language), className="number"),
                html.Td(number(row["count"], language), className="number"),
                html.Td(
                    percent(row["rate"], language)
                    if funnel.law == "binomial"
                    else show(measure, row["rate"], base, language),
                    className="number",
                ),
                html.Td(text(f"suivi_side_{row['side']}", language)),
            ]
        )
        for row in funnel.rows.to_dict("records")
    ]
    return tables.build(text("suivi_funnel_caption", language), [head], body)

"""Companies helped, month after month: a small line a region on one scale, and the regions compared on a chart."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
from dash import html

from geodata.models.measures import PER
from views import theme
from views.figure import draw_figure
from views.markup import MARKUP
from views.suivi import tables
from views.suivi.links import Context
from views.suivi.values import show, source_line
from views.text import day, month, number, text

WIDTH, HEIGHT = 150, 60
_PAD = 3
_DASHES = ("solid", "dash", "dot")


def draw_multiples(context: Context, rows: pd.DataFrame, names: Mapping[str, str]) -> html.Ul:
    """One small line a region, all from 0 to the same top, the last value and its change over twelve months in words.

    Args:
        rows: ``code, date, valeur`` of the regions, already in the view asked for.
    """
    top = float(rows["valeur"].max()) if len(rows) else 1.0
    dates = sorted(rows["date"].unique())
    view = "habitants" if context.state.view == "habitants" else "nombre"
    items = []
    for code, series in rows.groupby("code"):
        ordered = series.sort_values("date")
        last = float(ordered["valeur"].iloc[-1])
        shown = show("entreprises", last, view, context.language)
        svg: dict[str, Any] = {MARKUP: _line(ordered, dates, top, f"{names[str(code)]} : {shown}")}
        items.append((last, names[str(code)], str(code), shown, svg))
    ordered_items = sorted(items, key=lambda item: (-item[0], item[1]))
    return html.Ul(
        [
            html.Li(
                [
                    html.A(name, href=context.region(code)),
                    html.Span(**svg),
                    html.Span(shown, className="multiple-last"),
                ],
                **{"data-code": code},
            )
            for _, name, code, shown, svg in ordered_items
        ],
        className="multiples",
    )


def _line(series: pd.DataFrame, dates: Sequence[Any], top: float, title: str) -> str:
    """The line as SVG; months before the region's first value are left empty."""
    wide, tall = WIDTH - 2 * _PAD, HEIGHT - 2 * _PAD
    step = wide / max(len(dates) - 1, 1)
    position = {value: _PAD + index * step for index, value in enumerate(dates)}
    points = [
        f"{position[date]:.1f},{_PAD + tall * (1 - value / top):.1f}"
        for date, value in zip(series["date"], series["valeur"], strict=True)
    ]
    last = points[-1].split(",")
    return (
        f'<svg class="multiple" role="img" aria-label="{escape(title)}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}"><path d="M{_PAD} {HEIGHT - _PAD}H{WIDTH - _PAD}" stroke="{theme.RULE}"/>'
        f'<polyline points="{" ".join(points)}" fill="none" stroke="{theme.ESTUARY}" stroke-width="1.8"/>'
        f'<circle cx="{last[0]}" cy="{last[1]}" r="2.6" fill="{theme.FORGE}"/></svg>'
    )


def per_inhabitant(rows: pd.DataFrame, population: Mapping[str, float]) -> pd.DataFrame:
    """The same rows per 100,000 inhabitants."""
    return rows.assign(valeur=rows["valeur"] / rows["code"].map(population) * PER["habitants"])


def draw_series(
    context: Context, rows: pd.DataFrame, chosen: Sequence[str], names: Mapping[str, str], median: pd.Series
) -> html.Figure:
    """The regions compared (else the two with most companies) and the median of mainland regions, by month.

    Args:
        rows: ``code, date, valeur`` of the regions.
        chosen: codes of the regions drawn.
        median: by date.
    """
    language = context.language
    lines = {names[code]: rows[rows["code"] == code].set_index("date")["valeur"] for code in chosen}
    lines[text("suivi_median", language)] = median
    traces = []
    for position, (name, series) in enumerate(lines.items()):
        is_median = position == len(lines) - 1
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "x": [str(value)[:10] for value in series.index],
                "y": [float(value) for value in series],
                "hovertemplate": f"<b>{escape(name)}</b> · %{{x|%m/%Y}} : %{{y}}<extra></extra>",
                "line": {
                    "color": theme.FORGE if is_median else theme.CATEGORIES[position],
                    "width": 2,
                    "dash": "dot" if is_median else _DASHES[position % len(_DASHES)],
                },
            }
        )
    layout = theme.base_layout(260, language, showlegend=True)
    layout["legend"] = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": 11}}
    layout["xaxis"] = theme.axis(type="date", nticks=6, tickformat="%m/%y")
    layout["yaxis"] = theme.axis(rangemode="tozero", nticks=5)
    last = str(rows["date"].max())
    return draw_figure(
        "evolution",
        text("suivi_series_title", language),
        series_finding(lines, language),
        {"data": traces, "layout": layout},
        _table(lines, language),
        source_line(context, "entreprises", last),
        language,
    )


def series_finding(lines: Mapping[str, pd.Series], language: str) -> str:
    """The last value of each line."""
    words = [f"{name} {number(float(series.iloc[-1]), language)}" for name, series in lines.items() if len(series)]
    last = max(series.index.max() for series in lines.values() if len(series))
    return text("suivi_finding_series", language, date=day(str(last), language), lines=", ".join(words))


def _table(lines: Mapping[str, pd.Series], language: str) -> html.Table:
    dates = sorted({value for series in lines.values() for value in series.index})
    head = html.Tr(
        [
            html.Th(text("suivi_month", language), scope="col"),
            *(html.Th(name, scope="col", className="number") for name in lines),
        ]
    )
    body = [
        html.Tr(
            [
                html.Th(month(str(date)[:7], language), scope="row"),
                *(html.Td(number(series.get(date), language), className="number") for series in lines.values()),
            ]
        )
        for date in dates
    ]
    return tables.build(text("suivi_series_caption", language), [head], body)

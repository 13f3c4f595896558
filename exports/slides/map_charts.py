"""The charts of a presentation in ``carte.html``: Plotly dictionaries, and the same figures as tables."""

from collections.abc import Sequence
from html import escape
from typing import Any

from exports.slides.deck import Bar, Chart, Page
from views import theme
from views.text import text

_ROW, _AROUND = 30, 60  # pixels


def plot_of(pages: Sequence[Page], language: str) -> list[dict[str, Any]]:
    """What Plotly draws: the id of the place, data and layout."""
    return [_plot(_id(page), page.chart, language) for page in pages if page.chart]


def draw_charts(pages: Sequence[Page], language: str) -> str:
    """A section a chart: headline, place of the drawing, table, note and source."""
    return "".join(_section(page, page.chart, language) for page in pages if page.chart)


def _id(page: Page) -> str:
    return f"chart-{page.slide.number}"


def _plot(name: str, chart: Chart, language: str) -> dict[str, Any]:
    has_whole = any(bar.whole is not None for bar in chart.bars)
    said = ["" if bar.whole is not None else bar.shown for bar in chart.bars]
    series = [_series(chart, [bar.value for bar in chart.bars], said)]
    if has_whole:  # the words stand at the end of the longer bar
        said = [bar.shown if bar.whole is not None else "" for bar in chart.bars]
        whole = _series(chart, [bar.whole for bar in chart.bars], said)
        series.insert(0, {**whole, "marker": {"color": "#d5dae2"}, "hoverinfo": "skip", "width": 0.72})
    layout = theme.base_layout(_ROW * max(len(chart.bars), 1) + _AROUND, language, barmode="overlay", bargap=0.28)
    layout["xaxis"] = theme.axis(rangemode="tozero", showticklabels=False, showgrid=False)
    layout["yaxis"] = theme.axis(type="category", autorange="reversed", showgrid=False, tickfont={"size": 14})
    layout["margin"] = {"l": 8, "r": 90, "t": 8, "b": 8}
    return {"id": name, "data": series, "layout": layout}


def _series(chart: Chart, values: list[float | None], shown: list[str]) -> dict[str, Any]:
    main = theme.FORGE if chart.kind == "sites" else theme.ESTUARY
    return {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": [escape(bar.name) for bar in chart.bars],
        "text": [escape(words) for words in shown],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": 14},
        "hoverinfo": "y+text",
        "marker": {"color": [theme.FORGE if bar.is_chosen else main for bar in chart.bars]},
    }


def _section(page: Page, chart: Chart, language: str) -> str:
    note = f'<p class="note">{escape(chart.note)}</p>' if chart.note else ""
    return (
        f'<section><h2>{escape(page.headline)}</h2><p class="lead">{escape(chart.title)}</p>'
        f'<div class="plot" id="{_id(page)}" role="img" aria-label="{escape(chart.title)}"></div>{note}'
        f"<details><summary>{escape(text('chart_as_table', language))}</summary>"
        f'<table class="twin"><caption>{escape(chart.title)}</caption><tbody>{"".join(map(_row, chart.bars))}</tbody>'
        f'</table></details><p class="source">{escape(page.source)}</p></section>'
    )


def _row(bar: Bar) -> str:
    return f'<tr><th scope="row">{escape(bar.name)}</th><td>{escape(bar.shown)}</td></tr>'

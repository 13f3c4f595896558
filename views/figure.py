"""A chart in a page to read: title, one-sentence finding, Plotly dictionary, table twin, source; and bars in cells."""

import json
from typing import Any

from dash import html

from views.markup import aria
from views.scrolled import scrolled
from views.text import text


def draw_figure(
    name: str, title: str, finding: str, figure: dict[str, Any], table: Any, source: Any, language: str
) -> html.Figure:
    """A chart that ``assets/js/pages/charts.mjs`` draws when it comes into view; without script its table remains.

    Args:
        name: the id of the figure; its parts are ``<name>-title``, ``<name>-finding``.
        finding: one sentence computed from the data, read by a screen reader instead of the marks.
        figure: ``{"data": […], "layout": {…, "height": px}}``, plain lists and numbers.
        table: the same figures as a table.
        source: where they come from, with the date.
    """
    height = int(figure["layout"].get("height", 320))
    plot: dict[str, Any] = {"data-figure": json.dumps(figure, ensure_ascii=False, separators=(",", ":"))}
    return html.Figure(
        [
            html.Figcaption([html.H3(title, id=f"{name}-title"), html.P(finding, id=f"{name}-finding")]),
            html.Div(
                className="figure-plot",
                style={"minHeight": f"{height}px"},
                role="img",
                **plot,
                **aria(labelledby=f"{name}-title {name}-finding"),
            ),
            html.Details(
                [html.Summary(text("chart_as_table", language)), scrolled(table, named_by=f"{name}-title")],
                className="chart-table",
            ),
            html.P(source, className="source"),
        ],
        id=name,
        className="figure-block",
    )


def bar(share: float | None, label: str, *, below: bool = False) -> html.Span:
    """A bar inside a table cell: ``label`` is read, the bar is seen; an unknown share draws none.

    Args:
        share: 0 to 1 of the width of the cell.
        below: the value is on the wrong side of its reference: another colour and a hatching.
    """
    if share is None:
        return html.Span(label, className="cell-bar unknown")
    width: dict[str, Any] = {"style": {"--share": f"{min(max(share, 0.0), 1.0):.4f}"}}
    return html.Span(label, className="cell-bar is-below" if below else "cell-bar", **width)

"""The line under a chart: who says it, when, with a link to the source's card."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from state import Selection
from views.links import link_to
from views.text import day, text


def source_line(sources: Mapping[str, Mapping[str, Any]], names: Sequence[str], selection: Selection) -> html.Span:
    """« Source : producer, title, date », each linked to its card on the Sources page."""
    parts: list[Any] = [text("chart_source", selection.language)]
    for position, name in enumerate(names):
        source = sources[name]
        date = source.get("date_published")
        label = f"{source['producer']}, {source['title']}"
        label += f" ({day(date, selection.language)})" if date else ""
        parts += ["; " if position else "", html.A(label, href=f"{link_to(selection, '/sources')}#{name}")]
    return html.Span(parts)

"""The page of a sheet: head, lines to say, map beside figures, then one section a subject; the index pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from views.text import text


@dataclass(frozen=True)
class Parts:
    """The parts of a sheet, already drawn.

    ``sections`` are (anchor, message key of the title, content) in order.
    """

    kind: str
    title: str
    meta: Any
    switch: Any
    links: Any
    lines: Sequence[Any]
    plan: Any
    figures: Any
    sections: Sequence[tuple[str, str, Any]]
    foot: Any


def build(parts: Parts, language: str) -> html.Div:
    """The whole sheet."""
    contents = [html.Li(html.A(text(key, language), href=f"#{anchor}")) for anchor, key, _ in parts.sections]
    label: dict[str, Any] = {"aria-label": text("fiche_contents", language)}
    return html.Div(
        [
            html.Header(
                [
                    html.P(parts.kind, className="fiche-kind"),
                    html.H1(parts.title),
                    html.P(parts.meta, className="lead"),
                    html.Nav(parts.switch, className="fiche-lists", **{"aria-label": text("fiche_lists", language)}),
                    parts.links,
                ],
                className="fiche-head",
            ),
            _lines(parts.lines, language),
            html.Section(
                [
                    html.H2(text("fiche_overview", language), id="vue"),
                    html.Div([parts.plan, parts.figures], className="fiche-overview"),
                ]
            ),
            html.Nav(html.Ul(contents), className="fiche-contents", **label),
            *(
                html.Section([html.H2(text(key, language), id=anchor), content])
                for anchor, key, content in parts.sections
            ),
            html.Footer(parts.foot, className="fiche-foot source"),
        ],
        className="page fiche",
    )


def _lines(lines: Sequence[Any], language: str) -> html.Section:
    return html.Section(
        [
            html.H2(text("fiche_lines", language), id="a-dire"),
            html.Ol([html.Li(line) for line in lines]),
            html.P(text("fiche_lines_note", language), className="source"),
        ],
        className="fiche-lines",
    )


def build_index(title: str, lead: Any, controls: Any, content: Any) -> html.Div:
    """An index of sheets: title, what it lists, controls, the table."""
    return html.Div([html.H1(title), html.P(lead, className="lead"), controls, content], className="page fiche-index")


def build_missing(title: str, content: Sequence[Any]) -> html.Div:
    """What an address that names no sheet says."""
    return html.Div([html.H1(title), *content], className="page")

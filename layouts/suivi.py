"""The monitoring page: where its blocks stand, each under its title and its one computed sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash import html

from views.markup import aria
from views.text import text

# Anchor of a block → the message of its title; in the order of the page.
SECTIONS = (
    ("indicateurs", "suivi_indicators"),
    ("alertes", "suivi_alerts"),
    ("regions", "suivi_regions"),
    ("comparer", "suivi_compare"),
    ("dispersion", "suivi_dispersion"),
    ("cartes", "suivi_maps"),
    ("detail", "suivi_detail"),
    ("partage", "suivi_split"),
    ("series", "suivi_series"),
    ("territoires", "suivi_places"),
    ("completude", "suivi_completeness"),
    ("sommes", "suivi_sums"),
)


@dataclass(frozen=True)
class Block:
    """What stands in a section: a sentence computed from the data, what it is drawn from, remarks at the end."""

    finding: str
    content: Any
    notes: Any = None


def build(language: str, lead: Any, controls: Any, blocks: Mapping[str, Block]) -> html.Div:
    """The page: title, lead, table of contents, controls, then the blocks given, in order."""
    shown = [(anchor, title) for anchor, title in SECTIONS if anchor in blocks]
    contents = [html.Li(html.A(text(title, language), href=f"#{anchor}")) for anchor, title in shown]
    return html.Div(
        [
            html.H1(text("title_suivi", language)),
            html.P(lead, className="lead"),
            html.Nav(html.Ul(contents), className="page-contents", **aria(label=text("suivi_contents", language))),
            html.Div(controls, className="suivi-controls"),
            *(_section(anchor, text(title, language), blocks[anchor]) for anchor, title in shown),
        ],
        className="page is-wide suivi-page",
    )


def _section(anchor: str, title: str, block: Block) -> html.Section:
    heading = f"{anchor}-titre"
    return html.Section(
        [
            html.H2(title, id=heading),
            html.P(block.finding, className="finding") if block.finding else None,
            block.content,
            html.Div(block.notes, className="source notes") if block.notes else None,
        ],
        id=anchor,
        **aria(labelledby=heading),
    )

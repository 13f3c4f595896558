"""The Changes page: its lead, the feed, the publications."""

from collections.abc import Sequence
from typing import Any

from dash import html

from views.text import text


def build(language: str, content: Sequence[Any]) -> html.Div:
    """The page around ``content``: one section a publication, already drawn."""
    query = "?lang=en" if language == "en" else ""
    feed = html.A(text("changements_feed", language), href=f"/changements.atom{query}", className="button")
    return html.Div(
        [
            html.H1(text("changements_title", language)),
            html.P(text("changements_lead", language), className="lead"),
            html.P(feed),
            *content,
        ],
        className="page",
    )

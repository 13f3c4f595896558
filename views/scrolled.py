"""A wide table in a frame of its own: it scrolls sideways there, and the page never does."""

from typing import Any

from dash import html

from views.elements import Html, Node, e
from views.markup import aria


def scrolled(table: Any, name: str = "", *, named_by: str = "", anchor: str = "") -> html.Div:
    """The frame: reached by keyboard, so that arrows scroll it, and a region, so that its name is said on arrival.

    Args:
        name: what the table is, or ``named_by``, the ids of the texts that say it.
        anchor: the id of the frame, for links to it.
    """
    properties: dict[str, Any] = aria(labelledby=named_by) if named_by else aria(label=name)
    if anchor:
        properties["id"] = anchor
    return html.Div(table, className="table-scroll", tabIndex=0, role="region", **properties)


def scrolled_markup(table: Node, name: str) -> Html:
    """The same frame around markup."""
    return e("div", table, class_="table-scroll", tabindex="0", role="region", aria_label=name)

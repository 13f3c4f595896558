"""What the tables of the monitoring page share: a scrolling frame with a name, a head of sorting links."""

from typing import Any

from dash import html

from views.markup import aria
from views.scrolled import scrolled
from views.suivi.links import Context


def frame(table: html.Table, name: str) -> html.Div:
    """A table that scrolls sideways on a narrow screen, reachable by keyboard."""
    return scrolled(table, name)


def build(caption: str, head: list[Any], body: list[Any], foot: list[Any] | None = None, kind: str = "") -> html.Table:
    """A table with its caption; ``body`` is rows, or groups of rows (``html.Tbody``)."""
    groups = body if body and isinstance(body[0], html.Tbody) else [html.Tbody(body)]
    parts = [html.Caption(caption), html.Thead(head), *groups, *([html.Tfoot(foot)] if foot else [])]
    return html.Table(parts, className=f"table {kind}".strip())


def sort_head(context: Context, name: str, shown: Any, anchor: str, field: str, is_number: bool = True) -> html.Th:
    """A column head that sorts: first the largest for numbers, first the first letter for names; then the reverse.

    Args:
        name: the value of the sort; ``field``: the field of the state that holds it (``sort``, ``place_sort``).
    """
    current: str = getattr(context.state, field)
    first = f"-{name}" if is_number else name
    other = name if is_number else f"-{name}"
    target = other if current == first else first
    order = {first: "descending" if is_number else "ascending", other: "ascending" if is_number else "descending"}
    sorted_by: dict[str, Any] = aria(sort=order[current]) if current in order else {}
    changes: dict[str, Any] = {field: target}
    if field == "place_sort":
        changes["place_page"] = 1
    link = html.A(shown, href=context.address(anchor, **changes), className="sort")
    return html.Th(link, scope="col", className="number" if is_number else None, **sorted_by)

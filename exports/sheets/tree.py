"""Reads a tree of HTML components (``dash.html``) without the library that made it: tags, children, words, drawings."""

import re
from collections.abc import Iterator
from typing import Any

DRAWING = "data-html"  # the attribute in which views put an SVG


def tag(node: Any) -> str:
    """``Table``, ``P``…; empty for a text and for nothing."""
    return str(getattr(node, "_type", "")) if hasattr(node, "_prop_names") else ""


def children(node: Any) -> list[Any]:
    """The children of a component, or the items of a list; without what is empty."""
    inner = getattr(node, "children", None) if tag(node) else node if isinstance(node, (list, tuple)) else None
    items = inner if isinstance(inner, (list, tuple)) else [inner]
    return [item for item in items if item is not None]


def drawing(node: Any) -> str | None:
    """The SVG that a component holds, if it is one."""
    held = getattr(node, DRAWING, None) if tag(node) else None
    return held if isinstance(held, str) and held.startswith("<svg") else None


def drawings(node: Any) -> Iterator[str]:
    """Every SVG below a component, in order."""
    found = drawing(node)
    if found:
        yield found
    if tag(node) or isinstance(node, (list, tuple)):
        for item in children(node):
            yield from drawings(item)


def kind_of(node: Any) -> str:
    """The class names of a component."""
    return str(getattr(node, "className", None) or "") if tag(node) else ""


def find_all(node: Any, name: str) -> Iterator[Any]:
    """Every component of one tag below a node, in order; not those inside another of the same tag."""
    for child in children(node) if tag(node) or isinstance(node, (list, tuple)) else ():
        if tag(child) == name:
            yield child
        else:
            yield from find_all(child, name)


def find(node: Any, name: str) -> Any:
    """The first component of one tag below a node, or None."""
    return next(find_all(node, name), None)


def words(node: Any, without: str = "") -> str:
    """The text below a component, runs of spaces made one; ``without`` what is inside one tag."""
    return re.sub(r" {2,}", " ", "".join(_texts(node, without))).replace(" ,", ",").strip()


def _texts(node: Any, without: str) -> Iterator[str]:
    if tag(node) or isinstance(node, (list, tuple)):
        if tag(node) in _APART:
            yield " "
        if tag(node) != without or not without:
            for item in children(node):
                yield from _texts(item, without)
        if tag(node) == "Time" or kind_of(node).endswith("-when"):
            yield " · "
    elif node is not None:
        yield str(node)


_APART = frozenset({"Small", "Time", "Li", "P", "Div", "Br", "Td", "Th", "Dt", "Dd", "Summary"})

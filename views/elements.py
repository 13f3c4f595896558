"""HTML written directly: forms, bars and long lists, which Dash's components have no attribute for or draw slowly.

``e("input", type="checkbox", name="region", value="32", checked=True)`` gives the text of one element. Every child and
every value is escaped, unless it is ``Html`` already: what ``e`` gives, or what ``raw`` vouches for.
"""

from typing import Any

from dash import html

from views.escaping import ADDRESSES, escape, is_safe_address
from views.markup import MARKUP

_VOID = frozenset({"br", "hr", "img", "input", "rect", "path", "circle", "line", "polygon"})


class Html(str):
    """Markup that is escaped already."""

    __slots__ = ()


Node = Any  # Html, text, number, None, or a list of them


def e(tag: str, *children: Node, **attributes: Any) -> Html:
    """One element.

    Args:
        children: drawn in order; None and False draw nothing.
        attributes: ``class_`` is ``class``, ``aria_label`` is ``aria-label``; True is a bare attribute, None and False
            none.
    """
    opening = f"<{tag}{''.join([_attribute(name, value) for name, value in attributes.items()])}"
    if tag in _VOID:
        return Html(f"{opening}>" if tag in ("br", "hr", "img", "input") else f"{opening}/>")
    return Html(f"{opening}>{join(children)}</{tag}>")


def join(children: Node) -> Html:
    """Several nodes as one."""
    if isinstance(children, Html):
        return children
    if children is None or children is False:
        return Html("")
    if isinstance(children, (list, tuple)):
        return Html("".join([join(child) for child in children]))
    return Html(escape(str(children)))


def raw(markup: str) -> Html:
    """Vouches for markup that this project wrote: an SVG of ``views.plan``."""
    return Html(markup)


def as_component(markup: Html, **properties: Any) -> html.Div:
    """Markup inside a component, for a page's content."""
    return html.Div(**properties, **{MARKUP: str(markup)})


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    written = name.rstrip("_").replace("_", "-")
    if written in ADDRESSES and not is_safe_address(str(value)):
        return ""  # a link that would run something is a text
    return f" {written}" if value is True else f' {written}="{escape(str(value))}"'

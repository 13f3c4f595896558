"""Components as plain HTML: the prerendered page, and every long read-only part of the live one.

Only ``html.*`` components are drawn; a graph or a store is an empty box of the same id. Every value is escaped.
"""

import re
from typing import Any

from dash.development.base_component import Component

from views.escaping import ADDRESSES, escape, is_safe_address

_ATTRIBUTES = {
    "className": "class",
    "htmlFor": "for",
    "hrefLang": "hreflang",
    "tabIndex": "tabindex",
    "colSpan": "colspan",
    "rowSpan": "rowspan",
    "autoComplete": "autocomplete",
    "inputMode": "inputmode",
}
_VOID = {"br", "hr", "img", "input"}
_TAGS = {"Link": "a", "Input": "input", "Graph": "div"}
MARKUP = "data-html"
_KEPT = {
    *("id", "class", "href", "lang", "hreflang", "title", "role", "for", "scope", "type", "placeholder", "tabindex"),
    *("colspan", "rowspan", "headers", "download", "src", "alt", "target", "rel"),
    *("action", "method", "name", "value", "min", "max", "step", "autocomplete", "inputmode"),  # forms, by GET
}
_FLAGS = {"hidden", "open", "selected", "checked", "disabled", "required"}


def as_markup(node: Any) -> dict[str, Any]:
    """The property that makes one component carry ``node`` as HTML: ``html.Div(**as_markup(...))``.

    Dash mounts, subscribes and keeps every component: a page of the list takes seconds that way, milliseconds as HTML.
    The browser fills the element (``assets/js/markup.mjs``); no callback reaches inside, links are plain ``html.A``.
    """
    return {MARKUP: to_html(node)}


def aria(**properties: str) -> dict[str, Any]:
    """``aria(label="…")`` for ``aria-label``: names that Python cannot write as arguments."""
    return {f"aria-{name}": value for name, value in properties.items()}


def to_html(node: Any) -> str:
    """The HTML of a component, a list of them, a text or None."""
    if node is None or isinstance(node, bool):
        return ""
    if isinstance(node, (list, tuple)):
        return "".join(to_html(child) for child in node)
    if not isinstance(node, Component):
        return escape(str(node))
    kind = str(node.to_plotly_json()["type"])
    tag = _TAGS.get(kind, kind.lower())
    opening = f"<{tag}{_attributes(node)}>"
    if tag in _VOID:
        return opening
    # What ``as_markup`` wrote is escaped already.
    content = getattr(node, MARKUP, None) or to_html(getattr(node, "children", None))
    return f"{opening}{content}</{tag}>"


def _attributes(node: Component) -> str:
    written = []
    for name, value in sorted(node.to_plotly_json()["props"].items(), key=_order):
        attribute = _ATTRIBUTES.get(name, name)
        is_kept = attribute in _KEPT or (attribute.startswith(("data-", "aria-")) and name != MARKUP)
        if name == "style" and value:
            written.append(f' style="{escape(_style(value))}"')
        elif name in _FLAGS:
            written.append(f" {name}" if value else "")
        elif attribute in ADDRESSES and not is_safe_address(str(value)):
            continue  # a link that would run something, from whatever field it came, is a text
        elif is_kept and value is not None:
            written.append(f' {attribute}="{escape(str(value))}"')
    return "".join(written)


def _order(item: tuple[str, Any]) -> str:
    """Dash keeps ``data-…`` and ``aria-…`` in a set, another order in each process: here the same bytes."""
    name = item[0]
    return name if name.startswith(("data-", "aria-")) else ""


def _style(rules: dict[str, Any]) -> str:
    """A React style (camelCase) as CSS."""
    return ";".join(f"{re.sub('[A-Z]', lambda m: '-' + m[0].lower(), key)}:{value}" for key, value in rules.items())

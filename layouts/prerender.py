"""A page as plain HTML, so that the first paint holds the real page while Dash is still loading.

Only ``html.*`` components and links are drawn; a graph or a store is an empty box of the same id.
"""

from html import escape
from typing import Any

from dash.development.base_component import Component

_ATTRIBUTES = {"className": "class", "htmlFor": "for", "hrefLang": "hreflang", "tabIndex": "tabindex"}
_VOID = {"br", "hr", "img", "input"}
_TAGS = {"Link": "a", "Input": "input", "Graph": "div"}
_KEPT = {"id", "class", "href", "lang", "hreflang", "title", "role", "for", "scope", "type", "placeholder", "tabindex"}


def to_html(node: Any) -> str:
    """The HTML of a component, a list of them, a text or None."""
    if node is None or isinstance(node, bool):
        return ""
    if isinstance(node, (list, tuple)):
        return "".join(to_html(child) for child in node)
    if not isinstance(node, Component):
        return escape(str(node))
    tag = _TAGS.get(node._type, node._type.lower())
    opening = f"<{tag}{_attributes(node)}>"
    return opening if tag in _VOID else f"{opening}{to_html(getattr(node, 'children', None))}</{tag}>"


def _attributes(node: Component) -> str:
    written = []
    for name, value in node.to_plotly_json()["props"].items():
        attribute = _ATTRIBUTES.get(name, name)
        is_kept = attribute in _KEPT or attribute.startswith(("data-", "aria-"))
        if name == "hidden" and value:
            written.append(" hidden")
        elif is_kept and value is not None:
            written.append(f' {attribute}="{escape(str(value))}"')
    return "".join(written)

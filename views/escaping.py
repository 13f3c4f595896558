"""Escaping for HTML and SVG: the one place that says what may stand in a text and in the address of a link."""

import html
import re

# XML 1.0 has no place for these, in any form: an SVG that holds one is refused whole.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SKIPPED = re.compile("[\x00-\x20\u00a0\u2028\u2029]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
_SCHEMES = {"http", "https", "mailto", "tel"}

ADDRESSES = frozenset({"href", "src", "action", "formaction"})
"""The attributes that hold an address."""


def escape(text: str) -> str:
    """The text for an element or a quoted attribute, without the characters that no document can hold."""
    return html.escape(_CONTROLS.sub("", text))


def is_safe_address(address: str) -> bool:
    """False for ``javascript:`` and every scheme but those of a link; browsers skip controls and spaces, so we do."""
    scheme, colon, _ = _SKIPPED.sub("", address).partition(":")
    return not colon or not _SCHEME.fullmatch(scheme) or scheme.lower() in _SCHEMES

"""Addresses inside the atlas: the same state with one thing changed. Every link is a URL that can be sent by mail."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import contract
from state import Selection


def link_to(selection: Selection, path: str = "/", **changes: Any) -> str:
    """The address of ``path`` for the selection with ``changes`` (fields of ``Selection``) made."""
    query = replace(selection, **changes).to_query()
    return f"{path}?{query}" if query else path


def link_to_object(selection: Selection, kind: str, code: str) -> str:
    """The address that opens the details of one object, everything else kept."""
    return link_to(selection, selected=f"{kind}:{code}")


def in_language(path: str, query: str, language: str) -> str:
    """The same address in another language, whatever else its query holds."""
    kept = [pair for pair in parse_qsl(query.lstrip("?"), keep_blank_values=True) if pair[0] != "lang"]
    pairs = kept if language == contract.DEFAULT_LANGUAGE else [("lang", language), *kept]
    return f"{path}?{urlencode(pairs, safe=',:-.')}" if pairs else path

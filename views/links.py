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


def link_to_sheet(selection: Selection, kind: str, code: str) -> str:
    """The page to read about an object: its own address, in the same language, list of territoires and date."""
    folder = {"region": "/regions", "territoire": "/territoires", "site": "/sites"}[kind]
    base = Selection(language=selection.language, millesime=selection.millesime, date=selection.date)
    return link_to(base, f"{folder}/{code}")


def link_to_object(selection: Selection, kind: str, code: str) -> str:
    """The address that opens the details of one object, everything else kept."""
    return link_to(selection, selected=f"{kind}:{code}")


def in_language(path: str, query: str, language: str) -> str:
    """The same address in another language, whatever else its query holds."""
    kept = _pairs_but(query, "lang")
    return _join(path, kept if language == contract.DEFAULT_LANGUAGE else [("lang", language), *kept])


def without_date(path: str, query: str) -> str:
    """The same address as published, not as of a day."""
    return _join(path, _pairs_but(query, "date", "pas"))


def without_embed(path: str, query: str) -> str:
    """The whole page that an embedded one is a part of."""
    return _join(path, _pairs_but(query, "embed", "partie"))


def _pairs_but(query: str, *names: str) -> list[tuple[str, str]]:
    return [pair for pair in parse_qsl(query.lstrip("?"), keep_blank_values=True) if pair[0] not in names]


def _join(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs, safe=',:-.')}" if pairs else path

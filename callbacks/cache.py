"""Cached answers: key = (question, Selection, version of the tables). The only module that names flask-caching.

Answers are plain JSON, never Plotly or Dash objects: they unpickle in microseconds and go out as they are.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import orjson
from dash import Dash
from flask_caching import Cache

from geodata.repository import Tables
from state import Selection

Question = Callable[[Tables, Selection], Any]


class Answers:
    """Answers questions about the tables, from the cache when it can."""

    def __init__(self, tables: Tables, cache: Cache) -> None:
        self.tables = tables
        self._cache = cache

    def of(self, question: Question, selection: Selection) -> Any:
        """The JSON-ready answer of ``question`` for ``selection``; components and tuples come back as plain JSON."""
        return orjson.loads(self._cached(question, selection, lambda answer: orjson.dumps(answer, default=_plain)))

    def parts_of(self, question: Question, selection: Selection) -> list[orjson.Fragment]:
        """The same for a question with several answers: each is JSON already and goes out without being read again."""
        parts = self._cached(
            question, selection, lambda answer: [orjson.dumps(part, default=_plain) for part in answer]
        )
        return [orjson.Fragment(part) for part in parts]

    def kept(self, key: str, make: Callable[[], str]) -> str:
        """The text that ``key`` names, made once a publication."""
        full_key = hashlib.sha256(f"text|{key}|{self.tables.version}".encode()).hexdigest()
        found = self._cache.get(full_key)
        if found is None:
            found = make()
            self._cache.set(full_key, found)
        return str(found)

    def _cached(self, question: Question, selection: Selection, encode: Callable[[Any], Any]) -> Any:
        key = self._key(question, selection)
        found = self._cache.get(key)
        if found is None:
            found = encode(question(self.tables, selection))
            self._cache.set(key, found)
        return found

    def _key(self, question: Question, selection: Selection) -> str:
        said = f"{question.__module__}.{question.__name__}|{selection.to_query()}|{self.tables.version}"
        return hashlib.sha256(said.encode()).hexdigest()


def make_cache(app: Dash, url: str, seconds: int) -> Cache:
    """The cache that ``url`` names: ``memory://`` or ``redis://…``.

    Raises:
        ValueError: another scheme.
    """
    if url.startswith(("redis://", "rediss://")):
        config: dict[str, Any] = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": url, "CACHE_KEY_PREFIX": "atlas:"}
    elif url == "memory://":
        config = {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": 5000}
    else:
        raise ValueError(f"CACHE_URL: expected memory:// or redis://…, found {url!r}")
    return Cache(app.server, config=config | {"CACHE_DEFAULT_TIMEOUT": seconds})


def _plain(value: Any) -> Any:
    if hasattr(value, "to_plotly_json"):
        return value.to_plotly_json()
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} is not JSON")

"""Cached answers: key = (question, Selection, version of the tables). The only module that names flask-caching.

Answers are plain JSON, never Plotly or Dash objects: they are read back in microseconds and go out as they are.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import orjson
from dash import Dash
from flask_caching import Cache

from callbacks.cache_codec import Codec
from callbacks.cache_guard import Backend, GuardedCache
from callbacks.cache_memory import MemoryCache
from geodata.repository import Tables
from state import Selection

Question = Callable[[Tables, Selection], Any]


class Answers:
    """Answers questions about the tables, from the cache when it can."""

    def __init__(self, tables: Tables, cache: GuardedCache) -> None:
        self.tables = tables
        self.cache = cache

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
        found = self.cache.get(full_key)
        if found is None:
            found = make()
            self.cache.set(full_key, found)
        return str(found)

    def _cached(self, question: Question, selection: Selection, encode: Callable[[Any], Any]) -> Any:
        key = self._key(question, selection)
        found = self.cache.get(key)
        if found is None:
            found = encode(question(self.tables, selection))
            self.cache.set(key, found)
        return found

    def _key(self, question: Question, selection: Selection) -> str:
        said = f"{question.__module__}.{question.__name__}|{selection.to_query()}|{self.tables.version}"
        return hashlib.sha256(said.encode()).hexdigest()


def make_cache(app: Dash, url: str, seconds: int) -> GuardedCache:
    """The cache that ``url`` names: ``memory://`` or ``redis://…``; it never fails, whatever becomes of Redis.

    Raises:
        ValueError: another scheme.
    """
    if url.startswith(("redis://", "rediss://")):
        client, failures = _connect(url)
        config = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_HOST": client, "CACHE_KEY_PREFIX": "atlas:"}
        cache = Cache(app.server, config=config | {"CACHE_DEFAULT_TIMEOUT": seconds})
        cache.cache.serializer = Codec()  # type: ignore[assignment]  # the library names its own, which pickle
        return GuardedCache(Backend(cache.get, cache.set, client.ping, failures, MemoryCache(seconds)))
    if url == "memory://":
        memory = MemoryCache(seconds)
        return GuardedCache(Backend(memory.get, memory.set, None, ()))
    raise ValueError(f"CACHE_URL: expected memory:// or redis://…, found {url!r}")


def _connect(url: str) -> tuple[Any, tuple[type[Exception], ...]]:
    """A Redis client that gives up at once (its own would try again for seconds), and what it raises."""
    from redis import Redis  # noqa: PLC0415 - a fifth of a second that an atlas without Redis need not spend
    from redis.backoff import NoBackoff  # noqa: PLC0415
    from redis.exceptions import RedisError  # noqa: PLC0415
    from redis.retry import Retry  # noqa: PLC0415

    client = Redis.from_url(url, socket_connect_timeout=0.5, socket_timeout=1.0, retry=Retry(NoBackoff(), 0))
    return client, (RedisError, OSError)


def _plain(value: Any) -> Any:
    if hasattr(value, "to_plotly_json"):
        return value.to_plotly_json()
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} is not JSON")

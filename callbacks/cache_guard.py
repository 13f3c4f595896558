"""A cache that may go away: the atlas then answers without it, slower, and tries it again a few seconds later."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

LOGGER = logging.getLogger(__name__)
RETRY_S = 5.0

CacheState = Literal["memory", "available", "unavailable"]


@dataclass(frozen=True)
class Backend:
    """The cache behind: how to read, write and reach it, and what it raises when it is away."""

    get: Callable[[str], Any]
    set: Callable[[str, Any], Any]
    ping: Callable[[], Any] | None
    failures: tuple[type[Exception], ...]


class GuardedCache:
    """``get`` and ``set`` that never fail.

    After a failure the cache is left alone for ``RETRY_S``: one that hangs costs one wait and not one a request.
    """

    def __init__(self, backend: Backend, clock: Callable[[], float] = time.monotonic) -> None:
        self._backend = backend
        self._clock = clock
        self._closed_until = 0.0
        self._is_away = False

    def get(self, key: str) -> Any:
        """What is kept under ``key``; None when nothing is, or when the cache is away."""
        return self._try(lambda: self._backend.get(key))

    def set(self, key: str, value: Any) -> None:
        self._try(lambda: self._backend.set(key, value))

    def state(self) -> CacheState:
        """``memory`` when it is this process's own; else whether it answers now."""
        if self._backend.ping is None:
            return "memory"
        self._try(self._backend.ping)
        return "unavailable" if self._is_away else "available"

    def _try(self, action: Callable[[], Any]) -> Any:
        if self._clock() < self._closed_until:
            return None
        try:
            found = action()
        except self._backend.failures as error:
            self._closed_until = self._clock() + RETRY_S
            if not self._is_away:
                LOGGER.warning("cache: unavailable (%s: %s); answers are made each time", type(error).__name__, error)
            self._is_away = True
            return None
        if self._is_away:
            LOGGER.warning("cache: available again")
        self._is_away = False
        return found

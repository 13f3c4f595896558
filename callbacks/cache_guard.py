"""A cache that may go away: this process then keeps answers for itself, and tries it again a few seconds later.

Slower, since each process makes each answer once; without a cache of its own it would make it for each visitor.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

LOGGER = logging.getLogger(__name__)
RETRY_S = 5.0

CacheState = Literal["memory", "available", "unavailable"]


class Keeper(Protocol):
    """Something that keeps answers under their keys."""

    def get(self, key: str) -> Any: ...

    def set(self, key: str, value: Any) -> Any: ...


@dataclass(frozen=True)
class Backend:
    """The cache behind: how to read, write and reach it, what it raises when it is away, what stands in for it."""

    get: Callable[[str], Any]
    set: Callable[[str, Any], Any]
    ping: Callable[[], Any] | None
    failures: tuple[type[Exception], ...]
    spare: Keeper | None = None


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
        """What is kept under ``key``, in the spare cache when the other is away; None when nothing is."""
        found = self._try(lambda: self._backend.get(key))
        return self._backend.spare.get(key) if found is None and self._is_away and self._backend.spare else found

    def set(self, key: str, value: Any) -> None:
        self._try(lambda: self._backend.set(key, value))
        if self._is_away and self._backend.spare:
            self._backend.spare.set(key, value)

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
                LOGGER.warning(
                    "cache: unavailable (%s: %s); each process keeps its own answers", type(error).__name__, error
                )
            self._is_away = True
            return None
        if self._is_away:
            LOGGER.warning("cache: available again")
        self._is_away = False
        return found

"""The cache of one process, bounded in bytes: nobody fills the memory by asking for many pages."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

MAX_BYTES = 128_000_000
_BESIDE = 300
"""Bytes of a key and of the dictionary around an entry, roughly."""


class MemoryCache:
    """The entries used last, up to ``max_bytes``; an entry over a quarter of that is not kept.

    Args:
        seconds: how long an entry serves.
        now: seconds, for tests.
    """

    def __init__(self, seconds: float, max_bytes: int = MAX_BYTES, now: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._max_bytes = max_bytes
        self._now = now
        self._entries: OrderedDict[str, tuple[float, int, Any]] = OrderedDict()
        self._lock = threading.Lock()
        self.n_bytes = 0

    def get(self, key: str) -> Any:
        """The value, which then counts as used; None when it is not there or too old."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            if entry[0] < self._now():
                self._drop(key)
                return None
            self._entries.move_to_end(key)
            return entry[2]

    def set(self, key: str, value: Any) -> None:
        """Keeps a str, bytes or list of bytes, never changed by those who read it."""
        size = _size(value)
        if size > self._max_bytes // 4:
            return
        with self._lock:
            if key in self._entries:
                self._drop(key)
            self._entries[key] = (self._now() + self._seconds, size, value)
            self.n_bytes += size
            while self.n_bytes > self._max_bytes:
                self._drop(next(iter(self._entries)))

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.n_bytes = 0

    def _drop(self, key: str) -> None:
        self.n_bytes -= self._entries.pop(key)[1]


def _size(value: Any) -> int:
    """Bytes in memory: a text with one letter beyond Latin-1 takes two bytes a letter."""
    parts = value if isinstance(value, list) else [value]
    return _BESIDE + sum(part.__sizeof__() for part in parts)

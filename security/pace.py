"""How often and how many at once: a bucket a visitor, and a few places for what keeps a thread busy."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MAX_KNOWN = 10_000
"""Addresses remembered at most, some 200 bytes each; the one that was quiet longest is forgotten first."""


@dataclass
class _Bucket:
    left: float
    at: float


class Pace:
    """So many a minute and a visitor, saved up for two minutes at most. One process; nothing is written anywhere."""

    def __init__(self, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_minute / 60
        self._most = per_minute * 2
        self._now = now
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def wait_s(self, who: str) -> int:
        """0 when ``who`` may go on, which is then counted; else the seconds to wait."""
        with self._lock:
            now = self._now()
            bucket = self._buckets.pop(who, None) or _Bucket(self._most, now)
            bucket.left = min(self._most, bucket.left + (now - bucket.at) * self._per_second)
            bucket.at = now
            self._buckets[who] = bucket
            if len(self._buckets) > MAX_KNOWN:
                self._buckets.popitem(last=False)
            if bucket.left < 1:
                return int((1 - bucket.left) / self._per_second) + 1
            bucket.left -= 1
            return 0


class Places:
    """Room for ``n`` at work and one that waits: a process always keeps a thread for the pages."""

    def __init__(self, n: int, patience_s: float = 20.0) -> None:
        self._work = threading.BoundedSemaphore(n)
        self._queue = threading.BoundedSemaphore(n + 1)
        self._patience_s = patience_s

    def enter(self) -> bool:
        """True with a place, to be given back by ``leave``; False when there is none in time."""
        if not self._queue.acquire(blocking=False):
            return False
        if self._work.acquire(timeout=self._patience_s):
            return True
        self._queue.release()
        return False

    def leave(self) -> None:
        self._work.release()
        self._queue.release()

"""Which publication answers: the one shown now, the next until its time comes, those before while pages use them.

The shelf is one frozen value that is replaced whole, so that a request sees one state of it.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from serving.atlas import Atlas

KEPT_BEFORE = 2
"""At most so many past publications in memory, however fast they follow each other."""


@dataclass(frozen=True)
class _State:
    current: Atlas
    coming: Atlas | None = None
    due: float = 0.0
    past: tuple[tuple[Atlas, float], ...] = ()


class Shelf:
    """The publications at hand.

    Args:
        keep_s: how long a replaced publication still answers the pages that were made of it.
    """

    def __init__(self, current: Atlas, keep_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._state = _State(current)
        self._keep_s = keep_s
        self._clock = clock
        self._lock = threading.Lock()

    def current(self) -> Atlas:
        """The publication of a new visit. A successor whose time has come takes its place here."""
        return self._now().current

    def for_request(self, path: str, version: str) -> Atlas | None:
        """Who answers: the publication that the page asks for, the one that has the file, else the one shown now.

        Args:
            version: what the page that asks is made of; empty for a new visit.

        None: that publication is not here, no longer or not yet.
        """
        state = self._now()
        at_hand = (state.current, *([state.coming] if state.coming else []), *(atlas for atlas, _ in state.past))
        if version:
            return next((atlas for atlas in at_hand if atlas.version == version), None)
        if path in state.current.addresses:
            return state.current
        return next((atlas for atlas in at_hand if path in atlas.addresses), state.current)

    def offer(self, coming: Atlas, in_s: float) -> None:
        """Puts a publication next in line; it is shown in ``in_s`` seconds, and answers its own addresses from now."""
        with self._lock:
            self._state = replace(self._state, coming=coming, due=self._clock() + in_s)

    def versions(self) -> tuple[str, ...]:
        """The publications at hand, the one shown now first."""
        state = self._now()
        others = (*([state.coming] if state.coming else []), *(atlas for atlas, _ in state.past))
        return tuple(atlas.publication for atlas in (state.current, *others))

    def _now(self) -> _State:
        state, now = self._state, self._clock()
        is_due = state.coming is not None and now >= state.due
        if is_due or (state.past and state.past[-1][1] <= now):
            with self._lock:
                self._state = state = self._advanced(self._state, now)
        return state

    def _advanced(self, state: _State, now: float) -> _State:
        past = state.past
        if state.coming is not None and now >= state.due:
            past = ((state.current, now + self._keep_s), *past)
            state = _State(state.coming)
        return replace(state, past=tuple(item for item in past if item[1] > now)[:KEPT_BEFORE])

"""Watches ``DATA_URL``: a new publication is received, verified, tried, then offered; a bad one is refused and told."""

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from geodata.errors import AppError
from geodata.received import DIGITS, drop, keep_as_good, last_good, parse_manifest, receive
from geodata.remote import Remote
from serving.atlas import Atlas

LOGGER = logging.getLogger(__name__)
_MAX_WAIT_S = 300.0

Make = Callable[[Path], Atlas]
Offer = Callable[[Atlas, float], None]


@dataclass(frozen=True)
class FeedState:
    """What the last look at the address found.

    Attributes:
        is_reached: it answered.
        refused: the hash of a publication that is there and not fit to be shown; empty when there is none.
        n_refused: how many times one was refused since the start.
    """

    is_reached: bool = False
    refused: str = ""
    n_refused: int = 0


class Feed:
    """The publications of one address.

    Args:
        make: makes the app of a received folder and tries it; any error of its own refuses the publication.
        folder: where publications are received; ``others`` hold files that need not travel.
        swap_s: how long after it was put there a publication is shown, so that every replica has it.
    """

    def __init__(
        self, remote: Remote, make: Make, folder: Path, others: tuple[Path, ...], poll_s: float, swap_s: float
    ) -> None:
        self.state = FeedState()
        self._remote, self._make, self._folder, self._others = remote, make, folder, others
        self._poll_s, self._swap_s = poll_s, swap_s
        self._etag = ""
        self._shown = ""
        self._wait_s = 0.0
        self._not_before = 0.0

    def first(self, fallback: Path) -> Atlas:
        """The publication to start with: the address's; else the last good one received; else ``fallback``."""
        found = self._look()
        if found:
            return found[0]
        kept = last_good(self._folder)
        for folder in (kept, fallback) if kept else (fallback,):
            try:
                atlas = self._make(folder)
            except AppError:
                if folder == fallback:
                    raise
                LOGGER.exception("%s: kept from before, cannot be opened", folder)
                drop(folder)
                continue
            LOGGER.error("DATA_URL gives nothing that can be shown: starting with %s", folder)
            self._shown = atlas.publication
            return atlas
        raise AssertionError("the fallback either answers or raises")

    def watch(self, offer: Offer) -> None:
        """Looks again and again, in a thread of its own, at moments that differ between replicas."""
        threading.Thread(target=self._watch, args=(offer,), name="publications", daemon=True).start()

    def look(self, offer: Offer) -> None:
        """One look: offers what is new."""
        found = self._look()
        if found:
            offer(*found)

    def _watch(self, offer: Offer) -> None:
        while True:
            time.sleep(self._poll_s * random.uniform(0.7, 1.3))  # noqa: S311 - a jitter, not a secret
            try:
                self.look(offer)
            except Exception:  # the watch outlives whatever one look meets
                LOGGER.exception("publications: unexpected, looking again later")

    def _look(self) -> tuple[Atlas, float] | None:
        """The new publication and the seconds until it is due; None when there is nothing new or nothing good."""
        began = time.monotonic()
        is_waiting = began < self._not_before
        try:
            # A refused publication is asked for again after a while: its files may have been still on their way.
            answer = self._remote.manifest(self._etag if is_waiting or not self.state.refused else "")
        except AppError as error:
            self._tell_unreached(error)
            return None
        self.state = replace(self.state, is_reached=True)
        if answer is None:
            return None
        self._etag = answer.etag
        if is_waiting and _name(answer.content) == self.state.refused:
            return None
        try:
            atlas = self._receive(answer.content)
        except Exception as error:  # noqa: BLE001 - whatever it does to the app, a publication may not stop it
            self._refuse(answer.content, error)
            return None
        self.state = replace(self.state, refused="")
        self._wait_s = self._not_before = 0.0
        if atlas is None:
            return None
        left = 0.0 if answer.age_s is None else self._swap_s - answer.age_s - (time.monotonic() - began)
        LOGGER.warning("publication %s: received, shown in %.0f s", atlas.publication[:DIGITS], max(0.0, left))
        return atlas, max(0.0, left)

    def _receive(self, content: bytes) -> Atlas | None:
        if parse_manifest(content)["hash"] == self._shown:
            return None
        target = receive(self._remote, content, self._folder, self._others)
        try:
            atlas = self._make(target)
        except Exception:
            drop(target)
            raise
        keep_as_good(target)
        self._shown = atlas.publication
        return atlas

    def _refuse(self, content: bytes, error: Exception) -> None:
        name = _name(content)
        if name != self.state.refused:
            self._wait_s = 0.0
            LOGGER.error("publication %s: refused, the last good one stays: %s: %s", name, type(error).__name__, error)
        self._wait_s = min(_MAX_WAIT_S, max(self._poll_s, 2 * self._wait_s))
        self._not_before = time.monotonic() + self._wait_s
        self.state = replace(self.state, refused=name, n_refused=self.state.n_refused + 1)

    def _tell_unreached(self, error: AppError) -> None:
        if self.state.is_reached or self.state == FeedState():
            LOGGER.warning("DATA_URL: %s The last good publication stays.", error)
        self.state = replace(self.state, is_reached=False)


def _name(content: bytes) -> str:
    try:
        return str(parse_manifest(content)["hash"])
    except AppError:
        return "unreadable"

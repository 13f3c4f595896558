"""Sessions of remote control in a small SQLite file, so that every worker process sees the same ones.

A session is one row of constant size: a code of six digits, the key of the console, that of the phone, what the hall
shows, the last orders. Of visitors it holds a keyed hash of their address, for a minute, to count wrong codes.
"""

import hashlib
import hmac
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ORDERS = ("next", "previous", "black", "first", "last")
LIFE_S = 2 * 3600
MAX_SESSIONS = 50
PER_SECOND = 10
WRONG_PER_MINUTE = 5
WRONG_BY_ALL_PER_MINUTE = 60
OPENED_PER_MINUTE = 10
KEPT_ORDERS = 8
MAX_NUMBER = 999

_SCHEMA = """
CREATE TABLE IF NOT EXISTS session (
    code TEXT PRIMARY KEY, console TEXT NOT NULL, phone TEXT NOT NULL DEFAULT '', opened REAL NOT NULL,
    seq INTEGER NOT NULL DEFAULT 0, orders TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL DEFAULT 0,
    of INTEGER NOT NULL DEFAULT 0, black INTEGER NOT NULL DEFAULT 0,
    second INTEGER NOT NULL DEFAULT 0, sent INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS count (who TEXT PRIMARY KEY, minute INTEGER NOT NULL, n INTEGER NOT NULL);
"""


class Refused(Exception):
    """An order that is not passed on; ``reason`` is ``unknown``, ``taken``, ``often``, ``full`` or ``order``."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Shown:
    """What the hall shows: scene ``at`` of ``of``, counted from 1; both 0 before the console has said it."""

    at: int = 0
    of: int = 0
    is_black: bool = False


@dataclass(frozen=True)
class Orders:
    """What the console has not heard yet, oldest first; ``seq`` is the number of the last one."""

    seq: int
    names: tuple[str, ...]
    has_phone: bool


class Relay:
    """The sessions of one file.

    Args:
        file: made with its folder on the first session, for its owner alone; its loss costs the open sessions.
        now: seconds, for tests.
    """

    def __init__(self, file: Path, now: Callable[[], float] = time.time) -> None:
        self._file = file
        self._now = now
        self._salt = secrets.token_bytes(16)

    def open(self, who: str) -> tuple[str, str]:
        """A new session: its code and the console's key.

        Raises:
            Refused: ``often`` or ``full``.
        """
        with self._writing() as db:
            self._forget(db)
            self._count(db, f"open {who}", OPENED_PER_MINUTE)
            if db.execute("SELECT count(*) FROM session").fetchone()[0] >= MAX_SESSIONS:
                raise Refused("full")
            taken = {row[0] for row in db.execute("SELECT code FROM session")}
            code = next(code for code in iter(_new_code, "") if code not in taken)
            key = secrets.token_urlsafe(16)
            db.execute("INSERT INTO session (code, console, opened) VALUES (?, ?, ?)", (code, key, self._now()))
        return code, key

    def join(self, code: str, who: str) -> str:
        """The phone's key; one phone a session, and a code serves once.

        Raises:
            Refused: ``unknown``, ``taken`` or, after too many wrong codes, ``often``.
        """
        wrong = False
        with self._writing() as db:
            self._forget(db)
            self._check(db, f"wrong {who}", WRONG_PER_MINUTE)
            self._check(db, "wrong", WRONG_BY_ALL_PER_MINUTE)
            row = db.execute("SELECT phone FROM session WHERE code = ?", (code,)).fetchone()
            if row is None:
                wrong = True
                self._count(db, f"wrong {who}", WRONG_PER_MINUTE)
                self._count(db, "wrong", WRONG_BY_ALL_PER_MINUTE)
            elif not row[0]:
                key = secrets.token_urlsafe(16)
                db.execute("UPDATE session SET phone = ? WHERE code = ?", (key, code))
        if wrong:
            raise Refused("unknown")
        if row[0]:
            raise Refused("taken")
        return key

    def send(self, code: str, key: str, order: str) -> Shown:
        """Passes an order of the phone on; an empty one only asks what the hall shows.

        Raises:
            Refused: ``unknown`` code or key, ``order`` that is none, more than ten a second.
        """
        if order and order not in ORDERS:
            raise Refused("order")
        with self._writing() as db:
            row = self._session(db, code, "phone", key)
            if order:
                second = int(self._now())
                sent = row["sent"] + 1 if row["second"] == second else 1
                if sent > PER_SECOND:
                    raise Refused("often")
                orders = ",".join([*filter(None, row["orders"].split(",")), order][-KEPT_ORDERS:])
                db.execute(
                    "UPDATE session SET seq = seq + 1, orders = ?, second = ?, sent = ? WHERE code = ?",
                    (orders, second, sent, code),
                )
        return Shown(row["at"], row["of"], bool(row["black"]))

    def listen(self, code: str, key: str, after: int, shown: Shown) -> Orders:
        """The orders since ``after``; what the hall shows is kept for the phone.

        Raises:
            Refused: ``unknown`` code or key.
        """
        with self._writing() as db:
            row = self._session(db, code, "console", key)
            now = (_bounded(shown.at), _bounded(shown.of), int(shown.is_black))
            if now != (row["at"], row["of"], row["black"]):
                db.execute("UPDATE session SET at = ?, of = ?, black = ? WHERE code = ?", (*now, code))
        kept = row["orders"].split(",") if row["orders"] else []
        missed = min(max(row["seq"] - after, 0), len(kept))
        return Orders(row["seq"], tuple(kept[len(kept) - missed :]), bool(row["phone"]))

    def close(self, code: str, key: str) -> None:
        """Ends a session; nothing for one that is not there."""
        with self._writing() as db:
            db.execute("DELETE FROM session WHERE code = ? AND console = ?", (code, key))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction at a time among all processes; what is refused is rolled back."""
        if not self._file.exists():
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.touch(mode=0o600)
        db = sqlite3.connect(self._file, timeout=5, isolation_level=None)
        try:
            db.row_factory = sqlite3.Row
            # What is lost in a crash is an order of a phone: no need to wait for the disk.
            db.execute("PRAGMA synchronous = OFF")
            db.execute("BEGIN IMMEDIATE")
            for statement in filter(str.strip, _SCHEMA.split(";")):
                db.execute(statement)
            yield db
            db.execute("COMMIT")
        finally:
            db.close()  # rolls back what is not committed

    def _session(self, db: sqlite3.Connection, code: str, side: str, key: str) -> sqlite3.Row:
        found = db.execute(
            "SELECT * FROM session WHERE code = ? AND opened > ?", (code, self._now() - LIFE_S)
        ).fetchone()
        if found is None or not key or not hmac.compare_digest(found[side].encode(), key.encode(errors="replace")):
            raise Refused("unknown")
        return found

    def _forget(self, db: sqlite3.Connection) -> None:
        """Sessions over two hours and counts over a minute: the file never grows."""
        db.execute("DELETE FROM session WHERE opened <= ?", (self._now() - LIFE_S,))
        db.execute("DELETE FROM count WHERE minute <> ?", (int(self._now() // 60),))

    def _check(self, db: sqlite3.Connection, who: str, most: int) -> None:
        found = db.execute("SELECT n FROM count WHERE who = ?", (self._hashed(who),)).fetchone()
        if found and found[0] >= most:
            raise Refused("often")

    def _count(self, db: sqlite3.Connection, who: str, most: int) -> None:
        self._check(db, who, most)
        db.execute(
            "INSERT INTO count VALUES (?, ?, 1) ON CONFLICT (who) DO UPDATE SET n = n + 1",
            (self._hashed(who), int(self._now() // 60)),
        )

    def _hashed(self, who: str) -> str:
        return hashlib.blake2b(who.encode(errors="replace"), key=self._salt, digest_size=12).hexdigest()


def _new_code() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"


def _bounded(number: int) -> int:
    return min(max(number, 0), MAX_NUMBER)

"""The relay: one phone a session, in order, within limits, shared by processes, of constant size."""

import sqlite3
from multiprocessing import get_context
from pathlib import Path

import pytest

from relay import store
from relay.store import Refused, Relay, Shown

NOTHING = Shown()


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def relay(tmp_path: Path, clock: Clock) -> Relay:
    return Relay(tmp_path / "new" / "relay.sqlite", clock)


def refusal(act: object, *arguments: object) -> str:
    with pytest.raises(Refused) as caught:
        act(*arguments)  # type: ignore[operator]
    return caught.value.reason


def test_orders_come_in_order_and_once(relay: Relay) -> None:
    code, console = relay.open("a")
    assert len(code) == 6
    assert code.isdigit()
    assert not relay.listen(code, console, 0, NOTHING).has_phone
    phone = relay.join(code, "b")
    for order in ("next", "black", "previous"):
        relay.send(code, phone, order)
    heard = relay.listen(code, console, 0, Shown(2, 8, True))
    assert heard.names == ("next", "black", "previous")
    assert heard.has_phone
    assert relay.listen(code, console, heard.seq, Shown(2, 8, True)).names == ()
    assert relay.send(code, phone, "") == Shown(2, 8, True)


def test_a_code_serves_one_phone(relay: Relay) -> None:
    code, _ = relay.open("a")
    relay.join(code, "b")
    assert refusal(relay.join, code, "c") == "taken"


def test_the_keys_are_not_each_others(relay: Relay) -> None:
    code, console = relay.open("a")
    phone = relay.join(code, "b")
    assert refusal(relay.send, code, console, "next") == "unknown"
    assert refusal(relay.listen, code, phone, 0, NOTHING) == "unknown"
    assert refusal(relay.send, code, "", "next") == "unknown"
    other, _ = relay.open("a")
    assert refusal(relay.send, other, "", "next") == "unknown"  # no phone yet: no key is right
    assert refusal(relay.send, other, "\ud800", "next") == "unknown"


def test_a_session_ends_after_two_hours_or_when_closed(relay: Relay, clock: Clock) -> None:
    code, console = relay.open("a")
    phone = relay.join(code, "b")
    clock.now += store.LIFE_S + 1
    assert refusal(relay.send, code, phone, "next") == "unknown"
    again, key = relay.open("a")
    relay.close(again, "wrong")
    relay.listen(again, key, 0, NOTHING)
    relay.close(again, key)
    assert refusal(relay.listen, again, key, 0, NOTHING) == "unknown"
    assert refusal(relay.listen, code, console, 0, NOTHING) == "unknown"


def test_ten_orders_a_second_a_session(relay: Relay, clock: Clock) -> None:
    code, _ = relay.open("a")
    phone = relay.join(code, "b")
    for _ in range(store.PER_SECOND):
        relay.send(code, phone, "next")
    assert refusal(relay.send, code, phone, "next") == "often"
    relay.send(code, phone, "")  # asking is free
    clock.now += 1
    relay.send(code, phone, "next")


def test_few_wrong_codes_a_minute(relay: Relay, clock: Clock) -> None:
    code, _ = relay.open("a")
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _ in range(store.WRONG_PER_MINUTE):
        assert refusal(relay.join, wrong, "b") == "unknown"
    assert refusal(relay.join, wrong, "b") == "often"
    assert refusal(relay.join, code, "b") == "often"  # even the right one: guessing has to wait
    clock.now += 60
    assert relay.join(code, "b")


def test_wrong_codes_of_all_are_counted(relay: Relay) -> None:
    reasons = [refusal(relay.join, "x", f"visitor {n}") for n in range(store.WRONG_BY_ALL_PER_MINUTE + 3)]
    assert reasons.count("often") == 3


def test_sessions_are_few(relay: Relay, clock: Clock) -> None:
    for n in range(store.MAX_SESSIONS):
        relay.open(f"visitor {n}")
    assert refusal(relay.open, "one more") == "full"
    assert {refusal(relay.open, "one") for _ in range(2)} == {"full"}
    clock.now += store.LIFE_S + 1
    relay.open("one more")


def test_one_address_opens_few_sessions(relay: Relay) -> None:
    for _ in range(store.OPENED_PER_MINUTE):
        relay.open("a")
    assert refusal(relay.open, "a") == "often"


def test_only_five_words_are_orders(relay: Relay) -> None:
    code, _ = relay.open("a")
    phone = relay.join(code, "b")
    for word in ("NEXT", "next,next", "<script>", "x" * 10_000):
        assert refusal(relay.send, code, phone, word) == "order"


def test_the_file_does_not_grow_and_names_nobody(relay: Relay, clock: Clock, tmp_path: Path) -> None:
    code, console = relay.open("192.0.2.7")
    phone = relay.join(code, "192.0.2.7")
    file = tmp_path / "new" / "relay.sqlite"
    for _ in range(60):
        relay.send(code, phone, "next")
        relay.listen(code, console, 0, Shown(10**30, -5))
        clock.now += 1
    assert file.stat().st_size < 30_000
    assert b"192.0.2.7" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert len(relay.listen(code, console, 0, NOTHING).names) == store.KEPT_ORDERS


def _press(file: Path, code: str, phone: str) -> None:
    for _ in range(3):
        Relay(file, lambda: 1_000_000.0).send(code, phone, "next")


def test_processes_share_the_sessions(relay: Relay, tmp_path: Path) -> None:
    code, console = relay.open("a")
    phone = relay.join(code, "b")
    context = get_context("spawn")
    file = tmp_path / "new" / "relay.sqlite"
    others = [context.Process(target=_press, args=(file, code, phone)) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join(60)
    assert relay.listen(code, console, 0, NOTHING).seq == 6


def test_a_file_of_something_else_is_an_error_of_sqlite(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"not a database" * 100)
    with pytest.raises(sqlite3.Error):
        Relay(tmp_path / "x").open("a")

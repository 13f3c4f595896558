import pytest

from callbacks.cache_guard import RETRY_S, Backend, GuardedCache


class Shared:
    """A cache that goes away and comes back."""

    def __init__(self) -> None:
        self.is_up, self.n_asked, self.kept = True, 0, dict[str, object]()

    def ask(self) -> None:
        self.n_asked += 1
        if not self.is_up:
            raise ConnectionError("away")

    def get(self, key: str) -> object:
        self.ask()
        return self.kept.get(key)

    def set(self, key: str, value: object) -> None:
        self.ask()
        self.kept[key] = value


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_away_it_is_left_alone_for_a_while_then_used_again(caplog: pytest.LogCaptureFixture) -> None:
    shared, clock = Shared(), Clock()
    cache = GuardedCache(Backend(shared.get, shared.set, shared.ask, (ConnectionError,)), clock)
    cache.set("a", 1)
    assert (cache.get("a"), cache.state()) == (1, "available")
    shared.is_up = False
    assert cache.get("a") is None
    asked = shared.n_asked
    cache.set("b", 2)
    assert (cache.get("a"), cache.state(), shared.n_asked) == (None, "unavailable", asked)
    shared.is_up, clock.now = True, RETRY_S
    assert (cache.get("a"), cache.state()) == (1, "available")
    assert [record.getMessage().partition("(")[0].strip() for record in caplog.records] == [
        "cache: unavailable",
        "cache: available again",
    ]


def test_away_each_process_keeps_its_own_answers() -> None:
    shared, spare = Shared(), Shared()
    shared.is_up = False
    cache = GuardedCache(Backend(shared.get, shared.set, shared.ask, (ConnectionError,), spare))
    assert cache.get("a") is None
    cache.set("a", 1)
    assert (cache.get("a"), spare.kept, shared.kept) == (1, {"a": 1}, {})


def test_a_fault_of_ours_is_not_taken_for_an_absence() -> None:
    def wrong(key: str) -> object:
        raise TypeError(key)

    cache = GuardedCache(Backend(wrong, lambda key, value: None, None, (ConnectionError,)))
    with pytest.raises(TypeError):
        cache.get("a")
    assert cache.state() == "memory"

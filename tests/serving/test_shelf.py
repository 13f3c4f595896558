from typing import Any

from serving.atlas import Atlas
from serving.shelf import KEPT_BEFORE, Shelf


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def atlas(name: str) -> Atlas:
    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        return [name.encode()]

    return Atlas(
        name * 64, name * 12, answer, frozenset({"/assets/x/a.css", f"/geodata/{name}.json"}), lambda: "memory"
    )


def test_a_publication_is_shown_when_its_time_comes_and_answers_its_own_before_and_after() -> None:
    clock = Clock()
    old, new = atlas("a"), atlas("b")
    shelf = Shelf(old, keep_s=60, clock=clock)
    assert shelf.for_request("/", new.version) is None
    shelf.offer(new, in_s=10)
    clock.now = 9.9
    assert shelf.current() is old
    assert shelf.for_request("/sites", new.version) is new
    assert shelf.for_request("/geodata/b.json", "") is new
    clock.now = 10
    assert shelf.current() is new
    assert shelf.for_request("/sites", old.version) is old
    assert shelf.for_request("/geodata/a.json", "") is old
    assert shelf.for_request("/assets/x/a.css", "") is new
    clock.now = 70
    assert shelf.for_request("/sites", old.version) is None
    assert shelf.versions() == (new.publication,)


def test_one_that_comes_before_the_other_was_shown_takes_its_place() -> None:
    clock = Clock()
    shelf = Shelf(atlas("a"), keep_s=60, clock=clock)
    shelf.offer(atlas("b"), 10)
    shelf.offer(atlas("c"), 10)
    clock.now = 11
    assert shelf.current().version == "c" * 12
    assert shelf.for_request("/", "b" * 12) is None


def test_however_fast_they_follow_each_other_few_stay_in_memory() -> None:
    clock = Clock()
    shelf = Shelf(atlas("a"), keep_s=1e6, clock=clock)
    for name in "bcdefg":
        shelf.offer(atlas(name), 0)
        assert shelf.current().version == name * 12
    assert len(shelf.versions()) == 1 + KEPT_BEFORE

"""What others may write in Redis never runs, and what visitors ask never fills the memory."""

import pickle
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from hypothesis import given
from hypothesis import strategies as st
from redis import Redis

from callbacks.cache import make_cache
from callbacks.cache_codec import Codec
from callbacks.cache_memory import MemoryCache

VALUES = st.text(st.characters(exclude_categories=())) | st.binary() | st.lists(st.binary())


class Bomb:
    """Unpickled, it makes a file."""

    def __init__(self, proof: Path) -> None:
        self.proof = proof

    def __reduce__(self) -> Any:
        return Path.touch, (self.proof,)


@given(VALUES)
def test_what_is_kept_comes_back(value: Any) -> None:
    assert Codec().loads(Codec().dumps(value)) == value


@given(st.binary())
def test_anything_else_is_a_miss_or_plain_data(content: bytes) -> None:
    found = Codec().loads(content)
    assert found is None or isinstance(found, (str, bytes, list))


@pytest.mark.parametrize("value", [1, {"a": 1}, [1], None, object()])
def test_other_kinds_are_refused_when_written(value: Any) -> None:
    with pytest.raises(TypeError):
        Codec().dumps(value)


def test_a_pickle_is_not_run(tmp_path: Path) -> None:
    proof = tmp_path / "ran"
    poison = pickle.dumps(Bomb(proof))
    for content in (poison, b"!" + poison, b"t" + poison, b"b" + poison, b"p" + poison):
        Codec().loads(content)
    assert not proof.exists()


@pytest.fixture
def redis_port(tmp_path: Path) -> Iterator[int]:
    """A Redis of our own, where there is one to start."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no redis-server on this machine")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    words = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield port
    server.terminate()
    server.wait(timeout=10)


def test_a_poisoned_redis_entry_is_a_miss(app: Dash, redis_port: int, tmp_path: Path) -> None:
    url, proof = f"redis://127.0.0.1:{redis_port}/0", tmp_path / "ran"
    cache = make_cache(app, url, 60)
    cache.set("good", [b"{}", b"[]"])
    assert cache.get("good") == [b"{}", b"[]"]
    with Redis.from_url(url) as client:
        assert client.exists("atlas:good")
        client.set("atlas:bad", b"!" + pickle.dumps(Bomb(proof)))
    assert cache.get("bad") is None
    assert not proof.exists()


def test_the_memory_is_bounded_and_keeps_what_was_used_last() -> None:
    memory = MemoryCache(60, max_bytes=20_000)
    memory.set("first", "x" * 2_000)
    for number in range(50):
        memory.get("first")
        memory.set(f"page {number}", "y" * 2_000)
        assert memory.n_bytes <= 20_000
    assert memory.get("first") is not None
    assert memory.get("page 0") is None
    assert memory.get("page 49") is not None


def test_what_is_too_large_is_answered_and_not_kept() -> None:
    memory = MemoryCache(60, max_bytes=20_000)
    memory.set("small", b"a")
    memory.set("large", "x" * 10_000)
    assert memory.get("large") is None
    assert memory.get("small") == b"a"


def test_an_entry_serves_its_time() -> None:
    clock = [0.0]
    memory = MemoryCache(60, now=lambda: clock[0])
    memory.set("page", "text")
    clock[0] = 59
    assert memory.get("page") == "text"
    clock[0] = 61
    assert memory.get("page") is None
    assert memory.n_bytes == 0

"""Faults of the running atlas: a spoilt folder at the start, a spoilt cache, a killed process, a clock that lies."""

import http.client
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import delivery
from app import create_app
from geodata.errors import PublishedDataError
from settings import ROOT, Settings
from tests.faults.conftest import PAGES, Served
from tests.faults.world import World, link_tree

THREADS, REQUESTS = 4, 200


def spoil(folder: Path, name: str) -> None:
    """Half of a file: what a copy that was cut leaves."""
    content = (folder / name).read_bytes()
    (folder / name).unlink()
    (folder / name).write_bytes(content[: len(content) // 2])


def content_of(page: bytes) -> bytes:
    """What the page says, without the addresses of style sheets around it."""
    return page[page.index(b"<main") : page.index(b"</main")]


def settings_for(folder: Path, **changes: object) -> Settings:
    return Settings(data_folder=folder, local_folder=folder.parent / "local", **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["mesures.parquet", "regions.geojson", "manifest.json"])
def test_half_written_published_file_at_start(served: Served, tmp_path: Path, name: str) -> None:
    """Nothing else to show: the atlas refuses to start, with the file, what was expected and what to do."""
    folder = link_tree(served.folder / "published", tmp_path / "published")
    spoil(folder, name)
    with pytest.raises(PublishedDataError, match=rf"{name}: .*(expected|found).* Restore the file"):
        create_app(settings_for(folder))
    served.is_untouched()


@pytest.mark.parametrize("name", ["mesures.parquet", "manifest.json"])
def test_half_written_published_file_with_the_version_before_at_hand(
    own_world: World, served: Served, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """The version that the last publish kept is shown, and the log says which file is wrong."""
    assert own_world.command("build").status == 0
    spoil(own_world.published, name)
    with caplog.at_level(logging.ERROR, "geodata.repository"):
        client = create_app(settings_for(own_world.published)).server.test_client()
    assert f"{name}: " in caplog.text
    assert "Until then the publication before is shown" in caplog.text
    assert {page: client.get(page).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)
    assert content_of(client.get("/mesures").data) == content_of(served.answers["/mesures"])


def test_published_folder_gone_while_served(own_world: World, served: Served) -> None:
    """The tables are in memory: pages go on without the folder they came from."""
    client = create_app(settings_for(own_world.published)).server.test_client()
    shutil.rmtree(own_world.published)
    assert {page: client.get(page).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)


def test_static_cache_corrupt(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies that were emptied or cut (power lost) are made anew at the next start."""
    monkeypatch.setattr(delivery, "_LEVELS", ((float("inf"), (1, 1)),))  # how small the copies are is not at stake
    assets = tmp_path / "assets"
    shutil.copytree(ROOT / "assets" / "css", assets / "css")
    cache = tmp_path / "static"
    given = delivery.Delivery(assets, load(served), cache)
    given.prepare()
    copies = sorted(path for path in cache.rglob("*.css*") if path.suffix in (".css", ".br", ".gz"))
    good = {path: path.read_bytes() for path in copies}
    copies[0].write_bytes(b"")
    copies[-1].write_bytes(b"")
    next(path for path in copies[1:] if path.suffix == ".css").write_bytes(b"a{")
    given.prepare()
    assert {path: path.read_bytes() for path in copies} == good


def load(served: Served) -> "delivery.Tables":
    from geodata.repository import load_tables

    return load_tables(served.folder / "published")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        else:
            pytest.fail(f"{command[0]} did not answer on port {port}")
        yield process
    finally:
        process.terminate()
        process.wait(30)


@pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed")
def test_cache_corrupt(served: Served) -> None:
    """Every entry of the shared cache is cut, spoilt or replaced: each is a miss, the page is made anew."""
    redis = pytest.importorskip("redis")
    port = free_port()
    with running(["redis-server", "--port", str(port), "--save", "", "--bind", "127.0.0.1"], port):
        url = f"redis://127.0.0.1:{port}/0"
        client = create_app(settings_for(served.folder / "published", CACHE_URL=url)).server.test_client()
        before = {page: client.get(page).data for page in PAGES}
        with redis.Redis.from_url(url) as store:
            keys = sorted(store.scan_iter("atlas:*"))
            assert len(keys) >= len(PAGES)
            for poison in (b"", b"\0" * 40, b"t", b"tgarbage", b"b{", b"p" + b"\xff" * 30, "half"):
                for key in keys:
                    content = store.get(key) or b""
                    store.set(key, content[: len(content) // 2] if isinstance(poison, str) else poison)
                answers = {page: client.get(page) for page in PAGES}
                assert {page: answer.status_code for page, answer in answers.items()} == dict.fromkeys(PAGES, 200)
                assert {page: answer.data for page, answer in answers.items()} == before
    assert {page: client.get(page).data for page in PAGES} == before, "without the cache at all"


@pytest.mark.parametrize("now", [0.0, 4e9], ids=["1970", "2096"])
def test_clock_skew(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: float) -> None:
    """Files from another century and a clock that is decades off change no answer."""
    folder = Path(shutil.copytree(served.folder / "published", tmp_path / "published"))
    for path in folder.iterdir():
        os.utime(path, (4e9 - now, 4e9 - now))
    monkeypatch.setattr(time, "time", lambda: now)
    client = create_app(settings_for(folder)).server.test_client()
    for page, good in served.answers.items():
        assert content_of(client.get(page).data) == content_of(good)


def test_worker_killed(served: Served) -> None:
    """kill -9 on one of two processes while 200 requests run: only what it was answering is lost; it is replaced."""
    port = free_port()
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "app:server"]
    folder = served.folder / "published"
    environment = {"ATLAS_PORT": str(port), "ATLAS_DATA_FOLDER": str(folder), "CACHE_URL": "memory://"}
    with running(gunicorn, port, **environment) as master:
        workers = wait_for_workers(master.pid, set())
        failures: list[str] = []
        left = iter(range(REQUESTS))
        lock = threading.Lock()

        def visit() -> None:
            while True:
                with lock:
                    number = next(left, None)
                if number is None:
                    return
                if number == REQUESTS // 4:
                    os.kill(min(workers), signal.SIGKILL)
                if (reason := ask(port)) != "200":
                    failures.append(reason)

        visitors = [threading.Thread(target=visit) for _ in range(THREADS)]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join(60)
        assert len(failures) <= THREADS, failures
        assert wait_for_workers(master.pid, {min(workers)}) != workers
        assert [ask(port) for _ in range(8)] == ["200"] * 8


def ask(port: int) -> str:
    """The status of one visit on a connection of its own, or what went wrong."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/mesures")
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        return repr(error)
    finally:
        connection.close()
    return str(answer.status)


def wait_for_workers(master: int, dead: set[int]) -> set[int]:
    """The two processes that serve, none of the dead among them."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        found = {int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()} - dead
        if len(found) == 2:
            return found
        time.sleep(0.05)
    raise AssertionError("expected two processes that serve")

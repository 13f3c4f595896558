"""The atlas as in production, for a crowd: gunicorn as ``make run`` starts it, or two replicas behind nginx."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.servers import ROOT, NotMeasured, free_port
from tests.deploy.cluster import Redis, Replica, all_up
from tools.services import NoServiceError, ensure_services


@dataclass(frozen=True)
class Served:
    """Where it answers, what it is called in the table, and the memory of its atlas processes (PSS, MiB)."""

    name: str
    url: str
    memory_mib: Callable[[], float]


@contextlib.contextmanager
def alone() -> Iterator[Served]:
    """gunicorn of ``make run``."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "app:server"]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "ATLAS_PORT": str(port)}, stdout=log, stderr=log
        )
        try:
            _wait(port)
            yield Served("gunicorn", f"http://127.0.0.1:{port}", lambda: pss_mib([process.pid]))
        finally:
            process.terminate()
            process.wait(60)


@contextlib.contextmanager
def behind_nginx() -> Iterator[Served]:
    """nginx of ``deploy/``, two replicas of one process, Redis.

    Raises:
        NotMeasured: nginx or Redis are not on this machine.
    """
    try:
        services = ensure_services()
    except NoServiceError as error:
        raise NotMeasured(str(error)) from error
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        redis = Redis(services["redis-server"], folder)
        replicas = [Replica(folder, {"CACHE_URL": redis.url}) for _ in range(2)]
        with all_up(services["nginx"], redis, replicas, folder) as port:
            pids = [replica.program.pid for replica in replicas if replica.program]
            yield Served("nginx + 2 replicas", f"http://127.0.0.1:{port}", lambda: pss_mib(pids))


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"http://127.0.0.1:{port}/ready", timeout=5).status_code == httpx.codes.OK:
                return
        time.sleep(0.1)
    raise NotMeasured("gunicorn gives no answer within 60 s")


def pss_mib(pids: list[int]) -> float:
    """Proportional memory of the processes and their children: what is shared is counted once."""
    return sum(_pss_kib(pid) for first in pids for pid in (first, *_below(first))) / 1024


def _below(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    found = [int(word) for word in children.read_text("ascii").split()] if children.exists() else []
    return [*found, *(one for child in found for one in _below(child))]


def _pss_kib(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0

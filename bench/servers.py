"""Servers to measure, each in its own process on a free port: the atlas, plain Dash, Streamlit, Panel."""

import contextlib
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
BENCH_VENV = ROOT / ".cache" / "bench-venv"
PEERS = ("streamlit==1.67.0", "panel==1.9.4", "plotly==7.1.0", "websockets==17.4")
WORKERS = ("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload", "--no-control-socket")
_START_S = 240


class NotMeasured(Exception):
    """Something that this machine cannot measure; the text says why, and the table repeats it."""


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, the seconds from its start to its first 200, its first process."""

    url: str
    start_s: float
    pid: int = 0


@contextlib.contextmanager
def running(command: list[str], port: int) -> Iterator[Server]:
    """Starts ``command``, waits for its first 200, stops it at the end.

    Raises:
        NotMeasured: it does not answer within 240 s.
    """
    began = time.perf_counter()
    log = ROOT / ".cache" / "bench-server.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, process, began, command[2])
            yield Server(url, time.perf_counter() - began, process.pid)
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:  # asked while its workers were starting, it may not hear
        process.kill()
        process.wait()


def _wait(url: str, process: subprocess.Popen[bytes], began: float, name: str) -> None:
    while time.perf_counter() - began < _START_S and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(url, timeout=10, follow_redirects=True).status_code == httpx.codes.OK:
                return
        time.sleep(0.02)
    raise NotMeasured(f"{name} gives no answer within {_START_S} s")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def gunicorn(module: str, port: int) -> list[str]:
    """The command that serves ``module``: two processes of four threads."""
    return [sys.executable, "-m", "gunicorn", *WORKERS, "--bind", f"127.0.0.1:{port}", module]


def streamlit(port: int) -> list[str]:
    """The command of the Streamlit peer.

    Raises:
        NotMeasured: it cannot be installed.
    """
    python = peers_python()
    options = {"server.port": port, "server.headless": "true", "browser.gatherUsageStats": "false"}
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return [str(python), "-m", "streamlit", "run", "bench/peers/streamlit_app.py", *words]


def panel(port: int) -> list[str]:
    """The command of the Panel peer.

    Raises:
        NotMeasured: it cannot be installed.
    """
    options = ["--port", str(port), "--address", "127.0.0.1", "--allow-websocket-origin", "*"]
    return [str(peers_python()), "-m", "panel", "serve", "bench/peers/panel_app.py", *options]


def peers_python() -> Path:
    """The interpreter of an environment of the peers' own, installed on first use.

    Raises:
        NotMeasured: it cannot be installed.
    """
    python = BENCH_VENV / "bin" / "python"
    ready = BENCH_VENV / ".ready-panel"
    if not ready.exists():
        venv.create(BENCH_VENV, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *PEERS]
        done = subprocess.run(install, capture_output=True, text=True, check=False, timeout=600)
        if done.returncode:
            raise NotMeasured(f"the peers cannot be installed: {done.stderr.strip().splitlines()[-1][:120]}")
        ready.touch()
    return python

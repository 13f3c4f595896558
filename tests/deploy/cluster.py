"""Real processes on loopback: replicas under gunicorn, nginx as in deploy/, Redis, a data server."""

import contextlib
import hashlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple, Self

from geodata.received import content_hash
from settings import ROOT

HOST = "127.0.0.1"
START_S = 60.0
DEPLOY = ROOT / "deploy"


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def ask(port: int, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Reply:
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        method = "GET" if body is None else "POST"
        sent = dict(headers or {}) | ({"Content-Type": "application/json"} if body else {})
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        content = answer.read()
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, content)
    finally:
        connection.close()


def wait_for(is_done: Callable[[], object], seconds: float, what: str) -> float:
    """The seconds that it took."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError, KeyError):
            if is_done():
                return time.monotonic() - began
        time.sleep(0.05)
    raise AssertionError(f"{what}: not within {seconds} s")


class Program:
    """A process of ours in a session of its own, so that it can be killed with its children and nothing else."""

    def __init__(self, command: list[str], log: Path, env: Mapping[str, str] | None = None) -> None:
        self.log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **(env or {})},
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def send(self, what: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, what)

    def kill(self) -> None:
        self.send(signal.SIGKILL)
        self._process.wait(10)

    def terminate(self) -> int:
        """Asks the first process to end, as a container's runtime does; its exit status."""
        self._process.terminate()
        try:
            return self._process.wait(40)
        except subprocess.TimeoutExpired:
            self.kill()
            raise


class Replica:
    """The atlas under gunicorn; stopped and started again at the same address."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self.port = free_port()
        self.log = folder / f"replica-{self.port}.log"
        self._env = {
            "ATLAS_PORT": str(self.port),
            "ATLAS_HOST": HOST,
            "ATLAS_WORKERS": "1",
            "ATLAS_PROXIES": "1",
            "ATLAS_EXPENSIVE_PER_MINUTE": "0",
            "ATLAS_LOCAL_FOLDER": str(folder / "local"),
            "ATLAS_METRICS_FOLDER": str(folder / "metrics"),
            "ATLAS_RECEIVED_FOLDER": str(folder / f"received-{self.port}"),
            "ATLAS_RELAY_FILE": str(folder / "relais.sqlite"),
            **env,
        }
        self.program: Program | None = None

    def start(self) -> None:
        if self.program is None or not self.program.is_alive():
            command = [sys.executable, "-m", "gunicorn", "-c", str(DEPLOY / "gunicorn.conf.py"), "app:server"]
            self.program = Program(command, self.log, self._env)

    def wait(self) -> None:
        wait_for(lambda: ask(self.port, "/ready").status == 200, START_S, f"replica, {self.log}")

    def kill(self) -> None:
        if self.program:
            self.program.kill()

    def health(self) -> dict[str, Any]:
        found: dict[str, Any] = ask(self.port, "/health").json()
        return found

    def lines(self) -> list[dict[str, Any]]:
        """The lines of its log that are JSON."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines() if line.startswith("{")]


class Redis:
    def __init__(self, path: Path, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://{HOST}:{self.port}/0"
        self._command = [str(path), "--port", str(self.port), "--bind", HOST, "--save", "", "--dir", str(folder)]
        self._log = folder / "redis.log"
        self.program: Program | None = None

    def start(self) -> None:
        if self.program is None or not self.program.is_alive():
            self.program = Program(self._command, self._log)
            wait_for(lambda: self.count() >= 0, 10, "Redis")

    def kill(self) -> None:
        if self.program:
            self.program.kill()

    def count(self) -> int:
        """How many answers it keeps."""
        with socket.create_connection((HOST, self.port), timeout=2) as wire:
            wire.sendall(b"DBSIZE\r\n")
            return int(wire.recv(64).strip().lstrip(b":"))


@contextlib.contextmanager
def all_up(nginx: Path, redis: Redis, replicas: list[Replica], folder: Path) -> Iterator[int]:
    """Redis, the replicas, then nginx before them; gives its port, and ends all of them whatever happens."""
    with contextlib.ExitStack() as ends:
        ends.callback(redis.kill)
        redis.start()
        for replica in replicas:
            ends.callback(replica.kill)
            replica.start()
        for replica in replicas:
            replica.wait()
        yield ends.enter_context(nginx_before(nginx, replicas, folder))


@contextlib.contextmanager
def nginx_before(path: Path, replicas: list[Replica], folder: Path) -> Iterator[int]:
    """nginx with deploy/nginx/nginx.conf before the replicas; gives its port."""
    port, own = free_port(), folder / "nginx"
    shutil.copytree(DEPLOY / "nginx", own)
    servers = "\n".join(f"server {HOST}:{replica.port} max_fails=1 fail_timeout=2s;" for replica in replicas)
    (own / "upstream.conf").write_text(f"upstream atlas {{ zone atlas 128k;\n{servers}\nkeepalive 64; }}\n")
    (own / "listen.conf").write_text(f"listen {HOST}:{port} backlog=1024;\n")
    temporary = " ".join(
        f"{name}_temp_path {own}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = own / "nginx.conf"
    conf.write_text(conf.read_text("utf-8").replace("http {", f"http {{ {temporary}", 1), "utf-8")
    if os.geteuid() == 0:  # the folder of the tests is root's own
        conf.write_text(f"user root;\n{conf.read_text('utf-8')}", "utf-8")
    command = [str(path), "-p", str(own), "-c", str(conf), "-e", "stderr", "-g", "daemon off;"]
    program = Program(command, folder / "nginx.log")
    try:
        wait_for(lambda: ask(port, "/health").status, 10, f"nginx, {folder / 'nginx.log'}")
        yield port
    finally:
        program.kill()


class Load:
    """Some visitors who ask without a pause until told to stop; what they met is counted."""

    def __init__(self, visit: Callable[[], list[str]], visitors: int = 6) -> None:
        self.faults: list[str] = []
        self.n_visits = 0
        self.slowest_s = 0.0
        self._visit = visit
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._run) for _ in range(visitors)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)

    def _run(self) -> None:
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                faults = self._visit()
            except (OSError, http.client.HTTPException) as error:
                faults = [repr(error)]
            with self._lock:
                self.n_visits += 1
                self.slowest_s = max(self.slowest_s, time.monotonic() - began)
                self.faults += faults


class DataServer:
    """A folder over HTTP as an object store gives it: ETag, Last-Modified, 304."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.asked.append(self.path)
                path = owner.folder / self.path.partition("?")[0].lstrip("/")
                if not path.is_file():
                    self.send_error(404)
                    return
                content = path.read_bytes()
                etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
                is_same = self.headers.get("If-None-Match") == etag
                self.send_response(304 if is_same else 200)
                self.send_header("ETag", etag)
                self.send_header("Last-Modified", self.date_time_string(int(path.stat().st_mtime)))
                self.send_header("Content-Length", "0" if is_same else str(len(content)))
                self.end_headers()
                if not is_same:
                    self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer((HOST, 0), Handler)
        self.url = f"http://{HOST}:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def publish_change(folder: Path, name: str, content: bytes, promised: bytes | None = None) -> str:
    """Puts one changed file, then the manifest, as a publisher does; the new hash.

    Args:
        promised: what the manifest is made of, when it is not what is put there.
    """
    manifest = json.loads((folder / "manifest.json").read_bytes())
    said = content if promised is None else promised
    manifest["files"][name] |= {"sha256": hashlib.sha256(said).hexdigest(), "bytes": len(said)}
    manifest["hash"] = content_hash({key: entry["sha256"] for key, entry in manifest["files"].items()})
    for path, written in ((folder / name, content), (folder / "manifest.json", json.dumps(manifest).encode())):
        staged = path.with_name(f".{path.name}.part")
        staged.write_bytes(written)
        staged.replace(path)
    return str(manifest["hash"])

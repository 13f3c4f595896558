"""A cached callback under load: sixteen connections that ask again as soon as they are answered."""

import json
import socket
import statistics
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

CONNECTIONS = 16
SECONDS = 6.0
QUERIES = ("", "region=32", "filiere=sante", "mesure=territoires&lang=en", "q=saint", "mois=2021-02")


@dataclass(frozen=True)
class Load:
    """Answers a second, 95th percentile in milliseconds, answers that were not a 200."""

    per_second: float
    p95_ms: float
    errors: int


def charts_request(url: str, query: str, store: str) -> dict[str, Any]:
    """The body that the browser posts to get every chart of a selection."""
    dependencies = httpx.get(f"{url}/_dash-dependencies", timeout=30).json()
    wanted = next(d for d in dependencies if "chart-figures.data" in d["output"])
    outputs = [name.rpartition(".") for name in wanted["output"].strip(".").split("...")]
    return {
        "output": wanted["output"],
        "outputs": [{"id": component, "property": prop} for component, _, prop in outputs],
        "inputs": [{"id": store, "property": "data", "value": query}],
        "changedPropIds": [f"{store}.data"],
    }


def answer_bytes(url: str, store: str) -> list[int]:
    """Bytes on the wire of the charts' answer, for each of ``QUERIES``."""
    found = []
    for query in QUERIES:
        with httpx.stream(
            "POST",
            f"{url}/_dash-update-component",
            json=charts_request(url, query, store),
            headers={"Accept-Encoding": "gzip, deflate, br, zstd"},
            timeout=60,
        ) as answer:
            answer.read()
            found.append(answer.num_bytes_downloaded)
    return found


def hammer(url: str, store: str) -> Load:
    """``CONNECTIONS`` kept alive for ``SECONDS`` on one cached answer, over raw sockets: they are not the limit."""
    host = urlsplit(url).netloc
    body = json.dumps(charts_request(url, "", store)).encode()
    head = f"POST /_dash-update-component HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
    request = f"{head}Accept-Encoding: gzip, deflate, br, zstd\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    times: list[float] = []
    errors: list[int] = []
    until = time.perf_counter() + SECONDS
    threads = [threading.Thread(target=_ask, args=(host, request, until, times, errors)) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(len(times) / SECONDS, statistics.quantiles(times, n=20)[18] * 1000, len(errors))


def _ask(host: str, request: bytes, until: float, times: list[float], errors: list[int]) -> None:
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.perf_counter() < until:
            began = time.perf_counter()
            connection.sendall(request)
            status = _read(connection)
            times.append(time.perf_counter() - began)
            if status != httpx.codes.OK:
                errors.append(status)


def _read(connection: socket.socket) -> int:
    """Reads one answer that says its length; gives its status."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(connection)
    head, _, rest = received.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    missing = int(lengths[0].split(b":")[1]) - len(rest)
    while missing > 0:
        missing -= len(_more(connection))
    return int(head.split(b" ", 2)[1])


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(65536)
    if not part:
        raise ConnectionError("the server closed a connection that it should keep")
    return part

"""Fifty sessions that filter by sector again as soon as they are answered: the atlas and each peer in turn.

The atlas and Dash by raw sockets (``bench.crowd``): an update of the atlas is its two callbacks, since its map asks
the server for nothing. Panel and Streamlit through their web sockets (``bench.peers.drive``). Every session asks for
each of the choices in turn; all were asked once beforehand, so that caches are filled.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bench.crowd import quantile, run_crowd
from bench.report import Row
from bench.servers import ROOT, NotMeasured, free_port, gunicorn, panel, peers_python, running, streamlit
from bench.visits import Filters, raw

SESSIONS = 50
CHOICES = ("sante", "automobile", "agroalimentaire", "bois", "chimie", "nucleaire", "electronique", "toutes")
BARS = {"plain Dash": 10.0, "cached Panel": 7.0, "cached Streamlit": 25.0}


@dataclass(frozen=True)
class Found:
    """Updates a second, 95th percentile in ms, errors, and the client's share of a core."""

    per_second: float
    p95_ms: float
    n_errors: int
    client_cpu: float

    def __str__(self) -> str:
        return f"{self.per_second:,.1f}/s, p95 {self.p95_ms:,.0f} ms"


def measure_peers(seconds: float) -> list[Row]:
    """One row a peer: the atlas's figure, the peer's, the ratio against its bar."""
    with running(gunicorn("app:server", port := free_port()), port) as server:
        atlas = by_sockets(server.url, atlas_updates(server.url), seconds)
    is_met = atlas.p95_ms <= 300 and not atlas.n_errors
    client = f"crowd {atlas.client_cpu:.0%} of a core"
    say(f"atlas: {atlas}, {client}")
    rows = [
        Row(f"{SESSIONS} sessions that filter", f"{atlas}, {atlas.n_errors} errors", client, "p95 ≤ 300 ms", is_met)
    ]
    for name, measure in _peers(seconds):
        try:
            found = measure()
        except NotMeasured as error:
            rows.append(Row(f"… against {name}", f"not measured: {error}"))
            continue
        ratio = atlas.per_second / found.per_second if found.per_second else float("inf")
        bar = BARS.get(name)
        peer = f"{found}, {found.n_errors} errors; client {found.client_cpu:.0%}"
        is_enough = ratio >= bar if bar else None
        say(f"{name}: {peer}")
        rows.append(Row(f"… against {name}", f"{ratio:,.1f} ×", peer, f"≥ {bar:.0f} ×" if bar else "", is_enough))
    return rows


def say(words: str) -> None:
    """A line of progress: the whole takes minutes."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {words}\n")


def _peers(seconds: float) -> Iterator[tuple[str, Callable[[], Found]]]:
    for name, module in (("plain Dash", "plain_dash"), ("cached Dash", "cached_dash")):
        yield name, lambda module=module: _dash(f"bench.peers.{module}:server", seconds)  # type: ignore[misc]
    yield "cached Panel", lambda: _by_web_socket("panel", panel, seconds)
    yield "cached Streamlit", lambda: _by_web_socket("streamlit", streamlit, seconds)


def _dash(module: str, seconds: float) -> Found:
    with running(gunicorn(module, port := free_port()), port) as server:
        return by_sockets(server.url, dash_updates(server.url), seconds)


def _by_web_socket(kind: str, command: Callable[[int], list[str]], seconds: float) -> Found:
    port = free_port()
    with running(command(port), port) as server:
        drive = [str(peers_python()), "bench/peers/drive.py", kind, server.url]
        # A slow one answers few updates: it has three times as long.
        subprocess.run([*drive, "1", "10"], cwd=ROOT, capture_output=True, check=False, timeout=120)
        done = subprocess.run(
            [*drive, str(SESSIONS), str(3 * seconds)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
    if done.returncode:
        raise NotMeasured(done.stderr.strip().splitlines()[-1][:160])
    found = json.loads(done.stdout)
    return Found(found["per_second"], found["p95_ms"] or 0.0, found["n_errors"], found["client_cpu"])


def atlas_updates(url: str) -> list[list[str]]:
    """What the browser sends for each choice: charts and notice."""
    filters = Filters(url)
    return [filters.wave_of("" if choice == "toutes" else f"filiere={choice}") for choice in CHOICES]


def dash_updates(url: str) -> list[list[str]]:
    host = urlsplit(url).netloc
    outputs = [{"id": "map", "property": "figure"}, {"id": "bars", "property": "figure"}]
    updates = []
    for choice in CHOICES:
        body = {
            "output": "..map.figure...bars.figure..",
            "outputs": outputs,
            "inputs": [{"id": "filiere", "property": "value", "value": choice}],
            "changedPropIds": ["filiere.value"],
        }
        updates.append([raw(host, "/_dash-update-component", json.dumps(body))])
    return updates


def by_sockets(url: str, updates: list[list[str]], seconds: float) -> Found:
    """Closed loop: every session goes through the choices, from another one each, until the time is over."""
    host, _, port = urlsplit(url).netloc.partition(":")
    plan: dict[str, Any] = {"host": host, "port": int(port), "loops": updates, "sessions": SESSIONS}
    run_crowd(plan | {"sessions": 4, "seconds": 3.0})
    found = run_crowd(plan | {"seconds": seconds})
    times = found["visits"]
    if not times:
        raise NotMeasured(f"no update within {seconds} s")
    share = found["cpu_s"] / found["seconds"]
    return Found(len(times) / found["seconds"], quantile(times, 95) * 1000, len(found["errors"]), share)

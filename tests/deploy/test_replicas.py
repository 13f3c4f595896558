"""Two replicas behind nginx, with Redis: what a visitor sees when one of them goes."""

import itertools
import json
import re
import signal
import socket
import time
from typing import Any

import pytest
import yaml

from settings import Settings
from tests.deploy.cluster import DEPLOY, HOST, Load, Replica, ask, wait_for
from tests.deploy.conftest import Cluster

PAGES = ("/health", "/sources", "/chiffres", "/suivi?lang=en", "/?region=32")
CHARTS = "/_dash-update-component"


@pytest.fixture
def callback(cluster: Cluster) -> bytes:
    """The body of the callback that the map page sends first of all."""
    found = ask(cluster.replicas[0].port, "/_dash-dependencies").json()
    first = next(item for item in found if item["inputs"][0]["id"] == "page-url" and not item["clientside_function"])
    output = first["output"]
    component, _, name = output.strip(".").partition(".")
    inputs = [{**item, "value": "/"} for item in first["inputs"]]
    states = [{**item, "value": "?region=32"} for item in first.get("state", [])]
    body = {
        "output": output,
        "outputs": {"id": component, "property": name},
        "inputs": inputs,
        "state": states,
        "changedPropIds": [f"{inputs[0]['id']}.{inputs[0]['property']}"],
    }
    return json.dumps(body).encode()


def test_a_replica_killed_under_load_costs_no_request(cluster: Cluster, callback: bytes) -> None:
    turn = itertools.count()

    def visit() -> list[str]:
        number = next(turn)
        if number % 4 == 3:
            path, reply = CHARTS, ask(cluster.port, CHARTS, body=callback)
        else:
            path = PAGES[number % len(PAGES)]
            reply = ask(cluster.port, path)
        return [] if reply.status == 200 else [f"{path}: {reply.status}"]

    for path in PAGES:  # made once, so that the load meets a busy atlas and not a starting one
        assert ask(cluster.port, path).status == 200
    with Load(visit) as load:
        time.sleep(1)
        cluster.replicas[0].kill()
        before = load.n_visits
        time.sleep(2)
    assert load.faults == []
    assert load.n_visits - before > 20, "the other replica went on"
    assert load.slowest_s < 5


def test_a_replica_that_comes_back_is_used_again(cluster: Cluster) -> None:
    replica = cluster.replicas[0]
    replica.kill()
    assert ask(cluster.port, "/sources").status == 200
    replica.start()
    replica.wait()
    n_before = len(replica.lines())

    def is_asked() -> bool:
        ask(cluster.port, "/sources")
        return any(line.get("path") == "/sources" for line in replica.lines()[n_before:])

    wait_for(is_asked, 10, "a request for the replica that came back")


def test_a_stopped_replica_finishes_what_it_is_answering(cluster: Cluster) -> None:
    """SIGTERM in the middle of an answer that takes a while: it comes whole, then the process ends well."""
    replica = cluster.replicas[1]
    with socket.create_connection((HOST, replica.port), timeout=30) as wire:
        wire.sendall(b"GET /telecharger/projets.xlsx HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        time.sleep(0.15)
        assert replica.program
        began = time.monotonic()
        status = replica.program.terminate()
        took = time.monotonic() - began
        answer = b"".join(iter(lambda: wire.recv(1 << 16), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head[:200]
    assert body.startswith(b"PK")
    assert len(body) == int(re.search(rb"Content-Length: (\d+)", head)[1])  # type: ignore[index]
    assert status == 0
    assert took < 30


def test_without_redis_the_atlas_answers_and_says_so_then_uses_it_again(cluster: Cluster) -> None:
    replica = cluster.replicas[0]
    wait_for(lambda: replica.health()["cache"] == "available", 10, "cache available")
    cluster.redis.kill()
    for number, path in enumerate(PAGES):
        assert ask(cluster.port, f"{path}{'&' if '?' in path else '?'}q=sans{number}").status == 200
    for each in cluster.replicas:
        reply = ask(each.port, "/health")
        assert (reply.status, reply.json()["cache"]) == (200, "unavailable")
        assert ask(each.port, "/ready").status == 200
    cluster.redis.start()
    assert cluster.redis.count() == 0

    def is_used() -> bool:
        ask(cluster.port, f"/chiffres?q=avec{time.monotonic()}")
        return cluster.redis.count() > 0 and all(each.health()["cache"] == "available" for each in cluster.replicas)

    wait_for(is_used, 12, "Redis used again")
    told = [line["message"] for line in replica.lines() if line["logger"] == "callbacks.cache_guard"]
    assert any("unavailable" in line for line in told)


def test_a_redis_that_hangs_costs_one_wait_not_one_a_request(cluster: Cluster) -> None:
    assert cluster.redis.program
    assert ask(cluster.port, "/sources").status == 200
    cluster.redis.program.send(signal.SIGSTOP)
    try:
        took = []
        for number in range(8):
            began = time.monotonic()
            assert ask(cluster.replicas[1].port, f"/programme?q=lent{number}").status == 200
            took.append(time.monotonic() - began)
    finally:
        cluster.redis.program.send(signal.SIGCONT)
    assert sorted(took)[len(took) // 2] < 1, took
    wait_for(lambda: cluster.replicas[1].health()["cache"] == "available", 12, "cache available")


def test_files_are_kept_by_nginx_as_the_replicas_compress_them(cluster: Cluster) -> None:
    page = ask(cluster.port, "/sources").body.decode()
    style = re.search(r'href="(/assets/[0-9a-f]+/css/tokens\.css)"', page)
    assert style
    sizes = {}
    for encoding in ("br", "gzip", ""):
        reply = ask(cluster.port, style[1], {"Accept-Encoding": encoding})
        assert reply.headers.get("content-encoding", "") == encoding
        assert "immutable" in reply.headers["cache-control"]
        sizes[encoding] = len(reply.body)
    assert sizes["br"] < sizes["gzip"] < sizes[""]
    for replica in cluster.replicas:
        replica.kill()
    assert ask(cluster.port, style[1], {"Accept-Encoding": "gzip, br"}).status == 200, "without any replica"


def test_each_request_is_one_json_line_without_what_was_looked_for(cluster: Cluster) -> None:
    ask(cluster.port, "/chiffres?q=secret-de-visiteur")

    def written() -> list[dict[str, Any]]:
        return [line for replica in cluster.replicas for line in replica.lines() if line.get("path") == "/chiffres"]

    wait_for(written, 5, "the line of the request")  # written once the answer has gone
    lines = written()
    last = max(lines, key=lambda line: line["time"])
    assert {"time", "level", "method", "status", "ms", "request"} <= set(last)
    assert len(last["request"]) == 32, "nginx's number of the request"
    assert all("secret-de-visiteur" not in replica.log.read_text("utf-8") for replica in cluster.replicas)


def test_metrics_add_up_the_processes_and_stay_inside(cluster: Cluster) -> None:
    replica = cluster.replicas[0]

    def counted() -> float:
        found = re.search(r'atlas_requests_total\{kind="page",status="2xx"\} ([\d.]+)', metrics(replica))
        return float(found[1]) if found else 0.0

    before = counted()
    for _ in range(12):
        assert ask(replica.port, "/sources").status == 200
    assert counted() - before == 12
    assert f'atlas_publication{{hash="{replica.health()["publication"][:12]}"}} 1.0' in metrics(replica)
    assert "atlas_cache_available 1.0" in metrics(replica)


def metrics(replica: Replica) -> str:
    return ask(replica.port, "/metrics").body.decode()


def test_compose_names_only_what_is_there() -> None:
    """The files are not run here: what they name exists."""
    services = yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))["services"]
    assert set(services) == {"app", "nginx", "redis"}
    build = services["app"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()
    known = {*Settings.model_fields, "cache_url", "data_url"}
    assert {name.lower().removeprefix("atlas_") for name in services["app"]["environment"]} <= known
    for name in re.findall(r"^\s*include (\S+);", (DEPLOY / "nginx" / "nginx.conf").read_text("utf-8"), re.MULTILINE):
        assert (DEPLOY / "nginx" / name).is_file()

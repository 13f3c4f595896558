"""A publication put at an address reaches two replicas that run: whole, without a restart, without a mixture."""

import io
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from tests.deploy.cluster import DataServer, Load, Replica, ask, nginx_before, publish_change, wait_for

POLL_S = 1
SWAP_S = 4
NEW_NAME = "Acteur publié ce soir"
TABLE = "acteurs.parquet"
META = re.compile(rb'name="atlas-publication" content="([0-9a-f]{12})"')
FILE = re.compile(rb"/geodata/[a-z0-9-]+\.[0-9a-f]{12}\.json")


@pytest.fixture(scope="module")
def store(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataServer]:
    """The published files at an address, put there an hour ago."""
    folder = Path(shutil.copytree(published, tmp_path_factory.mktemp("store") / "published"))
    os.utime(folder / "manifest.json", (time.time() - 3600, time.time() - 3600))
    server = DataServer(folder)
    yield server
    server.close()


@pytest.fixture(scope="module")
def replicas(store: DataServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Replica]]:
    folder = tmp_path_factory.mktemp("replicas")
    env = {"DATA_URL": store.url, "ATLAS_POLL_SECONDS": str(POLL_S), "ATLAS_SWAP_SECONDS": str(SWAP_S)}
    found = [Replica(folder, {**env, "ATLAS_WORKERS": workers}) for workers in ("2", "1")]
    for replica in found:
        replica.start()
    for replica in found:
        replica.wait()
    yield found
    for replica in found:
        replica.kill()


@pytest.fixture(scope="module")
def port(services: dict[str, Path], replicas: list[Replica], tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with nginx_before(services["nginx"], replicas, tmp_path_factory.mktemp("front")) as found:
        yield found


def changed(store: DataServer, name: str) -> bytes:
    """The actors, with the first one under another name."""
    frame = pd.read_parquet(store.folder / TABLE)
    frame.loc[0, "nom"] = name
    stream = io.BytesIO()
    frame.to_parquet(stream, index=False)
    return stream.getvalue()


def shown(replica: Replica) -> str:
    return str(replica.health()["publication"])


def test_a_publication_reaches_every_replica_and_no_visitor_sees_two(
    store: DataServer, replicas: list[Replica], port: int
) -> None:
    before = shown(replicas[0])
    versions: set[bytes] = set()

    def visit() -> list[str]:
        """A page; then what its script asks for: a file and the callbacks' description, of the page's publication."""
        page = ask(port, "/")
        found = META.search(page.body)
        if page.status != 200 or not found:
            return [f"/: {page.status}"]
        version = found[1].decode()
        versions.add(found[1])
        faults = [] if page.headers["atlas-publication"] == version else ["the page and its header differ"]
        for address in set(FILE.findall(page.body)):
            status = ask(port, address.decode()).status
            faults += [] if status == 200 else [f"{address.decode()}: {status}"]
        own = ask(port, "/_dash-layout", {"Atlas-Publication": version})
        is_own = own.status == 200 and own.headers["atlas-publication"] == version
        actors = ask(port, "/acteurs", {"Atlas-Publication": version})
        told.add((version, NEW_NAME in actors.body.decode()))
        return [
            *faults,
            *([] if is_own else [f"callback: {own.status}, {own.headers.get('atlas-publication')}"]),
            *([] if actors.status == 200 else [f"/acteurs: {actors.status}"]),
        ]

    told: set[tuple[str, bool]] = set()
    for path in ("/", "/acteurs"):
        ask(port, path)
    with Load(visit, visitors=3) as load:
        time.sleep(0.5)
        content = changed(store, NEW_NAME)
        store.asked.clear()
        put = time.monotonic()
        new = publish_change(store.folder, TABLE, content)
        assert new != before
        wait_for(lambda: [shown(replica) for replica in replicas] == [new, new], 60, "the new publication everywhere")
        took = time.monotonic() - put
        time.sleep(1)
    assert load.faults == []
    version = replicas[0].health()["version"]
    assert len(versions) == 2
    assert len(told) == 2, "each version said one thing only"
    assert (version, True) in told
    assert SWAP_S - 2 < took < 60
    fetched = [path for path in store.asked if TABLE in path]
    assert len(fetched) == 2, "one fetch a replica, however many processes"
    assert not [path for path in store.asked if "communes.parquet" in path], "what did not change does not travel"


def test_a_page_opened_before_still_finds_its_own(store: DataServer, replicas: list[Replica]) -> None:
    replica = replicas[0]
    old = ask(replica.port, "/")
    version = META.search(old.body)
    assert version
    new = publish_change(store.folder, TABLE, changed(store, f"Autre {time.time_ns()}"))
    wait_for(lambda: shown(replica) == new, 60, "the new publication")
    for _ in range(6):  # whichever process answers
        own = ask(replica.port, "/_dash-layout", {"Atlas-Publication": version[1].decode()})
        assert (own.status, own.headers["atlas-publication"]) == (200, version[1].decode())
    for address in set(FILE.findall(old.body)):
        assert ask(replica.port, address.decode()).status == 200
    unknown = ask(replica.port, "/_dash-layout", {"Atlas-Publication": "0123456789ab"})
    assert (unknown.status, unknown.headers["atlas-publication"]) == (503, "gone")


def test_a_publication_that_is_not_what_it_says_is_refused(store: DataServer, replicas: list[Replica]) -> None:
    good = shown(replicas[0])
    content = changed(store, f"Bonne {time.time_ns()}")
    refused = publish_change(store.folder, TABLE, content[:-1] + b"?", promised=content)
    wait_for(lambda: all(replica.health()["refused"] == refused for replica in replicas), 30, "refused by both")
    for replica in replicas:
        assert shown(replica) == good
        assert ask(replica.port, "/acteurs").status == 200
        assert ask(replica.port, "/ready").status == 200
    assert "SHA-256" in replicas[1].log.read_text("utf-8")
    (store.folder / TABLE).write_bytes(content)  # the file as it should have been: nothing else to do
    wait_for(lambda: [shown(replica) for replica in replicas] == [refused, refused], 60, "shown once it is good")
    wait_for(lambda: not any(replica.health()["refused"] for replica in replicas), 20, "nothing refused any more")


def test_files_that_the_atlas_cannot_open_are_refused_too(store: DataServer, replicas: list[Replica]) -> None:
    """Every hash is right, and the table is no table: only opening it tells."""
    good, kept = shown(replicas[0]), (store.folder / TABLE).read_bytes()
    broken = publish_change(store.folder, TABLE, b"not a table")
    wait_for(lambda: all(replica.health()["refused"] == broken for replica in replicas), 30, "refused by both")
    assert [shown(replica) for replica in replicas] == [good, good]
    assert publish_change(store.folder, TABLE, kept) == good
    wait_for(lambda: not any(replica.health()["refused"] for replica in replicas), 20, "nothing refused any more")


def test_without_the_address_the_last_good_one_stays_and_starts(store: DataServer, replicas: list[Replica]) -> None:
    replica = replicas[1]
    good, manifest = shown(replica), store.folder / "manifest.json"
    away = manifest.with_name("away.json")
    manifest.rename(away)
    try:
        wait_for(lambda: replica.health()["data"] == "unreached", 20, "unreached")
        assert shown(replica) == good
        replica.kill()
        replica.start()
        replica.wait()
        assert shown(replica) == good
        assert replica.health()["data"] == "unreached"
    finally:
        away.rename(manifest)
    wait_for(lambda: replica.health()["data"] == "reached", 20, "reached again")
    assert json.loads(manifest.read_bytes())["hash"] == good

"""One publication and one running app for all the faults that must not touch it; a fresh cache and mirror for each."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from geodata.repository import load_tables
from settings import ROOT, Settings
from tests.faults.world import World, digests, link_tree

Steps = dict[str, dict[str, Any]]
PAGES = ("/mesures", "/chiffres")


class Served:
    """A publication that is being served, and what it answered before anything went wrong."""

    def __init__(self, folder: Path, client: FlaskClient) -> None:
        self.folder, self.client = folder, client
        first = {page: client.get(page) for page in PAGES}
        assert {page: answer.status_code for page, answer in first.items()} == dict.fromkeys(PAGES, 200)
        self.answers = {page: answer.data for page, answer in first.items()}
        self.digests = digests(folder / "published")

    def is_untouched(self) -> None:
        """Asserts the whole promise: the bytes are the same, they load, the running app answers the same figures."""
        assert digests(self.folder / "published") == self.digests
        assert len(load_tables(self.folder / "published")["mesures"]) == 37
        for page in PAGES:
            answer = self.client.get(page)
            assert (answer.status_code, answer.data) == (200, self.answers[page])


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    from app import create_app

    folder = tmp_path_factory.mktemp("served")
    with pytest.MonkeyPatch.context() as patch:
        world = World(folder, patch.setattr)
        told = world.command("build")
        assert told.status == 0, told.text
    app = create_app(Settings(data_folder=folder / "published", local_folder=folder / "local"))
    return Served(folder, app.server.test_client())


@pytest.fixture
def world(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """The served publication, with a cache and a mirror of one's own: for faults that must change nothing."""
    link_tree(served.folder / "cache", tmp_path / "cache")
    return World(tmp_path, monkeypatch.setattr, served.folder / "published")


@pytest.fixture
def own_world(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """The same, on a published folder of one's own: for faults of the publishing itself."""
    for name in ("cache", "published"):
        link_tree(served.folder / name, tmp_path / name)
    return World(tmp_path, monkeypatch.setattr)


def driver(*words: str) -> "subprocess.Popen[str]":
    """A process of its own, that runs ``tests.faults.driver``."""
    command = [sys.executable, "-W", "error", "-m", "tests.faults.driver", *words]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, text=True, **pipes)  # type: ignore[call-overload]


@pytest.fixture(scope="session")
def steps(tmp_path_factory: pytest.TempPathFactory) -> Steps:
    """Every step of a publish with every fault: run once, looked at by several tests."""
    run = driver(
        "steps", str(tmp_path_factory.mktemp("steps")), "kill:swap", "kill:renames", "full:swap", "readonly:swap"
    )
    out, err = run.communicate(timeout=300)
    assert run.returncode == 0, err
    found: Steps = json.loads(out)
    return found

"""Faults of the publishing: killed at any step, two at once, a clock that lies. A reader finds one whole version."""

import time
from pathlib import Path

import pytest

from etl.publish import is_whole
from tests.faults.conftest import Served, Steps, driver
from tests.faults.world import World, digests


@pytest.mark.parametrize("how", ["kill:swap", "kill:renames"])
def test_crash_at_every_step_of_publish(steps: Steps, how: str) -> None:
    """Killed before each act on the disk, unflushed bytes lost: old or new is whole, and the next publish works."""
    found = steps[how]
    assert found["broken"] == []
    assert found["steps"] >= 20
    assert found["statuses"] == [0, 77], "each child was killed but the last"


def test_two_publishes_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One process holds the folder: the other refuses and says why; the first comes to its end."""
    world = World(tmp_path, monkeypatch.setattr, is_small=True)
    assert world.command("build").status == 0
    before = world.bytes_published()
    first = driver("hold", str(tmp_path))
    assert first.stdout is not None
    assert first.stdout.readline() == "holding\n"
    told = world.command("build")
    assert told.status == 1
    assert f"{world.published}: another publish is running; wait for its end and run again." in told.text
    assert world.bytes_published() == before
    _, err = first.communicate("go on\n", timeout=60)
    assert first.returncode == 0, err
    assert is_whole(world.published)
    assert world.command("build").status == 0


@pytest.mark.parametrize("now", [0.0, 4e9], ids=["1970", "2096"])
def test_clock_skew(own_world: World, served: Served, monkeypatch: pytest.MonkeyPatch, now: float) -> None:
    """A clock that is decades off changes no byte of a publication: nothing in it is dated by this machine."""
    monkeypatch.setattr(time, "time", lambda: now)
    told = own_world.command("build")
    assert told.status == 0, told.text
    assert digests(own_world.published) == served.digests
    served.is_untouched()


def test_half_written_publication_is_built_anew(own_world: World, served: Served) -> None:
    """The published folder is spoilt on the disk: a build repairs it, compared with the version kept before."""
    assert own_world.command("build").status == 0
    previous = own_world.published.with_name(".published.previous")
    manifest = own_world.published / "manifest.json"
    content = manifest.read_bytes()
    manifest.unlink()
    manifest.write_bytes(content[: len(content) // 2])
    told = own_world.command("build")
    assert told.status == 0, told.text
    assert digests(own_world.published) == served.digests
    assert is_whole(previous), "the spoilt folder did not take the place of the good one"


def test_half_written_publication_without_another(own_world: World, served: Served) -> None:
    """Nothing to compare with: refused with what to do, rather than published unseen."""
    manifest = own_world.published / "manifest.json"
    manifest.unlink()
    manifest.write_bytes(b'{"hash": "')
    told = own_world.command("build")
    assert told.status == 1
    assert f"{manifest}: no readable manifest" in told.text
    assert "Restore the folder from git, or run `python -m etl build --may-shrink`" in told.text
    assert own_world.command("build", "--may-shrink").status == 0
    assert digests(own_world.published) == served.digests

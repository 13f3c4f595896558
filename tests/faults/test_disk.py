"""Faults of the disk: full, read-only, limited. Nothing half-written is read, and the message says what to do."""

import errno
import os
from pathlib import Path

import pytest

from etl import fetch
from etl.fetch import cached_path
from etl.publish import is_whole
from tests.faults.conftest import Served, Steps, driver
from tests.faults.world import CONTENTS, World


def test_disk_full_at_every_step_of_publish(steps: Steps) -> None:
    """No room left at each act: refused with the file and the advice; no unfinished folder is left in the way."""
    found = steps["full:swap"]
    assert found["broken"] == []
    assert found["statuses"] == [0, 1], "refused each time but the last"
    said = [line for line in found["said"] if line not in ("", "undisturbed")]
    assert all("cannot be written (No space left on device)" in line for line in said)
    assert all("Make room or give the right to write there, then run again." in line for line in said)
    assert any(
        "/.published.staging/manifest.json: " in line and "what is published stays whole" in line for line in said
    )
    assert any("only its entry in the archive is not" in line for line in said)


def test_disk_read_only_from_every_step_of_publish(steps: Steps) -> None:
    found = steps["readonly:swap"]
    assert found["broken"] == []
    assert any("(Read-only file system); what is published stays whole" in line for line in found["said"])


def test_disk_full_for_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system itself refuses the rest of a write (a limit on the size of files, set on the process)."""
    world = World(tmp_path, monkeypatch.setattr, is_small=True)
    assert world.command("build").status == 0
    before = world.bytes_published()
    run = driver("limit", str(tmp_path))
    _, err = run.communicate(timeout=60)
    assert run.returncode == 1
    assert "cannot be written (" in err
    assert "File too large" in err
    assert "what is published stays whole" in err
    assert "Traceback" not in err
    assert world.bytes_published() == before
    assert is_whole(world.published)
    assert not (tmp_path / ".published.staging").exists()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_disk_full_or_read_only_while_fetching(
    world: World, served: Served, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """The cache cannot be written: the pinned files that it holds serve, the others are told as missing."""

    def refuse(*_: object, **options: object) -> None:
        raise OSError(code, os.strerror(code), str(options.get("dir")))

    monkeypatch.setattr(fetch.tempfile, "TemporaryDirectory", refuse)
    told = world.command("fetch", *CONTENTS)
    assert told.status == 3
    assert f"{world.settings.cache}: cannot be written ({os.strerror(code)})" in told.text
    assert "Make room or give the right to write there, then run again." in told.text
    served.is_untouched()
    cached_path(world.sources["airports"], world.settings.cache).unlink()
    assert world.command("build").status == 1
    served.is_untouched()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere; the step tests refuse its writes instead")
def test_folder_without_the_right_to_write(own_world: World, served: Served) -> None:
    own_world.published.parent.chmod(0o555)
    try:
        told = own_world.command("build")
    finally:
        own_world.published.parent.chmod(0o755)
    assert told.status == 1
    assert "cannot be written (Permission denied)" in told.text
    served.is_untouched()

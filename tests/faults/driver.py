"""Publishes in processes of its own, where a fault can be real: killed, out of disk, held, limited.

``python -m tests.faults.driver steps FOLDER kill:swap full:swap …`` publishes again and again over the same old
publication, with the fault (kill, full, readonly) at the first act on the disk, then at the second, and so on to the
last, by a swap of folders or by renames, and prints what it found as JSON. ``hold FOLDER`` stops in the middle of a
publish until it is told to go on. ``limit FOLDER`` builds under a real limit on the size of files.
"""

import errno
import json
import os
import resource
import shutil
import signal
import stat
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from etl import publish_archive, publish_swap, run
from etl.errors import EtlError
from etl.fetch import local_path
from etl.pipeline import build_products
from etl.products import Product
from etl.publish import is_whole
from tests.faults.world import CONTENTS, World, digests, link_tree

KILLED, REFUSED, BROKEN = 77, 1, 2
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
ACTS = ("os.mkdir", "os.rename", "os.remove", "os.rmdir")
ERRORS = {"full": errno.ENOSPC, "readonly": errno.EROFS}


class Fault:
    """Counts the acts on the disk; at number ``at`` the process dies, or the disk refuses."""

    def __init__(self, kind: str, at: int, folder: Path) -> None:
        self.kind, self.at, self.folder = kind, at, str(folder)
        self.done = 0
        self.is_on = True
        sys.addaudithook(self._hear)
        self._fsync = os.fsync
        os.fsync = self._sync  # type: ignore[assignment]

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        is_write = event == "open" and str(arguments[0]).startswith(self.folder) and int(arguments[2]) & WRITES
        if self.is_on and (event in ACTS or is_write):
            self.act(arguments[0])

    def _sync(self, handle: int) -> None:
        found = os.fstat(handle)
        if self.kind == "kill" and self.done == self.at and stat.S_ISREG(found.st_mode):
            os.ftruncate(handle, found.st_size // 2)  # what was not flushed is lost
        self.act("fsync")
        self._fsync(handle)

    def act(self, where: object) -> None:
        number, self.done = self.done, self.done + 1
        if self.kind == "kill" and number == self.at:
            os._exit(KILLED)
        is_refused = number == self.at or (self.kind == "readonly" and number > self.at)
        if self.kind in ERRORS and is_refused:
            code = ERRORS[self.kind]
            raise OSError(code, os.strerror(code), str(where))


def steps(folder: Path, *modes: str) -> dict[str, dict[str, Any]]:
    world, products, new = _two_publications(folder)
    return {mode: _steps(world, products, new, *mode.split(":")) for mode in modes}


def _steps(world: World, products: list[Product], new: dict[str, str], kind: str, how: str) -> dict[str, Any]:
    """Every step of a publish, each with its fault; the last run has none. Broken: what a reader could not open."""
    folder = world.folder
    wanted = (digests(folder / "old" / "published"), new)
    found: dict[str, Any] = {"steps": 0, "broken": [], "said": [], "statuses": []}
    for at in range(0, 400, 4 if kind == "readonly" else 1):  # a disk stays read-only: fewer steps tell as much
        for name in ("published", ".published.previous", ".published.staging", "archive"):
            shutil.rmtree(folder / name, ignore_errors=True)
        for name in ("published", "archive"):
            link_tree(folder / "old" / name, folder / name)
        status, said = _in_child(partial(_publish, world, products, kind, at, how))
        found["broken"] += [f"step {at}: {line}" for line in _faults(folder, wanted, how)]
        found["statuses"] = sorted({*found["statuses"], status})
        found["said"] = sorted({*found["said"], *([said] if said else [])})
        if status == BROKEN:
            found["broken"].append(f"step {at}: {said}")
        if at % 6 == 0 and status == KILLED:
            status_after, said_after = _in_child(partial(_publish, world, products, "none", 0, how))
            is_mended = status_after == 0 and digests(folder / "published") == new
            found["broken"] += [] if is_mended else [f"step {at}: the next publish gave {status_after} {said_after}"]
        if status == 0 and "undisturbed" in said:
            found["steps"] = at
            return found
    raise AssertionError("the publish never came to its end")


def _two_publications(folder: Path) -> tuple[World, list[Product], dict[str, str]]:
    """The old publication in ``old``; the products of the new one, and what its folder will hold."""
    world = World(folder, setattr, is_small=True)
    assert world.command("build").status == 0
    for name in ("published", "archive"):
        shutil.move(folder / name, folder / "old" / name)
    world.put("airports", CONTENTS["airports"] + b"ZZZ,Essai,2.35,48.85\n", is_pinned=True)
    assert world.command("fetch", "airports").status == 0
    products = build_products(partial(local_path, cache_folder=world.settings.cache))
    status, said = _in_child(partial(_publish, world, products, "none", 0, "swap"))
    assert status == 0, said
    return world, products, digests(folder / "published")


def _publish(world: World, products: list[Product], kind: str, at: int, how: str) -> tuple[int, str]:
    if how == "renames":
        publish_swap.exchange = lambda _first, _second: False  # type: ignore[assignment]
    fault = Fault(kind, at, world.folder)
    try:
        run.put(products, world.settings, {})
    except EtlError as error:
        fault.is_on = False
        return REFUSED, str(error).replace(str(world.folder), "")
    except BaseException as error:  # noqa: BLE001 - anything else is what this looks for
        fault.is_on = False
        return BROKEN, repr(error)
    return 0, "undisturbed" if fault.done <= at else ""


# Chosen before any act is refused: to choose it, Python writes and removes a file, in the working folder if need be.
tempfile.gettempdir()


def _in_child(act: Callable[[], tuple[int, str]]) -> tuple[int, str]:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        status, said = BROKEN, "died before its end"
        try:
            status, said = act()
        finally:
            os.write(write, said.encode()[:4000])
            os._exit(status)
    os.close(write)
    with os.fdopen(read) as stream:
        said = stream.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def _faults(folder: Path, wanted: tuple[dict[str, str], dict[str, str]], how: str) -> list[str]:
    """What a reader that comes now would stumble over."""
    found = []
    published = folder / "published"
    if published.is_dir():
        if digests(published) not in wanted or not is_whole(published):
            found.append("the published folder is neither the old nor the new one")
    elif how == "swap" or publish_archive.last_good(published) is None:
        found.append("no publication to read")
    for path in (folder / "archive").glob("*.json"):
        try:
            json.loads(path.read_bytes())
        except ValueError:
            found.append(f"{path.name}: half-written")
    return found


def hold(folder: Path) -> int:
    """Builds, and stops with half of the files written until a line comes in."""
    world = World(folder, setattr, is_small=True)
    write_all = publish_swap._write_all

    def slowly(staging: Path, files: Any) -> None:
        write_all(staging, files)
        os.write(1, b"holding\n")  # the command's own streams are kept to be looked at
        sys.stdin.readline()

    publish_swap._write_all = slowly
    told = world.command("build", "--may-shrink")
    sys.stderr.write(told.text)
    return told.status


def limit(folder: Path) -> int:
    """Builds where no file may pass 20 kB: the system refuses the rest of the write, as a full disk does."""
    world = World(folder, setattr, is_small=True)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    assert world.command("fetch", *CONTENTS).status == 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    told = world.command("build")
    sys.stderr.write(told.text)
    return told.status


if __name__ == "__main__":
    MODE, FOLDER, *REST = sys.argv[1:]
    if MODE == "steps":
        sys.stdout.write(json.dumps(steps(Path(FOLDER), *REST)))
        sys.exit(0)
    sys.exit({"hold": hold, "limit": limit}[MODE](Path(FOLDER)))

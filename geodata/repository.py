"""Opens the published folder: the only door to it. Checks the manifest, loads the tables once, hands them out."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

import contract
from geodata.errors import PublishedDataError
from geodata.kept import load_imported, load_publications
from geodata.models.kept import Imported, Publication

MANIFEST = "manifest.json"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Manifest:
    """What the ETL says of its files: ``hash`` of the whole, ``files`` by name, ``sources`` by short name."""

    hash: str
    files: Mapping[str, Mapping[str, Any]]
    sources: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, eq=False)
class Tables:
    """The published tables by name. Compared by identity, so that it can key a cache."""

    manifest: Manifest
    folder: Path
    _frames: Mapping[str, pd.DataFrame] = field(repr=False)
    imported: Imported = field(default_factory=Imported)
    publications: tuple[Publication, ...] = ()

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._frames[name]

    def get(self, name: str) -> pd.DataFrame | None:
        """A table by name; None for a name that is no table."""
        return self._frames.get(name)

    @property
    def version(self) -> str:
        """What every answer depends on: the publication, what was imported beside it, what was archived before it."""
        parts = (self.manifest.hash, self.imported.digest, *(item.hash for item in self.publications))
        return hashlib.sha256("|".join(parts).encode()).hexdigest()

    @property
    def short_version(self) -> str:
        """The version as pages and headers say it."""
        return self.version[:12]

    def path_of(self, name: str) -> Path:
        """The path of one published file.

        Raises:
            PublishedDataError: the manifest does not list it.
        """
        if name not in self.manifest.files:
            raise PublishedDataError(f"{name}: not a published file (expected one of {sorted(self.manifest.files)})")
        return self.folder / name


def load_tables(folder: Path, local: Path | None = None, archive: Path | None = None) -> Tables:
    """Reads every table of the contract from ``folder`` (Parquet), after checking each file against the manifest.

    A folder that is not whole (half-written, half-restored) is not shown: the version that the last publish kept beside
    it is, if it is whole, and the log says so.

    Args:
        folder: the published folder.
        local: what was imported here, if anything.
        archive: past publications, if kept.

    Raises:
        PublishedDataError: no manifest, a file missing, or a file whose SHA-256 is not the manifest's.
    """
    try:
        return _load(folder, local, archive)
    except PublishedDataError as error:
        previous = folder.with_name(f".{folder.name}.previous")
        if not previous.is_dir():
            raise
        _LOG.error("%s Until then the publication before is shown (%s).", error, previous)
        return _load(previous, local, archive)


def _load(folder: Path, local: Path | None, archive: Path | None) -> Tables:
    manifest = read_manifest(folder)
    for name, entry in manifest.files.items():
        _check(folder / name, entry["sha256"])
    frames = {name: pd.read_parquet(folder / f"{name}.parquet") for name in contract.tables()}
    imported = load_imported(local) if local else Imported()
    publications = load_publications(archive) if archive else ()
    return Tables(manifest, folder, MappingProxyType(frames), imported, publications)


def read_manifest(folder: Path) -> Manifest:
    """Reads ``manifest.json``.

    Raises:
        PublishedDataError: it is absent, not JSON, or not a manifest.
    """
    path = folder / MANIFEST
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise PublishedDataError(f"{path}: no manifest. Run « make data », or restore geodata/published.") from error
    except ValueError as error:
        raise PublishedDataError(f"{path}: expected JSON, found {error}. Restore the file from git.") from error
    try:
        hashes = [entry["sha256"] for entry in document["files"].values()]
        files, sources = MappingProxyType(document["files"]), MappingProxyType(document["sources"])
        manifest = Manifest(document["hash"], files, sources)
    except (KeyError, TypeError, AttributeError) as error:
        raise PublishedDataError(f"{path}: expected the ETL's manifest, found {error!r}. Restore the file.") from error
    if not hashes:
        raise PublishedDataError(f"{path}: expected published files, found none. Restore the file.")
    return manifest


def _check(path: Path, expected: str) -> None:
    if not path.is_file():
        raise PublishedDataError(f"{path}: named by the manifest, not found. Restore geodata/published.")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise PublishedDataError(f"{path}: SHA-256 {expected[:12]}… expected, {found[:12]}… found. Restore the file.")

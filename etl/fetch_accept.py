"""Is a file the one that the catalogue describes? Size, columns, sha256: nothing enters the cache unchecked."""

import csv
import hashlib
import io
import lzma
from pathlib import Path
from typing import Any

import orjson

from etl.catalog import Source
from etl.errors import SourceChanged, SourceRefused

_BLOCK = 1 << 20
MAX_SHOWN = 12


def hash_file(path: Path, algorithm: str = "sha256") -> str:
    """The hexadecimal digest of a file, read by blocks."""
    digest = hashlib.new(algorithm)
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def accept_file(source: Source, path: Path, where: str) -> None:
    """Returns when ``path`` holds exactly the pinned file of ``source``; ``where`` names the origin in messages.

    Raises:
        SourceRefused: too big, or columns are missing: not a file of this source at all.
        SourceChanged: a well-formed file of this source that is not the pinned one.
    """
    size = path.stat().st_size
    if source.max_bytes is not None and size > source.max_bytes:
        raise SourceRefused(f"{source.name}: {where}: {size} bytes, over the ceiling of {source.max_bytes}.")
    found = hash_file(path)
    if found == source.sha256:
        return
    missing = [column for column in source.columns if column not in read_columns(path, source.filename or path.name)]
    if missing:
        there = sorted(read_columns(path, source.filename or path.name))[:MAX_SHOWN]
        raise SourceRefused(
            f"{source.name}: {where}: columns missing: {', '.join(missing)}; found: {', '.join(there) or 'none'}. If "
            f"the producer renamed them, change `columns` in etl/sources/{source.name}.yml and what reads them."
        )
    raise SourceChanged(
        f"{source.name}: {where}: expected sha256 {source.sha256} ({source.size} bytes), found {found} ({size} bytes). "
        f"The last good file is kept. If the new one is right, run `python -m etl accept {source.name}` to pin it."
    )


def read_columns(path: Path, filename: str) -> frozenset[str]:
    """Column names of a CSV (or CSV in lzma), property names of a JSON; empty when the file cannot be read."""
    try:
        if filename.endswith(".csv.lzma"):
            # The first line only, and never more than a block: what unpacks to gigabytes is not unpacked.
            first = lzma.LZMADecompressor().decompress(path.read_bytes(), max_length=_BLOCK)
            return _csv_columns(first.split(b"\n", 1)[0])
        if filename.endswith(".csv"):
            with path.open("rb") as stream:
                return _csv_columns(stream.readline(_BLOCK))
        return _json_columns(orjson.loads(path.read_bytes()))
    except (OSError, ValueError, lzma.LZMAError, csv.Error):
        return frozenset()


def _csv_columns(line: bytes) -> frozenset[str]:
    text = line.decode("utf-8-sig").rstrip("\r\n")
    delimiter = ";" if text.count(";") > text.count(",") else ","
    return frozenset(next(csv.reader(io.StringIO(text), delimiter=delimiter), []))


def _json_columns(document: Any) -> frozenset[str]:
    """Properties of the first feature (GeoJSON), objects (TopoJSON), keys of the first row (list) or of the object."""
    if isinstance(document, list):
        return frozenset(document[0]) if document and isinstance(document[0], dict) else frozenset()
    if not isinstance(document, dict):
        return frozenset()
    features = document.get("features")
    if isinstance(features, list):
        first = features[0] if features else None
        properties = first.get("properties") if isinstance(first, dict) else None
        return frozenset(properties) if isinstance(properties, dict) else frozenset()
    objects = document.get("objects")
    return frozenset(objects) if isinstance(objects, dict) else frozenset(document)

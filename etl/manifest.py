"""The manifest of a published folder: what each file holds, where it comes from, under which licence. No clock."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from etl.catalog import Source, find_source
from etl.encode import bounds_of, to_plain
from etl.errors import PublishError
from etl.products import Product

VERSION = 1
NAME = "manifest.json"


def describe(
    products: Sequence[Product], contents: Mapping[str, bytes], states: Mapping[str, str], sources: Mapping[str, Source]
) -> dict[str, Any]:
    """The manifest of ``contents`` (bytes by file name), made of ``products``.

    ``states`` says which sources kept an old file (see ``etl.fetch``); those not in it are ``ok``.
    """
    files = {product.filename: _entry(product, contents[product.filename], sources) for product in products}
    used = sorted({name for product in products for name in product.sources})
    return {
        "version": VERSION,
        "hash": content_hash({name: entry["sha256"] for name, entry in files.items()}),
        "files": dict(sorted(files.items())),
        "sources": {name: _pin(find_source(name, sources), states.get(name, "ok")) for name in used},
    }


def content_hash(hashes: Mapping[str, str]) -> str:
    """One hash for the whole content, from the sha256 of every file by name."""
    return hashlib.sha256(orjson.dumps(dict(hashes), option=orjson.OPT_SORT_KEYS)).hexdigest()


def encode_manifest(manifest: Mapping[str, Any]) -> bytes:
    return orjson.dumps(dict(manifest), option=orjson.OPT_INDENT_2) + b"\n"


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a published folder. Raises PublishError when it is absent or unreadable."""
    path = folder / NAME
    try:
        manifest = orjson.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise PublishError(
            f"{path}: no readable manifest ({error}). Restore the folder from git, or run `python -m etl build "
            "--may-shrink`, which compares with nothing."
        ) from error
    if not isinstance(manifest, dict) or not {"hash", "files", "sources"} <= set(manifest):
        raise PublishError(f"{path}: expected the keys hash, files, sources.")
    return manifest


def _entry(product: Product, content: bytes, sources: Mapping[str, Source]) -> dict[str, Any]:
    if not product.sources:
        raise PublishError(f"{product.filename}: no source given.")
    table = product.contract_table
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "kind": product.kind,
        "table": table.name if table else None,
        "rows": product.n_rows,
        "bounds": bounds_of(product),
        "millesime": product.millesime,
        "sources": sorted(product.sources),
        "licences": sorted({find_source(name, sources).licence for name in product.sources}),
        "filled": _filled(product),
    }


def _filled(product: Product) -> dict[str, int]:
    """Rows that are not null, by column of a table: what the next build may not shrink."""
    if product.kind != "table" or product.frame is None:
        return {}
    frame = product.frame
    return {str(name): sum(is_filled(value) for value in frame[name].tolist()) for name in sorted(frame.columns)}


def is_filled(value: Any) -> bool:
    """False for null in any guise, and for an empty list: nothing is known."""
    plain = to_plain(value)
    return plain is not None and plain != []


def _pin(source: Source, state: str) -> dict[str, Any]:
    return {
        "title": source.title,
        "producer": source.producer,
        "page_url": source.page_url,
        "licence": source.licence,
        "licence_url": source.licence_url,
        "millesime": source.millesime,
        "date_published": source.date_published,
        "kind": source.kind,
        "sha256": source.sha256,
        "state": state,
        "note": source.note,
    }

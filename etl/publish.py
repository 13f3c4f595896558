"""The only code that writes in ``geodata/published``."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from etl.catalog import Source, catalog
from etl.encode import encode_product
from etl.errors import PublishError
from etl.fetch_accept import hash_file
from etl.manifest import NAME, content_hash, describe, encode_manifest, read_manifest
from etl.products import Product
from etl.publish_swap import locked, recover, replace_folder, telling

__all__ = ["Product", "is_whole", "publish", "render", "verify_folder"]


def render(
    products: Sequence[Product],
    states: Mapping[str, str] | None = None,
    sources: Mapping[str, Source] | None = None,
) -> dict[str, bytes]:
    """The bytes of every published file by name, the manifest included. Writes nothing."""
    names = [product.filename for product in products]
    twice = sorted({name for name in names if names.count(name) > 1 or name == NAME})
    if twice:
        raise PublishError(f"Two products for one file: {', '.join(twice)}.")
    contents = {product.filename: encode_product(product) for product in products}
    manifest = describe(products, contents, states or {}, catalog() if sources is None else sources)
    return {**contents, NAME: encode_manifest(manifest)}


def publish(
    products: Sequence[Product],
    folder: Path,
    states: Mapping[str, str] | None = None,
    sources: Mapping[str, Source] | None = None,
) -> None:
    """Replaces the content of ``folder`` by ``products`` and their manifest, as one act.

    A crash at any point leaves the old version whole. Files that no product makes are removed. The version before stays
    beside. Two publishes at once, or a disk that refuses: PublishError.
    """
    files = render(products, states, sources)
    with telling(folder), locked(folder):
        recover(folder)
        replace_folder(folder, files, keeps_old=is_whole(folder))


def is_whole(folder: Path) -> bool:
    """Whether a folder holds what its manifest says."""
    try:
        return not verify_folder(folder)
    except (PublishError, KeyError, TypeError, AttributeError):
        return False


def verify_folder(folder: Path) -> list[str]:
    """What is wrong between a published folder and its manifest: hashes, missing and unknown files. Empty: nothing."""
    manifest = read_manifest(folder)
    entries = manifest["files"]
    failures = []
    for name in sorted(set(entries) | {path.name for path in folder.iterdir()} - {NAME}):
        if name not in entries:
            failures.append(f"{name}: not in the manifest")
        elif not (folder / name).is_file():
            failures.append(f"{name}: in the manifest, not in the folder")
        elif hash_file(folder / name) != entries[name]["sha256"]:
            failures.append(f"{name}: its content is not what the manifest says")
    if manifest["hash"] != content_hash({name: entry["sha256"] for name, entry in entries.items()}):
        failures.append(f"{NAME}: its hash is not that of its files")
    return failures

"""Whole runs: build and publish, or rebuild and compare with what is committed."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from etl import publish_archive
from etl.catalog import find_source
from etl.checks_build import check_products
from etl.errors import ChecksFailed, SourceMissing
from etl.fetch import EXIT_MISSING, FetchReport, cached_path, candidate_path, fetch_all, local_path
from etl.fetch_accept import hash_file
from etl.manifest import NAME, read_manifest
from etl.pipeline import FAMILIES, build_products
from etl.products import Product
from etl.publish import publish, render, verify_folder
from etl.publish_swap import telling
from etl.published import read_products
from etl.settings import SOURCES_FOLDER, EtlSettings

FACETS = "plan-de-relance-facettes"
ADVICE = (
    "Nothing was published; what was published before stays as it is. Put the source or the table right, or, if rows "
    "or figures are meant to change so much, run `python -m etl build --may-shrink`."
)


@dataclass(frozen=True)
class Verification:
    """What a rebuild found: files that differ, files that could not be rebuilt with the reason, files that agree."""

    differing: tuple[str, ...]
    unchecked: Mapping[str, str]
    agreeing: tuple[str, ...]


def needed_sources() -> list[str]:
    """The sources that a whole build and its checks read."""
    return sorted({name for family in FAMILIES.values() for name in family.sources} | {FACETS})


def build(
    settings: EtlSettings, *, refresh: bool = False, may_shrink: bool = False
) -> tuple[FetchReport, list[Product]]:
    """Fetches, builds, checks, publishes.

    Raises:
        SourceMissing: when a source has no file at all; what is published stays.
        ChecksFailed: with every failure; what is published stays.
    """
    report = fetch_all(needed_sources(), settings.mirror, cache_folder=settings.cache, refresh=refresh)
    if report.exit_status == EXIT_MISSING:
        lines = [reason for status in report.statuses if status.state == "missing" for reason in status.reasons]
        raise SourceMissing("Nothing was built, because source(s) are missing:\n  - " + "\n  - ".join(lines))
    products = build_products(partial(local_path, cache_folder=settings.cache))
    last = None if may_shrink else _last(settings.published)
    previous = read_manifest(last)["files"] if last else None
    try:
        check_products(products, previous, local_path(FACETS, settings.cache), last)
    except ChecksFailed as error:
        raise ChecksFailed(error.failures, ADVICE) from error
    put(products, settings, report.states())
    return report, products


def put(products: Sequence[Product], settings: EtlSettings, states: Mapping[str, str]) -> None:
    """Publishes, and archives what the publication changes.

    Raises:
        PublishError: another publish is running, or the disk refuses; the message says which publication is in place.
    """
    with telling(settings.published), publish_archive.baseline(settings.published) as old:
        publish(products, settings.published, states)
        with telling(settings.archive_folder, "the new publication is in place, only its entry in the archive is not"):
            publish_archive.record(old, settings.published, settings.archive_folder)


def check_published(settings: EtlSettings) -> int:
    """Runs every check on the published files themselves; gives their number.

    Raises:
        ChecksFailed: with every failure.
    """
    wrong = verify_folder(settings.published)
    if wrong:
        raise ChecksFailed(wrong)
    products = read_products(settings.published)
    facets = cached_path(find_source(FACETS), settings.cache)
    check_products(products, None, facets if facets.is_file() else None)
    return len(products)


def verify(settings: EtlSettings) -> Verification:
    """Rebuilds what the reachable sources allow and compares the bytes with the published folder."""
    report = fetch_all(needed_sources(), settings.mirror, cache_folder=settings.cache)
    missing = {status.name for status in report.statuses if status.state == "missing"}
    names = [name for name, family in FAMILIES.items() if not missing & set(family.sources)]
    is_whole = len(names) == len(FAMILIES)
    files = render(build_products(partial(local_path, cache_folder=settings.cache), None if is_whole else names))
    wrong = verify_folder(settings.published)
    published = read_manifest(settings.published)
    differing, agreeing = list(wrong), list[str]()
    unchecked: dict[str, str] = {}
    for name in sorted({*files, *published["files"], NAME}):
        if name == NAME:
            is_same = _same_manifest(orjson.loads(files[NAME]), published, is_whole)
        elif name in files:
            is_same = (settings.published / name).is_file() and (settings.published / name).read_bytes() == files[name]
        elif is_whole:
            is_same = False  # published, but no family makes it any more
        else:
            unchecked[name] = _why(published["files"][name]["sources"], missing)
            continue
        (agreeing if is_same else differing).append(name)
    return Verification(tuple(dict.fromkeys(differing)), unchecked, tuple(agreeing))


def accept_candidate(name: str, settings: EtlSettings, folder: Path = SOURCES_FOLDER) -> str:
    """Pins the file that waits after a « changed » fetch: rewrites sha256 and size in the YAML; gives the new sha256.

    Raises:
        SourceMissing: when no file is waiting.
    """
    source = find_source(name)
    candidate = candidate_path(source, settings.cache)
    if not candidate.is_file():
        raise SourceMissing(
            f"{name}: no file is waiting at {candidate}; run `python -m etl fetch --refresh {name}` first."
        )
    sha256, size = hash_file(candidate), candidate.stat().st_size
    path = folder / f"{name}.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace(str(source.sha256), sha256).replace(f"\nsize: {source.size}\n", f"\nsize: {size}\n")
    target = settings.cache / sha256 / candidate.name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(candidate, target)
    path.write_text(text, encoding="utf-8")
    return sha256


def _last(folder: Path) -> Path | None:
    """The publication to compare with: the last whole one, else the spoilt one for the counts of its manifest."""
    spoilt = folder if (folder / NAME).exists() else None
    return publish_archive.last_good(folder) or spoilt


def _why(sources: list[str], missing: set[str]) -> str:
    lacking = sorted(missing & set(sources))
    reason = f"source(s) not reachable: {', '.join(lacking)}"
    return reason if lacking else "made together with files whose sources are not reachable"


def _same_manifest(built: dict[str, Any], published: dict[str, Any], is_whole: bool) -> bool:
    """Equal but for the state of the sources, which depends on the day; a partial build is compared on what it has."""
    for manifest in (built, published):
        for entry in manifest["sources"].values():
            entry.pop("state", None)
    if is_whole:
        return built == published
    files, sources = published["files"], published["sources"]
    same_files = all(files.get(name) == entry for name, entry in built["files"].items())
    return same_files and all(sources.get(name) == entry for name, entry in built["sources"].items())

"""A whole run: files of establishments in, a folder of placed establishments and of counts out."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from etl.build.geography import SOURCES, load_geography
from etl.catalog import find_source
from etl.errors import EtlError, SourceMissing
from etl.establishments.counts import by_status, count
from etl.establishments.labels import label
from etl.establishments.parts import PART_ROWS, Part, cut
from etl.establishments.places import DEFAULT_LEVELS, Places, check_levels, places_of
from etl.establishments.reading import declared, read_part
from etl.fetch import EXIT_MISSING, fetch_all, local_path
from etl.fetch_accept import hash_file
from etl.manifest import content_hash
from etl.publish_establishments import Collected, Work, finish, working, write_part
from etl.settings import EtlSettings

Manifest = dict[str, Any]
Runner = Callable[[Sequence[Part], Places, Sequence[str], Work], Collected]


@dataclass(frozen=True)
class Order:
    """What is asked for.

    Attributes:
        files: Parquet or CSV, read in this order.
        output: folder that will hold the result, and nothing else.
        levels: areas to name and to count by, see ``LEVELS``.
        crs: system of x and y, see ``reading.declared``; empty: none declared.
        scheduler: address of a Dask scheduler; None: here, in this process.
        part_rows: rows of a part, about.
    """

    files: Sequence[Path]
    output: Path
    levels: Sequence[str] = DEFAULT_LEVELS
    crs: str = ""
    scheduler: str | None = None
    part_rows: int = PART_ROWS


def place_establishments(order: Order, settings: EtlSettings) -> Manifest:
    """Places the establishments of ``order`` in the communes of the catalogue's sources; gives the manifest.

    Raises:
        EtlError: see ``run``, and SourceMissing when a source of the communes has no file at all.
    """
    report = fetch_all(SOURCES, settings.mirror, cache_folder=settings.cache)
    if report.exit_status == EXIT_MISSING:
        lines = [reason for status in report.statuses if status.state == "missing" for reason in status.reasons]
        raise SourceMissing("No establishment was placed, because source(s) are missing:\n  - " + "\n  - ".join(lines))
    pins = {name: str(find_source(name).sha256) for name in SOURCES}
    return run(order, lambda: places_of(load_geography(partial(local_path, cache_folder=settings.cache))), pins)


def run(order: Order, load_places: Callable[[], Places], pins: dict[str, str]) -> Manifest:
    """Reads, places, counts, writes, and replaces ``order.output`` as one act; until then it stays as it was.

    The result depends on the files, their order, ``part_rows`` and the communes; not on who ran which part.

    Args:
        load_places: gives the communes; called once what is quick to refuse is not refused.
        pins: sha256 of what the communes are made of, by name.

    Raises:
        EtlError: a file, a level, a system or a scheduler that is not what was expected, or a disk that refuses; the
            message says which and what to do.
    """
    levels, crs = check_levels(order.levels), declared(order.crs)
    absent = [str(file) for file in order.files if not file.is_file()]
    if absent or not order.files:
        raise EtlError(
            f"Expected files of establishments, Parquet or CSV; not there: {', '.join(absent) or 'none given'}."
        )
    if order.part_rows < 1:
        raise EtlError(f"--part-rows: expected at least 1, found {order.part_rows}.")
    with _runner(order.scheduler) as run_parts, working(order.output, content_hash(pins)) as work:
        parts = cut(order.files, crs, work.folder, order.part_rows)
        places = load_places()
        done = run_parts(parts, places, levels, work)
        written, total = done.written, done.total
        described = {
            "rows": sum(item.rows for item in written),
            "levels": list(levels),
            "crs": crs or None,
            "statuses": by_status(total),
            "inputs": [{"name": file.name, "sha256": hash_file(file)} for file in order.files],
            "sources": pins,
        }
        return finish(order.output, work, written, count(total, places, levels), described)


@contextmanager
def _runner(scheduler: str | None) -> Iterator[Runner]:
    """What runs the parts: this process, or the workers of a scheduler, which must answer before anything is begun."""
    if scheduler is None:
        yield _here
        return
    cluster = _cluster()
    with cluster.connected(scheduler) as client:
        yield partial(cluster.run_parts, client)


def _cluster() -> ModuleType:
    """``etl.establishments.cluster``, which needs packages that nothing else does."""
    try:
        return import_module("etl.establishments.cluster")
    except ModuleNotFoundError as error:
        raise EtlError(
            f"--scheduler: expected Dask and dask-geopandas, found that {error.name} is not installed; nothing was "
            "written. Run `pip install -r requirements-scale.txt` here and on every worker, or run without --scheduler."
        ) from error


def _here(parts: Sequence[Part], places: Places, levels: Sequence[str], work: Work) -> Collected:
    """One part after the other: no more than one is in memory."""
    done = Collected()
    for part in parts:
        done.take(write_part(label(read_part(part), places, levels), part, work))
    return done

"""The workers of a Dask scheduler, running the same functions on the same parts. The only code that knows Dask.

Dask is optional (``requirements-scale.txt``): this module is imported only when an address is given.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import dask
import dask.dataframe as dd
import dask_geopandas
import geopandas as gpd
import pandas as pd
from dask.delayed import Delayed
from distributed import CancelledError, Client, Future, KilledWorker, wait

from etl.errors import EtlError
from etl.establishments.labels import label
from etl.establishments.parts import Part
from etl.establishments.places import Places, read_places
from etl.establishments.reading import empty_frame, read_part
from etl.publish_establishments import Collected, Work, write_part, write_places

CONNECT_S = 10
WATCH_S = 5
WORKERLESS_CHECKS = 12
"""A minute without any worker is the end: a nanny needs a few seconds to start another."""
KEPT = "nothing was written"
START = (
    "Start both at the root of a copy of this project: `PYTHONPATH=$PWD dask scheduler`, then "
    "`PYTHONPATH=$PWD dask worker ADDRESS --nthreads 1` on each machine"
)


class ClusterError(EtlError):
    """The scheduler or its workers cannot do the work; the message says what to do."""


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the scheduler at ``address``, which has at least one worker that runs this very code.

    Raises:
        ClusterError: nothing answers, no worker is there, or they run other code.
    """
    try:
        client = Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        raise ClusterError(
            f"--scheduler: expected a Dask scheduler at {address}, found none ({_first_line(error)}); {KEPT}. "
            f"{START}. An address looks like tcp://host:8786."
        ) from error
    with client:
        _check_workers(client, address)
        yield client


def _check_workers(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=CONNECT_S)
    except TimeoutError as error:
        raise ClusterError(
            f"--scheduler: {address} answers, expected at least one worker, found none in {CONNECT_S} s; {KEPT}. "
            f"{START}."
        ) from error
    found = {"the scheduler": _ask_scheduler(client), **client.run(fingerprint, on_error="return")}
    unable = [name for name, answer in found.items() if isinstance(answer, BaseException)]
    if unable:
        raise ClusterError(
            f"--scheduler: expected a scheduler and workers that can import this project's code, found that "
            f"{', '.join(unable)} cannot ({_first_line(found[unable[0]])}); {KEPT}. {START}."
        )
    others = [name for name, code in found.items() if not _same_code(code)]
    if others:
        raise ClusterError(
            f"--scheduler: expected the same code everywhere as here, found other code on {', '.join(others)}; "
            f"{KEPT}. Update the project there and start them again."
        )


def _ask_scheduler(client: Client) -> Any:
    """The fingerprint of the scheduler, or the reason why it has none: it opens the graph of tasks, which names us."""
    try:
        return client.run_on_scheduler(fingerprint)
    except (ImportError, AttributeError, RuntimeError, OSError, ValueError, TypeError) as error:
        return error


def fingerprint() -> str:
    """One hash of the code that places establishments."""
    etl = Path(__file__).parent.parent
    files = [*sorted((etl / "establishments").glob("*.py")), *(etl / name for name in ("placing.py", "geometry.py"))]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def _same_code(other: str) -> bool:
    return other == fingerprint()


def run_parts(client: Client, parts: Sequence[Part], places: Places, levels: Sequence[str], work: Work) -> Collected:
    """Reads, labels and writes each part on some worker; gives what was written.

    A part whose worker dies goes to another one, as often as the scheduler allows (three times by default).

    Raises:
        EtlError: the first part that fails, with its file and rows; the others are given up.
    """
    write_places(places, work)
    with dask.config.set({"dataframe.convert-string": False}), client.as_current():
        futures = client.compute(_tasks(parts, places, levels, work))
    try:
        with client.as_current():
            return _collect(client, dict(zip(futures, parts, strict=True)))
    except (CancelledError, OSError) as error:
        raise ClusterError(
            f"--scheduler: the scheduler was lost during the work ({_first_line(error)}); {KEPT}. Start it and its "
            "workers again, then run again."
        ) from error
    finally:
        client.cancel(futures, force=True)


def _tasks(parts: Sequence[Part], places: Places, levels: Sequence[str], work: Work) -> list[Delayed]:
    """For each part, what reads, labels and writes it, as one task."""
    frames: dask_geopandas.GeoDataFrame = dd.from_map(
        read_part, list(parts), meta=empty_frame(), enforce_metadata=False
    )
    meta = label(empty_frame(), places, levels)
    labelled = frames.map_partitions(
        label_with, work.places, tuple(levels), meta=meta, enforce_metadata=False, align_dataframes=False
    )
    write = dask.delayed(write_part, pure=False)
    return [write(rows, part, work) for rows, part in zip(labelled.to_delayed(), parts, strict=True)]


def label_with(frame: gpd.GeoDataFrame, files: tuple[Path, Path], levels: Sequence[str]) -> pd.DataFrame:
    """``label``, with the communes that this worker has read."""
    return label(frame, read_places(*files), levels)


def _collect(client: Client, waiting: dict[Future, Part]) -> Collected:
    """What was written, when all parts are done; raises for the first that fails, or when no worker is left."""
    collected, pending, idle = Collected(), set(waiting), 0
    while pending:
        try:
            done, pending = wait(pending, timeout=WATCH_S, return_when="FIRST_COMPLETED")
        except TimeoutError:
            done = set()
        for future in done:
            if future.status == "error":
                _tell(future.exception(), waiting[future])
            collected.take(future.result())
        idle = idle + 1 if not done and not client.scheduler_info()["workers"] else 0
        if idle >= WORKERLESS_CHECKS:
            raise ClusterError(
                f"--scheduler: expected workers, found that the last one has gone, {len(pending)} parts before the "
                f"end; {KEPT}. Look at their logs (memory?), start them again, then run again."
            )
    return collected


def _tell(error: BaseException, part: Part) -> NoReturn:
    if isinstance(error, EtlError):
        raise error
    if isinstance(error, KilledWorker):
        raise ClusterError(
            f"{part.where}: every worker that was given these rows died; {KEPT}. Give the workers more memory, or make "
            "the parts smaller with --part-rows."
        ) from error
    raise ClusterError(f"{part.where}: could not be placed ({type(error).__name__}: {error}); {KEPT}.") from error


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]

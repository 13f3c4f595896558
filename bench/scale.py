"""What placing establishments costs: here, on two workers of a local Dask cluster, and by ``geopandas.sjoin``.

``python -m bench.scale [--rows 200000,2000000] [--rounds N] [--scheduler tcp://host:8786]`` draws establishments in the
boxes of the communes (``bench.establishments``), runs each way in a process of its own, prints one JSON line a run,
keeps the figures in ``bench/scale.json``, those of other sizes included, and writes their section of
``docs/performance.md``. The communes come from the cache of the ETL (``python -m etl fetch``). Never a test.

Seconds are those of the work: the communes are read, the imports and the start of the cluster are not counted. CPU is
that of all processes, from their start to their end. Memory is the largest sum of what they hold, seen every 50 ms.
"""

import argparse
import json
import logging
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import shapely

from bench import report
from bench.establishments import write_synthetic
from bench.servers import ROOT
from etl.build.geography import Geography, load_geography
from etl.fetch import local_path
from etl.settings import read_settings

RESULTS = ROOT / "bench" / "scale.json"
ROWS = "200000,2000000"
PEER_UP_TO = 2_000_000
"""Rows beyond which geopandas is not asked: it holds all of them, ten gigabytes at 20 million."""
WORKERS = 2
EVERY_S = 0.05
Figures = dict[str, Any]


def read_geography() -> Geography:
    return load_geography(partial(local_path, cache_folder=read_settings().cache))


def run_here(source: Path, target: Path, scheduler: str = "") -> Figures:
    """The way of the ETL, in this process when no address is given."""
    from etl.establishments.run import Order, place_establishments

    start = time.perf_counter()
    done = place_establishments(Order([source], target, scheduler=scheduler or None), read_settings())
    return {"seconds": time.perf_counter() - start, "placed": done["statuses"]["point"], "hash": done["hash"]}


def run_workers(source: Path, target: Path, scheduler: str = "") -> Figures:
    """The same on the workers of ``scheduler``, or of a cluster that is started for it."""
    from distributed import LocalCluster

    if scheduler:
        return run_here(source, target, scheduler)
    quiet = {"dashboard_address": ":0", "silence_logs": logging.ERROR}
    with LocalCluster(n_workers=WORKERS, threads_per_worker=1, **quiet) as cluster:
        return run_here(source, target, cluster.scheduler_address)


def run_geopandas(source: Path, target: Path, _: str = "") -> Figures:
    """The way of the manual: all the points in memory, one spatial join with the same communes, one file."""
    import geopandas as gpd
    import pandas as pd

    start = time.perf_counter()
    geography = read_geography()
    rows = pd.read_parquet(source)
    points = gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(rows["longitude"], rows["latitude"]), crs=4326)
    areas = gpd.GeoDataFrame(geography.communes, geometry=geography.polygons, crs=4326)
    joined = points.sjoin(areas[["code_insee", "code_epci", "geometry"]], how="left", predicate="intersects")
    joined = joined[~joined.index.duplicated()].drop(columns="geometry")
    target.mkdir()
    pd.DataFrame(joined).to_parquet(target / "joined.parquet")
    return {"seconds": time.perf_counter() - start, "placed": int(joined["code_insee"].notna().sum())}


WAYS: dict[str, Callable[[Path, Path, str], Figures]] = {
    "here": run_here,
    "workers": run_workers,
    "geopandas": run_geopandas,
}


def measure(way: str, source: Path, scheduler: str) -> Figures:
    """One run in processes of its own: seconds, cpu_s, mib, placed, and the hash of what was written."""
    with tempfile.TemporaryDirectory() as name:
        target = Path(name) / "out"
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "bench.scale", "--one", way, str(source), str(target), scheduler]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        most = _watch(child)
        said, _ = child.communicate()
        if child.returncode:
            raise SystemExit(f"{way}: the run failed with status {child.returncode}.")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {**json.loads(said.splitlines()[-1]), "cpu_s": cpu, "mib": most}


def _watch(child: subprocess.Popen[str]) -> int:
    """The largest sum of resident memory of a process and all that it started, in MiB, until it ends."""
    most = 0
    while child.poll() is None:
        most = max(most, _resident(child.pid))
        time.sleep(EVERY_S)
    return most // 2**20


def _resident(pid: int) -> int:
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    total = 0
    for member in family:
        try:
            total += member.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def compare(rows: int, rounds: int, scheduler: str) -> Figures:
    """The figures of one size: by way, medians of the rounds and the largest memory.

    Raises:
        SystemExit: the two ways of the ETL do not write the same bytes.
    """
    geography = read_geography()
    ways = [way for way in WAYS if way != "geopandas" or rows <= PEER_UP_TO]
    runs: dict[str, list[Figures]] = {way: [] for way in ways}
    with tempfile.TemporaryDirectory() as name:
        boxes, codes = shapely.bounds(geography.polygons), geography.communes["code_insee"].tolist()
        source = write_synthetic(Path(name) / "stock.parquet", rows, boxes, codes)
        for _ in range(rounds):  # interleaved, so that a busy machine slows all of them
            for way in ways:
                runs[way].append(measure(way, source, scheduler))
                sys.stdout.write(json.dumps({"rows": rows, "way": way, **runs[way][-1]}) + "\n")
    hashes = {run["hash"] for way in ("here", "workers") for run in runs[way]}
    if len(hashes) != 1:
        raise SystemExit(f"{rows} rows: expected the same bytes here and on workers, found {sorted(hashes)}.")
    return {"rows": rows, "rounds": rounds, "ways": {way: _summary(done, rows) for way, done in runs.items()}}


def _summary(runs: list[Figures], rows: int) -> Figures:
    seconds = statistics.median(run["seconds"] for run in runs)
    return {
        "seconds": round(seconds, 2),
        "cpu_s": round(statistics.median(run["cpu_s"] for run in runs), 2),
        "mib": max(run["mib"] for run in runs),
        "rows_per_s": round(rows / seconds),
        "placed": runs[0]["placed"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", default=ROWS, help=f"sizes, comma-separated (default: {ROWS})")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scheduler", default="", help="a cluster that is there already (default: one is started)")
    parser.add_argument("--one", nargs=4, metavar=("WAY", "SOURCE", "TARGET", "SCHEDULER"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        way, source, target, scheduler = asked.one
        sys.stdout.write("\n" + json.dumps(WAYS[way](Path(source), Path(target), scheduler)) + "\n")
        return
    kept = json.loads(RESULTS.read_text("utf-8"))["sizes"] if RESULTS.is_file() else []
    sizes = {size["rows"]: size for size in kept}
    for rows in (int(text) for text in asked.rows.split(",")):
        sizes[rows] = compare(rows, asked.rounds, asked.scheduler)
    document = {"machine": report.machine(), "sizes": [sizes[rows] for rows in sorted(sizes)]}
    RESULTS.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    sys.stdout.write(report.scale(document) + "\n")
    report.write_page()


if __name__ == "__main__":
    main()

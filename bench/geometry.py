"""Commune polygons to EPCI (read, dissolve, simplify, write): ours, geopandas defaults, mapshaper, a process each.

``python -m bench.geometry [--rounds N]`` prints one JSON line a pipeline, then the bars. Inputs come from the cache of
the ETL (``python -m etl fetch``): ours reads them as published (hexadecimal WKB); geopandas and mapshaper read the same
polygons from a GeoJSON whose writing is not counted. Imports are not counted, the start of node is. mapshaper is run
only where npm can have its package.
"""

import argparse
import importlib
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import shapely

from etl import geometry
from etl.extract import communes
from etl.fetch import local_path

TOLERANCE_M = 400.0
LAMBERT_93 = 2154
MAPSHAPER = "mapshaper@0.7"
BARS = {"geopandas": 0.27, "mapshaper": 0.85}
MAX_MIB = 600
DOWNLOAD_S = 240
PROGRAM = Path("node_modules", ".bin", "mapshaper")


@dataclass(frozen=True)
class Run:
    """Wall time in seconds, peak memory in MiB, and faulty polygons among those written."""

    seconds: float
    mib: int
    faulty: int


def read_source() -> tuple[list[str], list[str], geometry.Geometries]:
    """EPCI, département and polygon of each commune that has an EPCI."""
    rows = communes.read_commune_rows(local_path("communes-2024"))
    frame = communes.read_communes(rows, *map(local_path, ("epci-2024", "departements-2024", "regions-2024")))
    frame = frame[frame["code_epci"].notna()]
    polygons = geometry.read_hex_wkb(frame["wkb"])
    return frame["code_epci"].tolist(), frame["code_departement"].tolist(), polygons


def run_ours(target: Path, _: Path) -> None:
    """The way of the ETL: repaired coverage, threaded coverage unions and simplification, orjson."""
    codes, departements, polygons = read_source()
    names, groups = geometry.group_rows(codes)
    dissolved = geometry.dissolve(geometry.clean_coverage(polygons), groups)
    zones = np.array([geometry.zone_of(departements[rows[0]]) for rows in groups])
    shapes = geometry.simplify(dissolved, zones, TOLERANCE_M)
    features = [
        {"type": "Feature", "properties": {"code": name}, "geometry": shapely.geometry.mapping(shape)}
        for name, shape in zip(names, shapes, strict=True)
    ]
    target.write_bytes(orjson.dumps({"type": "FeatureCollection", "features": features}))


def run_geopandas(target: Path, source: Path) -> None:
    """The way of the manual: read_file, dissolve, simplify, to_file, all by default."""
    import geopandas as gpd

    dissolved = gpd.read_file(source).dissolve("code").to_crs(LAMBERT_93)
    dissolved["geometry"] = dissolved.simplify(TOLERANCE_M)
    dissolved.to_crs(4326).reset_index().to_file(target, driver="GeoJSON")


def run_mapshaper(target: Path, source: Path) -> None:
    """mapshaper on the same polygons: dissolve, weighted Visvalingam by interval, four decimals."""
    program = source.parent / PROGRAM
    command = f"{program} {source} -dissolve code -simplify interval={TOLERANCE_M:.0f} keep-shapes"
    subprocess.run([*command.split(), "-o", str(target), "precision=0.0001"], check=True, capture_output=True)


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "ours": run_ours,
    "geopandas": run_geopandas,
    "mapshaper": run_mapshaper,
}


def measure(way: str, source: Path, folder: Path) -> Run:
    """One run in a process of its own."""
    target = folder / f"{way}.geojson"
    target.unlink(missing_ok=True)
    command = [sys.executable, "-m", "bench.geometry", "--one", way, str(target), str(source)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, mib = done.stdout.split()
    return Run(float(seconds), int(mib), count_faulty(target))


def count_faulty(path: Path) -> int:
    """Written polygons that are invalid, or overlap or mismatch a neighbour."""
    features = orjson.loads(path.read_bytes())["features"]
    shapes: geometry.Geometries = shapely.from_geojson([orjson.dumps(feature["geometry"]) for feature in features])
    return len(geometry.faults_of(shapes))


def run_one(way: str, target: Path, source: Path) -> None:
    """In the child process: the work, then its seconds and peak memory (MiB) on the output."""
    importlib.import_module("geopandas" if way == "geopandas" else "shapely")
    start = time.perf_counter()
    WAYS[way](target, source)
    seconds = time.perf_counter() - start
    sys.stdout.write(f"{seconds:.3f} {peak_mib(of_child=way == 'mapshaper')}")


def peak_mib(*, of_child: bool) -> int:
    """Peak memory. Of this process from VmHWM: ru_maxrss would start from the peak of the parent that forked it."""
    if of_child:
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def write_source(path: Path) -> None:
    codes, _, polygons = read_source()
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": shapely.geometry.mapping(shape)}
        for code, shape in zip(codes, polygons, strict=True)
    ]
    path.write_bytes(orjson.dumps({"type": "FeatureCollection", "features": features}))


def install_mapshaper(folder: Path) -> bool:
    """Whether npm could put mapshaper in ``folder``."""
    if shutil.which("npm") is None:
        return False
    command = ["npm", "install", "--silent", "--no-save", "--prefix", str(folder), MAPSHAPER]
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=DOWNLOAD_S).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def compare(rounds: int) -> list[dict[str, Any]]:
    """One line a pipeline: median seconds, largest memory, faulty polygons; then one of ratios against the bars."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ways = [way for way in WAYS if way != "mapshaper" or install_mapshaper(folder)]
        runs: dict[str, list[Run]] = {way: [] for way in ways}
        source = folder / "communes.json"
        write_source(source)
        for _ in range(rounds):  # interleaved, so that a busy machine slows all of them
            for way in ways:
                runs[way].append(measure(way, source, folder))
    seconds = {way: statistics.median(run.seconds for run in done) for way, done in runs.items()}
    lines: list[dict[str, Any]] = [
        {
            "pipeline": way,
            "seconds": round(seconds[way], 2),
            "mib": max(run.mib for run in done),
            "faulty": max(run.faulty for run in done),
        }
        for way, done in runs.items()
    ]
    ratios = {way: round(seconds["ours"] / seconds[way], 3) for way in ways if way in BARS}
    ours = lines[0]
    is_met = all(ratio <= BARS[way] for way, ratio in ratios.items()) and not ours["faulty"] and ours["mib"] <= MAX_MIB
    return [*lines, {"ratio": ratios, "bars": BARS, "max_mib": MAX_MIB, "met": is_met}]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", nargs=3, metavar=("WAY", "TARGET", "SOURCE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        way, target, source = arguments.one
        run_one(way, Path(target), Path(source))
        return
    for line in compare(arguments.rounds):
        sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()

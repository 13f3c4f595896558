"""A million points in EPCI and in communes: the way of the ETL (``etl.placing``) against geopandas ``sjoin``.

``python -m bench.join [--points N] [--rounds N]`` prints a table and writes bench/join.json. Points are drawn from a
fixed seed in the box of the mainland: some in the sea, some abroad. Polygons and points are in memory for both; the
index and the preparation of the polygons are counted. Matches are compared point by point.
"""

import argparse
import json
import statistics
import sys
import time
from dataclasses import asdict

import geopandas as gpd
import numpy as np
import shapely

from bench import geometry as bench_geometry
from bench import report
from bench.report import Row
from etl import geometry
from etl.placing import NOWHERE, Coverage, place

MAINLAND = (-5.2, 41.3, 9.6, 51.1)
BAR = 0.4
_SEED = 11


def coverages() -> dict[str, geometry.Geometries]:
    """The polygons of the communes that have an EPCI, and those of the EPCI."""
    codes, _, polygons = bench_geometry.read_source()
    communes = geometry.clean_coverage(polygons)
    _, groups = geometry.group_rows(codes)
    return {"EPCI": geometry.dissolve(communes, groups), "communes": communes}


def random_points(n: int) -> geometry.Geometries:
    draw = np.random.default_rng(_SEED)
    west, south, east, north = MAINLAND
    points: geometry.Geometries = shapely.points(draw.uniform(west, east, n), draw.uniform(south, north, n))
    return points


def ours(points: geometry.Geometries, polygons: geometry.Geometries) -> geometry.Rows:
    return place(points, Coverage.of(polygons))


def by_sjoin(points: geometry.Geometries, polygons: geometry.Geometries) -> geometry.Rows:
    """The documented call; of a point on a border, the first polygon, as ours says."""
    left = gpd.GeoDataFrame(geometry=points, crs=4326)
    right = gpd.GeoDataFrame(geometry=polygons, crs=4326)
    joined = gpd.sjoin(left, right, how="left", predicate="intersects")["index_right"]
    found = joined.groupby(level=0).min().fillna(NOWHERE)
    return found.to_numpy().astype(np.intp)


def copies(polygons: geometry.Geometries) -> geometry.Geometries:
    """New objects: what one way prepared is not there for the other."""
    made: geometry.Geometries = shapely.from_wkb(shapely.to_wkb(polygons))
    return made


def measure(name: str, polygons: geometry.Geometries, points: geometry.Geometries, rounds: int) -> Row:
    seconds: dict[str, list[float]] = {"ours": [], "sjoin": []}
    found: dict[str, geometry.Rows] = {}
    for _ in range(rounds):  # interleaved, so that a busy machine slows both
        for way, run in (("ours", ours), ("sjoin", by_sjoin)):
            own = copies(polygons)
            began = time.perf_counter()
            found[way] = run(points, own)
            seconds[way].append(time.perf_counter() - began)
    n_different = int((found["ours"] != found["sjoin"]).sum())
    n_placed = int((found["ours"] != NOWHERE).sum())
    mine, theirs = (statistics.median(seconds[way]) for way in ("ours", "sjoin"))
    value = f"{mine:.2f} s, {n_placed:,} placed, {n_different} different"
    peer = f"sjoin {theirs:.2f} s ({mine / theirs:.2f} ×)"
    is_met = mine / theirs <= BAR and not n_different
    return Row(f"{len(points):,} points in {len(polygons):,} {name}", value, peer, f"≤ {BAR} ×, identical", is_met)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    points = random_points(arguments.points)
    rows = [measure(name, polygons, points, arguments.rounds) for name, polygons in coverages().items()]
    sys.stdout.write(report.table(rows) + "\n")
    document = {"machine": report.machine(), "rounds": arguments.rounds, "rows": [asdict(row) for row in rows]}
    results = report.ROOT / "bench" / "join.json"
    results.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    report.write_page()


if __name__ == "__main__":
    main()

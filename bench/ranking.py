"""How long a re-rank takes: the real sites as the server answers them, and ten thousand synthetic ones.

``python -m bench.ranking`` prints medians and worst cases in milliseconds, on the clock and of this process alone: a
busy machine shows in the first only. Never a test.
"""

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from geodata.queries.criteria import Matrix, criteria_of
from geodata.queries.finder import PAGE_SIZE, find_sites
from geodata.queries.ranking import rank_matrix
from geodata.repository import Tables, load_tables
from settings import ROOT
from state.needs import Needs
from state.needs_presets import CRITERIA
from views.sites.marks import draw_marks
from views.sites.results import draw_results

RUNS = 30
SYNTHETIC = 10_000


def main() -> None:
    tables = load_tables(ROOT / "geodata" / "published")
    draw = random.Random(1)
    asked = [_needs(draw) for _ in range(RUNS)]
    find_sites(tables, asked[0])  # the tables are read and the criteria made once a publication
    n = len(tables["sites"])
    _say(f"{n} sites: filters, scores, ranks, exclusions", _time(lambda needs: find_sites(tables, needs), asked))
    _say(f"{n} sites: the same, drawn as HTML", _time(lambda needs: _answer(tables, needs), asked))
    matrix = _synthetic(criteria_of(tables, Needs()), SYNTHETIC)
    judged = {"surface_min": np.where(np.isnan(matrix.low[:, 0]), np.nan, (matrix.low[:, 0] >= 20).astype(float))}

    def rank(needs: Needs) -> None:
        rank_matrix(matrix, needs, judged).sites(0, PAGE_SIZE)

    _say(f"{SYNTHETIC:,} synthetic sites: scores, ranks, rank intervals of a page of {PAGE_SIZE}", _time(rank, asked))


def _needs(draw: random.Random) -> Needs:
    """Weights that no cache has seen."""
    weights = ",".join(f"{name}:{draw.randint(0, 5)}" for name in CRITERIA)
    return Needs.from_query(f"poids={weights}&surface_min={draw.randint(1, 90)}&gare_fret={draw.randint(5, 40)}")


def _answer(tables: Tables, needs: Needs) -> None:
    found = find_sites(tables, needs)
    draw_results(found, needs)
    draw_marks(found, needs)


def _synthetic(real: Matrix, n: int) -> Matrix:
    """Sites made of columns of real ones, drawn separately: the same gaps, other combinations."""
    random_rows = np.random.default_rng(1).integers(0, len(real.site_ids), (n, len(real.criteria)))
    columns = np.arange(len(real.criteria))
    ids = tuple(f"s{row:05d}" for row in range(n))
    return replace(real, site_ids=ids, low=real.low[random_rows, columns], high=real.high[random_rows, columns])


def _time(run: Callable[[Needs], object], asked: list[Needs]) -> list[tuple[float, float]]:
    taken = []
    for needs in asked:
        start, worked = time.perf_counter(), time.process_time()
        run(needs)
        taken.append((1_000 * (time.perf_counter() - start), 1_000 * (time.process_time() - worked)))
    return taken


def _say(what: str, taken: list[tuple[float, float]]) -> None:
    clock, process = zip(*taken, strict=True)
    words = f"median {statistics.median(clock):.1f} ms, worst {max(clock):.1f} ms"
    print(f"{what}: {words} on the clock; median {statistics.median(process):.1f} ms of processor")


if __name__ == "__main__":
    main()

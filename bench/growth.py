"""How the atlas grows: the same measures on 1, 10 and 100 times the projects, and on 10 times the territoires.

``python -m bench.growth [--rounds N] [--sizes 1x1,10x1,100x1,1x10]`` writes synthetic publications in ``.cache/growth``
(``bench.synthetic``), starts the atlas on each, prints one table, keeps the figures in ``bench/growth.json`` and writes
its section of ``docs/performance.md``. Never a test.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx

from bench import load, pages, report
from bench.__main__ import ATLAS_FILTER, FILTERS
from bench.servers import ROOT, Server, free_port, gunicorn, running
from bench.synthetic import KEPT, Size, Written, publication
from ids import Carte, State

CALLBACK = "/_dash-update-component"
RESULTS = ROOT / "bench" / "growth.json"
SIZES = "1x1,10x1,100x1,1x10"
REGIONS = ("11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93")
LISTS = {
    "list": ("tri=-{word}", ("entreprise", "mesure", "filiere", "taille", "nom_commune", "date_mise_a_jour")),
    "search": ("q={word}", ("saint", "lyon", "bois", "acier", "sante", "nord", "usine", "verre", "ville", "mont")),
}
DOWNLOAD = "/telecharger/projets.csv?filiere=sante&region={region}"


@dataclass(frozen=True)
class Growth:
    """The figures of one size: seconds, mebibytes, kibibytes as they travel, milliseconds; ``*_p95`` of cold answers.

    ``publish_s`` is the ETL's last step (bytes and manifest); ``first_start_s`` compresses the files, ``start_s`` finds
    them compressed; ``worker_mib`` is the share of memory (PSS) of the largest worker after the visits.
    """

    projects: int
    territoires: int
    publish_s: float
    published_mib: float
    first_start_s: float
    start_s: float
    worker_mib: float
    until_map_kib: float
    first_map_ms: float
    live_map_ms: float
    script_ms: float
    filter_p50_ms: float
    filter_p95_ms: float
    charts_p95_ms: float
    list_p95_ms: float
    search_p95_ms: float
    download_p95_ms: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", default=SIZES, help="projects x territoires, comma-separated")
    arguments = parser.parse_args()
    sizes = [Size(*map(int, size.split("x"))) for size in arguments.sizes.split(",")]
    found = [measure(publication(size), arguments.rounds) for size in sizes]
    document = {"machine": report.machine(), "rounds": arguments.rounds, "sizes": [asdict(item) for item in found]}
    RESULTS.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    sys.stdout.write(report.growth_table(document["sizes"]) + "\n")
    report.write_page()


def measure(written: Written, rounds: int) -> Growth:
    """Starts the atlas on a folder twice, visits it, filters it, asks it what nobody asked before."""
    copies = KEPT / f"static-{written.folder.name}"
    shutil.rmtree(copies, ignore_errors=True)
    port = free_port()
    command = _command(written.folder, copies, port)
    with running(command, port) as server:
        first_start_s = server.start_s
    with running(command, port) as server, pages.browser() as chromium:
        visits = [pages.visit(chromium, server.url) for _ in range(rounds)]
        selectors = [ATLAS_FILTER.format(code) for code in FILTERS]
        filters = [time for _ in range(rounds) for time in pages.filter_times(chromium, server.url, selectors)]
        cold = _cold_answers(server)
        worker_mib = max(_pss_mib(child) for child in _children(server.pid))
        start_s = server.start_s
    painted = statistics.quantiles((ms for _, ms in filters), n=20)
    return Growth(
        projects=written.projects,
        territoires=written.territoires,
        publish_s=written.seconds,
        published_mib=sum(path.stat().st_size for path in written.folder.iterdir()) / 2**20,
        first_start_s=first_start_s,
        start_s=start_s,
        worker_mib=worker_mib,
        until_map_kib=_median(visits, "until_map_kib"),
        first_map_ms=_median(visits, "first_map_ms"),
        live_map_ms=_median(visits, "live_map_ms"),
        script_ms=statistics.median(ms for ms, _ in filters),
        filter_p50_ms=painted[9],
        filter_p95_ms=painted[18],
        **{f"{name}_p95_ms": statistics.quantiles(times, n=20)[18] for name, times in cold.items()},
    )


def _median(visits: Sequence[pages.Visit], field: str) -> float:
    return float(statistics.median(getattr(visit, field) for visit in visits))


def _command(folder: Path, copies: Path, port: int) -> list[str]:
    """The atlas on another published folder: what it shows is set by its environment."""
    places = {"ATLAS_DATA_FOLDER": folder, "ATLAS_STATIC_CACHE_FOLDER": copies, "ATLAS_EXPENSIVE_PER_MINUTE": 0}
    return ["env", *(f"{name}={value}" for name, value in places.items()), *gunicorn("app:server", port)]


def _cold_answers(server: Server) -> dict[str, list[float]]:
    """Milliseconds of answers that no cache holds: the charts, a list page, a search, a file."""
    found: dict[str, list[float]] = {}
    with httpx.Client(base_url=server.url, timeout=120) as client:
        queries = [f"region={region}&filiere=sante,bois" for region in REGIONS]
        bodies = [load.charts_request(server.url, query, State.filters) for query in queries]
        found["charts"] = [_timed(client, "POST", CALLBACK, body) for body in bodies]
        for name, (pattern, words) in LISTS.items():
            bodies = [_list_request(client, f"vue=liste&onglet=projets&{pattern.format(word=word)}") for word in words]
            found[name] = [_timed(client, "POST", CALLBACK, body) for body in bodies]
        addresses = [DOWNLOAD.format(region=region) for region in REGIONS]
        found["download"] = [_timed(client, "GET", address) for address in addresses]
    return found


def _list_request(client: httpx.Client, query: str) -> dict[str, Any]:
    """The body that the browser posts to get a page of the list."""
    names = [dependency["output"] for dependency in client.get("/_dash-dependencies").json()]
    output = next(name for name in names if name.startswith(f"{Carte.list}."))
    component, _, prop = output.rpartition(".")
    return {
        "output": output,
        "outputs": {"id": component, "property": prop},
        "inputs": [{"id": State.list, "property": "data", "value": query}],
        "changedPropIds": [f"{State.list}.data"],
    }


def _timed(client: httpx.Client, method: str, address: str, body: object = None) -> float:
    began = time.perf_counter()
    client.request(method, address, json=body).raise_for_status()
    return (time.perf_counter() - began) * 1000


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()]


def _pss_mib(pid: int) -> float:
    """The memory of a process, pages that it shares counted in part (Linux)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    os.chdir(ROOT)
    main()

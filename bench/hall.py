"""``python -m bench.hall [--without alone,nginx,peers] [--seconds N]``: a full hall, and the peers.

The crowd is a process of its own (``bench.crowd``) on the same machine: its CPU is said beside each figure. Requests
are those of a real browser (``bench.visits``). Writes bench/hall.json and the sections « Hall » and « Peers ».
"""

import argparse
import json
import random
import statistics
import sys
import time
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from bench import report
from bench.crowd import quantile, run_crowd
from bench.hall_peers import measure_peers, say
from bench.hall_servers import Served, alone, behind_nginx
from bench.report import Row
from bench.servers import ROOT, NotMeasured
from bench.visits import DOCUMENTS, Filters, record

RESULTS = ROOT / "bench" / "hall.json"
FIRST, HALL = 200, 500
ARRIVAL_S, PAUSE_S = 20.0, 10.0
REGIONS = ("11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94")

Plan = list[list[tuple[float, list[list[str]]]]]


def play(url: str, plan: Plan) -> dict[str, Any]:
    """What a crowd in a process of its own met."""
    texts: dict[str, int] = {}
    visitors = [
        [(at, [[texts.setdefault(one, len(texts)) for one in wave] for wave in waves]) for at, waves in parts]
        for parts in plan
    ]
    host, _, port = urlsplit(url).netloc.partition(":")
    return run_crowd({"host": host, "port": int(port), "requests": list(texts), "visitors": visitors})


def first_visits(served: Served, carte: list[list[str]]) -> list[Row]:
    """``FIRST`` browsers that never came, all at once."""
    before = served.memory_mib()
    met = play(served.url, [[(0.0, carte)] for _ in range(FIRST)])
    kept = (served.memory_mib() - before) / FIRST
    seconds, n_errors = max(met["visits"]), len(met["errors"])
    n_requests = sum(len(times) for times in met["times"].values())
    value = f"{seconds:.1f} s, median visit {statistics.median(met['visits']):.1f} s, {errors(met)}"
    what = f"{FIRST} first visits at once, {served.name}"
    cost = f"{n_requests:,} requests, {met['n_bytes'] / 2**20:,.0f} MiB; crowd {cpu(met)} of a core"
    return [
        Row(what, value, cost, "≤ 5 s, no error", seconds <= 5 and not n_errors),
        Row(f"Memory for each, {served.name}", f"{kept:.3f} MiB", "", "≤ 0.05 MiB", kept <= 0.05),
    ]


def hall(served: Served, carte: list[list[str]], seconds: float) -> Row:
    """``HALL`` visitors who arrive within 20 s and filter every 10 s."""
    filters, draw = Filters(served.url), random.Random(2)
    plan: Plan = []
    for _ in range(HALL):
        arrival = draw.uniform(0, ARRIVAL_S)
        moments = [arrival + PAUSE_S * n for n in range(1, 20) if arrival + PAUSE_S * n < seconds]
        plan.append([(arrival, carte), *((at, [filters.wave()]) for at in moments)])
    n = len(set(filters.asked))
    return crowd_row(served, plan, f"{HALL} visitors in 20 s, {len(filters.asked):,} filters ({n:,} different)")


def documents(served: Served, recorded: list[list[list[str]]], seconds: float) -> Row:
    """The same crowd, reading the plain pages: one every ten seconds, each in an order of its own."""
    draw, plan = random.Random(3), []
    statics = [waves[1:] for waves in recorded]
    for _ in range(HALL):
        arrival = draw.uniform(0, ARRIVAL_S)
        order, parts = draw.sample(range(len(DOCUMENTS)), len(DOCUMENTS)), []
        for n, index in enumerate(order):
            if arrival + PAUSE_S * n < seconds:
                region = draw.choice(REGIONS)
                page = [one.replace("/regions/32", f"/regions/{region}") for one in recorded[index][0]]
                first = [wave for waves in statics for wave in waves] if n == 0 else []
                parts.append((arrival + PAUSE_S * n, [page, *first]))
        plan.append(parts)
    return crowd_row(served, plan, f"{HALL} readers of {', '.join(DOCUMENTS)}")


def crowd_row(served: Served, plan: Plan, what: str) -> Row:
    before = served.memory_mib()
    met = play(served.url, plan)
    after = served.memory_mib()
    every = [one for times in met["times"].values() for one in times]
    p95 = quantile(every, 95) * 1000
    kinds = ", ".join(f"{kind} {quantile(times, 95) * 1000:,.0f}" for kind, times in sorted(met["times"].items()))
    value = f"p95 {p95:,.0f} ms ({kinds}), {errors(met)}"
    share = 100 * len(met["times"].get("file", [])) / len(every)
    cost = f"{len(every):,} requests, {share:.0f} % files; {before:,.0f} → {after:,.0f} MiB; crowd {cpu(met)} of a core"
    is_met = p95 <= 500 and not met["errors"]
    return Row(f"{what}, {served.name}", value, cost, "p95 ≤ 500 ms, no error, memory bounded", is_met)


def errors(met: dict[str, Any]) -> str:
    kinds = sorted(set(met["errors"]))
    return f"{len(met['errors'])} errors" + (f" ({', '.join(kinds[:3])})" if kinds else "")


def cpu(met: dict[str, Any]) -> str:
    return f"{met['cpu_s'] / met['seconds']:.0%}"


def measure_hall(served: Served, seconds: float) -> list[Row]:
    """Every part against one way of serving; the first visits are the first that it ever sees of this host."""
    (carte,) = record(served.url, ("/",))
    rows = first_visits(served, carte)
    say(rows[0].value)
    rows.append(hall(served, carte, seconds))
    say(rows[-1].value)
    recorded = record(served.url, tuple(path.format(region="32") for path in DOCUMENTS))
    rows.append(documents(served, recorded, seconds))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", default="", help="parts to leave out, comma-separated: alone, nginx, peers")
    parser.add_argument("--seconds", type=float, default=60.0)
    arguments = parser.parse_args()
    left_out = set(arguments.without.split(","))
    found: dict[str, list[Row]] = {"hall": [], "peers": []}
    for name, ways in (("alone", alone), ("nginx", behind_nginx)):
        if name not in left_out:
            try:
                with ways() as served:
                    time.sleep(0 if arguments.seconds < 60 else 30)  # what is made ahead is made
                    found["hall"] += measure_hall(served, arguments.seconds)
            except NotMeasured as error:
                found["hall"].append(Row(f"A hall, {name}", f"not measured: {error}"))
    if "peers" not in left_out:
        found["peers"] = measure_peers(arguments.seconds / 6)
    for rows in found.values():
        sys.stdout.write(report.table(rows) + "\n\n")
    document = {"machine": report.machine(), **{name: [asdict(row) for row in rows] for name, rows in found.items()}}
    RESULTS.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    report.write_page()


if __name__ == "__main__":
    main()

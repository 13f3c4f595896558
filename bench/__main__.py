"""``python -m bench [--rounds N] [--without streamlit,etl,geometry]``: measures, prints and writes one table."""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from bench import load, pages, report
from bench.report import Row
from bench.servers import ROOT, NotMeasured, Server, free_port, gunicorn, running, streamlit
from ids import State

FILTERS = ("sante", "automobile", "agroalimentaire", "bois", "chimie", "nucleaire", "electronique")
ATLAS_FILTER = "details[data-facet=filiere] input[value='{}']"
DASH_FILTER = "#filiere input[value='{}']"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--without", default="", help="parts to leave out, comma-separated: streamlit, etl, geometry")
    arguments = parser.parse_args()
    left_out = set(arguments.without.split(","))
    rows = [*measure_pages(arguments.rounds, "streamlit" not in left_out)]
    if "etl" not in left_out:
        rows += measured("ETL: the whole build", measure_etl)
    if "geometry" not in left_out:
        rows += measured("Geometry job", measure_geometry)
    sys.stdout.write(report.table(rows) + "\n")
    report.write(rows, arguments.rounds)


def measured(what: str, measure: Callable[[], list[Row]]) -> list[Row]:
    """The rows of one part, or one row that says why it could not be measured."""
    try:
        return measure()
    except NotMeasured as error:
        return [Row(what, f"not measured: {error}")]


@contextlib.contextmanager
def streamlit_server(is_wanted: bool) -> Iterator[Server | str]:
    """The Streamlit peer, or the reason why there is none."""
    port = free_port()
    try:
        command = streamlit(port) if is_wanted else []
    except NotMeasured as error:
        yield str(error)
        return
    if not command:
        yield "left out"
        return
    with running(command, port) as server:
        yield server


def measure_pages(rounds: int, has_streamlit: bool) -> Iterator[Row]:
    """The atlas against plain Dash and Streamlit, in interleaved rounds of one run."""
    starts = [start_time() for _ in range(3)]
    ports = free_port(), free_port()
    with (
        running(gunicorn("app:server", ports[0]), ports[0]) as atlas,
        running(gunicorn("bench.peers.plain_dash:server", ports[1]), ports[1]) as dash,
        streamlit_server(has_streamlit) as other,
        pages.browser() as chromium,
    ):
        servers = {"atlas": atlas.url, "dash": dash.url}
        servers |= {"streamlit": other.url} if isinstance(other, Server) else {}
        visits: dict[str, list[pages.Visit]] = {name: [] for name in servers}
        filters: dict[str, list[tuple[float, float]]] = {"atlas": [], "dash": []}
        for _ in range(rounds):
            for name, url in servers.items():
                visits[name].append(pages.visit(chromium, url))
            for name in filters:
                filters[name] += pages.filter_times(chromium, servers[name], selectors(name))
        yield from rows_of_visits(visits, other)
        yield from rows_of_filters(filters)
        yield from rows_of_server(atlas, statistics.median(starts))


def selectors(name: str) -> list[str]:
    """The controls that filter by sector, one after the other; the atlas adds them up, plain Dash replaces."""
    pattern = ATLAS_FILTER if name == "atlas" else DASH_FILTER
    return [pattern.format(code) for code in FILTERS]


def start_time() -> float:
    port = free_port()
    with running(gunicorn("app:server", port), port) as server:
        return server.start_s


def rows_of_visits(visits: dict[str, list[pages.Visit]], other: Server | str) -> Iterator[Row]:
    middle = {
        name: {field: statistics.median(getattr(v, field) for v in found) for field in pages.Visit.__dataclass_fields__}
        for name, found in visits.items()
    }
    atlas, dash = middle["atlas"], middle["dash"]
    for what, field, most in (("Page until the first map", "until_map_kib", 700), ("Whole page", "whole_kib", 1200)):
        value = atlas[field]
        yield Row(
            f"{what}, on the wire", f"{value:,.0f} KiB", f"Dash {dash[field]:,.0f}", f"≤ {most:,} KiB", value <= most
        )
    yield from rows_of_map(middle, other)
    blocking, shift = atlas["blocking_ms"], atlas["shift"]
    yield Row(
        "Total blocking time", f"{blocking:,.0f} ms", f"Dash {dash['blocking_ms']:,.0f} ms", "≤ 400 ms", blocking <= 400
    )
    yield Row("Layout shift", f"{shift:.3f}", f"Dash {dash['shift']:.3f}", "≤ 0.1", shift <= 0.1)


def rows_of_map(middle: dict[str, dict[str, float]], other: Server | str) -> Iterator[Row]:
    """When the map is seen, and when it answers the pointer: the atlas shows a picture of its map first."""
    atlas = middle["atlas"]
    shown = f"{atlas['first_map_ms']:,.0f} ms"
    for name, label, most in (("dash", "Dash", 0.4), ("streamlit", "Streamlit", 0.2)):
        if name not in middle:
            yield Row(f"First map, against {label}", f"not measured: {other}")
            continue
        peer = middle[name]["first_map_ms"]
        ratio = atlas["first_map_ms"] / peer
        yield Row("First map seen", shown, f"{label} {peer:,.0f} ms ({ratio:.2f} ×)", f"≤ {most} ×", ratio <= most)
    ratio = atlas["live_map_ms"] / middle["dash"]["live_map_ms"]
    peer_words = f"Dash {middle['dash']['live_map_ms']:,.0f} ms ({ratio:.2f} ×)"
    yield Row("Map that answers the pointer", f"{atlas['live_map_ms']:,.0f} ms", peer_words, "", None)


def rows_of_filters(filters: dict[str, list[tuple[float, float]]]) -> Iterator[Row]:
    painted = {name: statistics.quantiles((ms for _, ms in found), n=20) for name, found in filters.items()}
    shown = {name: f"{points[9]:,.0f} / {points[18]:,.0f} ms" for name, points in painted.items()}
    ratio = painted["atlas"][18] / painted["dash"][18]
    yield Row(
        "Filter → painted, p50 / p95",
        shown["atlas"],
        f"Dash {shown['dash']} (p95 {ratio:.2f} ×)",
        "p95 ≤ 0.45 ×",
        ratio <= 0.45,
    )
    script = statistics.median(ms for ms, _ in filters["atlas"])
    yield Row("Script in the browser for a filter", f"{script:.1f} ms", "", "≤ 30 ms", script <= 30)


def rows_of_server(atlas: Server, start_s: float) -> Iterator[Row]:
    answers = load.answer_bytes(atlas.url, State.filters)
    largest = max(answers)
    yield Row("Charts of a filter, on the wire (largest of 6)", f"{largest:,} B", "", "≤ 10,000 B", largest <= 10_000)
    found = load.hammer(atlas.url, State.filters)
    is_met = found.per_second >= 700 and found.p95_ms <= 80 and not found.errors
    value = f"{found.per_second:,.0f}/s, p95 {found.p95_ms:.0f} ms, {found.errors} errors"
    yield Row("Cached callback, 16 connections", value, "", "≥ 700/s, p95 ≤ 80 ms", is_met)
    yield Row("Server start → first 200", f"{start_s:.2f} s", "", "≤ 1.5 s", start_s <= 1.5)


def measure_etl() -> list[Row]:
    """The build from a filled cache into a folder of its own: wall time and peak memory of the process.

    Raises:
        NotMeasured: the build fails; its last line is the reason.
    """
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as output:
        command = [sys.executable, "-m", "etl", "build", "--output", f"{folder}/published"]
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise NotMeasured(output.read().decode(errors="replace").strip().splitlines()[-1][:160])
    mib = usage.ru_maxrss / 1024
    is_met = seconds <= 40 and mib <= 1024
    return [
        Row(
            "ETL: the whole build, from a filled cache",
            f"{seconds:.1f} s, {mib:,.0f} MiB",
            "",
            "≤ 40 s, ≤ 1 GiB",
            is_met,
        )
    ]


def measure_geometry() -> list[Row]:
    """Communes to EPCI by our way, geopandas defaults and mapshaper (``bench.geometry``).

    Raises:
        NotMeasured: the sources are not in the cache.
    """
    command = [sys.executable, "-m", "bench.geometry", "--rounds", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900)
    if done.returncode:
        raise NotMeasured(done.stderr.strip().splitlines()[-1][:160])
    *ways, verdict = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    ours, *others = ways
    peers = ", ".join(f"{way['pipeline']} {way['seconds']} s, {way['faulty']} faulty" for way in others)
    bar = f"≤ 0.27 × geopandas, ≤ 0.85 × mapshaper, 0 faulty, ≤ {verdict['max_mib']} MiB"
    value = f"{ours['seconds']} s, {ours['mib']} MiB, {ours['faulty']} faulty"
    ratios = ", ".join(f"{ratio:.2f} × {way}" for way, ratio in verdict["ratio"].items())
    return [Row("Communes → EPCI: dissolve and simplify", value, f"{peers} ({ratios})", bar, verdict["met"])]


if __name__ == "__main__":
    main()

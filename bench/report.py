"""The figures as tables: on the screen, in JSON files of ``bench/``, in docs/performance.md and in the README."""

import json
import os
import platform
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "bench" / "results.json"
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


@dataclass(frozen=True)
class Row:
    """One line: what was measured, the figure, the peer's, the bar. ``is_met`` is None when nothing is to be met."""

    what: str
    value: str
    peer: str = ""
    bar: str = ""
    is_met: bool | None = None


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    verdicts = {True: "met", False: "**missed**", None: ""}
    lines = ["| what | atlas | peer in the same run | bar | |", "|---|---|---|---|---|"]
    lines += [f"| {row.what} | {row.value} | {row.peer} | {row.bar} | {verdicts[row.is_met]} |" for row in rows]
    return "\n".join(lines)


def write(rows: Sequence[Row], rounds: int) -> None:
    """Writes the results, the page of the documentation, and the README's quotation between its markers."""
    document = {"machine": machine(), "rounds": rounds, "rows": [asdict(row) for row in rows]}
    RESULTS.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    write_page()
    readme = ROOT / "README.md"
    quoted = f"{BEGIN}\n{table(rows)}\n{END}"
    written = re.sub(f"{BEGIN}.*?{END}", lambda _: quoted, readme.read_text("utf-8"), flags=re.DOTALL)
    readme.write_text(written, "utf-8")


def write_page() -> None:
    """Writes ``docs/performance.md`` from the results at hand: the main table, then a section a file of results."""
    document = json.loads(RESULTS.read_text("utf-8"))
    intro = (
        "# Performance\n\nWritten by `make bench`; do not edit by hand. "
        f"Measured on: {document['machine']}; {document['rounds']} interleaved rounds, medians unless said. Without a "
        "graphics card a full repaint of the map costs 200–450 ms, so compare the columns rather than the milliseconds."
    )
    found = [(ROOT / "bench" / name, section) for name, section in SECTIONS.items()]
    sections = [section(json.loads(path.read_text("utf-8"))) for path, section in found if path.is_file()]
    page = "\n\n".join([intro, table([Row(**row) for row in document["rows"]]), *sections])
    (ROOT / "docs" / "performance.md").write_text(f"{page}\n", "utf-8")


def growth(document: dict[str, Any]) -> str:
    """The section of ``bench.growth``."""
    intro = (
        f"Written by `python -m bench.growth`; measured on: {document['machine']}; {document['rounds']} rounds a size, "
        "one size after the other. Projects and territoires beyond the real ones are synthetic, made for this table, "
        "never published. Answers are cold: nobody asked before."
    )
    return f"## Growth\n\n{intro}\n\n{growth_table(document['sizes'])}"


def growth_table(sizes: Sequence[dict[str, float]]) -> str:
    """One line a measure, one column a size, then how the filter of each size stands to that of the first."""
    heads = [f"{size['projects']:,} projects, {size['territoires']:,} territoires" for size in sizes]
    lines = [f"| what | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    for what, pattern in _GROWTH.items():
        lines.append(f"| {what} | {' | '.join(pattern.format(**size) for size in sizes)} |")
    first = sizes[0]["filter_p95_ms"]
    ratios = [f"{size['filter_p95_ms'] / first:.2f} ×" for size in sizes]
    lines.append(f"| Filter → painted, p95 against the first column (bar ≤ 2 ×) | {' | '.join(ratios)} |")
    return "\n".join(lines)


_GROWTH = {
    "ETL: bytes and manifest of what grows": "{publish_s:.1f} s",
    "Published folder": "{published_mib:,.0f} MiB",
    "First start (files compressed) → first 200": "{first_start_s:.1f} s",
    "Start → first 200": "{start_s:.1f} s",
    "Memory of a worker": "{worker_mib:,.0f} MiB",
    "Page until the map, on the wire": "{until_map_kib:,.0f} KiB",
    "First map seen": "{first_map_ms:,.0f} ms",
    "Map that answers the pointer": "{live_map_ms:,.0f} ms",
    "Script in the browser for a filter": "{script_ms:.0f} ms",
    "Filter → painted, p50 / p95": "{filter_p50_ms:,.0f} / {filter_p95_ms:,.0f} ms",
    "Charts of a new filter, p95": "{charts_p95_ms:,.0f} ms",
    "A page of the list, sorted, p95": "{list_p95_ms:,.0f} ms",
    "A search in the list, p95": "{search_p95_ms:,.0f} ms",
    "A filtered CSV file, p95": "{download_p95_ms:,.0f} ms",
}


def scale(document: dict[str, Any]) -> str:
    """The section of ``bench.scale``."""
    intro = (
        f"Written by `python -m bench.scale`; measured on: {document['machine']}. Synthetic establishments, placed in "
        "all the communes with their EPCI and the territoires of each millesime: read, placed, written, counted. CPU "
        "is that of all processes, imports and start of the cluster included; the seconds leave these out. Both ways "
        "of the atlas write the same bytes; geopandas joins the communes only, and holds every row."
    )
    lines = ["| rows | way | seconds | rows/s | CPU | memory | rounds |", "|---|---|---|---|---|---|---|"]
    for size in document["sizes"]:
        for way, name in _WAYS.items():
            if way in size["ways"]:
                lines.append(_SCALE.format(name=name, rows=size["rows"], rounds=size["rounds"], **size["ways"][way]))
    return "\n".join(["## Establishments", "", intro, "", *lines])


_WAYS = {"here": "one process", "workers": "two Dask workers", "geopandas": "geopandas.sjoin"}
_SCALE = "| {rows:,} | {name} | {seconds:,.1f} s | {rows_per_s:,} | {cpu_s:,.1f} s | {mib:,} MiB | {rounds} |"


def hall(document: dict[str, Any]) -> str:
    """The sections of ``bench.hall``."""
    intro = (
        f"Written by `python -m bench.hall`; measured on: {document['machine']}, the crowd among them. Requests are "
        "those of a recorded visit of a real browser, six connections each, without its pauses."
    )
    peers = (
        "Fifty sessions that choose another sector as soon as they are answered, caches filled. Panel and Streamlit "
        "through their web sockets, complete when both figures were sent, or when the script ended."
    )
    tables = {name: table([Row(**row) for row in document[name]]) for name in ("hall", "peers")}
    return f"## Hall\n\n{intro}\n\n{tables['hall']}\n\n## Peers\n\n{peers}\n\n{tables['peers']}"


def join(document: dict[str, Any]) -> str:
    """The section of ``bench.join``."""
    intro = (
        f"Written by `python -m bench.join`; measured on: {document['machine']}; {document['rounds']} interleaved "
        "rounds, medians. Index and preparation included."
    )
    return f"## Points in polygons\n\n{intro}\n\n{table([Row(**row) for row in document['rows']])}"


SECTIONS: dict[str, Callable[[dict[str, Any]], str]] = {
    "growth.json": growth,
    "scale.json": scale,
    "hall.json": hall,
    "join.json": join,
}


def machine() -> str:
    """What the figures were measured on, in words."""
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {platform.system()}, Python {platform.python_version()}, software WebGL"

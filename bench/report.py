"""The figures as one table: on the screen, in bench/results.json, in docs/performance.md and in the README."""

import json
import os
import platform
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
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
    machine = f"{_cores()} cores, {platform.system()}, Python {platform.python_version()}, software WebGL"
    document = {"machine": machine, "rounds": rounds, "rows": [asdict(row) for row in rows]}
    (ROOT / "bench" / "results.json").write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    intro = (
        "# Performance\n\nWritten by `make bench`; do not edit by hand. "
        f"Measured on: {machine}; {rounds} interleaved rounds, medians unless said. Without a graphics card a full "
        "repaint of the map costs 200–450 ms, so compare the columns rather than the milliseconds.\n\n"
    )
    (ROOT / "docs" / "performance.md").write_text(f"{intro}{table(rows)}\n", "utf-8")
    readme = ROOT / "README.md"
    quoted = f"{BEGIN}\n{table(rows)}\n{END}"
    written = re.sub(f"{BEGIN}.*?{END}", lambda _: quoted, readme.read_text("utf-8"), flags=re.DOTALL)
    readme.write_text(written, "utf-8")


def _cores() -> int:
    return len(os.sched_getaffinity(0))

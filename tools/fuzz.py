"""``python -m tools.fuzz --count 100000``: hostile inputs, counted; exits with 1 when one of them breaks something.

Every input comes from (layer, number): what failed is made again with ``--layer NAME --only NUMBER``.
"""

import argparse
import gc
import logging
import random
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app import create_app
from settings import Settings
from tools.fuzz_layers import Layer, cheap_layers, http_layers

SHARE = 0.02
"""Of the inputs, those that are whole requests: one costs as much as hundreds of the others."""


@dataclass
class Outcome:
    """What came of one layer: inputs run, failures by their first words, the slowest input in ms of processor time."""

    n: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    examples: dict[str, int] = field(default_factory=dict)
    slowest_ms: float = 0.0
    slowest: int = 0
    n_slow: int = 0

    @property
    def is_good(self) -> bool:
        return not self.failures and not self.n_slow


def fuzz(layer: Layer, count: int, seconds: float = float("inf"), start: int = 0) -> Outcome:
    """Runs inputs ``start``, ``start + 1``… of a layer, until the count or the time is reached."""
    outcome, deadline = Outcome(), time.monotonic() + seconds
    for number in range(start, start + count):
        if time.monotonic() > deadline:
            break
        rng = random.Random(f"{layer.name} {number}")  # noqa: S311 - made again from its number, not secret
        began = time.thread_time()
        try:
            layer.run(rng)
        except Exception:  # noqa: BLE001 - what is looked for
            said = traceback.format_exc().strip().splitlines()[-1][:200]
            outcome.failures[said] += 1
            outcome.examples.setdefault(said, number)
        spent = (time.thread_time() - began) * 1000
        outcome.n += 1
        if spent > outcome.slowest_ms:
            outcome.slowest_ms, outcome.slowest = spent, number
        if layer.limit_ms and spent > layer.limit_ms:
            outcome.n_slow += 1
    return outcome


def layers_of(folder: Path) -> tuple[list[Layer], list[Layer]]:
    """The cheap layers and those of whole requests, on an atlas of their own that leaves nothing behind."""
    from tests.wiring import body_of, dependencies  # noqa: PLC0415 - a tool of the tests

    settings = Settings(local_folder=folder, relay_file=folder / "relais.sqlite", expensive_per_minute=0)
    app = create_app(settings)
    client = app.server.test_client()
    called = [item for item in dependencies(client) if not item.get("clientside_function")]
    values = {f"{item['id']}.{item['property']}": "region=32" for row in called for item in row["inputs"]}
    good = [body_of(item, values) for item in called]
    return cheap_layers(_tables(settings), app.callback_map, good), http_layers(client, good)


def _tables(settings: Settings) -> Any:
    from geodata.repository import load_tables  # noqa: PLC0415 - beside the one of the app

    return load_tables(settings.data_folder)


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="inputs in all (default: 100,000)")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="of whole requests, at most, a layer")
    parser.add_argument("--layer", default="", help="only the layers whose name holds this")
    parser.add_argument("--only", type=int, default=None, help="one input, by its number")
    asked = parser.parse_args(words)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        cheap, http = layers_of(Path(folder))
        gc.freeze()
        n_http = int(asked.count * SHARE) // len(http)
        n_cheap = -(-(asked.count - n_http * len(http)) // len(cheap))
        jobs = [(layer, n_cheap, float("inf")) for layer in cheap] + [(layer, n_http, asked.seconds) for layer in http]
        kept = [job for job in jobs if asked.layer in job[0].name]
        return _report(kept, asked.only)


def _report(jobs: Sequence[tuple[Layer, int, float]], only: int | None) -> int:
    total, is_good = 0, True
    for layer, count, seconds in jobs:
        found = fuzz(layer, 1, start=only) if only is not None else fuzz(layer, count, seconds)
        total += found.n
        is_good = is_good and found.is_good
        limit = f", {found.n_slow} over {layer.limit_ms:.0f} ms" if layer.limit_ms else ""
        print(f"{layer.name:28} {found.n:8,} inputs, {found.failures.total()} failures{limit}", end="")
        print(f"; slowest {found.slowest_ms:.1f} ms (number {found.slowest})", flush=True)
        for said, n in found.failures.most_common(8):
            print(f"    {n} × {said} (number {found.examples[said]})")
    print(f"{total:,} inputs: {'nothing broke' if is_good else 'something broke'}")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

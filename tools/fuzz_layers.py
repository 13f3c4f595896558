"""What is fuzzed: each layer makes one input from a generator, and fails when the answer is not one of ours."""

import io
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import presentations
from geodata.queries.places import known_of
from geodata.repository import Tables
from imports.sites import check_sites
from pages.registry import READ_PAGES
from security.bodies import PATH, Unfit, check_body
from state import Selection
from state.directory import Directory
from state.enquiry import Enquiry
from state.ledger import Ledger
from state.monitoring import Monitoring
from state.needs import Needs
from state.period import Period
from state.scene_faults import PresentationError
from state.shown import Shown
from tools.fuzz_inputs import a_body, a_file, a_query, a_text, mutated_bytes

STATES: tuple[Any, ...] = (Selection, Directory, Enquiry, Ledger, Monitoring, Needs, Period, Shown)
FRAGILE = "Traceback (most recent call last)"

Run = Callable[[random.Random], None]


@dataclass(frozen=True)
class Layer:
    """A name, what one input does, and how long it may take: ``limit_ms`` of processor time, None for no limit."""

    name: str
    run: Run
    limit_ms: float | None


def cheap_layers(tables: Tables, callbacks: Any, good_bodies: Sequence[Any]) -> list[Layer]:
    """The parsing part: no request, no page. Each may take 100 ms."""
    known, files = known_of(tables), list(good_files())
    scenes = [path.read_bytes() for path in sorted(presentations.FOLDER.glob("*.yml"))]

    def address(rng: random.Random) -> None:
        query = a_query(rng)
        for state in STATES:
            written = state.from_query(query).to_query()
            again = state.from_query(written).to_query()
            # An address is read up to its 8,000th character; encoding makes some longer than that.
            assert again == written or len(written) >= 8_000, f"{state.__name__} is not canonical"

    def body(rng: random.Random) -> None:
        try:
            check_body(json.loads(a_body(rng, good_bodies)), callbacks)
        except (Unfit, ValueError, RecursionError):
            return

    def file(rng: random.Random) -> None:
        check_sites(a_file(rng, files), known, 2_000_000, 5_000)

    def scene(rng: random.Random) -> None:
        try:
            presentations.parse(mutated_bytes(rng, rng.choice(scenes)).decode("utf-8", "replace"))
        except PresentationError:
            return

    return [
        Layer("address → every state", address, 100),
        Layer("callback body", body, 100),
        Layer("file of sites", file, 100),
        Layer("presentation", scene, 100),
    ]


def http_layers(client: Any, good_bodies: Sequence[Any]) -> list[Layer]:
    """Whole requests. ``client`` is Flask's test client."""
    files = list(good_files())
    rules = ["/", *(page.rule for page in READ_PAGES)]
    exports = [*(f"/telecharger/{name}.csv" for name in ("sites", "territoires", "registre", "suivi/regions"))]
    exports += ["/telecharger/x", "/telecharger/donnees/x", "/mesures.ics", "/changements.atom", "/graphique/x.csv"]

    def get(rng: random.Random, paths: Sequence[str]) -> None:
        rule = rng.choice(paths)
        path = rule.partition("<")[0]
        if "<" in rule:
            path += quote(a_text(rng)[:200].encode("utf-8", "surrogatepass"))
        _check(client.get(path, query_string=a_query(rng).encode("utf-8", "surrogatepass").decode("latin-1")))

    def post(rng: random.Random) -> None:
        _check(client.post(PATH, data=a_body(rng, good_bodies), content_type="application/json"))

    def upload(rng: random.Random) -> None:
        name = a_text(rng)[:60].encode("utf-8", "replace").decode()
        sent = {"fichier": (io.BytesIO(a_file(rng, files)), name)}
        _check(client.post("/sources/verifier", data=sent, headers={"Accept": rng.choice(("*/*", "application/json"))}))

    def say(rng: random.Random) -> None:
        path = rng.choice(
            ("/presentation/scenes?pour=verifier", "/presentation/scenes?pour=lire", "/presentation/relais")
        )
        if path.endswith("relais"):
            path += rng.choice(("", "/000000", "/000000/telephone", "/000000/console", "/000000/fin", "/x", "/é"))
        _check(client.post(path, data=a_body(rng, good_bodies), content_type="application/json"))

    return [
        Layer("GET of a page", lambda rng: get(rng, rules), None),
        Layer("GET of a file", lambda rng: get(rng, exports), None),
        Layer("POST of a callback", post, None),
        Layer("POST of a file to check", upload, None),
        Layer("POST to the presentation", say, None),
    ]


def _check(answer: Any) -> None:
    """Never a fault of the server (503 is « no room », said on purpose), never a stack trace, never a cookie."""
    said = answer.get_data(as_text=True)
    status = answer.status_code
    answer.close()
    assert status < 500 or (status == 503 and "refused" in said), f"{status} for {answer.request.url[:300]!r}"
    assert FRAGILE not in said, answer.request.url
    assert "Set-Cookie" not in answer.headers


def good_files() -> Iterator[bytes]:
    """A file of sites as the page offers it, as CSV and as XLSX."""
    from openpyxl import Workbook  # noqa: PLC0415 - only where a file is made

    rows = [
        ["site_id", "site_nom", "code_insee", "lon", "lat", "surface_ha", "vocation", "etat", "porteur"],
        ["A-1", "Zone d’essai", "59350", "3.06", "50.63", "12,5", "", "", "Commune"],
        ["A-2", "Autre zone", "45234", "1.9", "47.9", "3", "", "", ""],
    ]
    yield "\r\n".join(";".join(row) for row in rows).encode()
    yield "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode("utf-16")
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    yield stream.getvalue()

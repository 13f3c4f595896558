"""A whole small world for faults: three sources that a build reads, a real publication, and the app that serves it.

Three files are built from sources, by their real checks: airports (a table and its points), support measures (euros),
the outlines of the regions (polygons). Everything else of the publication is the committed one, carried over byte by
byte, so that the real atlas runs on what the fake catalogue publishes.
"""

import contextlib
import hashlib
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pandas as pd
import shapely
import tenacity

from etl import checks_build, fetch, pipeline, publish, run
from etl.__main__ import main
from etl.catalog import MirrorOrigin, Source, UrlOrigin, load_catalog
from etl.fetch_http import Wire
from etl.pipeline import Family, Workshop
from etl.products import Product
from etl.published import read_table
from etl.settings import EtlSettings
from settings import ROOT
from tests.etl.fake import PUBLIC_ADDRESS, FakeNet, Handler, make_source, refuse

PUBLISHED = ROOT / "geodata" / "published"
BUILT = ("aeroports.parquet", "aeroports.geojson", "mesures.parquet", "regions-apercu.geojson", "couverture.parquet")
HOST = "data.example.org"
Patch = Callable[[object, str, object], None]
FILES_BEFORE = json.loads((PUBLISHED / "manifest.json").read_bytes())["files"]
MESURES = read_table(PUBLISHED / "mesures.parquet")


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False).encode()


CONTENTS: Mapping[str, bytes] = {
    "airports": _csv(pd.read_parquet(PUBLISHED / "aeroports.parquet")),
    "amounts": _csv(MESURES[["mesure_id", "enveloppe_eur", "ticket_max_eur"]]),
    "outlines": (PUBLISHED / "regions-apercu.geojson").read_bytes(),
}
COLUMNS = {
    "airports": ("iata", "nom", "lon", "lat"),
    "amounts": ("mesure_id", "enveloppe_eur", "ticket_max_eur"),
    "outlines": ("code_region",),
}
FILES = {"airports": "airports.csv", "amounts": "amounts.csv", "outlines": "outlines.geojson"}
TYPES = {"airports": ("text/csv",), "amounts": ("text/csv",), "outlines": ("application/geo+json",)}


@dataclass(frozen=True)
class Told:
    """What a command said: its exit status, both streams together."""

    status: int
    text: str


class World:
    """A folder with a cache, a mirror, a published folder and an archive; commands run as a user types them."""

    def __init__(self, folder: Path, patch: Patch, published: Path | None = None, *, is_small: bool = False) -> None:
        self.folder, self._patch = folder, patch
        self.published = published or folder / "published"
        self.settings = EtlSettings(folder / "cache", self.published, folder / "mirror", local=folder / "local")
        self.contents = dict(CONTENTS)
        carried = {name: replace(source, origins=()) for name, source in load_catalog().items()}  # no way out
        self.sources = carried | {name: _source(name, content) for name, content in CONTENTS.items()}
        self.rest = () if is_small else tuple(_rest())
        self.wire: Callable[[], Wire] = FakeNet(refuse).wire
        self._install()
        for name in self.contents:
            self.put(name, self.contents[name])

    def _install(self) -> None:
        families = {
            "airports": Family(("airports",), build_airports),
            "amounts": Family(("amounts",), build_amounts),
            "outlines": Family(("outlines",), build_outlines),
            "rest": Family(("airports",), lambda _shop: list(self.rest)),
        }
        for module in (fetch, checks_build, publish, sys.modules["etl.catalog"]):
            self._patch(module, "catalog", lambda: self.sources)
        for module in (pipeline, run):
            self._patch(module, "FAMILIES", families)
        self._patch(run, "FACETS", "airports")
        for name in ("check_totals", "check_official", "check_facets"):  # they count the real sources
            self._patch(checks_build, name, lambda *_: None)
        self._patch(fetch, "open_wire", self._open_wire)
        self._patch(sys.modules["etl.__main__"], "read_settings", lambda: self.settings)

    def _open_wire(self) -> Wire:
        return self.wire()

    def put(self, name: str, content: bytes, *, is_pinned: bool = False) -> None:
        """Puts the file of a source in the mirror; ``is_pinned``: as if someone had accepted it."""
        path = self.settings.mirror or Path()
        path.mkdir(parents=True, exist_ok=True)
        (path / FILES[name]).unlink(missing_ok=True)  # it may be a link to the file of another test
        (path / FILES[name]).write_bytes(content)
        if is_pinned:
            self.sources[name] = _source(name, content)

    def answer(self, handler: Handler) -> None:
        self.wire = FakeNet(handler).wire

    def use_server(self, address: str, **limits: Any) -> None:
        """The network is a server on this machine: its name and its public address are what the catalogue says."""
        self.wire = lambda: loopback_wire(address, **limits)

    def command(self, *words: str) -> Told:
        """Runs ``python -m etl`` in this process."""
        fetch._is_whole.cache_clear()
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            status = main(words)
        return Told(status, said.getvalue())

    def bytes_published(self) -> dict[str, str]:
        return digests(self.published)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def _source(name: str, content: bytes) -> Source:
    made = make_source(name, content, (UrlOrigin(f"https://{HOST}/{FILES[name]}"), MirrorOrigin(FILES[name])))
    said = {"columns": COLUMNS[name], "filename": FILES[name], "content_types": TYPES[name], "max_bytes": 20_000_000}
    return Source(**{**vars(made), **said})


def build_airports(shop: Workshop) -> list[Product]:
    frame = pd.read_csv(shop.path("airports"), keep_default_na=False)[list(COLUMNS["airports"])]
    frame = frame.astype({"lon": "float64", "lat": "float64"})
    points = list(shapely.points(frame["lon"], frame["lat"]))
    table = Product("aeroports", "table", ("airports",), "2026", frame)
    return [table, Product("aeroports", "geojson", ("airports",), "2026", frame, points)]


def build_amounts(shop: Workshop) -> list[Product]:
    amounts = pd.read_csv(shop.path("amounts"))
    rest = MESURES.drop(columns=["enveloppe_eur", "ticket_max_eur"])
    frame = amounts.merge(rest, on="mesure_id")[list(MESURES.columns)].astype({"enveloppe_eur": "float64"})
    sources = ("amounts", *FILES_BEFORE["mesures.parquet"]["sources"])
    return [Product("mesures", "table", sources, "2024", frame)]


def build_outlines(shop: Workshop) -> list[Product]:
    features = json.loads(shop.path("outlines").read_bytes())["features"]
    frame = pd.DataFrame([feature["properties"] for feature in features])
    shapes = [shapely.geometry.shape(feature["geometry"]) if feature["geometry"] else None for feature in features]
    return [Product("regions-apercu", "geojson", ("outlines",), "2024", frame, shapes, table="regions")]


def _rest() -> list[Product]:
    """The committed files that no fake source makes, carried over as they are."""
    return [
        Product(
            name,
            "raw",
            tuple(entry["sources"]),
            entry["millesime"],
            raw=(PUBLISHED / name).read_bytes(),
            rows=entry["rows"] or 1,
        )
        for name, entry in FILES_BEFORE.items()
        if name not in BUILT
    ]


class _Loopback(httpx.HTTPTransport):
    """Leads every request to one server on this machine, whatever its host says."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = httpx.URL(address)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(scheme="http", host=self._address.host, port=self._address.port)
        return super().handle_request(request)


def loopback_wire(address: str, read_s: float = 5.0, max_seconds: float = 60.0) -> Wire:
    client = httpx.Client(transport=_Loopback(address), timeout=httpx.Timeout(read_s))
    allowed = {PUBLIC_ADDRESS, httpx.URL(address).host}  # this one server, and nothing else that is not public
    return Wire(client, lambda _host: [PUBLIC_ADDRESS], tenacity.wait_none(), max_seconds, allowed.__contains__)


def link_tree(source: Path, target: Path) -> Path:
    """A copy that costs nothing: for folders whose files are replaced, never rewritten."""
    return Path(shutil.copytree(source, target, copy_function=os.link))

"""What every document of the press needs: sources, the date of the data, the shapes of its maps."""

import re
from collections.abc import Iterable
from functools import lru_cache

from exports.provenance import Provenance, Source
from geodata.repository import Tables
from geodata.shapes import load_backdrop, load_shapes
from views.site.plans import Backdrop

LARGE_TOWN = 20_000  # inhabitants: towns that a map of surroundings names


def sources_of(tables: Tables, names: Iterable[str]) -> tuple[Source, ...]:
    """The sources by short name, once each, in the order given; what the catalogue does not know is left out."""
    known = tables.manifest.sources
    return tuple(Source.from_manifest(name, known[name]) for name in dict.fromkeys(names) if name in known)


def table_sources(tables: Tables, *names: str) -> list[str]:
    """The short names of the sources of published tables."""
    return [source for name in names for source in tables.manifest.files[f"{name}.parquet"]["sources"]]


def latest_date(tables: Tables, *names: str) -> str:
    """The latest date that the published tables describe (``2025-11``), from their millesimes."""
    written = " ".join(str(tables.manifest.files[f"{name}.parquet"]["millesime"]) for name in names)
    return max(re.findall(r"\d{4}(?:-\d{2}){0,2}", written), default="")


def make_provenance(
    tables: Tables,
    title: str,
    language: str,
    names: Iterable[str],
    date: str,
    filters: Iterable[tuple[str, tuple[str, ...]]] = (),
) -> Provenance:
    """What a document says of itself: ``names`` are its sources, ``date`` that of its latest data."""
    return Provenance(title, language, tuple(filters), tables.manifest.hash, date, sources_of(tables, names))


@lru_cache(maxsize=2)
def backdrop(tables: Tables) -> Backdrop:
    """The shapes behind the map of a site."""
    layers = load_backdrop(tables)
    towns = tables["villes"]
    towns = towns[towns["population"] >= LARGE_TOWN]
    return Backdrop(
        countries=layers["pays"],
        lakes=layers["lac"],
        rivers=layers["fleuve"],
        regions=load_shapes(tables, "regions-apercu", "code_region"),
        departements=load_shapes(tables, "departements-apercu", "code_departement"),
        towns=tuple(towns[["lon", "lat", "nom"]].itertuples(index=False, name=None)),
    )

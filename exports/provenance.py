"""What every exported file says of itself: what was asked, of which publication, from whom, under which licence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import contract
from views.text import text


@dataclass(frozen=True)
class Source:
    """One source of an export, as the catalogue describes it; ``date`` is null when the source bears none."""

    name: str
    producer: str
    title: str
    licence: str
    licence_url: str | None
    page_url: str | None
    millesime: str
    date: str | None
    note: str | None

    @classmethod
    def from_manifest(cls, name: str, entry: Mapping[str, Any]) -> "Source":
        """Reads one entry of the manifest's ``sources``."""
        return cls(
            name=name,
            producer=entry["producer"],
            title=entry["title"],
            licence=entry["licence"],
            licence_url=entry.get("licence_url"),
            page_url=entry.get("page_url"),
            millesime=entry["millesime"],
            date=entry.get("date_published"),
            note=entry.get("note"),
        )


@dataclass(frozen=True)
class Provenance:
    """What goes into a file beside its rows.

    Attributes:
        title: the name of the table, in ``language``.
        filters: (facet, values) in words; empty when nothing is filtered.
        hash: the hash of the whole publication.
        millesime: what the data describe: a date, or a list of dates.
        sources: those of the published table.
    """

    title: str
    language: str
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    hash: str
    millesime: str
    sources: tuple[Source, ...]

    def lines(self, n_rows: int) -> list[tuple[str, str]]:
        """The (label, value) pairs that stand above the sources in CSV and XLSX."""
        language = self.language
        stated = "; ".join(f"{facet}: {' / '.join(values)}" for facet, values in self.filters)
        pairs = [
            ("export_title", self.title),
            ("export_filters", stated or text("export_no_filter", language)),
            ("export_rows", str(n_rows)),
            ("export_millesime", self.millesime),
            ("export_hash", self.hash),
        ]
        return [(text(key, language), value) for key, value in pairs]

    def source_date(self, source: Source) -> str:
        """The date of a source, or « non renseigné »."""
        return source.date or contract.unknown(self.language)

    def to_json(self, n_rows: int) -> dict[str, Any]:
        """The ``metadata`` member of a GeoJSON; a null date stays null."""
        return {
            "title": self.title,
            "language": self.language,
            "filters": [{"facet": facet, "values": list(values)} for facet, values in self.filters],
            "rows": n_rows,
            "millesime": self.millesime,
            "hash": self.hash,
            "crs": "WGS84 (EPSG:4326)",
            "missing": "null",
            "sources": [
                {
                    "name": source.name,
                    "producer": source.producer,
                    "title": source.title,
                    "licence": source.licence,
                    "licence_url": source.licence_url,
                    "page_url": source.page_url,
                    "millesime": source.millesime,
                    "date_published": source.date,
                    "note": source.note,
                }
                for source in self.sources
            ],
        }

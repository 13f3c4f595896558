"""What each scene shows, as CSV: its figures, its bars, its tiles. The objects of its map are files of the press."""

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any

import pandas as pd

import contract
from exports.csv_file import export_csv
from exports.provenance import Provenance, Source
from exports.slides.deck import Deck, Page, pages_of
from geodata.models.slide import SlideChart
from views.hall.slide import bar_name
from views.text import text


def export_rows(deck: Deck) -> Iterator[tuple[str, bytes]]:
    """The name and the content of each file: ``04-sites-chiffres.csv``; the numbers are those of the other formats."""
    for page in pages_of(deck):
        for part, make in _PARTS.items():
            rows = make(page, deck.language)
            if rows is not None:
                table = _table(part)
                provenance = provenance_of(page, deck)
                yield f"{page.stem}-{part}.csv", export_csv(rows, table, provenance, deck.language)


def provenance_of(page: Page, deck: Deck) -> Provenance:
    """The scene's title, its sources and their dates, the publication."""
    sources = tuple(Source.from_manifest(name, entry) for name, entry in page.slide.sources.items())
    dates = [source.date for source in sources if source.date]
    date = page.slide.selection.date or max(dates, default=contract.unknown(deck.language))
    return Provenance(f"{deck.title} · {page.headline}", deck.language, (), deck.publication, date, sources)


def _figures(page: Page, language: str) -> pd.DataFrame | None:
    claims = page.slide.claims
    if not claims:
        return None
    rows = [
        {
            "id": claim.claim_id,
            "valeur": claim.value,
            "unite": contract.label_of("unite", claim.unit, language),
            "date": claim.date,
            "auteur": claim.author,
            "source": claim.source,
            "affiche": " ".join(part for part in (figure.value, figure.unit) if part),
        }
        for claim, figure in zip(claims, page.figures, strict=True)
    ]
    return pd.DataFrame(rows)


def _chart(page: Page, language: str) -> pd.DataFrame | None:
    chart: SlideChart | None = page.slide.chart
    if chart is None or page.chart is None:
        return None
    rows = [
        {
            "code": bar.code,
            "nom": bar_name(chart.kind, bar, language),
            "valeur": bar.value,
            "ensemble": bar.whole,
            "affiche": drawn.shown,
        }
        for bar, drawn in zip(chart.bars, page.chart.bars, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(_FIELDS["graphique"]))


def _tiles(page: Page, _: str) -> pd.DataFrame | None:
    if not page.tiles:
        return None
    return pd.DataFrame([{"code_region": tile.code, "nom": tile.name, "n": tile.value} for tile in page.tiles])


_PARTS: MappingProxyType[str, Callable[[Page, str], pd.DataFrame | None]] = MappingProxyType(
    {"chiffres": _figures, "graphique": _chart, "tuiles": _tiles}
)
_FIELDS: MappingProxyType[str, dict[str, contract.Kind]] = MappingProxyType(
    {
        "chiffres": {
            "id": "string",
            "valeur": "float",
            "unite": "string",
            "date": "string",
            "auteur": "string",
            "source": "string",
            "affiche": "string",
        },
        "graphique": {
            "code": "string",
            "nom": "string",
            "valeur": "float",
            "ensemble": "float",
            "affiche": "string",
        },
        "tuiles": {"code_region": "string", "nom": "string", "n": "int"},
    }
)


def _table(part: str) -> contract.Table:
    fields: dict[str, Any] = {
        name: contract.Field(name, kind, text(f"valise_field_{name}", "fr"), text(f"valise_field_{name}", "en"), True)
        for name, kind in _FIELDS[part].items()
    }
    key = next(iter(fields))
    title = text(f"valise_table_{part}", "fr"), text(f"valise_table_{part}", "en")
    return contract.Table(part, *title, (key,), MappingProxyType(fields))

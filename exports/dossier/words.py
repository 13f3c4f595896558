"""Words that the formats of the dossier share: who says a fact, where a site is, its rank."""

from collections.abc import Iterable, Mapping

import contract
from exports.provenance import Provenance
from geodata.models.sheet import Named
from geodata.models.site_sheet import SiteFact, SiteSheet
from views.text import day, messages, number, text


def fact_origin(fact: SiteFact, language: str, titles: Mapping[str, str]) -> str:
    """Who says it, of which date, how sure: « Sites clés en main · 20 janvier 2020 · confiance élevée »."""
    parts = [titles.get(fact.source, fact.source)]
    if fact.date:
        parts.append(day(fact.date, language))
    if fact.confidence:
        label = contract.label_of("confiance", fact.confidence, language)
        parts.append(text("dossier_confidence", language, value=label.lower()))
    return " · ".join(parts)


def where(sheet: SiteSheet) -> str:
    """« Illange (57343) · Moselle · Grand Est »."""
    commune = [f"{sheet.commune.name} ({sheet.commune.code})"] if sheet.commune else []
    return " · ".join([*commune, *names((sheet.departement, sheet.region))])


def names(places: Iterable[Named | None]) -> list[str]:
    return [place.name for place in places if place]


def inside(sheet: SiteSheet, language: str) -> str:
    """The territoire of the site, or that it is outside, or that this is not known."""
    return sheet.territoire.name if sheet.territoire else contract.label_of("ti", sheet.ti, language)


def label_words(sheet: SiteSheet, language: str) -> str:
    """Each label with its date: « Janvier 2020 (20 janvier 2020) »."""
    shown = []
    for label in sheet.labels:
        wave = contract.label_of("vague", label.wave, language)
        shown.append(f"{wave} ({day(label.date, language)})" if label.date else wave)
    return ", ".join(shown)


def points(value: float, language: str) -> str:
    """Points out of 100, one decimal."""
    return number(round(value, 1), language, decimals=1)


def rank_words(rank: int | None, low: int | None, high: int | None, language: str) -> str:
    """« 3 (2–5) »; « écarté » for a site that the filters exclude."""
    if rank is None:
        return text("dossier_excluded", language)
    return f"{rank}" if low == high else f"{rank} ({low}–{high})"


def source_titles(provenance: Provenance) -> dict[str, str]:
    """By short name, the short title of each source in the language of the document, else its own title."""
    known = messages(provenance.language)
    return {source.name: known.get(f"fiche_source_{source.name}", source.title) for source in provenance.sources}

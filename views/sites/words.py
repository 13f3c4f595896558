"""Words and addresses of the site finder: criteria, values, filters, links that keep the needs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import contract
from geodata.models.ranking import Contribution, Criterion
from state.needs import CHOICES, LIMITS, Needs
from views.text import number, text

NARROW = "\u202f"
_UNITS = {"km": "km", "ha": "ha"}


def finder(needs: Needs, path: str = "/sites", **changes: Any) -> str:
    """The address of a page of the finder for the needs with ``changes`` made; the list starts again at its top."""
    changed = replace(needs, **{"page": 1, **changes})
    query = changed.to_query()
    return f"{path}?{query}" if query else path


def sheet(needs: Needs, site_id: str) -> str:
    """The address of a site's sheet."""
    query = "?lang=en" if needs.language == "en" else ""
    return f"/sites/{site_id}{query}"


def criterion_name(name: str, language: str) -> str:
    return text(f"finder_critere_{name}", language)


def points(value: float, language: str, decimals: int = 1) -> str:
    """Points out of 100, always with the same decimals: « 7,3 ». Plain: a page holds two thousand of them."""
    written = f"{value:.{decimals}f}"
    return written.replace(".", ",") if language == "fr" else written


def show_value(item: Contribution, language: str) -> str:
    """A value as it is known: « 12,3 km », « moins de 5 km », « 2027–2030 », « non renseigné »."""
    if item.low is None or item.high is None:
        return contract.unknown(language)
    if item.low == item.high:
        return show_number(item.criterion, item.low, language)
    if item.criterion.kind == "km" and item.low == 0:
        return text("finder_under", language, value=show_number(item.criterion, item.high, language))
    return f"{show_number(item.criterion, item.low, language)}–{show_number(item.criterion, item.high, language)}"


def show_number(criterion: Criterion, value: float, language: str) -> str:
    """One bound with its unit."""
    kind = criterion.kind
    if kind == "yes_no":
        return text("finder_yes" if value else "finder_no", language)
    if kind == "year":
        return f"{value:.0f}"
    if kind in _UNITS:
        return f"{_number(value, language)}{NARROW}{_UNITS[kind]}"
    if kind == "people":
        return _number(round(value, -3), language)
    return _number(value, language)


@lru_cache(maxsize=4096)
def _number(value: float, language: str) -> str:
    return number(value, language, 1)


def filter_names(names: Iterable[str], needs: Needs, places: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The filters in force in words, by name."""
    return {name: filter_name(name, needs, places) for name in names}


def filter_name(name: str, needs: Needs, places: Mapping[str, Mapping[str, str]]) -> str:
    """A filter in force in words: « Surface d’au moins 50 ha », « Région : Hauts-de-France »."""
    language = needs.language
    choice, _, value = name.partition(":")
    if value:
        return text(f"finder_filtre_nomme_{value}", language)
    if name in LIMITS:
        limit = needs.limit_of(name) or 0
        shown = f"{limit:.0f}" if name == "disponible" else number(limit, language, 1)
        return text(f"finder_filtre_{name}", language, n=shown)
    if name == "q":
        return text("finder_filtre_q", language, q=needs.text)
    if name == "projets":
        return _projects(needs)
    labels = [_value(choice, item, language, places) for item in needs.values_of(choice)]
    return text(
        "finder_filtre_choix", language, label=text(f"finder_choix_{choice}", language), values=", ".join(labels)
    )


def _projects(needs: Needs) -> str:
    n, language = number(needs.projects_min, needs.language), needs.language
    if needs.filiere:
        label = contract.label_of("filiere", needs.filiere, language)
        return text("finder_filtre_projets_filiere", language, n=n, km=needs.radius, filiere=label)
    return text("finder_filtre_projets", language, n=n, km=needs.radius)


def _value(choice: str, value: str, language: str, places: Mapping[str, Mapping[str, str]]) -> str:
    if choice in places:
        return places[choice].get(value, value)
    if choice in ("vague", "confiance", "ti"):
        return contract.label_of(choice, value, language)
    return option_name(choice, value, language)


def option_name(choice: str, value: str, language: str) -> str:
    """The label of one value of a filter that has no code list of its own."""
    assert value in CHOICES[choice].values
    return text(f"finder_{choice}_{value}", language)

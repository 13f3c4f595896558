"""One fact as the reader sees it: number with its unit, yes or no, a period; French words in the reader's language."""

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType

import contract
from geodata.models.site_sheet import NearPlace, NearProject, SiteFact
from views.text import number, text

SPACE = "\u00a0"
WITHHELD_KM = 5
_UNITS_EN = {"mois": "months"}


@cache
def english_words() -> MappingProxyType[str, str]:
    """English of the French values that are words rather than names."""
    return MappingProxyType(tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8")))


def show_value(fact: SiteFact, language: str) -> str:
    """The value of a fact with its unit."""
    kind, value = fact.field.kind, fact.value
    if kind == "number":
        return with_unit(float(value), fact.field.unit, language)
    if kind == "yesno":
        return text("site_yes" if value == "oui" else "site_no", language)
    if kind == "period":
        return text("site_value_immediate", language) if value == "immediate" else value.replace("-", "–")
    if kind == "choice" and value in ("nu", "bati", "mixte"):
        return text(f"site_value_{value}", language)
    if fact.field.code == "site_quali_territoire":
        return ", ".join(contract.label_of("vague", wave, language) for wave in value.split(","))
    return in_words(value, language)


def in_words(value: str, language: str) -> str:
    """A French value in the reader's language; a name stays as it is."""
    return english_words().get(value, value) if language == "en" else value


def with_unit(value: float, unit: str | None, language: str) -> str:
    """« 214,8 ha »; the unit in words is translated."""
    shown = number(value, language, 1)
    if unit is None:
        return shown
    return f"{shown}{SPACE}{_UNITS_EN.get(unit, unit) if language == 'en' else unit}"


def show_km(place: NearPlace | NearProject, is_vague: bool, language: str) -> str:
    """A distance: whole kilometres from the point of a commune, one decimal from an exact position."""
    if place.km is None:
        return text("site_under", language, km=WITHHELD_KM)
    return f"{number(place.km, language, 0 if is_vague else 1)}{SPACE}km"


def name_place(place: NearPlace, language: str) -> str:
    """The name of a facility; a substation has only its voltage."""
    if place.kind == "poste_electrique" and place.kilovolts is not None:
        return text("site_substation", language, kv=number(place.kilovolts, language))
    return place.name or text("site_unnamed", language)

"""What makes a generated sentence right in both languages: articles of regions, « de » or « d’ », plurals."""

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType

from geodata.models.sheet_parts import Named
from views.text import day, number, text

_VOWELS = "aàâeéèêëiîïoôuùûy"


@cache
def _articles() -> MappingProxyType[str, dict[str, str]]:
    return MappingProxyType(tomllib.loads(Path(__file__).with_name("places.toml").read_text(encoding="utf-8")))


def in_region(region: Named, language: str) -> str:
    """« dans les Hauts-de-France », « à La Réunion »; "in Hauts-de-France"."""
    return _placed(region, "en", "in ", language)


def the_region(region: Named, language: str) -> str:
    """« le Grand Est »; the bare name in English."""
    return _placed(region, "le", "", language)


def of_region(region: Named, language: str) -> str:
    """« du Grand Est »; "of Grand Est"."""
    return _placed(region, "de", "of ", language)


def _placed(region: Named, form: str, english: str, language: str) -> str:
    if language == "en" or region.code not in _articles():
        return f"{english}{region.name}"
    return _articles()[region.code][form]


def capitalised(words: str) -> str:
    """The words with a capital first; the rest as it is (« Dans les Hauts-de-France »)."""
    return words[:1].upper() + words[1:]


def of_date(date: str, language: str) -> str:
    """« d’octobre 2020 », « de juillet 2024 », « du 13 octobre 2020 »; the date alone in English."""
    written = day(date, language)
    if language == "en":
        return written
    if written[0].isdigit():
        return f"du {written}"
    return f"d’{written}" if written[0] in _VOWELS else f"de {written}"


def at_date(date: str, language: str) -> str:
    """« en septembre 2021 », « le 20 juillet 2020 »; "in September 2021", "on 20 July 2020"."""
    written = day(date, language)
    if language == "en":
        return f"on {written}" if written[0].isdigit() and " " in written else f"in {written}"
    return f"le {written}" if written[0].isdigit() and " " in written else f"en {written}"


def counted(noun: str, n: float, language: str, decimals: int = 0, **more: str) -> str:
    """« 1 projet », « 12 projets », « 0 projet »; "0 projects": French counts 0 and 1.5 as one, English only 1."""
    return text(f"fiche_count_{noun}_{form_of(n, language)}", language, n=number(n, language, decimals), **more)


def form_of(n: float, language: str) -> str:
    """``one`` or ``many``."""
    is_one = abs(n) < 2 if language == "fr" else n == 1
    return "one" if is_one else "many"


def joined(words: list[str], language: str) -> str:
    """« A, B et C »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {text('fiche_and', language)} {words[-1]}"

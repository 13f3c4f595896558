"""What the placeholders of the region's presentation stand for."""

from collections.abc import Mapping

import contract
from geodata.models.sheet_parts import Named
from views.sheet.grammar import capitalised, of_region, the_region

_LINE = 20  # letters of a headline beside a map


def region_words(regions: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """For each region (name by code): its name, « Le Grand Est » and « du Grand Est », in both languages."""
    return {code: _words(Named(code, name.replace("'", "’"))) for code, name in regions.items()}


def _words(region: Named) -> dict[str, str]:
    words = {}
    for language in contract.LANGUAGES:
        words[f"region_{language}"] = region.name
        words[f"the_{language}"] = _kept(capitalised(the_region(region, language)))
        words[f"of_{language}"] = _kept(of_region(region, language))
    return words


def _kept(words: str) -> str:
    """The article or the preposition stays on the line of the name, if they fit together."""
    return words.replace(" ", "\u00a0", 1) if len(words) <= _LINE else words

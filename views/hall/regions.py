"""What the placeholders of the region's presentation stand for."""

from collections.abc import Mapping

import contract
from geodata.models.sheet_parts import Named
from views.sheet.grammar import of_region


def region_words(regions: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """For each region (name by code): its name and « du Grand Est », in both languages."""
    return {code: _words(Named(code, name)) for code, name in regions.items()}


def _words(region: Named) -> dict[str, str]:
    named = {f"region_{language}": region.name for language in contract.LANGUAGES}
    return named | {f"of_{language}": of_region(region, language) for language in contract.LANGUAGES}

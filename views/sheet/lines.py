"""Five lines to say about a region or a territoire: computed, each number a link to its claim or to its query."""

from geodata.models.sheet import RegionSheet, TerritoireSheet
from views.sheet.lines_region import region_lines
from views.sheet.lines_territoire import territoire_lines
from views.sheet.spans import Spans


def write_lines(sheet: RegionSheet | TerritoireSheet, language: str) -> tuple[Spans, ...]:
    """The five lines, in order: perimeter, sites, projects, their profile, what is stated or helped."""
    return region_lines(sheet, language) if isinstance(sheet, RegionSheet) else territoire_lines(sheet, language)

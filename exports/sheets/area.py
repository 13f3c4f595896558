"""The sheet of a region or of a territoire on paper, from the parts that the page shows."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from exports import blocks
from exports.sheets.from_tree import Pictures, blocks_of
from exports.sheets.tree import words
from views.text import text

_LINE_MM, _TALLEST_MM, _LARGEST = 176, 95, 0.64


def area_blocks(
    parts: Mapping[str, Any], said: Sequence[str], language: str
) -> tuple[list[blocks.Block], dict[str, bytes]]:
    """The blocks of the sheet and its drawings.

    Args:
        parts: those of ``views.sheet.page``.
        said: the filters and dates under which the sheet was made, in words.
    """
    pictures = Pictures()
    plan, *legend = blocks_of(parts["plan"], pictures)
    note = blocks.paragraph(text("dossier_area_plan_note", language), "note")
    found = [
        blocks.masthead(str(parts["title"]), str(parts["kind"]), words(parts["meta"])),
        blocks.paragraph(" · ".join(said), "note"),
        blocks.heading(text("fiche_lines", language)),
        blocks.bullets([words(line) for line in parts["lines"]]),
        blocks.heading(text("fiche_overview", language)),
        blocks.side_by_side([plan], [*legend, note], share=_share_of(pictures), is_whole=True),
        *blocks_of(parts["figures"], pictures),
    ]
    for _, key, content in parts["sections"]:
        inner = blocks_of(content, pictures)
        if inner:
            found += [blocks.heading(text(key, language)), *inner]
    return [*found, *blocks_of(parts["foot"], pictures)], pictures.files


def _share_of(pictures: Pictures) -> float:
    """How much of the line the map takes: as much as it can without being taller than a third of the page."""
    drawn = next(iter(pictures.files.values())).decode()
    size = re.search(r' width="(\d+)" height="(\d+)"', drawn)
    ratio = int(size.group(2)) / int(size.group(1)) if size else 1.0
    return min(_LARGEST, _TALLEST_MM / (ratio * _LINE_MM))

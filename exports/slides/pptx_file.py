"""The scenes as PPTX, to be edited: native titles, texts, charts and tiles, the map as a picture, the speaker's notes.

Places and sizes are in units of a screen of 1920 × 1080, as in the hall; half a unit is a point.
"""

from io import BytesIO
from typing import Any

from exports.slides.deck import Deck, Page, pages_of
from exports.slides.paper import map_png
from exports.slides.pptx_chart import add_chart
from exports.slides.pptx_text import FONT, Writer, emu, lines_of, size_that_fits
from exports.slides.stable import settle
from views.hall.map import ASPECT

MIMETYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_TITLE_ONLY = 5  # layout of the default template
_LESS = 0.94
_LEFT, _TOP, _FOOT = 72, 56, 984
_COLUMN, _WHOLE = 756, 1776  # width of the words beside a map, and of a page without one
_COUNTS = (88, 72, 56)  # sizes of the counts of a legend
_GLYPHS = {"territoires": ("RECTANGLE", "4F90AA"), "sites": ("DIAMOND", "C8431D"), "projets": ("OVAL", "14213D")}


def export_pptx(deck: Deck) -> bytes:
    """One PPTX, a slide a scene; the same deck gives the same bytes."""
    from pptx import Presentation  # noqa: PLC0415 - half a second of library that no start-up needs

    document = Presentation()
    _widen(document)
    _name_fonts(document)
    for page in pages_of(deck):
        _add(document, page, deck)
    _describe(document.core_properties, deck)
    stream = BytesIO()
    document.save(stream)
    return settle(stream.getvalue())


def _widen(document: Any) -> None:
    """16:9 pages; the layouts of the template, made for 4:3, follow."""
    wide = emu(1920)
    factor = wide / document.slide_width
    document.slide_width, document.slide_height = wide, emu(1080)
    master = document.slide_master
    for shape in [*master.shapes, *(shape for layout in master.slide_layouts for shape in layout.shapes)]:
        if shape.width:
            shape.left, shape.width = round(shape.left * factor), round(shape.width * factor)


def _name_fonts(document: Any) -> None:
    """Public Sans for titles and texts; where it is not installed the program takes a sans serif of its own."""
    for relation in document.slide_master.part.rels.values():
        if relation.reltype.endswith("/theme"):
            part = relation.target_part
            latin = f'<a:latin typeface="{FONT}" panose="00000000000000000000" pitchFamily="34"/>'.encode()
            part._blob = part.blob.replace(b'<a:latin typeface="Calibri"/>', latin)  # noqa: SLF001 - python-pptx has no theme


def _describe(properties: Any, deck: Deck) -> None:
    properties.title = deck.title
    properties.author = properties.last_modified_by = "Atlas Industrie"
    properties.language = deck.language
    properties.keywords = f"publication {deck.publication}"
    properties.revision = 1


def _add(document: Any, page: Page, deck: Deck) -> None:
    slide = document.slides.add_slide(document.slide_layouts[_TITLE_ONLY])
    writer = Writer(slide, deck.language)
    if page.has_map:
        height = _FOOT - 24
        left = 1920 - round(height * ASPECT) - 8
        writer.picture(map_png(page, deck, 190), left, 12, round(height * ASPECT), page.map_title)
    y = _words(writer, page)
    if page.tiles:
        _tiles(writer, page, y, 96 if page.chart else 140)
    if page.chart:
        left = _LEFT + 6 * 104 + 48 if page.tiles else _LEFT
        add_chart(writer, page.chart, left, y, 1920 - 72 - left, _FOOT - 24 - y)
    writer.block(0, _FOOT, 1920, 96, "F6F7F9")
    size = size_that_fits(page.source, 1600, 84, 28)
    writer.text(_LEFT, _FOOT, 1620, 96, [[(page.source, size, False, "424D67")]], is_middle=True)
    if page.place:
        writer.number(1720, _FOOT, 128, 96, page.place)
    if page.notes:
        writer.notes(page.notes)


def _words(writer: Writer, page: Page) -> float:
    """Title, figures, sentence and legend from the top; gives the place under them."""
    is_wide = not page.has_map and not page.chart and not page.tiles
    width = _COLUMN if page.has_map else _WHOLE
    y = float(_TOP + (150 if is_wide else 0))
    size = size_that_fits(page.headline, width, 360 if page.has_map else 170, 72)
    if lines_of(page.headline, width, size * _LESS) < lines_of(page.headline, width, size):
        size *= _LESS  # a little smaller, a line less
    tall = lines_of(page.headline, width, size) * size * 1.12 + 12
    writer.title(page.headline, _LEFT, y, width, tall, size)
    y = _figures(writer, page, y + tall + 24, is_wide=is_wide, is_beside=page.has_map)
    if page.sentence:
        size = size_that_fits(page.sentence, width, 320 if page.has_map else 120, 38)
        tall = lines_of(page.sentence, width, size) * size * 1.3 + 10
        writer.text(_LEFT, y, width, tall, [[(page.sentence, size, False, "14213D")]])
        y += tall + 24
    return _legend(writer, page, y, width)


def _legend(writer: Writer, page: Page, y: float, width: float) -> float:
    """A line a kind of object; without a figure of the ledger, the counts lead the slide as large as there is room."""
    sizes = () if page.figures else _COUNTS
    large = next((one for one in sizes if y + sum(_heights(page, width, one)) <= _FOOT), 0)
    for (kind, said), (count, words), tall in zip(page.legend, page.counted, _heights(page, width, large), strict=True):
        shape, color = _GLYPHS[kind]
        runs = [(f"{count} ", large, True, "17586F"), (words, 38, False, "14213D")]
        writer.glyph(shape, color, _LEFT, y + (large * 0.6 if large else 10), 28 if kind != "projets" else 18)
        writer.text(_LEFT + 44, y, width - 44, tall - 6, [runs if large else [(said, 32, False, "14213D")]])
        y += tall
    return y


def _heights(page: Page, width: float, large: float) -> list[float]:
    """The height of each line of the legend with counts of a size; 0 for counts as small as the words."""
    found = []
    for (_, said), (count, words) in zip(page.legend, page.counted, strict=True):
        room = width - 44 - (len(count) + 1) * large * 0.6
        lines = lines_of(words, room, 38) if large else lines_of(said, room, 32)
        found.append(max(large * 1.2, 48) + (50 if large else 38) * (lines - 1) + 6)
    return found


def _figures(writer: Writer, page: Page, y: float, *, is_wide: bool, is_beside: bool) -> float:
    """The figures of the ledger: side by side on a page of their own, one under the other beside a map."""
    if not page.figures:
        return y
    across = len(page.figures) if is_wide else 1
    first = {1: 200, 2: 200, 3: 150}[len(page.figures)] if is_wide else 128
    for position, figure in enumerate(page.figures):
        is_small = is_beside and len(page.figures) > 2 and position > 0
        size = 80 if is_small else first
        wide = _WHOLE / across if is_wide else (_COLUMN if is_beside else _WHOLE) / (2 if is_small else 1)
        column = position if is_wide else int(is_small and position == 2)
        tall = size * 1.15 + 52
        value = (figure.value, size, True, "17586F")
        unit = (f" {figure.unit}" if figure.unit else "", 34 if is_small else 44, False, "14213D")
        said = (figure.said, 28 if is_small else 30, False, "424D67")
        writer.text(_LEFT + column * wide, y, wide, tall, [[value, unit], [said]])
        is_last_of_line = (is_wide and position == across - 1) or (not is_wide and not (is_small and position == 1))
        y += tall + 14 if is_last_of_line else 0
    return y + 14


def _tiles(writer: Writer, page: Page, y: float, side: float) -> None:
    step = side + 8
    for tile in page.tiles:
        left, top = _LEFT + step * (tile.column - 1), y + step * (tile.row - 1)
        writer.tile(left, top, side, [tile.short, tile.shown], _tint(tile.share), is_chosen=tile.is_chosen)


def _tint(share: float) -> str:
    """Estuary in white, more of it for a larger share."""
    part = 0.04 + 0.55 * share
    mixed = [round(part * strong + (1 - part) * 255) for strong in (0x1F, 0x6F, 0x8B)]
    return "".join(f"{value:02X}" for value in mixed)

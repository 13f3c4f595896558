"""Shapes of a slide in units of a screen of 1920 × 1080: texts, pictures, blocks, notes. Every text stays a text."""

import re
from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from exports.cells import clean_text

FONT = "Public Sans"
_EMU_A_UNIT = 6350
_POINTS_A_UNIT = 0.5
_BOLD = Path(__file__).parent.parent / "fonts" / "PublicSans-Bold.ttf"
_EM = 100  # pixels at which letters are measured
_ROOM = 1.03
_LINE = 1.15
_LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_LONGEST = 12_000  # characters of one text

# (words, size in units, whether bold, colour)
Run = tuple[str, float, bool, str]


def emu(units: float) -> int:
    return round(units * _EMU_A_UNIT)


def width_of(words: str, size: float) -> float:
    """How wide the words are in bold, a little more: another sans serif may stand in."""
    return float(_font().getlength(words)) / _EM * size * _ROOM


@cache
def _font() -> Any:
    from PIL import ImageFont  # noqa: PLC0415 - no start-up needs it

    # Letter by letter: the other engine, which joins letters, refuses some words (marks of direction, unknown letters).
    return ImageFont.truetype(str(_BOLD), _EM, layout_engine=ImageFont.Layout.BASIC)


def lines_of(words: str, width: float, size: float) -> int:
    """How many lines the words take; a line breaks at a plain space, and within a word that is wider than the place."""
    lines, used, space = 1, 0.0, width_of(" ", size)
    for word in words.replace("\n", " ").split(" "):
        wide = width_of(word, size)
        if used and used + space + wide > width:
            lines, used = lines + 1, 0.0
        lines += int(wide / width) if wide > width else 0
        used += wide % width + (space if used else 0)
    return lines


def size_that_fits(words: str, width: float, height: float, largest: float) -> float:
    """The largest size, by steps, at which the words fit; never under a third of it."""
    size = largest
    while size > largest / 3 and lines_of(words, width, size) * size * _LINE > height:
        size *= 0.93
    return size


class Writer:
    """Adds to one slide, in one language."""

    def __init__(self, slide: Any, language: str) -> None:
        self.slide = slide
        self.language = language

    def title(self, words: str, left: float, top: float, width: float, height: float, size: float) -> None:
        """The slide's own title: what outlines and screen readers give."""
        shape = self.slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = (emu(value) for value in (left, top, width, height))
        self._fill(shape.text_frame, [[(words, size, True, "14213D")]], is_middle=False)

    def text(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        paragraphs: Sequence[Sequence[Run]],
        *,
        is_middle: bool = False,
    ) -> Any:
        shape = self.slide.shapes.add_textbox(emu(left), emu(top), emu(width), emu(height))
        self._fill(shape.text_frame, paragraphs, is_middle=is_middle)
        return shape

    def _fill(self, frame: Any, paragraphs: Sequence[Sequence[Run]], *, is_middle: bool) -> None:
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN  # noqa: PLC0415 - with the library, on first use

        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE if is_middle else MSO_ANCHOR.TOP
        for position, runs in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.LEFT
            for run in runs:
                self._run(paragraph, run)

    def _run(self, paragraph: Any, run: Run) -> None:
        from pptx.util import Pt  # noqa: PLC0415 - as above

        words, size, is_bold, color = run
        if words:
            added = paragraph.add_run()
            added.text = plain(words)
            self.style(added.font, size, color, is_bold=is_bold)
            added.font.size = Pt(round(size * _POINTS_A_UNIT * 2) / 2)

    def style(self, font: Any, size: float, color: str, *, is_bold: bool = False) -> None:
        """Font, size, colour and language, of a run or of a part of a chart."""
        from pptx.dml.color import RGBColor  # noqa: PLC0415 - as above
        from pptx.util import Pt  # noqa: PLC0415 - as above

        font.name, font.bold = FONT, is_bold
        font.size = Pt(round(size * _POINTS_A_UNIT * 2) / 2)
        font.color.rgb = RGBColor.from_string(color)
        font._element.set("lang", _LANGUAGES[self.language])  # noqa: SLF001 - its list of languages has no "en"

    def picture(self, content: bytes, left: float, top: float, width: float, said: str) -> None:
        """A picture with the text that is read instead of it."""
        shape = self.slide.shapes.add_picture(BytesIO(content), emu(left), emu(top), emu(width))
        shape.name = plain(said)[:60]
        shape._element.nvPicPr.cNvPr.set("descr", plain(said))  # noqa: SLF001 - python-pptx has no alternative text

    def block(self, left: float, top: float, width: float, height: float, color: str, kind: str = "RECTANGLE") -> Any:
        from pptx.dml.color import RGBColor  # noqa: PLC0415 - as above
        from pptx.enum.shapes import MSO_SHAPE  # noqa: PLC0415 - as above

        place = (emu(value) for value in (left, top, width, height))
        shape = self.slide.shapes.add_shape(getattr(MSO_SHAPE, kind), *place)
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(color)
        shape.line.fill.background()
        for style in shape._element.findall(f"{_P}style"):  # noqa: SLF001 - the theme's shadow and white letters
            shape._element.remove(style)  # noqa: SLF001 - as above
        return shape

    def glyph(self, kind: str, color: str, left: float, top: float, side: float) -> None:
        """A mark of the legend, centred in 28 units."""
        inset = (28 - side) / 2
        self.block(left + inset, top + inset, side, side, color, kind)

    def tile(self, left: float, top: float, side: float, words: Sequence[str], color: str, *, is_chosen: bool) -> None:
        from pptx.dml.color import RGBColor  # noqa: PLC0415 - as above
        from pptx.enum.text import PP_ALIGN  # noqa: PLC0415 - as above

        shape = self.block(left, top, side, side, color)
        runs = [[(word, 28, position > 0, "14213D")] for position, word in enumerate(words)]
        self._fill(shape.text_frame, runs, is_middle=True)
        for paragraph in shape.text_frame.paragraphs:
            paragraph.alignment = PP_ALIGN.CENTER
        if is_chosen:
            shape.line.color.rgb = RGBColor.from_string("C8431D")
            shape.line.width = emu(6)

    def number(self, left: float, top: float, width: float, height: float, place: str) -> None:
        """« 3 / 8 »: the first number is a field, which follows when slides are moved."""
        from pptx.enum.text import PP_ALIGN  # noqa: PLC0415 - as above
        from pptx.oxml import parse_xml  # noqa: PLC0415 - as above
        from pptx.oxml.ns import nsdecls  # noqa: PLC0415 - as above

        first, _, rest = place.partition(" ")
        shape = self.text(left, top, width, height, [[(f" {rest}", 28, False, "424D67")]], is_middle=True)
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        field = parse_xml(
            f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
            f"<a:t>{int(first)}</a:t></a:fld>"
        )
        run = paragraph.runs[0]._r  # noqa: SLF001 - python-pptx has no fields
        field.insert(0, deepcopy(run.rPr))
        run.addprevious(field)

    def notes(self, words: str) -> None:
        frame = self.slide.notes_slide.notes_text_frame
        frame.text = plain(words)
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                run.font._element.set("lang", _LANGUAGES[self.language])  # noqa: SLF001 - as above


def plain(words: str) -> str:
    """The words without what an Office file cannot carry, nor what turns the words around it."""
    return _DIRECTIONS.sub("", clean_text(words))[:_LONGEST]

"""The fonts of the PDF files: ``pip install fonttools==4.68.0 fontpkg-public-sans==2.1 && python -m tools.fonts``.

Typst reads static fonts only, so each weight is cut from the variable font; the narrow spaces of French typography and
the raised e of « 2ᵉ », which Public Sans lacks, are added. Written to ``exports/fonts`` and committed: the atlas runs
without fontTools.
"""

from importlib.resources import files
from io import BytesIO

from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib.instancer import instantiateVariableFont

from settings import ROOT

FOLDER = ROOT / "exports" / "fonts"
WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700}
# Code point → width as a part of the em.
BLANKS = {0x202F: 1 / 6, 0x2009: 1 / 5}
RAISED_E, RAISED = 0x1D49, 0.6


def cut(weight_name: str, weight: int) -> bytes:
    """One static weight, with what it lacks."""
    source = files("fontpkg_public_sans") / "files" / "PublicSans[wght].ttf"
    font = TTFont(BytesIO(source.read_bytes()), recalcTimestamp=False)
    font = instantiateVariableFont(font, {"wght": weight}, updateFontNames=True)
    for code, width in BLANKS.items():
        add_glyph(font, code, Glyph(), round(width * font["head"].unitsPerEm))
    add_raised(font, RAISED_E, "e")
    assert font["OS/2"].usWeightClass == weight, f"{weight_name}: {font['OS/2'].usWeightClass} found"
    stream = BytesIO()
    font.save(stream)
    return stream.getvalue()


def add_raised(font: TTFont, code: int, letter: str) -> None:
    """Adds a raised letter for one code point: the letter itself, smaller and higher."""
    glyphs, units = font.getGlyphSet(), font["head"].unitsPerEm
    pen = TTGlyphPen(None)
    glyphs[letter].draw(TransformPen(pen, (RAISED, 0, 0, RAISED, 0, round(units * (1 - RAISED) * 0.72))))
    add_glyph(font, code, pen.glyph(), round(glyphs[letter].width * RAISED))


def add_glyph(font: TTFont, code: int, glyph: Glyph, width: int) -> None:
    """Adds a glyph of ``width`` font units for one code point."""
    name = f"uni{code:04X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    font["hmtx"][name] = (width, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for weight_name, weight in WEIGHTS.items():
        path = FOLDER / f"PublicSans-{weight_name}.ttf"
        path.write_bytes(cut(weight_name, weight))
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

import subprocess
import sys

import pytest

from exports import blocks
from exports.errors import TypesetError
from exports.typeset import typeset_pdf, typeset_png
from geodata.errors import AppError
from settings import ROOT
from tests.exports import pdf

FOOT = blocks.Foot("Atlas", "Publication 0123", "Sources : DGE", "Page", "Données au 8 avril 2022")
PLAN = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text y="20">Brest</text></svg>'
HOSTILE = [
    '#panic("x")',
    "<script>alert(1)</script>",
    "*gras* _x_ $x^2$ @ref `code` \\ // fin",
    '"; #read("/etc/passwd")',
    "<!-- ]]> &amp; -->",
    "=HYPERLINK(1)",
    "{fr} #let x = 1",
]


def page(*items: blocks.Block, title: str = "Fiche", language: str = "fr") -> dict:
    return blocks.document(title, language, FOOT, [blocks.masthead(title), *items])


def every_block(written: str) -> list[blocks.Block]:
    return [
        blocks.masthead(written, written, written),
        blocks.heading(written),
        blocks.heading(written, 3),
        blocks.paragraph(written),
        blocks.bullets([written, blocks.cell(written, note=written)], is_questions=True),
        blocks.facts([(written, written), ("x", blocks.cell(written, note=written, is_unknown=True))]),
        blocks.figures([(written, written, written, False)]),
        blocks.table([blocks.Column(written, 1)], [[blocks.cell(written, note=written)]], written, written),
        blocks.side_by_side([blocks.paragraph(written, "lead")], [blocks.paragraph(written, "warning")]),
    ]


def test_a_pdf_says_its_title_language_and_page_numbers() -> None:
    content = typeset_pdf("document", page(*[blocks.page_break(), blocks.paragraph("suite")], title="Fiche été"))
    reader = pdf.read(content)
    assert len(reader.pages) == 2
    assert reader.metadata is not None
    assert reader.metadata.title == "Fiche été"
    assert str(reader.trailer["/Root"]["/Lang"]) == "fr"  # type: ignore[index]
    assert "Page 1 / 2" in pdf.words(content)
    assert "Publication 0123" in pdf.words(content)
    assert "Données au 8 avril 2022" in pdf.words(content)


def test_pages_are_tagged_after_pdf_ua() -> None:
    content = typeset_pdf("document", page(*every_block("été")))
    root = pdf.read(content).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content


def test_fonts_travel_with_the_page() -> None:
    found = set(pdf.fonts(typeset_pdf("document", page(*every_block("Œuvre")))))
    assert len(found) == 3, "regular, semibold, bold"
    assert all("PublicSans" in name and is_embedded for name, is_embedded in found)


def test_french_and_european_letters_are_in_the_font() -> None:
    written = "é è ê ë à ç œ Œ æ ù ï ÿ Ÿ « 1\u202f234\u00a0€ » ’ – — ≥ ≤ … · • ² ° × − ș ő ł"
    content = typeset_pdf("document", page(blocks.paragraph(written)))
    assert b"pdfuaid" in content, "a letter is missing"
    assert "« 1 234 € » ’ – — ≥ ≤ … · • ² ° ×" in pdf.words(content)


@pytest.mark.parametrize("written", HOSTILE)
def test_hostile_text_is_printed_as_text(written: str) -> None:
    content = typeset_pdf("document", page(*every_block(written)))
    assert pdf.words(content).count(written) >= 12


def test_marks_of_direction_do_not_turn_the_words_around() -> None:
    content = typeset_pdf(
        "document", page(blocks.paragraph("avant \u202ecod.exe\u2066 après"), blocks.paragraph("שלום"))
    )
    assert "avant cod.exe après" in pdf.words(content)


def test_control_characters_and_lone_surrogates_are_dropped() -> None:
    content = typeset_pdf("document", page(blocks.paragraph("a\x00b\x1bc\ud800d")))
    assert "abcd" in pdf.words(content)


@pytest.mark.parametrize("written", ["漢字", "🎉", "→", "\ue000"])
def test_letters_that_the_font_lacks_cost_conformance_not_the_file(written: str) -> None:
    content = typeset_pdf("document", page(blocks.paragraph(f"avant {written} après")))
    assert b"pdfuaid" not in content
    assert "après" in pdf.words(content)


def test_ten_thousand_letters_without_a_space_stay_within_the_page() -> None:
    written = "a" * 10_000
    table = blocks.table([blocks.Column("A", 1), blocks.Column("B", 1)], [["b", written]])
    content = typeset_pdf("document", page(blocks.facts([("x", written)]), table))
    width = float(pdf.read(content).pages[0].mediabox.width)
    edges: list[float] = []

    def note(text: str, _cm: list, tm: list, *_rest: object) -> None:
        if text.strip():
            edges.append(float(tm[4]))

    for item in pdf.read(content).pages:
        item.extract_text(visitor_text=note)
    assert len(edges) > 100
    assert max(edges) < width


def test_the_head_of_a_table_is_repeated_and_no_row_is_lost() -> None:
    rows = [[f"site {number:03}", str(number)] for number in range(150)]
    columns = [blocks.Column("Nom du site", 2), blocks.Column("Rang", 1, "right")]
    content = typeset_pdf("document", page(blocks.table(columns, rows)))
    pages = [item.extract_text() for item in pdf.read(content).pages]
    assert len(pages) > 2
    assert all("Nom du site" in item for item in pages)
    assert all(f"site {number:03}" in " ".join(pages) for number in range(150))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[::1", ""])
def test_only_web_and_mail_addresses_are_links(url: str) -> None:
    content = typeset_pdf("document", page(blocks.paragraph("voir", url=url)))
    assert pdf.links(content) == []


def test_a_link_leads_where_it_says() -> None:
    content = typeset_pdf("document", page(blocks.paragraph("voir", url="https://example.org/?a=1&b=é")))
    assert pdf.links(content) == ["https://example.org/?a=1&b=%C3%A9"]


def test_the_same_input_gives_the_same_bytes() -> None:
    data = page(*every_block("été"), blocks.picture("plan.svg", "Un plan"))
    assert typeset_pdf("document", data, {"plan.svg": PLAN}) == typeset_pdf("document", data, {"plan.svg": PLAN})


def test_png_pages() -> None:
    found = typeset_png("document", page(blocks.page_break(), blocks.paragraph("suite")), ppi=36)
    assert len(found) == 2
    assert all(item.startswith(b"\x89PNG") for item in found)


@pytest.mark.parametrize(
    ("template", "data", "pictures", "said"),
    [
        ("nothing", {}, {}, "no such template"),
        ("../document", {}, {}, "no such template"),
        ("document", {"title": object()}, {}, "must be JSON"),
        ("document", {}, {}, "refused the page"),
        ("document", page(), {"../../plan.svg": PLAN}, "expected names such as"),
        ("document", page(blocks.picture("absent.svg", "x")), {}, "refused the page"),
        ("document", page(blocks.picture("plan.svg", "x")), {"plan.svg": b"no picture"}, "refused the page"),
    ],
)
def test_errors_are_explained(template: str, data: dict, pictures: dict[str, bytes], said: str) -> None:
    with pytest.raises(TypesetError, match=said) as found:
        typeset_pdf(template, data, pictures)
    assert isinstance(found.value, AppError)


@pytest.mark.parametrize(
    "path", ["/etc/hostname", "../../docs/screenshots/carte-fr.png", "docs/screenshots/carte-fr.png"]
)
def test_a_picture_cannot_read_another_file(path: str) -> None:
    reading = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{path}"/></svg>'
    with pytest.raises(TypesetError, match="linked image"):
        typeset_pdf("document", page(blocks.picture("plan.svg", "x")), {"plan.svg": reading.encode()})


def test_typst_is_not_loaded_before_the_first_page() -> None:
    code = "import sys, exports.typeset; sys.exit('typst' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)

"""PDF and PNG, opened: pages, fonts, words, maps in vectors, pictures that show something."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from exports.slides.deck import Deck, Page
from exports.slides.paper import export_pdf, export_pngs
from tests.exports import pdf
from tests.exports.slides.pictures import drawn_share, size_of


@pytest.fixture(scope="module")
def content(deck: Deck) -> bytes:
    return export_pdf(deck)


@pytest.fixture(scope="module")
def pngs(deck: Deck) -> dict[str, bytes]:
    return dict(export_pngs(deck))


@pytest.fixture(scope="module")
def reader(content: bytes) -> PdfReader:
    return pdf.read(content)


def test_a_page_a_scene_in_the_shape_of_a_screen(reader: PdfReader, pages: tuple[Page, ...]) -> None:
    assert len(reader.pages) == len(pages)
    assert {(float(page.mediabox.width), float(page.mediabox.height)) for page in reader.pages} == {(960, 540)}


def test_every_font_is_in_the_file(content: bytes) -> None:
    found = set(pdf.fonts(content))
    assert found
    assert all("PublicSans" in name and is_inside for name, is_inside in found), found


def test_each_page_says_what_its_scene_says(reader: PdfReader, pages: tuple[Page, ...]) -> None:
    for drawn, page in zip(reader.pages, pages, strict=True):
        said = squeezed(drawn.extract_text())
        expected = [page.headline, page.sentence, page.source, page.place, *(words for _, words in page.legend)]
        if page.chart:
            expected += [page.chart.title, page.chart.note, *(bar.name for bar in page.chart.bars)]
            expected += [bar.shown for bar in page.chart.bars]
        expected += [f"{tile.short}{tile.shown}" for tile in page.tiles]
        missing = [words for words in expected if squeezed(words) not in said]
        assert not missing, page.headline


def squeezed(words: str) -> str:
    """Without spaces: a line may end anywhere. A hyphen may, too."""
    return "".join(words.replace("\u200b", "").split())


def test_the_map_is_drawn_with_lines_not_with_points_of_colour(reader: PdfReader, pages: tuple[Page, ...]) -> None:
    for drawn, page in zip(reader.pages, pages, strict=True):
        forms = list(forms_of(drawn))
        assert {form["/Subtype"] for form in forms} <= {"/Form"}, "no image"
        if page.has_map:
            contents = drawn.get_contents()
            assert contents is not None
            assert len(re.findall(rb"\bl\b", contents.get_data())) > 2000, "lines"


def forms_of(drawn: Any) -> Iterator[Any]:
    """What a page draws by reference, at any depth."""
    for item in drawn.get("/Resources", {}).get("/XObject", {}).values():
        yield item.get_object()
        yield from forms_of(item.get_object())


def test_it_says_what_it_is(content: bytes, deck: Deck) -> None:
    reader = pdf.read(content)
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (deck.title, "Atlas Industrie")
    root: Any = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith("fr")
    assert root["/MarkInfo"]["/Marked"]


def test_every_picture_shows_its_scene(pngs: dict[str, bytes], pages: tuple[Page, ...]) -> None:
    assert [name.removesuffix(".png") for name in pngs] == [page.stem for page in pages]
    for (name, content), page in zip(pngs.items(), pages, strict=True):
        assert size_of(content) == (1920, 1080)
        assert drawn_share(content, (0, 0, 1, 0.9)) > 0.02, name
        assert drawn_share(content, (0, 0.91, 1, 1)) > 0.01, f"{name}: its foot"
        if page.has_map:
            assert drawn_share(content, (0.48, 0.02, 1, 0.9)) > 0.25, name


def test_twice_as_fine_is_the_same_scene(deck: Deck, pngs: dict[str, bytes]) -> None:
    name, content = next(export_pngs(deck, 2))
    assert name == "01-carte@2x.png"
    assert size_of(content) == (3840, 2160)
    assert drawn_share(content) == pytest.approx(drawn_share(pngs["01-carte.png"]), abs=0.05)

"""PPTX, opened as PowerPoint would: native titles, texts, charts with their workbook, notes; no link to elsewhere."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from exports.slides.deck import Deck, Page
from exports.slides.pptx_file import export_pptx
from state.scene import Text
from tests.exports.slides.pictures import drawn_share

PICTURE, CHART = 13, 3  # kinds of shapes


@pytest.fixture(scope="module")
def content(deck: Deck) -> bytes:
    return export_pptx(deck)


@pytest.fixture(scope="module")
def slides(content: bytes) -> list[Any]:
    return list(Presentation(BytesIO(content)).slides)


def words_of(slide: Any) -> str:
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_a_slide_a_scene_with_a_title_of_its_own(slides: list[Any], pages: tuple[Page, ...]) -> None:
    assert [slide.shapes.title.text_frame.text for slide in slides] == [page.headline for page in pages]


def test_every_word_is_a_text_to_edit(slides: list[Any], pages: tuple[Page, ...]) -> None:
    for slide, page in zip(slides, pages, strict=True):
        said = " ".join(words_of(slide).split())
        expected = [page.sentence, page.source, *(words for _, words in page.legend)]
        expected += [tile.shown for tile in page.tiles] + [tile.short for tile in page.tiles]
        missing = [words for words in expected if " ".join(words.split()) not in said]
        assert not missing, page.headline


def test_the_figures_of_a_chart_are_in_a_workbook(slides: list[Any], pages: tuple[Page, ...]) -> None:
    charts = [
        (shape.chart, page)
        for slide, page in zip(slides, pages, strict=True)
        for shape in slide.shapes
        if shape.has_chart
    ]
    assert [page.chart.kind for _, page in charts if page.chart] == ["mesure", "sites"]
    for chart, page in charts:
        assert page.chart is not None
        bars = page.chart.bars
        plot = chart.plots[0]
        assert list(plot.categories) == [bar.name for bar in bars]
        assert list(plot.series[0].values) == [bar.value for bar in bars]
        if page.chart.kind == "sites":
            assert list(plot.series[1].values) == [bar.whole for bar in bars]
        workbook = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        rows = list(workbook.worksheets[0].iter_rows(min_row=2, max_col=2, values_only=True))
        assert rows == [(bar.name, bar.value) for bar in bars]


def test_the_speaker_has_the_notes(slides: list[Any], pages: tuple[Page, ...]) -> None:
    notes = [slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "" for slide in slides]
    assert notes == [page.notes for page in pages]


def test_the_map_is_a_picture_that_is_described(slides: list[Any], pages: tuple[Page, ...]) -> None:
    pictures = [shape for shape in slides[0].shapes if shape.shape_type == PICTURE]
    assert len(pictures) == 1
    assert drawn_share(pictures[0].image.blob) > 0.25
    said = pictures[0]._element.nvPicPr.cNvPr.get("descr")
    assert all(words in said for _, words in pages[0].legend)


def test_nothing_leads_elsewhere_and_nothing_runs(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            assert "vbaProject" not in name
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in archive.read(name), name


@pytest.mark.parametrize("words", [40, 400])
def test_no_line_of_the_legend_lies_under_the_foot(deck: Deck, words: int) -> None:
    """A long headline and a long sentence leave less room: the counts are smaller, none is hidden."""
    slide = deck.slides[0]
    long = Text("Projets, sites, territoires · " + "Parc " * (words // 20), "")
    scene = replace(slide.scene, headline=long, sentence=Text("Filtres : tous. " * (words // 16), ""))
    made = export_pptx(replace(deck, slides=(replace(slide, scene=scene),)))
    shapes = [shape for shape in Presentation(BytesIO(made)).slides[0].shapes if shape.has_text_frame]
    legend = [shape for shape in shapes if re.match(r"\d[^/]+$", shape.text_frame.text)]
    foot = next(shape for shape in shapes if shape.text_frame.text.startswith("Sources"))
    assert len(legend) == 3
    assert all(shape.top + shape.height <= foot.top for shape in legend)


def test_everything_stands_on_the_slide(slides: list[Any], content: bytes) -> None:
    document = Presentation(BytesIO(content))
    wide, high = document.slide_width, document.slide_height
    assert wide
    assert high
    assert wide / high == pytest.approx(16 / 9, abs=0.001)
    for slide in slides:
        outside = [
            shape.name
            for shape in slide.shapes
            if shape.left < 0
            or shape.top < 0
            or shape.left + shape.width > wide + 1
            or shape.top + shape.height > high + 1
        ]
        assert not outside

"""What a scene says: its figures are the ledger's, its counts the data's; nothing is empty without a word."""

import re
from typing import Any

import pytest
from dash import html

import contract
from geodata.models.slide import Slide
from geodata.queries.slides import slide_of, slides_of
from geodata.queries.totals import region_names, sites_by_wave
from geodata.repository import Tables
from geodata.shapes import load_outlines, load_shapes
from press.slides import presentation_named
from state import Selection
from state.scene import Scene, Text
from views.chiffres.words import announced
from views.hall.map import HallShapes, draw_hall_map
from views.hall.regions import region_words
from views.hall.slide import draw_legend, draw_slide, source_words
from views.markup import to_html

HEADLINE = Text("Titre", "Title")
NOTHING = {"fr": "Rien dans les données publiées", "en": "Nothing in the published data"}


def words(part: Any) -> str:
    """The text of a component, on one line, without the kinds of spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", to_html(part))).strip()


def shipped(tables: Tables, name: str, language: str) -> tuple[Slide, ...]:
    return slides_of(tables, presentation_named(tables, name), language)


@pytest.mark.parametrize("language", contract.LANGUAGES)
def test_every_headline_figure_is_the_ledgers(tables: Tables, language: str) -> None:
    slides = shipped(tables, "assemblee-3", language)
    shown = [claim for slide in slides for claim in slide.claims]
    assert len(shown) >= 8
    assert not [slide.unknown_claims for slide in slides if slide.unknown_claims]
    for slide in slides:
        written = words(draw_slide(slide, language))
        for claim in slide.claims:
            assert re.sub(r"\s+", " ", announced(claim, language)) in written
            # Who said it, or that it was counted; when, or that the document does not say.
            assert claim.author or claim.is_derived


def test_the_map_of_the_sites_counts_as_the_chart_of_the_waves(tables: Tables) -> None:
    slides = {slide.scene.scene_id: slide for slide in shipped(tables, "assemblee-3", "fr")}
    waves = sites_by_wave(tables, Selection()).set_index("vague")["documentes"]
    assert slides["sites"].counts["sites"] == waves["2020-01"] + waves["2020-07"]


@pytest.mark.parametrize("language", contract.LANGUAGES)
def test_a_region_with_nothing_says_so(tables: Tables, language: str) -> None:
    for slide in shipped(tables, "region-06", language):
        drawn = words(draw_slide(slide, language))
        assert not re.search(r"[<{]", drawn)
        if slide.scene.ground == "carte":
            assert words(draw_legend(slide, language)).startswith("0 ")
        if slide.chart and not slide.chart.bars:
            assert NOTHING[language] in drawn
            assert "bars" not in to_html(draw_slide(slide, language))


@pytest.mark.parametrize("language", contract.LANGUAGES)
def test_the_foot_dates_what_can_be_dated(tables: Tables, language: str) -> None:
    first, *_, last = shipped(tables, "assemblee-3", language)
    month = {"fr": ("octobre", "juillet"), "en": ("October", "July")}[language]
    assert f"{month[0]}\u00a02020" in source_words(first, language)
    assert f"{month[1]}\u00a02024" in source_words(last, language)
    assert source_words(first, language).endswith(f"Atlas\u00a0Industrie\u00a0{tables.manifest.hash[:12]}")


def test_points_lie_on_quiet_ground_and_carry_no_name(tables: Tables) -> None:
    view = "region=32&couches=territoires,projets,regions"
    slides = [
        slide_of(tables, Scene("a", HEADLINE, view=view, frame="region:32"), "fr", 1, 2),
        slide_of(tables, Scene("b", HEADLINE, view="couches=territoires,regions"), "fr", 2, 2),
    ]
    regions = load_outlines(tables, "regions", "code_region")
    millesime = slides[0].selection.millesime
    territoires = load_outlines(tables, f"territoires-{millesime}", "territoire_id")
    drawn = draw_hall_map(slides, HallShapes(regions, {millesime: territoires}), "Carte")
    near, whole = drawn.split('<g class="hall-layer"')[1:]
    assert 'fill="#35829f"' in near
    assert 'fill="#7fd0ea"' in whole
    assert "<title>" not in near
    assert 'data-frame="0"' in near
    assert 'data-frame=""' in whole


def test_near_an_island_the_others_go(tables: Tables) -> None:
    regions = load_outlines(tables, "regions", "code_region")
    numbers = set()
    for code in ("01", "02", "03", "04", "06"):
        slide = slide_of(tables, Scene("a", HEADLINE, view="couches=regions", frame=f"region:{code}"), "fr")
        found = re.search(
            r'data-frame="(\d)"', draw_hall_map([slide], HallShapes(regions, {slide.selection.millesime: {}}), "")
        )
        assert found
        numbers.add(found[1])
    assert numbers == {"1", "2", "3", "4", "5"}


def test_islands_are_drawn_in_full_and_the_mainland_is_not(tables: Tables) -> None:
    drawn, full, overview = (
        load_outlines(tables, "regions", "code_region"),
        load_shapes(tables, "regions", "code_region"),
        load_shapes(tables, "regions-apercu", "code_region"),
    )
    assert set(drawn) == set(overview)
    assert all(drawn[code] == full[code] for code in ("01", "02", "04", "06"))
    assert all(drawn[code] == overview[code] for code in ("03", "32", "94"))


def test_headlines_of_regions_keep_their_article(tables: Tables) -> None:
    names = dict(region_names(tables)[["code_region", "nom"]].itertuples(index=False))
    said = region_words(names)
    assert said["32"]["the_fr"] == "Les\u00a0Hauts-de-France"
    assert said["32"]["of_fr"] == "des\u00a0Hauts-de-France"
    assert said["84"]["of_en"] == "of Auvergne-Rhône-Alpes"  # too long for one line: it may break
    assert not any("'" in word for part in said.values() for word in part.values())


def test_a_lone_object_is_one(tables: Tables) -> None:
    slide = slide_of(tables, Scene("a", HEADLINE, view="region=93&couches=sites,regions"), "fr")
    assert isinstance(draw_legend(slide, "fr"), html.Ul)
    n = slide.counts["sites"]
    assert words(draw_legend(slide, "fr")).startswith(f"{n} site{'s' if n > 1 else ''} documenté{'s' if n > 1 else ''}")

import pytest

import contract
import presentations
from geodata.queries.slides import MAX_BARS, slide_of, slides_of
from geodata.repository import Tables
from state.scene import Scene, Text

HEADLINE = Text("Titre", "Title")


def test_every_figure_of_a_shipped_presentation_is_in_the_ledger(tables: Tables) -> None:
    for name in presentations.SHIPPED:
        for slide in slides_of(tables, presentations.shipped(name), "fr"):
            assert slide.unknown_claims == ()
            assert len(slide.claims) == len(slide.scene.claims)


def test_a_scene_counts_what_its_view_shows(tables: Tables) -> None:
    slide = slide_of(tables, Scene("a", HEADLINE, view="region=32&filiere=automobile"), "fr")
    projects = tables["projets"]
    expected = projects[(projects["code_region"] == "32") & (projects["filiere"] == "automobile")]
    assert slide.counts["projets"] == len(expected) > 0
    assert len(slide.projects) + slide.unlocated["projets"] == len(expected)


def test_a_scene_of_the_past_shows_what_was_known(tables: Tables) -> None:
    early = slide_of(tables, Scene("a", HEADLINE, view="date=2020-02-01"), "fr")
    late = slide_of(tables, Scene("a", HEADLINE), "fr")
    assert early.counts["projets"] == 0
    assert 0 < early.counts["sites"] < late.counts["sites"]


@pytest.mark.parametrize("frame", ["region:99", "territoire:rien", "site:rien", "projet:p9999", "departement:00"])
def test_a_frame_that_names_nothing_is_france(tables: Tables, frame: str) -> None:
    assert slide_of(tables, Scene("a", HEADLINE, frame=frame), "fr").bbox is None


def test_tiles_count_every_region_even_when_the_view_keeps_one(tables: Tables) -> None:
    slide = slide_of(tables, Scene("a", HEADLINE, view="region=04&couches=projets", ground="tuiles"), "fr")
    assert slide.by_region == {str(code): int(n) for code, n in tables["projets"]["code_region"].value_counts().items()}


@pytest.mark.parametrize("code", ["94", "06", "84"])
def test_the_chosen_region_is_among_the_bars(tables: Tables, code: str) -> None:
    chart = slide_of(tables, Scene("a", HEADLINE, view=f"region={code}", chart="mesure"), "fr").chart
    assert chart is not None
    assert code in {bar.code for bar in chart.bars}
    assert len(chart.bars) == MAX_BARS


@pytest.mark.parametrize("kind", ["mesure", "filiere", "mois", "sites", "barometre"])
@pytest.mark.parametrize("language", contract.LANGUAGES)
def test_every_chart_can_be_made_even_of_nothing(tables: Tables, kind: str, language: str) -> None:
    for view in ("", "region=06", "date=2019-01-01", "q=introuvable"):
        assert slide_of(tables, Scene("a", HEADLINE, view=view, chart=kind), language).chart is not None

"""Maps and presentations opened from a disk without network: nothing is asked of anyone, and everything is drawn."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from exports.slides.html_file import export_html
from exports.slides.map_file import export_map
from geodata.queries.filters import objects_of
from geodata.repository import Tables
from press.finder_view import make_finder_view
from press.slides import decks_of
from press.suitcase import ASSETS
from press.view import make_view, read_kit
from state.needs import Needs
from state.scene import read_presentation
from state.shown import Shown
from tests.exports.slides.pictures import drawn_share
from tests.security.hostile import hostile_tables
from tools.waiting import wait_until
from views.text import number

HOSTILE = "</script><script>xss()</script><img src=x onerror=xss()>"
DOCUMENT: dict[str, Any] = {
    "titre": "Essai",
    "scenes": [
        {"id": "un", "titre": "Les Hauts-de-France", "vue": "region=32", "cadre": "region:32", "notes": "Une note."},
        {"id": "deux", "titre": HOSTILE, "phrase": HOSTILE, "fond": "aucun", "graphique": "mesure"},
    ],
}


@pytest.fixture(scope="module")
def files(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The address of each file on the disk."""
    folder = tmp_path_factory.mktemp("seuls")
    deck = decks_of(tables, read_presentation(DOCUMENT), "essai", ("fr",))["fr"]
    kit = read_kit(ASSETS)
    hostile = hostile_tables(tables)
    made = {
        "carte": make_view(tables, Shown.from_query("region=32&lang=en"), "html"),
        "graphique": make_view(tables, Shown.from_query("graphique=filiere"), "html"),
        "besoins": make_finder_view(tables, Needs.from_query("surface_min=20"), "html"),
        "essai": export_map(deck, kit),
        "salle": export_html(deck, kit),
        "hostile": make_view(hostile, Shown.from_query("region=32"), "html"),
    }
    return {name: _put(folder / f"{name}.html", content) for name, content in made.items()}


def _put(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return path.as_uri()


@pytest.fixture
def alone(browser: Browser) -> Iterator[Page]:
    """A browser without network; whatever leaves, complains or fails is a fault."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    faults: list[str] = []
    context.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("request", lambda asked: _check(asked.url, faults))
    yield context.new_page()
    context.close()
    assert not faults


def _check(url: str, faults: list[str]) -> None:
    if not url.startswith(("file:", "data:", "blob:")):
        faults.append(url)


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector("html[data-ready='true']", state="attached")
    page.wait_for_timeout(300)  # the map paints
    return page


def test_a_map_is_drawn_with_its_numbers(alone: Page, files: Mapping[str, str], tables: Tables) -> None:
    page = opened(alone, files["carte"])
    assert drawn_share(page.locator(".map-box").screenshot(), (0.05, 0.2, 0.95, 0.95)) > 0.3
    shown = Shown.from_query("region=32&lang=en").selection
    legend = page.locator(".leaflet-control-layers").inner_text()
    for kind in ("territoires", "sites", "projets"):
        assert number(len(objects_of(tables, shown, kind)), "en") in legend, kind
    assert "Hauts-de-France" in page.locator("h1").inner_text()
    assert tables.manifest.hash in page.locator(".end").inner_text()
    assert "Filters: Region: Hauts-de-France (32)" in page.locator(".lead").inner_text()


def test_a_layer_goes_and_comes_back(alone: Page, files: Mapping[str, str]) -> None:
    page = opened(alone, files["carte"])
    box = page.locator(".map-box")
    whole = drawn_share(box.screenshot())
    page.locator(".leaflet-control-layers-selector").first.uncheck()
    page.wait_for_timeout(300)
    assert drawn_share(box.screenshot()) < whole
    page.locator(".leaflet-control-layers-selector").first.check()
    page.wait_for_timeout(300)
    assert drawn_share(box.screenshot()) == pytest.approx(whole, abs=0.01)


def test_a_chart_is_drawn_with_its_table(alone: Page, files: Mapping[str, str]) -> None:
    page = opened(alone, files["graphique"])
    page.locator(".plot .main-svg").first.wait_for()
    page.locator("summary").click()
    rows = page.locator("table.twin tr").count()
    assert rows == page.locator(".plot .bars .point").count() > 3


def test_the_finder_s_map_has_its_sites(alone: Page, files: Mapping[str, str]) -> None:
    page = opened(alone, files["besoins"])
    assert "20 ha" in page.locator(".lead").inner_text().replace("\u202f", " ").replace("\u00a0", " ")
    assert drawn_share(page.locator(".map-box").screenshot(), (0.3, 0.2, 0.7, 0.9)) > 0.05


def test_the_overseas_regions_are_one_button_away(alone: Page, files: Mapping[str, str]) -> None:
    page = opened(alone, files["graphique"])
    buttons = page.locator(".scenes button")
    assert buttons.all_inner_texts() == ["Métropole", "Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"]
    buttons.nth(4).click()
    wait_until(page, "document.querySelectorAll('.scenes button')[4].getAttribute('aria-pressed') === 'true'")
    page.wait_for_timeout(800)  # the map arrives
    assert drawn_share(page.locator(".map-box").screenshot(), (0.25, 0.2, 0.75, 0.9)) > 0.05


def test_a_presentation_s_map_moves_by_its_buttons(alone: Page, files: Mapping[str, str]) -> None:
    page = opened(alone, files["essai"])
    assert drawn_share(page.locator(".map-box").screenshot()) > 0.3
    assert HOSTILE in page.locator("h2").inner_text()


def test_the_hall_plays_by_its_keys(alone: Page, files: Mapping[str, str]) -> None:
    alone.goto(files["salle"])
    heads = alone.locator(".slide h2:visible")
    wait_until(alone, "document.querySelectorAll('.slide').length === 2")
    assert heads.first.inner_text() == "Les Hauts-de-France"
    alone.keyboard.press("ArrowRight")
    seen = "head.checkVisibility({ visibilityProperty: true, opacityProperty: true })"
    wait_until(
        alone, f"[...document.querySelectorAll('.slide h2')].some((head) => {seen} && /xss/.test(head.textContent))"
    )
    assert alone.locator("img, x-mark").count() == 0


def test_hostile_names_are_read_and_never_run(alone: Page, files: Mapping[str, str]) -> None:
    """An ``xss()`` that runs is an error of the page: nobody has defined it."""
    page = opened(alone, files["hostile"])
    assert page.locator("img, x-mark").count() == 0
    for x in range(300, 900, 60):
        for y in range(250, 750, 50):
            page.mouse.move(x, y)  # names are shown under the pointer
    assert page.evaluate("document.querySelectorAll('x-mark, .leaflet-tooltip img').length") == 0

"""The Carte page as a visitor meets it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect

from geodata.queries.filters import projects_of
from geodata.repository import Tables
from state import Selection
from tests.browser.conftest import MAP_READY, open_carte, settle
from views.text import number

FIGURES = "#carte-figures"
HDF = "Hauts-de-France"
PHONE: ViewportSize = {"width": 390, "height": 844}
KEY_FIGURES = ("territoires", "sites", "projets", "dans_ti")


def figure(page: Page, name: str) -> Locator:
    """The number of one key figure."""
    return page.locator(f"{FIGURES} .figure-value").nth(KEY_FIGURES.index(name))


def written(n: int, language: str = "fr") -> re.Pattern[str]:
    """A number as the page writes it, whichever space groups its digits."""
    return re.compile(r"\s".join(re.escape(part) for part in re.split(r"\s", number(n, language))))


def test_the_first_visit_shows_the_whole_atlas(carte: Page) -> None:
    expect(figure(carte, "territoires")).to_have_text(written(148))
    expect(figure(carte, "projets")).to_have_text(written(3080))
    expect(carte.locator(FIGURES)).to_contain_text(re.compile(r"34\b.*\b78\b"))
    expect(carte.locator("canvas").first).to_be_visible()
    expect(carte.locator(".js-plotly-plot .bars").first).to_be_attached()


def test_a_filter_goes_to_the_map_the_url_and_survives_a_reload(carte: Page, tables: Tables) -> None:
    expected = len(projects_of(tables, Selection.from_query("region=32")))
    carte.wait_for_load_state("networkidle")  # what the map left for its second frame has come
    sent: list[str] = []
    carte.on("request", lambda request: sent.append(request.url))
    carte.get_by_role("checkbox", name=HDF).check()
    expect(carte).to_have_url(re.compile(r"\?region=32(#|$)"))
    expect(figure(carte, "projets")).to_have_text(written(expected))
    assert not [url for url in sent if "/geodata/" in url], "the map is filtered in the browser"
    carte.reload()
    carte.wait_for_selector(MAP_READY, state="attached")
    expect(figure(carte, "projets")).to_have_text(written(expected))
    expect(carte.get_by_role("checkbox", name=HDF)).to_be_checked()


def test_the_back_button_undoes_a_filter(carte: Page) -> None:
    carte.get_by_role("checkbox", name=HDF).check()
    expect(carte).to_have_url(re.compile("region=32"))
    carte.go_back()
    expect(carte).not_to_have_url(re.compile("region"))
    expect(figure(carte, "projets")).to_have_text(written(3080))
    expect(carte.get_by_role("checkbox", name=HDF)).not_to_be_checked()


def test_a_filter_redraws_the_charts_once(carte: Page) -> None:
    finding = carte.locator("#chart-filiere-finding")
    expect(finding).not_to_be_empty()
    before = finding.inner_text()
    answers: list[str] = []
    carte.on("response", lambda answer: answers.append(answer.url))
    carte.get_by_role("checkbox", name=HDF).check()
    expect(finding).not_to_have_text(before)
    carte.wait_for_load_state("networkidle")
    assert len([url for url in answers if "_dash-update-component" in url]) <= 2, (
        "one request for every chart, one for the notice"
    )


def test_the_other_millesime_is_another_map(carte: Page) -> None:
    carte.get_by_role("radio", name=re.compile("2024")).check()
    expect(carte).to_have_url(re.compile("millesime=2024-07"))
    expect(figure(carte, "territoires")).to_have_text("183")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_both_languages_are_whole_and_the_switch_keeps_the_state(page: Page, language: str) -> None:
    other = "en" if language == "fr" else "fr"
    open_carte(page, f"/?lang={language}&region=32&filiere=sante")
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.locator("#shell-language").click()
    page.wait_for_selector(f"html[lang='{other}']", state="attached")
    assert Selection.from_query(page.url.partition("?")[2].partition("#")[0]) == Selection.from_query(
        f"lang={other}&region=32&filiere=sante"
    )


def test_english_has_no_french_left_in_its_headings(page: Page) -> None:
    open_carte(page, "/?lang=en")
    words = " ".join(page.locator("h1, h2, legend, summary, button").all_inner_texts())
    assert not re.search(r"\b(Projets|Mesure|Région|Légende|Télécharger|Voir|Filtres)\b", words), words


def test_a_sent_link_opens_the_same_screen(carte: Page, new_context: Callable[..., BrowserContext]) -> None:
    carte.get_by_role("checkbox", name=HDF).check()
    expect(carte).to_have_url(re.compile("region=32"))
    figures = carte.locator(FIGURES).inner_text()
    other = open_carte(new_context().new_page(), carte.url)
    expect(other.locator(FIGURES)).to_have_text(re.compile(re.sub(r"\\?\s+", r"\\s*", re.escape(figures))))


def test_two_visitors_never_see_each_other_s_state(new_context: Callable[..., BrowserContext]) -> None:
    one, two = (open_carte(new_context().new_page(), "/") for _ in range(2))
    one.get_by_role("checkbox", name=HDF).check()
    expect(one).to_have_url(re.compile("region=32"))
    two.get_by_role("radio", name=re.compile("2024")).check()
    expect(two).to_have_url(re.compile("millesime=2024-07"))
    two.reload()
    two.wait_for_selector(MAP_READY, state="attached")
    expect(figure(two, "projets")).to_have_text(written(3080))
    expect(figure(two, "territoires")).to_have_text("183")
    expect(figure(one, "territoires")).not_to_have_text("183")


def test_the_keyboard_can_do_all_of_it_through_the_list(carte: Page) -> None:
    carte.locator("#carte-view-switch-liste").focus()
    carte.keyboard.press("Enter")
    rows = carte.locator("#carte-list tbody tr")
    expect(rows).to_have_count(50)
    rows.first.locator("a").first.focus()
    carte.keyboard.press("Enter")
    drawer = carte.locator("#carte-drawer")
    expect(drawer).to_be_visible()
    expect(carte).to_have_url(re.compile(r"sel=projet:"))
    carte.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(carte).not_to_have_url(re.compile("sel="))


def test_a_link_whose_object_is_gone_explains_itself(page: Page) -> None:
    open_carte(page, "/?sel=site:disparu&region=99")
    expect(page.locator("#carte-drawer")).to_contain_text("disparu")
    expect(page.locator("#page-notice")).to_contain_text("99")


def test_the_search_box_finds_without_accents(carte: Page) -> None:
    carte.locator("#facets-search").fill("besancon")
    expect(carte).to_have_url(re.compile("q=besancon"))
    expect(figure(carte, "projets")).not_to_have_text(written(3080))


def test_nothing_found_is_said(page: Page) -> None:
    open_carte(page, "/?vue=carte&q=zzzzzz")
    for name in KEY_FIGURES:
        expect(figure(page, name)).to_have_text("0")


@pytest.mark.parametrize("address", ["/", "/?vue=carte", "/?vue=liste", "/sources", "/?sel=region:32", "/rien"])
def test_a_phone_shows_everything_without_sideways_scroll(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address)
    settle(page)
    expect(page.locator("main")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_phone_s_filters_are_a_sheet(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/")
    settle(page)
    page.locator("#facets-toggle").click()
    page.get_by_role("checkbox", name=HDF).check()
    expect(page).to_have_url(re.compile("region=32"))


def test_a_download_holds_what_is_filtered(page: Page, tables: Tables) -> None:
    open_carte(page, "/?region=32")
    with page.expect_download() as waiting:
        page.locator("a[data-download$='projets.csv']").click()
    content = waiting.value.path().read_text(encoding="utf-8-sig")
    expected = projects_of(tables, Selection.from_query("region=32"))
    assert all(content.count(identifier) for identifier in expected["projet_id"].head(20))


def test_on_paper_the_map_and_every_chart_are_there(carte: Page) -> None:
    carte.wait_for_selector("#chart-mesure .main-svg", state="attached")
    drawn = carte.evaluate(
        """async () => {
          dispatchEvent(new Event('beforeprint'));
          const paper = document.querySelector('.map-paper');
          const pixels = paper.getContext('2d').getImageData(0, 0, paper.width, paper.height).data;
          const colours = new Set();
          for (let at = 0; at < pixels.length; at += 4000) colours.add(pixels.slice(at, at + 3).join());
          return [colours.size, document.querySelectorAll('.js-plotly-plot').length];
        }"""
    )
    assert drawn[0] > 20, "the copy of the map is blank"
    assert drawn[1] == 5

"""The monitoring page as an analyst uses it: the most concentrated region, a figure's source, two regions, a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_accessibility import violations


@pytest.fixture
def suivi(page: Page) -> Page:
    page.goto("/suivi")
    return page


def test_finds_the_region_most_concentrated_in_one_filiere(suivi: Page) -> None:
    table = suivi.locator("#regions table")
    table.get_by_role("link", name=re.compile("^Première filière")).click()
    expect(suivi).to_have_url(re.compile("ordre=-concentration"))
    first = suivi.locator("#regions tbody tr").first
    expect(first).to_contain_text("Corse")
    expect(first).to_contain_text("Agroalimentaire, 9 sur 14")
    heads = suivi.locator("#regions th[aria-sort=descending]")
    expect(heads).to_have_count(1)
    expect(suivi.locator("#regions .finding")).to_contain_text("Occitanie")  # among regions with enough projects
    assert first.get_by_role("link").get_attribute("href") == "/regions/94"


def test_follows_a_figure_to_its_source(suivi: Page) -> None:
    card = suivi.locator(".kpi[data-measure=nouveaux_sites]")
    expect(card).to_contain_text("386")
    card.get_by_role("link", name="Politiques prioritaires (DITP)").click()
    expect(suivi).to_have_url(re.compile("/sources#ditp$"))
    expect(suivi.locator("#ditp")).to_be_visible()


def test_follows_an_announced_figure_to_the_ledger(suivi: Page) -> None:
    suivi.locator("tr[data-claim=projets-253] th a").click()
    expect(suivi).to_have_url(re.compile("/chiffres#projets-253$"))


def test_compares_two_regions_with_a_form(suivi: Page) -> None:
    suivi.select_option("#suivi-comparer", "84")
    suivi.select_option("#suivi-avec", "32")
    suivi.locator("#comparer form button").click()
    expect(suivi).to_have_url(re.compile("comparer=84.*avec=32"))
    row = suivi.locator("#comparer tr[data-measure=projets]")
    expect(row).to_contain_text("492")
    expect(row).to_contain_text("276")
    expect(suivi.locator("#comparer table")).to_have_count(3)


def test_changes_the_reading_and_keeps_it_in_english(suivi: Page) -> None:
    suivi.get_by_role("navigation", name="Lecture").get_by_role("link", name="Pour 100 000 habitants").click()
    expect(suivi.locator("#regions tr[data-code='84'] td").first).to_have_text("6,0")
    suivi.locator("#shell-language").click()
    expect(suivi).to_have_url(re.compile("lang=en.*lecture=habitants|lecture=habitants.*lang=en"))
    expect(suivi.locator("#regions tr[data-code='84'] td").first).to_have_text("6.0")


def test_searches_the_territoires(suivi: Page) -> None:
    suivi.fill("#suivi-cherche", "arve")
    suivi.locator("#territoires form button").click()
    rows = suivi.locator("#territoires tbody tr")
    expect(rows).to_have_count(1)
    link = rows.get_by_role("link").first.get_attribute("href") or ""
    assert link.startswith("/territoires/ti-")
    assert link.endswith("?millesime=2020-10")


def test_charts_are_drawn_and_have_their_table(suivi: Page) -> None:
    suivi.locator("#entonnoir").scroll_into_view_if_needed()
    expect(suivi.locator("#entonnoir .figure-plot .main-svg").first).to_be_visible(timeout=60_000)
    suivi.locator("#entonnoir summary").click()
    expect(suivi.locator("#entonnoir details tbody tr")).to_have_count(18)


@pytest.mark.parametrize("address", ["/suivi?comparer=84,32", "/suivi?lang=en&lecture=territoires&detail=filiere"])
def test_no_serious_violation(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert not violations(page)


def test_on_a_phone_the_page_does_not_move_sideways_and_names_stay(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/suivi?comparer=84,32")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    frame = page.locator("#regions .table-scroll")
    frame.evaluate("node => { node.scrollLeft = 600; }")
    name = page.locator("#regions tbody tr").first.locator("th")
    box = name.bounding_box()
    assert box is not None
    assert 0 <= box["x"] < 40
    assert not violations(page)


def test_without_script_everything_is_there(new_context: Callable[..., BrowserContext]) -> None:
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto("/suivi?comparer=84,32")
    expect(page.locator("#regions tbody tr[data-code]")).to_have_count(20)
    expect(page.locator("#cartes svg.plan")).to_have_count(8)
    expect(page.locator("#series svg.multiple")).to_have_count(18)

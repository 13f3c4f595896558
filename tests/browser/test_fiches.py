"""The sheets as an analyst meets them: read, follow a figure to its source, print; on a phone; without a violation."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle
from tests.browser.test_accessibility import violations

SHEETS = (
    "/regions/32",
    "/regions/06?lang=en",
    "/territoires/ti-5213?lang=en",
    "/territoires/ti-8416?millesime=2022-12",
)
INDEXES = ("/regions", "/territoires?lang=en&millesime=2024-07")


@pytest.mark.parametrize("address", [*SHEETS, *INDEXES, "/territoires/ti-9999"])
def test_no_serious_violation(page: Page, address: str) -> None:
    page.goto(address)
    settle(page)
    assert not violations(page)


@pytest.mark.parametrize("address", [*SHEETS, *INDEXES])
def test_nothing_is_wider_than_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_figure_is_followed_to_its_list_and_a_claim_to_the_ledger(page: Page) -> None:
    page.goto("/regions/32")
    lines = page.locator(".fiche-lines ol > li")
    expect(lines).to_have_count(5)
    claim = lines.nth(0).get_by_role("link", name="148")
    assert urlsplit(claim.get_attribute("href") or "").path == "/chiffres"
    projects = lines.nth(2).get_by_role("link", name=re.compile("^276"))
    projects.click()
    page.wait_for_selector("#carte-list table")
    assert "region=32" in page.url


def test_the_list_of_territoires_is_chosen_then_searched(page: Page) -> None:
    page.goto("/territoires")
    expect(page.locator("tbody tr")).to_have_count(148)
    page.get_by_role("navigation", name="Liste des territoires utilisée").get_by_role(
        "link", name=re.compile("183")
    ).click()
    expect(page.locator("tbody tr")).to_have_count(183)
    page.get_by_label("Nom du territoire").fill("perche")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "millesime=2024-07" in page.url
    page.get_by_role("link", name="Perche Industrie").click()
    expect(page.locator("h1")).to_have_text("Perche Industrie")


def test_a_wrong_list_names_the_right_one(page: Page) -> None:
    answer = page.request.get("/territoires/ti-9302?millesime=2024-07")
    assert answer.status in (200, 404)
    gone = page.request.get("/territoires/ti-2410")
    assert gone.status == 404
    assert "Perche Industrie" in gone.text()
    assert page.request.get("/regions/99").status == 404


@pytest.mark.parametrize("address", SHEETS)
def test_paper_cuts_nothing(page: Page, address: str, tmp_path: Path) -> None:
    """At the width of an A4 page less its margins no element reaches past the edge, and the machinery is hidden."""
    page.goto(address)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 970})  # 182 mm at 96 dpi
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    cut = page.evaluate(
        "[...document.querySelectorAll('.fiche td, .fiche th, .fiche li, .fiche p, .fiche svg')]"
        ".filter(el => el.getBoundingClientRect().right > 689 && !el.closest('svg svg'))"
        ".map(el => el.tagName + ' ' + el.textContent.slice(0, 40))"
    )
    assert not cut
    for hidden in (".shell-nav", ".fiche-actions", ".fiche-contents"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".fiche-foot")).to_be_visible()
    printed = page.pdf(path=tmp_path / "fiche.pdf", prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")


def test_folded_lists_are_printed(page: Page) -> None:
    page.goto("/territoires/ti-5213")
    places = page.locator(".fiche-places li").first
    expect(places).to_be_hidden()
    page.emulate_media(media="print")
    assert places.evaluate("el => el.getBoundingClientRect().height") > 0


def test_the_sheet_reads_without_script(page: Page) -> None:
    page.route("**/*.mjs", lambda route: route.abort())
    page.route("**/*.js", lambda route: route.abort())
    html = page.request.get("/regions/94").text()
    assert html.count("<h2") >= 9
    assert "Corse" in html

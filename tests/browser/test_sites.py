"""The site finder as an investor uses it: what she asks, the answer, the comparison, the address that she sends."""

import io
import json
import re
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_accessibility import violations

expect.set_options(timeout=30_000)  # the machine may be shared

ASKED = "/sites?lang=en&region=32&surface_min=50&gare_fret=10"


def names(page: Page) -> list[str]:
    return page.locator(".ranked-site h3 > a").all_text_contents()


def open_finder(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector("html.has-script", state="attached")
    return page


def test_an_investor_asks_compares_opens_a_sheet_and_sends_the_address(
    page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    open_finder(page, "/sites?lang=en")
    before = page.locator(".sites-count").text_content()
    page.get_by_label("Hauts-de-France").check()
    page.get_by_label("Area, at least").fill("50")
    page.locator("summary", has_text="Access").first.click()
    page.get_by_label("Freight station within").fill("10")
    expect(page.locator(".sites-count")).not_to_have_text(str(before))
    expect(page).to_have_url(re.compile(r"region=32&surface_min=50&gare_fret=10"))
    expect(page.locator(".effects")).to_contain_text("Freight station within 10 km")
    assert all("Hauts-de-France" in text for text in page.locator(".ranked-where").all_text_contents())
    listed = names(page)

    star = page.locator(".star").first
    star.click()
    expect(page.locator(".star").first).to_have_class(re.compile("is-on"))
    for box in (0, 1):
        page.locator(".compare-this input").nth(box).check()
    page.get_by_role("button", name="Compare the ticked sites").click()
    expect(page.locator("h1")).to_have_text("Compare sites")
    assert page.locator(".comparison thead th a:first-child").all_text_contents() == listed[:2]
    expect(page.locator(".radar")).to_be_visible()

    page.get_by_role("link", name="Back to the ranking").click()
    assert names(page) == listed
    address = page.url
    other = new_context().new_page()
    other.goto(address)
    assert names(other) == listed
    expect(other.locator(".star").first).to_have_class(re.compile("is-on"))

    page.locator(".ranked-site h3 > a").first.click()
    expect(page.locator("h1")).to_contain_text(listed[0])


def test_a_weight_ranks_again_without_a_reload_and_back_undoes_it(page: Page) -> None:
    open_finder(page, ASKED)
    first = names(page)
    page.evaluate("window.isSamePage = true")
    slider = page.get_by_label("Sea port near")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    expect(page).to_have_url(re.compile("poids=port:5"))
    assert names(page) != first
    expect(slider).to_be_focused()
    page.go_back()
    expect(page).to_have_url(re.compile(r"gare_fret=10$"))
    expect(page.locator(".ranked-site h3 > a")).to_have_text(first)
    expect(page.get_by_label("Sea port near")).to_have_value("2")
    assert page.evaluate("window.isSamePage")


def test_row_and_mark_light_up_together(page: Page) -> None:
    open_finder(page, ASKED)
    row = page.locator(".ranked-site[data-site='scm20b-12']")
    mark = page.locator("[data-mark='scm20b-12']")
    row.hover()
    expect(mark).to_have_class(re.compile("is-lit"))
    page.mouse.move(0, 0)
    mark.focus()
    expect(row).to_have_class(re.compile("is-lit"))
    mark.press("Enter")
    expect(row).to_be_in_viewport()


def test_the_live_map_opens_on_demand_with_the_kept_sites_and_leads_to_the_list(page: Page) -> None:
    open_finder(page, ASKED)
    page.get_by_role("button", name="Open the detailed map").click()
    page.wait_for_selector(".map-slot[data-ready='true']", timeout=90_000)
    expect(page.locator(".maplibregl-canvas")).to_be_visible()
    expect(page.locator(".sites-plan > .plan")).to_be_hidden()
    page.get_by_label("Area, at least").fill("200")
    expect(page).to_have_url(re.compile("surface_min=200"))
    page.locator(".ranked-site").first.hover()
    expect(page.locator(".ranked-site").first).to_have_class(re.compile("is-lit"))


def test_an_empty_answer_says_what_excludes_and_gives_a_way_back(page: Page) -> None:
    open_finder(page, "/sites?lang=en&region=32&surface_min=400&gare_fret=4&inconnus=non")
    expect(page.locator(".sites-count")).to_have_text("0 of 84 sites")
    ways = page.locator(".ways li")
    assert ways.count() > 1
    n = re.search(r"excludes? (\d+) of 84", ways.first.text_content() or "")
    assert n
    ways.first.get_by_role("link").click()
    expect(page.locator(".sites-count")).to_have_text(f"{n[1]} of 84 sites")


def test_keyboard_alone_is_enough(page: Page) -> None:
    """From the field of an area to a star and a comparison without a pointer."""
    open_finder(page, "/sites?lang=en")
    page.get_by_label("Area, at least").focus()
    page.keyboard.type("60")
    expect(page).to_have_url(re.compile("surface_min=60"))
    expect(page.get_by_label("Area, at least")).to_be_focused()
    page.locator(".star").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("liste="))
    expect(page.locator(".star").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator(".compare-this input").nth(1).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Compare the ticked sites").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Compare sites")


def test_a_fifth_site_is_not_ticked(page: Page) -> None:
    open_finder(page, ASKED)
    boxes = page.locator(".compare-this input")
    for position in range(5):
        boxes.nth(position).click()
    assert page.locator(".compare-this input:checked").count() == 4
    expect(page.locator(".sites-count")).to_contain_text("Up to four")


def test_the_shortlist_is_offered_again_by_the_same_browser(page: Page) -> None:
    open_finder(page, ASKED)
    page.locator(".star").first.click()
    expect(page).to_have_url(re.compile("liste="))
    open_finder(page, "/sites?lang=en")
    page.get_by_role("link", name="Restore my shortlist (1)").click()
    expect(page).to_have_url(re.compile("liste="))
    expect(page.locator(".tray-list summary")).to_have_text("My shortlist: 1")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_without_a_line_of_script_the_form_answers(new_context: Callable[..., BrowserContext], language: str) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"/sites?lang={language}")
    page.locator("[name=surface_min]").fill("100")
    page.locator(".needs-submit button").click()
    assert "surface_min=100" in page.url
    expect(page.locator(".effects")).to_contain_text("100 ha")
    page.locator(".star").first.click()
    expect(page.locator(".star.is-on")).to_have_count(1)
    expect(page.locator(".plan").first).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        "/sites",
        f"{ASKED}&liste=scm20b-12",
        "/sites?inconnus=non&surface_min=400&gare_fret=4&region=32",
        "/sites/comparer?sites=scm20b-12,scm20b-03,scm24-25",
        "/sites/comparer?lang=en",
    ],
)
def test_no_serious_violation(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert not violations(page)


@pytest.mark.parametrize("address", ["/sites", f"{ASKED}&vue=carte", "/sites/comparer?sites=scm20b-12,scm20b-03"])
def test_a_phone_shows_it_all_without_scrolling_sideways(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not violations(page)


def test_the_dossier_of_a_shortlist_holds_what_the_page_ranks(page: Page) -> None:
    open_finder(page, f"{ASKED}&liste=scm20b-12")
    ranked = names(page)
    address = page.locator("[data-dossier]").first.get_attribute("href")
    archive = zipfile.ZipFile(io.BytesIO(page.request.get(str(address), timeout=120_000).body()))
    endings = {name.rpartition(".")[2] for name in archive.namelist()}
    assert {"pdf", "xlsx", "geojson", "kml", "eml", "json"} <= endings
    places = json.loads(archive.read(next(name for name in archive.namelist() if name.endswith(".geojson"))))
    assert {feature["properties"]["site_nom"] for feature in places["features"]} <= set(ranked)

"""The ledger as an analyst uses it: follow a figure to its source and to its objects, filter, cite, on a phone too."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle
from tests.browser.test_accessibility import violations

PAGES = ("/chiffres", "/chiffres?lang=en", "/programme", "/programme?lang=en", "/acteurs", "/acteurs?lang=en")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_no_serious_violation_and_nothing_wider_than_the_screen(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not violations(page)


def test_a_figure_leads_to_its_source(page: Page) -> None:
    page.goto("/chiffres#sites-78")
    row = page.locator("#sites-78")
    expect(row).to_be_in_viewport()
    assert row.locator("th").evaluate("node => getComputedStyle(node).backgroundColor") != "rgba(0, 0, 0, 0)"
    row.locator("a[href*='/sources#seed-adcf']").click()
    expect(page).to_have_url(re.compile(r"/sources#seed-adcf$"))
    expect(page.locator("#seed-adcf")).to_be_in_viewport()


def test_a_computed_value_opens_exactly_its_objects(page: Page) -> None:
    page.goto("/chiffres?lang=en#pack-rebond-13-sites-hdf")
    page.locator("#pack-rebond-13-sites-hdf a.claim-value").click()
    page.wait_for_url("/?lang=en&vue=liste&*")
    settle(page)
    expect(page.locator(".list tbody tr")).to_have_count(13, timeout=30_000)


def test_a_contradiction_leads_to_the_line_that_holds_the_quote(page: Page) -> None:
    page.goto("/chiffres")
    page.locator(".contradiction").first.get_by_role("link", name="146 territoires d’industrie sur la carte").click()
    expect(page.locator("#territoires-146-dge q")).to_contain_text("Afficher la carte des 146 territoires")
    expect(page.locator("#territoires-146-dge")).to_be_in_viewport()


def test_filters_are_an_address(page: Page) -> None:
    page.goto("/chiffres?lang=en")
    page.get_by_label("Theme").select_option("sites")
    page.get_by_label("Measurable").select_option("ecart")
    page.get_by_label("Order").select_option("-ecart")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"theme=sites.*etat=ecart.*tri=-ecart"))
    rows = page.locator(".claims tr[id]")
    expect(rows.first).to_contain_text("66 ")
    assert rows.count() == page.locator(".claims tr[id] .is-ecart").count() > 5
    download = page.locator(".claims-downloads a").first
    assert "theme=sites" in str(download.get_attribute("href"))
    page.get_by_label("Who says it").select_option("CGET")
    page.get_by_role("button", name="Apply").click()
    page.get_by_role("link", name="Show all").click()
    assert page.locator(".claims tr[id]").count() > 100


def test_a_citation_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/chiffres#projets-253")
    row = page.locator("#projets-253")
    row.get_by_text("Citer").click()
    row.get_by_role("button", name="Copier la citation").click()
    expect(row.get_by_role("status")).to_have_text("Citation copiée")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "253 projets industriels ont déjà été soutenus" in copied
    assert re.search(r"http://[^ ]+/chiffres#projets-253, publication [0-9a-f]{12}", copied)


def test_actors_by_family(page: Page) -> None:
    page.goto("/acteurs")
    page.get_by_role("link", name="Opérateurs (7)").click()
    expect(page.locator(".actors tbody tr")).to_have_count(7)
    expect(page.get_by_role("link", name="Opérateurs (7)")).to_have_attribute("aria-current", "page")
    measure = page.locator("#bpifrance a[href$='/mesures#M18']")
    expect(measure).to_contain_text("Volontariat")

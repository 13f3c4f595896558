"""The sheet of a site as an investor reads it: both languages, a phone, paper, the keyboard's way to the questions."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import violations

ADDRESSES = ("/sites/scm20b-20", "/sites/scm20a-04?lang=en", "/sites/methode", "/sites/methode?lang=en", "/sites/rien")


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_serious_violation(page: Page, address: str) -> None:
    page.goto(address)
    assert not violations(page)


def test_no_serious_violation_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/sites/scm24-17?lang=en")
    assert not violations(page)


@pytest.mark.parametrize("address", ["/sites/scm20b-20", "/sites/scm24-28?lang=en", "/sites/methode"])
def test_nothing_overflows_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("address", ["/sites/scm20b-20", "/sites/scm24-28", "/sites/scm24-17?lang=en"])
def test_a_sheet_prints_on_two_pages(page: Page, address: str) -> None:
    page.goto(address)
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 2


def test_the_investor_reads_two_labels_a_position_and_what_is_unknown(page: Page) -> None:
    page.goto("/sites/scm20b-20")
    expect(page.get_by_role("heading", level=1)).to_have_text("ZAC d’Ozans")
    expect(page.locator(".site-labels li")).to_have_count(2)
    expect(page.locator(".site-position")).to_contain_text("centre de la commune de Étrechet")
    expect(page.locator(".site-line")).to_have_count(3)
    expect(page.locator("#questions-list li").first).to_be_visible()
    page.locator("#shell-language").click()
    expect(page.locator(".site-position")).to_contain_text("centre of the commune of Étrechet")
    expect(page).to_have_url(re.compile(r"/sites/scm20b-20\?lang=en"))


def test_each_mark_leads_to_its_source(page: Page) -> None:
    page.goto("/sites/scm20a-03")
    marks = page.locator(".site-ref a")
    targets = {marks.nth(position).get_attribute("href") for position in range(marks.count())}
    assert targets
    for target in targets:
        assert page.locator(str(target)).count() == 1


def test_the_questions_are_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/sites/scm20b-20?lang=en")
    page.get_by_role("button", name="Copy the questions").click()
    expect(page.get_by_role("button", name="Questions copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Offer\n- ")
    assert "What is the price per m²?" in copied


def test_without_script_the_sheet_is_whole(page: Page) -> None:
    page.context.route("**/*.mjs", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto("/sites/scm20b-20")
    expect(page.get_by_role("button", name="Copier les questions")).to_be_hidden()
    expect(page.locator("#questions-list")).to_contain_text("Quel est le prix au m²")


def test_capitals_lead_to_the_sheet_and_an_unknown_id_to_near_names(page: Page) -> None:
    page.goto("/sites/SCM20B-20?lang=en")
    expect(page).to_have_url(re.compile(r"/sites/scm20b-20\?lang=en"))
    answer = page.goto("/sites/ozans")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("link", name="ZAC d’Ozans").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ZAC d’Ozans")

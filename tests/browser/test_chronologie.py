"""The chronology: the slider, what was known, the comparison, and the date that follows to the map."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_carte
from tests.browser.test_accessibility import violations


def known(page: Page, name: str) -> str:
    return page.locator(f"[data-quoi={name}]").inner_text().replace("\u202f", "")


@pytest.mark.parametrize(
    ("day", "territoires", "sites", "relance"),
    [
        ("2018-11-21", "0", "0", "pas encore présenté"),
        ("2018-11-22", "124", "0", "pas encore présenté"),
        ("2020-01-21", "144", "12", "pas encore présenté"),
        ("2020-07-20", "144", "78", "pas encore présenté"),
        ("2020-09-03", "144", "78", "présenté"),
        ("2024-07-04", "183", "182", "présenté"),
    ],
)
def test_what_was_known(page: Page, day: str, territoires: str, sites: str, relance: str) -> None:
    page.goto(f"/chronologie?date={day}")
    assert (known(page, "territoires"), known(page, "sites"), known(page, "relance")) == (territoires, sites, relance)


def test_the_slider_moves_with_the_keyboard_and_nothing_is_loaded_again(page: Page) -> None:
    page.goto("/chronologie?date=2020-07-18")
    page.evaluate("window.stays = true")
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("date=2020-07-20"))
    expect(page.locator("#etat-contenu")).to_have_attribute("data-jour", "2020-07-20")
    assert known(page, "sites") == "78"
    assert slider.get_attribute("aria-valuetext") == "20 juillet 2020"
    expect(page.locator("#as-of")).to_contain_text("20 juillet 2020")
    assert page.evaluate("window.stays") is True
    assert page.evaluate("document.activeElement.id") == "curseur"


def test_the_steps_before_and_after_are_links(page: Page) -> None:
    page.goto("/chronologie?date=2020-09-03")
    page.locator("a.slider-step").first.click()
    expect(page.locator("#etat-contenu")).to_have_attribute("data-jour", "2020-07-31")
    assert known(page, "relance") == "pas encore présenté"
    expect(page.locator("#france-relance")).to_have_class(re.compile("is-future"))
    page.go_back()
    expect(page.locator("#etat-contenu")).to_have_attribute("data-jour", "2020-09-03")
    expect(page.locator("#france-relance")).not_to_have_class(re.compile("is-future"))


def test_everything_works_without_script(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto("/chronologie?pas=0")
    assert known(page, "territoires") == "0"
    page.get_by_label("Un autre jour").fill("2020-01-21")
    page.locator(".day-form button").click()
    assert known(page, "sites") == "12"
    assert page.locator(".event").count() > 36
    context.close()


def test_what_changed_between_two_assemblies(page: Page) -> None:
    page.goto("/chronologie")
    page.get_by_label("De", exact=True).select_option("2020-01-20")
    page.get_by_label("À", exact=True).select_option("2020-07-20")
    page.get_by_role("button", name="Comparer").click()
    changes = page.locator("#changements-liste")
    expect(changes).to_contain_text("12 → 78 (+\u202f66)")
    assert all(changes.locator("li a").evaluate_all("links => links.map((link) => Boolean(link.getAttribute('href')))"))
    changes.get_by_role("link", name="78").click()
    expect(page.locator("#as-of")).to_contain_text("20 juillet 2020")


def test_the_sheet_of_the_pack_rebond(page: Page) -> None:
    page.goto("/chronologie#pack-rebond")
    sheet = page.locator("#pack-rebond")
    sheet.locator("summary").click()
    expect(sheet).to_contain_text("Agnès Pannier-Runacher")
    expect(sheet).to_contain_text("Jacqueline Gourault")
    expect(sheet).to_contain_text("Dossier de presse")
    assert sheet.get_by_role("link", name=re.compile("^M1[3-9]|^M2")).count() == 12
    facts = page.locator("[data-fait]").evaluate_all("nodes => nodes.flatMap((node) => node.dataset.fait.split(' '))")
    assert {"P01", "P12", "P13", "T01", "R01", "K01", "K02", "H01"} <= set(facts)


def test_the_date_follows_to_the_map_and_back(page: Page) -> None:
    open_carte(page, "/?date=2020-07-20")
    banner = page.locator("#as-of:visible")
    expect(banner).to_contain_text("État au 20 juillet 2020")
    assert page.evaluate("window.atlas.context.results.projets.n") == 0
    assert page.evaluate("window.atlas.context.results.territoires.n") == 0
    assert page.evaluate("window.atlas.context.results.sites.n") == 33
    banner.get_by_role("link", name="Revenir à aujourd’hui").click()
    expect(page.locator("#as-of:visible")).to_have_count(0)
    assert page.evaluate("window.atlas.context.results.projets.n") == 3080
    assert "date=" not in page.url


def test_the_header_keeps_the_day(page: Page) -> None:
    page.goto("/chronologie?date=2020-07-20&lang=en")
    page.get_by_role("link", name="Measures", exact=True).click()
    expect(page).to_have_url(re.compile("date=2020-07-20"))
    expect(page.locator("#M19 .state")).to_contain_text("Open from 20 July 2020")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_accessible_and_never_wider_than_the_screen(page: Page, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"/chronologie?date=2020-07-20&de=2020-01-20&a=2021-06-25&lang={language}")
    assert not violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

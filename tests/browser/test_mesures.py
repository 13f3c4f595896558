"""The page of measures as a firm and a ministry analyst use it."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_accessibility import violations

ASKED = "/mesures?effectif=10&ma_region=24&secteur=industrie&date=2022-01-15"


def test_a_firm_asks_and_is_told_why(page: Page) -> None:
    page.goto("/mesures")
    page.get_by_label("Effectif").fill("10")
    page.get_by_label("Secteur").select_option("industrie")
    page.get_by_label("Votre région").select_option("24")
    page.get_by_label("À la date du").fill("2022-01-15")
    page.get_by_role("button", name="Répondre").click()
    eligible = page.locator(".finding.is-oui")
    expect(eligible).to_have_count(1)
    expect(eligible).to_contain_text("M25")
    expect(eligible).to_contain_text("prochaine échéance connue : le 28 janvier 2022")
    expect(eligible.locator("q")).to_contain_text("de la PMI d’au moins 10 salariés")
    assert "effectif=10" in page.url


@pytest.mark.parametrize(("headcount", "words"), [(9, "il en faut au moins 10"), (5001, "pas plus de 5")])
def test_a_firm_of_the_wrong_size_is_told_which_rule(page: Page, headcount: int, words: str) -> None:
    page.goto(ASKED.replace("effectif=10", f"effectif={headcount}"))
    expect(page.locator(".finding.is-oui")).to_have_count(0)
    refused = page.locator(".finding.is-non", has_text="M25")
    expect(refused).to_contain_text(words)


def test_the_form_works_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/mesures")
    page.get_by_label("Effectif").focus()
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    expect(page.locator("#reponse")).to_be_visible()
    expect(page).to_have_url(re.compile("effectif=9"))


def test_everything_works_without_script(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto("/mesures?type=ami")
    assert page.locator("article.measure").count() == 1
    page.goto(f"{ASKED}&prix_jour=1000")
    assert page.locator(".finding.is-oui").count() == 1
    assert "9\u202f600" in page.locator(".simulator tbody").inner_text()
    context.close()


def test_a_measure_has_its_anchor_its_fields_and_its_facts(page: Page) -> None:
    page.goto("/mesures#M25")
    article = page.locator("#M25")
    assert article.get_attribute("data-fait") == "V01 V02 V03 V04 V05 V06 V07"
    article.get_by_text("Tous les champs").click()
    expect(article.locator("dd.unknown").first).to_have_text("non renseigné")
    expect(article).to_contain_text("Fermée depuis le 10 mai 2023")
    assert page.locator("article.measure").count() == 37


def test_the_measures_of_elsewhere_are_absent_here(page: Page) -> None:
    page.goto("/mesures?ma_region=32&montant=40000")
    absent = page.locator("details.absent")
    expect(absent).to_contain_text("Mesures absentes dans cette région, Hauts-de-France")
    expect(absent).to_contain_text("M37")


def test_the_calendar_file_follows_the_filters(page: Page) -> None:
    page.goto("/mesures?type=ami&lang=en")
    href = page.get_by_role("link", name="iCalendar").get_attribute("href")
    assert href
    body = page.request.get(href).text()
    assert body.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20200720" in body


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_accessible_and_never_wider_than_the_screen(page: Page, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{ASKED}&lang={language}")
    assert not violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

"""The « Exporter » menu follows what the visitor has done since the page came."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

from tests.browser.conftest import open_carte
from tools.waiting import wait_until

HELD = "document.addEventListener('click', (event) => event.target.closest('a') && event.preventDefault())"


def asked(page: Page, ending: str) -> dict[str, str]:
    """What the link of a file asks for at the moment of the click; nothing is fetched."""
    page.evaluate(HELD)
    page.locator(".share > summary").click()
    link = page.locator(f'.share-menu a[href*=".{ending}"]').last
    link.click()
    address = urlsplit(link.get_attribute("href") or "")
    return {name: values[-1] for name, values in parse_qs(address.query).items()} | {"path": address.path}


def test_carte_exports_the_filters_and_the_frame_of_now(page: Page) -> None:
    open_carte(page, "/?lang=en#8.5/50.4/2.8")
    page.locator('a[href*="region=32"], label:has-text("Hauts-de-France")').first.click()
    wait_until(page, "location.search.includes('region=32')")
    found = asked(page, "png")
    assert (found["path"], found["lang"], found["region"], found["echelle"]) == (
        "/telecharger/vue.png",
        "en",
        "32",
        "2",
    )
    west, south, east, north = (float(edge) for edge in found["cadre"].split(","))
    assert west < 2.8 < east
    assert south < 50.4 < north
    assert not page.locator(".share[open]").count()


def test_the_finder_exports_the_needs_of_now(page: Page) -> None:
    page.goto("/sites")
    page.wait_for_selector("html[data-share]", state="attached")
    page.locator('input[name="surface_min"]').fill("50")
    wait_until(page, "location.search.includes('surface_min=50')")
    found = asked(page, "pptx")
    assert (found["path"], found["surface_min"]) == ("/telecharger/vue-sites.pptx", "50")

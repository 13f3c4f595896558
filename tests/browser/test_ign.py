"""The IGN base map, with a stand-in for its tiles: never asked for by default, added only once a tile has answered."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import open_carte
from tools.waiting import wait_until

TILE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HAS_LAYER = "atlas.context.carte.view.map.getLayer('ign') !== undefined"


def opened(browser: Browser, options: dict[str, Any], answer: Callable[[Route], None]) -> tuple[Page, list[str]]:
    asked: list[str] = []
    context = browser.new_context(**options)

    def note(route: Route) -> None:
        asked.append(route.request.url)
        answer(route)

    context.route("https://data.geopf.fr/**", note)
    return open_carte(context.new_page(), "/"), asked


def fulfil(route: Route) -> None:
    route.fulfill(status=200, content_type="image/png", body=TILE, headers={"Access-Control-Allow-Origin": "*"})


@pytest.fixture
def switch() -> str:
    return ".map-button-layers"


def test_the_ign_map_comes_only_when_asked_for(
    browser: Browser, browser_context_args: dict[str, Any], switch: str
) -> None:
    page, asked = opened(browser, browser_context_args, fulfil)
    page.wait_for_load_state("networkidle")
    assert not asked
    page.locator(switch).click()
    wait_until(page, HAS_LAYER)
    expect(page.locator(".map-sources")).to_contain_text("© IGN")
    assert asked
    page.context.close()


def test_an_unreachable_ign_map_leaves_ours(
    browser: Browser, browser_context_args: dict[str, Any], switch: str
) -> None:
    page, asked = opened(browser, browser_context_args, lambda route: route.abort())
    page.locator(switch).click()
    expect(page.get_by_text("Le fond IGN ne répond pas")).to_be_visible()
    assert asked
    assert not page.evaluate(HAS_LAYER)
    page.context.close()

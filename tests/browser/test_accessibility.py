"""axe-core on every page, in both languages: no serious violation."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import settle

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
ADDRESSES = (
    "/",
    "/?vue=liste",
    "/?sel=region:32",
    "/?sel=territoire:ti-0101&lang=en",
    "/?lang=en",
    "/sources",
    "/sources?lang=en",
    "/rien",
)


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run(document)).violations")
    return [
        f"{item['impact']}: {item['id']}: {node['target']}: {node['html'][:160]}"
        for item in found
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"][:3]
    ]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_serious_violation(page: Page, address: str) -> None:
    page.goto(address)
    settle(page)
    page.wait_for_load_state("networkidle")
    assert not violations(page)


def test_no_serious_violation_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/?vue=liste")
    settle(page)
    page.wait_for_load_state("networkidle")
    assert not violations(page)

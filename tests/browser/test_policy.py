"""The Content-Security-Policy in a real browser: nothing of ours is blocked, and what is not ours is."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import open_carte, settle
from tests.security.hostile import TEXTS

WATCH = """
window.violations = [];
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
  window.violations.push(`${violatedDirective}: ${blockedURI} ${sourceFile}:${lineNumber}`));
"""
PAGES = (
    *("/sites", "/sites?lang=en&vue=carte", "/sites/comparer", "/sites/methode", "/suivi", "/suivi?region=32"),
    *("/mesures", "/chiffres", "/chronologie", "/sources", "/acteurs", "/regions", "/regions/32", "/territoires"),
    *("/programme", "/changements", "/presentation", "/presentation?mode=salle", "/presentation?mode=console"),
    *("/presentation?mode=kiosk", "/presentation?p=moi-1", "/telecommande", "/rien"),
)


@pytest.fixture
def watched(page: Page) -> Page:
    """Every frame of the page notes what the policy blocks."""
    page.add_init_script(WATCH)
    return page


def violations(page: Page) -> list[str]:
    return [item for frame in page.frames for item in frame.evaluate("window.violations ?? []")]


def test_carte_with_its_map_and_charts(watched: Page) -> None:
    open_carte(watched, "/?region=32")
    watched.wait_for_selector(".js-plotly-plot .main-svg", state="attached")
    assert violations(watched) == []


def test_the_list_and_a_sheet_drawn_by_callbacks(watched: Page) -> None:
    open_carte(watched, "/?sel=region:32")
    watched.goto("/?vue=liste")
    settle(watched)
    watched.wait_for_selector("table")
    assert violations(watched) == []


@pytest.mark.parametrize("address", PAGES)
def test_a_page_to_read(watched: Page, address: str) -> None:
    watched.goto(address)
    watched.wait_for_load_state("networkidle")
    watched.evaluate("window.scrollTo(0, document.body.scrollHeight)")  # charts are drawn when they come into view
    watched.wait_for_timeout(300)
    assert violations(watched) == []


def test_islands_of_data_are_read_and_their_like_never_run(watched: Page) -> None:
    open_carte(watched, "/")
    config: dict[str, Any] = json.loads(watched.locator("#atlas-config").text_content() or "")
    assert config["facets"]


INTRUDER = """async () => {
  const add = (build) => {
    const script = document.createElement('script');
    build(script);
    document.body.append(script);
  };
  const blocked = [];
  addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective));
  await new Promise((resolve) => setTimeout(resolve)); // what the test itself evaluates at once is allowed all
  add((script) => { script.textContent = 'window.ran = 1'; });
  add((script) => { script.src = 'data:text/javascript,window.ran = 2'; });
  const markup = '<img src="data:," onerror="window.ran = 3"><a id="bad" href="javascript:window.ran = 4">x</a>';
  document.body.insertAdjacentHTML('beforeend', markup);
  document.getElementById('bad').click();
  try { new Function('window.ran = 5')(); } catch { blocked.push('eval'); }
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { ran: window.ran ?? null, blocked };
}"""


def test_a_script_that_is_not_ours_does_not_run(browser: Browser, base_url: str) -> None:
    with browser.new_context(base_url=base_url) as context:
        page = context.new_page()
        page.goto("/sources")
        found = page.evaluate(INTRUDER)
    assert found["ran"] is None
    assert {"eval", "script-src-elem", "script-src-attr"} <= set(found["blocked"])


def poison(value: Any, texts: Iterator[str]) -> Any:
    """The same document with every text replaced; keys stay."""
    if isinstance(value, str):
        return next(texts)
    if isinstance(value, list):
        return [poison(item, texts) for item in value]
    return {key: poison(item, texts) for key, item in value.items()} if isinstance(value, dict) else value


def without_end() -> Iterator[str]:
    while True:
        yield from (text[:200].replace("xss()", "window.ran=1") for text in TEXTS)


def test_names_that_the_browser_draws_itself_stay_texts(watched: Page) -> None:
    """The names of objects come as JSON and are put in the page by our modules."""

    served: list[str] = []

    def fulfil(route: Route) -> None:
        served.append(route.request.url)
        route.fulfill(json=poison(route.fetch().json(), without_end()))

    watched.route("**/carte-noms.*.json", fulfil)
    open_carte(watched, "/?q=script")
    watched.wait_for_selector("#facets-groups details, #facets-groups fieldset", state="attached")
    watched.mouse.move(700, 450)
    watched.wait_for_timeout(1_000)
    assert served
    assert watched.evaluate("window.ran ?? null") is None
    assert watched.evaluate("document.querySelectorAll('x-mark, img[src=x]').length") == 0
    assert violations(watched) == []

"""The atlas in the frame of another site: another origin, the code of the menu, the listener of the documentation."""

import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from settings import ROOT
from tests.browser.conftest import settle
from tools.waiting import wait_until

GUIDE = (ROOT / "docs" / "embed.md").read_text(encoding="utf-8")
NOTE = "window.told = []; addEventListener('message', ({ data }) => told.push(data));"
Host = Callable[[str], str]


@pytest.fixture(scope="module")
def host(base_url: str) -> Iterator[Host]:
    """Puts HTML in a page of another site, with the listener of the guide, and gives its address."""
    bodies: list[str] = [""]
    listener = re.findall(r"```js\n(.*?)```", GUIDE, re.DOTALL)[0].replace("https://atlas.example", base_url)
    assert base_url in listener

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if self.path == "/":
                head = f"<title>Journal</title><script>{NOTE}{listener}</script>"
                self.wfile.write(f"<!DOCTYPE html>{head}<h1>Journal</h1>{bodies[0]}".encode())

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def show(html: str) -> str:
        bodies[0] = html
        return f"http://127.0.0.1:{server.server_port}/"

    yield show
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


@pytest.fixture
def journal(browser: Browser) -> Iterator[BrowserContext]:
    """A reader of the other site; what its console complains of is a fault."""
    context = browser.new_context(viewport={"width": 900, "height": 900})
    context.set_default_timeout(30_000)
    faults: list[str] = []
    context.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    yield context
    context.close()
    assert not faults


def code_of(page: Page, address: str) -> str:
    """What the menu of a page gives to copy."""
    page.goto(address)
    page.wait_for_selector("html[data-share]", state="attached")
    settle(page)
    page.locator(".share > summary").click()
    page.locator("[data-embed-open]").click()
    return page.locator("[data-embed-code]").input_value()


def test_the_code_of_the_menu_shows_the_page(page: Page, journal: BrowserContext, host: Host, base_url: str) -> None:
    code = code_of(page, "/regions/32?lang=en")
    assert f'src="{base_url}/regions/32?lang=en&amp;embed=1"' in code
    reader = journal.new_page()
    reader.goto(host(code))
    inside = reader.frame_locator("iframe")
    inside.locator("h1").wait_for()
    assert inside.locator("#shell-header, .share, nav:visible, form:visible, .downloads:visible").count() == 0
    assert "Atlas Industrie" in inside.locator(".embed-foot .source").inner_text()
    wait_until(reader, "Number(document.querySelector('iframe').height) > 1000")
    frame = reader.frames[1]
    high = frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
    assert int(reader.locator("iframe").get_attribute("height") or 0) == high
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no bar under it"
    told = reader.evaluate("told.at(-1)")
    assert set(told) == {"type", "height", "href"}
    assert told["href"] == frame.url


def test_the_whole_page_opens_outside(page: Page, journal: BrowserContext, host: Host, base_url: str) -> None:
    reader = journal.new_page()
    reader.goto(host(code_of(page, "/chronologie?date=2021-03-01")))
    inside = reader.frame_locator("iframe")
    with journal.expect_page() as opened:
        inside.locator("[data-embed-full]").click()
    whole = opened.value
    whole.wait_for_load_state()
    assert whole.url == f"{base_url}/chronologie?date=2021-03-01"
    assert whole.locator("#shell-header").count() == 1
    assert reader.frames[1].url.endswith("embed=1"), "the frame has not moved"


def test_a_part_of_a_page(page: Page, journal: BrowserContext, host: Host) -> None:
    code_of(page, "/suivi")
    names = page.locator("[data-embed-part] option").evaluate_all("found => found.map((one) => one.value)")
    assert {"", "series", "cartes"} <= set(names)
    page.locator("[data-embed-part]").select_option("series")
    code = page.locator("[data-embed-code]").input_value()
    assert "partie=series" in code
    reader = journal.new_page()
    reader.goto(host(code))
    inside = reader.frame_locator("iframe")
    inside.locator("#series").wait_for()
    assert inside.locator("main section[id]").count() == 1


def test_the_map_takes_its_frame(page: Page, journal: BrowserContext, host: Host, base_url: str) -> None:
    code = code_of(page, "/?region=32&lang=en#8/50.4/2.8")
    assert "#8" in code
    reader = journal.new_page()
    reader.goto(host(code.replace('height="640"', 'height="500"')))
    inside = reader.frame_locator("iframe")
    inside.locator("html[data-map-ready='true']").wait_for(state="attached")
    frame = reader.frames[1]
    assert inside.locator("#shell-header").count() == 0
    wait_until(frame, "document.documentElement.dataset.embedReady === 'true'")
    wait_until(frame, "!document.getElementById('boot')")
    box = inside.locator("#carte-map").bounding_box()
    assert box is not None
    assert box["height"] > 300
    assert box["width"] > 600
    wait_until(reader, "told.length > 0")
    assert reader.evaluate("told.at(-1).height") >= 384
    with journal.expect_page() as opened:
        inside.locator("[data-embed-full]").click()
    opened.value.wait_for_load_state()
    assert opened.value.url.startswith(f"{base_url}/?region=32&lang=en#8")


def test_without_the_parameter_no_other_site_may_frame_it(browser: Browser, host: Host, base_url: str) -> None:
    context = browser.new_context()
    reader = context.new_page()
    said: list[str] = []
    reader.on("console", lambda message: said.append(message.text))
    reader.goto(host(f'<iframe src="{base_url}/regions/32"></iframe><iframe src="{base_url}/?embed=0"></iframe>'))
    reader.wait_for_load_state("networkidle")
    assert [frame.url for frame in reader.frames[1:]] == ["chrome-error://chromewebdata/"] * 2
    assert any("frame-ancestors" in text for text in said)
    context.close()

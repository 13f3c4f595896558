"""A real browser on a real server of this process. Every test fails on a console error or a request elsewhere."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dash import Dash
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response
from werkzeug.serving import WSGIRequestHandler, make_server

from tools.browser import ARGUMENTS, find_browser
from tools.waiting import wait_until

MAP_READY = "html[data-map-ready='true']"


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *args: Any) -> None:
        """Says nothing: a failing test says what it needs."""


@pytest.fixture(scope="session")
def base_url(app: Dash) -> Iterator[str]:
    """The address of the atlas, served by threads of this process on a free port."""
    server = make_server("127.0.0.1", 0, app.server, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=5)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    found = find_browser()
    if found is None:
        pytest.fail("no browser: run « make test », which finds or installs one", pytrace=False)
    return {"executable_path": str(found), "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(base_url: str) -> dict[str, Any]:
    return {"base_url": base_url, "viewport": {"width": 1440, "height": 900}, "locale": "fr-FR"}


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext], base_url: str) -> Iterator[Callable[..., BrowserContext]]:
    """Contexts that are watched: what the console complains of, and what would leave the machine."""
    faults: list[str] = []

    def note(is_fault: bool, text: str) -> None:
        if is_fault:
            faults.append(text)

    def watched(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(30_000)
        context.on("console", lambda said: note(_is_complaint(said), f"console: {said.text}"))
        context.on("weberror", lambda error: note(True, f"error: {error.error}"))
        context.on("request", lambda request: note(_is_elsewhere(request.url, base_url), f"elsewhere: {request.url}"))
        context.on("response", lambda answer: note(_is_fault(answer), f"{answer.status}: {answer.url}"))
        return context

    yield watched
    assert not faults, "\n".join(faults)


def _is_complaint(said: ConsoleMessage) -> bool:
    """An error of the page; a file that failed to load is judged by its answer."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


def _is_fault(answer: Response) -> bool:
    """An unknown address may be a 404: the page says so. A file that a page asks for may not."""
    return answer.status >= 500 or (answer.status >= 400 and not answer.request.is_navigation_request())


def _is_elsewhere(url: str, base_url: str) -> bool:
    return not url.startswith((base_url, "data:", "blob:"))


@pytest.fixture
def carte(page: Page) -> Page:
    """The Carte page, its map painted and Dash up."""
    return open_carte(page, "/")


def open_carte(page: Page, address: str) -> Page:
    """Opens an address of the Carte page and waits for the map and for Dash."""
    page.goto(address)
    page.wait_for_selector(MAP_READY, state="attached")
    wait_until(page, "window.dash_clientside?.atlas?.isUp === true")
    return settle(page)


def settle(page: Page) -> Page:
    """Waits for the live page: Dash has taken over from the prerendered copy, or the page has no script at all."""
    wait_until(page, "!document.getElementById('boot') || !document.getElementById('atlas-config')")
    return page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)

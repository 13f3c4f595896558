"""Redraws docs/screenshots: every page in both languages, and the map on a phone. ``python -m tools.screenshots``."""

import logging
import sys
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from settings import ROOT, Settings
from tools.browser import ARGUMENTS, ensure_browser
from tools.waiting import wait_until

FOLDER = ROOT / "docs" / "screenshots"
DESKTOP, PHONE = (1440, 900), (390, 844)
_MAP = "html[data-map-ready='true']"
SHOTS = {
    "carte-fr": ("/", DESKTOP),
    "carte-en": ("/?lang=en&region=32", DESKTOP),
    "fiche-fr": ("/?sel=territoire:ti-0101&region=01", DESKTOP),
    "liste-fr": ("/?vue=liste", DESKTOP),
    "liste-en": ("/?vue=liste&onglet=sites&lang=en", DESKTOP),
    "sources-fr": ("/sources", DESKTOP),
    "sources-en": ("/sources?lang=en", DESKTOP),
    "telephone-fr": ("/?vue=carte", PHONE),
    "telephone-liste-fr": ("/?vue=liste", PHONE),
}


def draw(browser: Browser, base: str, address: str, size: tuple[int, int], target: Path) -> None:
    """One page, once its map is painted and its charts are drawn."""
    page = browser.new_page(base_url=base, viewport={"width": size[0], "height": size[1]}, locale="fr-FR")
    page.goto(address)
    if address.startswith("/?") or address == "/":
        wait_until(page, "!document.getElementById('boot')")
        if "liste" not in address:
            page.wait_for_selector(_MAP, state="attached")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(2500)
    page.screenshot(path=target)
    page.close()


def main(names: list[str]) -> None:
    """Draws the named shots, or all of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, create_app(Settings(is_ign_offered=False)).server, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    path = str(ensure_browser())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for name in names or list(SHOTS):
            draw(browser, base, *SHOTS[name], FOLDER / f"{name}.png")
            sys.stdout.write(f"{name}.png\n")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main(sys.argv[1:])

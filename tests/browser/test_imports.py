"""Files of the house: the layer on the map, its mark, its drawer; the check of a file, with and without script."""

import json
import re
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from werkzeug.serving import make_server

from app import create_app
from settings import Settings
from tests.browser.conftest import MAP_READY, _Quiet
from tests.imports.files import GOOD, csv_of

SITE_ID = "59350_SITE-ECO_00001"
BAD = ("Z-2", "Sans lieu", "99999", "3,06", "50,63", "x")


def feature(site_id: str, name: str, at: tuple[float, float], region: str) -> dict[str, Any]:
    properties: dict[str, Any] = {"site_id": site_id, "site_nom": name, "nom_commune": "Lille", "code_region": region}
    properties |= {"code_departement": "59", "surface_ha": 12, "position_quality": "adresse", "dit": {}}
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": at}, "properties": properties}


@pytest.fixture(scope="module")
def with_sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an atlas with two imported sites."""
    local = tmp_path_factory.mktemp("local")
    features = [feature(SITE_ID, "Zone du Petit Pont", (3.06, 50.63), "32"), feature("B", "Port", (-2.2, 47.3), "52")]
    layer = {"type": "FeatureCollection", "version": 1, "files": [{"name": "a.csv"}], "features": features}
    (local / "sites.geojson").write_text(json.dumps(layer), encoding="utf-8")
    server = make_server(
        "127.0.0.1", 0, create_app(Settings(local_folder=local)).server, threaded=True, request_handler=_Quiet
    )
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=5)


def test_imported_sites_are_a_layer_of_their_own(browser: object, with_sites: str, browser_context_args: dict) -> None:
    context = browser.new_context(**{**browser_context_args, "base_url": with_sites})  # type: ignore[attr-defined]
    context.set_default_timeout(120_000)
    faults: list[str] = []
    context.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page = context.new_page()
    page.goto("/")
    page.wait_for_selector(MAP_READY, state="attached")
    row = page.locator(".legend-row", has_text="Vos sites")
    expect(row.locator(".legend-count")).to_have_text("2", timeout=60_000)
    row.locator("input").uncheck()
    expect(page).to_have_url(re.compile("couches=territoires,sites,projets,regions,departements,villes$"))
    row.locator("input").check()
    page.goto(f"/?region=32&sel=importe:{SITE_ID}&lang=en")
    page.wait_for_selector(MAP_READY, state="attached")
    row = page.locator(".legend-row", has_text="Your sites")
    expect(row.locator(".legend-count")).to_have_text("1", timeout=60_000)
    drawer = page.locator("[id=carte-drawer]")
    expect(drawer.locator("h2")).to_have_text("Zone du Petit Pont", timeout=60_000)
    expect(drawer).to_contain_text("not verified")
    page.goto("/sites")
    expect(page.locator("#importes")).to_contain_text("Zone du Petit Pont")
    context.close()
    assert not faults


def test_an_atlas_without_imports_shows_no_such_row(carte: Page) -> None:
    expect(carte.locator(".legend-row", has_text="Vos sites")).to_have_count(0)


def upload(page: Page, content: bytes) -> None:
    page.set_input_files("#check-file", {"name": "mes-sites.csv", "mimeType": "text/csv", "buffer": content})
    page.click("#check-form button")


def test_a_file_is_checked_in_place(page: Page) -> None:
    page.goto("/sources?lang=en")
    upload(page, csv_of(GOOD, BAD))
    report = page.locator("#check-answer .check-report")
    expect(report).to_contain_text("2 rows read, 1 of them good; 2 faults to mend.")
    expect(report.locator("tbody tr").first).to_contain_text("surface_ha")
    upload(page, csv_of(GOOD))
    expect(report).to_contain_text("One row read, good.")
    assert page.url.endswith("/sources?lang=en")


def test_a_file_is_checked_without_script(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/sources")
    upload(page, csv_of(GOOD, BAD))
    expect(page.locator("h1")).to_have_text("Vérification d’un fichier")
    expect(page.locator(".check-report tbody tr")).to_have_count(2)

"""« Add this view », the editor, the visitor's own hall and console, the phone as remote, and axe on all of them."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import MAP_READY
from tests.browser.test_accessibility import violations
from tests.browser.test_presentation import READY, until

WORDS = {"fr": "Une scène", "en": "A scene"}
KEPT = "localStorage.getItem('atlas-presentations')"


def kept(page: Page) -> list[dict[str, Any]]:
    """What the browser holds."""
    found: list[dict[str, Any]] = json.loads(page.evaluate(KEPT) or "{}").get("list", [])
    return found


def keep(page: Page, *scenes: dict[str, Any]) -> None:
    """Puts a presentation in the browser of a page that is open."""
    one = {"id": "moi-essai", "titre": {"fr": "Essai", "en": "Trial"}, "scenes": list(scenes)}
    written = json.dumps({"current": "moi-essai", "list": [one]})
    page.evaluate("(value) => localStorage.setItem('atlas-presentations', value)", written)


def scene(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "titre": WORDS, **more}


def add_view(page: Page, title: str) -> None:
    page.locator(".add-view").click()
    page.locator("#add-view-title").fill(title)
    page.locator(".add-view-form [type=submit]").click()
    expect(page.locator(".add-view-said a")).to_be_visible()


def edit(page: Page, *scenes: dict[str, Any]) -> None:
    page.goto("/presentation")
    keep(page, *scenes)
    page.goto("/presentation?p=moi-essai")
    expect(page.locator("#editor-list li")).to_have_count(len(scenes))


def titles(page: Page) -> list[str]:
    return [re.sub(r"^\d+\s*", "", words) for words in page.locator(".editor-pick").all_inner_texts()]


def test_a_view_of_carte_is_edited_saved_and_opened_elsewhere(
    page: Page, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page.goto("/?region=32&sel=region:32#7.00/50.000/2.800")
    page.wait_for_selector(MAP_READY, state="attached")
    page.wait_for_selector("html[data-add-view]", state="attached")
    add_view(page, "Les Hauts-de-France")
    page.goto("/regions/53")
    add_view(page, "La Bretagne")
    page.locator(".add-view-said a").click()
    page.wait_for_selector("#editor:not([hidden])")
    assert titles(page) == ["Les Hauts-de-France", "La Bretagne"]
    first, second = kept(page)[0]["scenes"]
    assert first["vue"] == "region=32"
    west, south, east, north = (float(edge) for edge in first["cadre"].split(","))
    assert (west + east) / 2 == pytest.approx(2.8, abs=0.01)
    assert south < 50 < north
    assert second["cadre"] == "region:53"
    page.locator("[data-at='1'] [data-act=up]").click()
    assert titles(page) == ["La Bretagne", "Les Hauts-de-France"]
    page.locator("#champ-titre-en").fill("Brittany")
    page.locator("#champ-notes-fr").fill("Dire : bonjour\nà tous")
    page.locator("#champ-chiffres").fill("sites-78")
    page.locator("#champ-chiffres").press("Enter")
    expect(page.locator("#editor-claims li")).to_have_count(1)
    with page.expect_download() as saved:
        page.locator("[data-act=save]").click()
    assert saved.value.suggested_filename == "ma-presentation.yml"
    file = tmp_path / "a.yml"
    saved.value.save_as(file)
    written = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert [item["titre"]["en"] for item in written["scenes"]] == ["Brittany", "Les Hauts-de-France"]
    assert written["scenes"][0]["notes"]["fr"] == "Dire : bonjour\nà tous"
    assert written["scenes"][0]["chiffres"] == ["sites-78"]

    other = new_context().new_page()
    other.goto("/presentation?lang=en")
    assert not kept(other)
    other.set_input_files("#mine-file", file)
    expect(other.locator("[data-mine]")).to_have_count(1)
    assert kept(other)[0]["scenes"] == written["scenes"]
    other.locator("[data-mine] a", has_text="Hall").click()
    other.wait_for_selector(READY, state="attached")
    expect(other.locator(".slide.is-shown h2")).to_have_text("Brittany")
    other.keyboard.press("ArrowRight")
    expect(other.locator(".slide.is-shown h2")).to_have_text("Les Hauts-de-France")
    other.reload()
    other.wait_for_selector(READY, state="attached")
    expect(other.locator(".slide.is-shown h2")).to_have_text("Les Hauts-de-France")


def test_scenes_are_moved_doubled_and_deleted_by_keyboard(page: Page) -> None:
    edit(page, *(scene(name, titre={"fr": name, "en": name}) for name in ("un", "deux", "trois")))
    page.locator("[data-at='0'] [data-act=down]").focus()
    page.keyboard.press("Enter")
    assert titles(page) == ["deux", "un", "trois"]
    page.keyboard.press("Enter")  # the focus went along
    assert titles(page) == ["deux", "trois", "un"]
    assert page.evaluate("document.activeElement.dataset.act") == "select"  # no further down
    page.locator("[data-at='1'] [data-act=duplicate]").press("Enter")
    assert titles(page) == ["deux", "trois", "trois", "un"]
    assert len({item["id"] for item in kept(page)[0]["scenes"]}) == 4
    page.locator("[data-at='0'] [data-act=delete]").press("Enter")
    assert titles(page) == ["trois", "trois", "un"]
    page.locator("#editor-said button").click()
    assert titles(page) == ["deux", "trois", "trois", "un"]


def test_a_fault_is_shown_beside_its_field_and_leads_to_it(page: Page) -> None:
    edit(page, scene("un"), scene("deux", cadre="mars"), scene("un"))
    faults = page.locator("#editor-faults li")
    expect(faults).to_have_count(2)
    expect(page.locator("#editor-list .has-fault")).to_have_count(2)
    faults.locator("a", has_text="Scène 2 · Cadrage").click()
    expect(page.locator("#champ-cadre")).to_be_focused()
    expect(page.locator("#champ-cadre")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#champ-cadre-faute")).to_contain_text("attendu : france")
    page.locator("#champ-cadre").fill("region:99")
    expect(page.locator("#champ-cadre-faute")).to_contain_text("aucun lieu")
    page.locator("#champ-cadre").fill("region:53")
    expect(page.locator("#champ-cadre-faute")).to_be_empty()
    page.locator("[data-at='2'] .editor-pick").click()
    page.locator("#champ-id").fill("trois")
    expect(page.locator("#editor-faults")).to_have_text("Aucune faute.")
    page.locator("#champ-titre-en").fill("")
    expect(page.locator("#champ-titre-en-faute")).not_to_be_empty()


def test_an_address_becomes_a_view_and_the_preview_follows(page: Page) -> None:
    edit(page, scene("un"))
    page.locator("#champ-vue").fill("https://atlas.example/?region=53&couches=sites#8/48/-2")
    assert kept(page)[0]["scenes"][0]["vue"] == "region=53&couches=sites"
    page.locator("#champ-titre-fr").fill("<img src=x onerror=alert(1)>")
    expect(page.frame_locator("#editor-frame").locator(".slide.is-shown h2")).to_have_text(
        "<img src=x onerror=alert(1)>"
    )


def test_a_bad_file_tells_all_its_faults(page: Page) -> None:
    page.goto("/presentation")
    bad = "titre: x\nscenes:\n  - id: a\n    titre: ''\n    fond: mars\n  - id: a\n    titre: b\n    autre: 1\n"
    page.set_input_files("#mine-file", {"name": "a.yml", "mimeType": "text/yaml", "buffer": bad.encode()})
    expect(page.locator("#mine-said li")).to_have_count(5)
    expect(page.locator("#mine-said")).to_contain_text("scenes[1].fond")
    assert not kept(page)


def test_a_shipped_presentation_is_copied_then_deleted_and_back(page: Page) -> None:
    page.goto("/presentation?lang=en")
    page.locator("[data-copy=assemblee-3]").click()
    expect(page.locator("#editor-list li")).to_have_count(8)
    expect(page.locator("#editor-faults")).to_have_text("No fault.")
    page.goto("/presentation?lang=en")
    expect(page.locator("[data-mine] h3")).to_have_text("Third general assembly (copy)")
    page.locator("[data-mine] button", has_text="Delete").click()
    expect(page.locator("[data-mine]")).to_have_count(0)
    page.locator("#mine-said button").click()
    expect(page.locator("[data-mine]")).to_have_count(1)


def test_what_the_browser_does_not_hold_is_said(page: Page) -> None:
    for address in ("/presentation?p=moi-rien", "/presentation?mode=salle&p=moi-rien"):
        page.goto(address)
        expect(page.locator("main")).to_contain_text("ne garde pas cette présentation")
    page.evaluate('localStorage.setItem(\'atlas-presentations\', \'{"list": [1, null, {"id": "<b>"}]}\')')
    page.goto("/presentation")
    expect(page.locator("#mine-list")).to_contain_text("Pas encore")


def test_without_script_the_page_plays_and_says_what_needs_script(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/presentation")
    expect(page.locator(".add-view")).to_be_hidden()
    expect(page.locator("#mine-room")).to_be_hidden()
    page.select_option("#presentation-region", "region-53")
    page.locator(".presentation-form button").click()
    expect(page.locator("h3", has_text="Bretagne")).to_be_visible()
    page.locator("a", has_text="Salle").first.click()
    expect(page.locator(".slide h2").first).to_be_visible()


def test_a_phone_drives_the_hall(context: BrowserContext, new_context: Callable[..., BrowserContext]) -> None:
    hall, console = context.new_page(), context.new_page()
    hall.goto("/presentation?mode=salle&p=assemblee-3")
    hall.wait_for_selector(READY, state="attached")
    console.goto("/presentation?mode=console&p=assemblee-3")
    expect(console.locator(".console-state")).to_have_class("console-state is-open")
    console.locator("[data-act=remote]").click()
    expect(console.locator(".remote-code")).to_have_text(re.compile(r"\d{3} \d{3}"))
    code = re.sub(r"\D", "", console.locator(".remote-code").inner_text())
    expect(console.locator(".remote-qr svg")).to_be_visible()
    phone = new_context(has_touch=True).new_page()
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.goto("/telecommande")
    phone.locator("#remote input").fill(f"{code[:3]} {code[3:]}")  # as the console shows it
    phone.locator("#remote form button").tap()
    expect(phone.locator("[data-do=next]")).to_be_visible()
    phone.goto(f"/telecommande#{code}")
    phone.locator("[data-do=next]").tap()
    expect(hall.locator(".slide.is-shown")).to_have_attribute("data-number", "2")
    expect(phone.locator(".remote-shown")).to_have_text("Scène 2 sur 8")
    phone.locator("[data-do=black]").tap()
    expect(hall.locator("#hall")).to_have_class("hall is-black")
    phone.locator("[data-do=black]").tap()
    phone.locator("[data-do=last]").tap()
    expect(hall.locator(".slide.is-shown")).to_have_attribute("data-number", "8")
    phone.reload()
    phone.locator("[data-do=previous]").tap()
    expect(hall.locator(".slide.is-shown")).to_have_attribute("data-number", "7")
    expect(console.locator(".remote-state")).to_have_text("Un téléphone commande la salle.")
    console.locator("[data-act=remote-end]").click()
    expect(console.locator(".remote-state")).to_have_text("La télécommande est coupée.")


def test_the_buttons_of_the_phone_are_large(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/telecommande")
    page.evaluate("document.querySelector('.remote-pad').hidden = false")
    for name in ("next", "previous", "black"):
        box = page.locator(f"[data-do={name}]").bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 60


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_serious_violation(page: Page, language: str) -> None:
    page.goto(f"/presentation?lang={language}")
    keep(page, scene("un"), scene("deux", cadre="mars"))
    for address in ("", "p=moi-essai&", "mode=console&p=assemblee-3&", "mode=salle&p=assemblee-3&"):
        page.goto(f"/presentation?{address}lang={language}")
        page.wait_for_load_state("networkidle")
        if "moi" in address:
            expect(page.locator("#editor-faults li")).to_have_count(1)
        assert not violations(page), address
    page.goto(f"/telecommande?lang={language}")
    assert not violations(page)


def test_no_serious_violation_in_the_dialogues(page: Page) -> None:
    page.goto("/suivi")
    page.locator(".add-view").click()
    expect(page.locator("#add-view-title")).to_be_focused()
    assert not violations(page)
    page.keyboard.press("Escape")
    expect(page.locator(".add-view")).to_be_focused()
    page.goto("/presentation?mode=console&p=assemblee-3")
    page.locator("[data-act=remote]").click()
    expect(page.locator(".remote-qr svg")).to_be_visible()
    assert not violations(page)
    page.locator("[data-act=remote-end]").click()


def test_narrow_screens_do_not_scroll_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/presentation")
    keep(page, scene("un"))
    for address in ("/presentation", "/presentation?p=moi-essai", "/presentation?mode=console", "/telecommande"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_carte_loads_nothing_of_it_before_its_map(page: Page) -> None:
    page.goto("/")
    page.wait_for_selector(MAP_READY, state="attached")
    until(page, "document.documentElement.dataset.addView === 'true'")
    html = page.request.get("/").text()
    assert "add-view.mjs" not in html
    assert "presentation/add" not in html
    loaded = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert not [name for name in loaded if "/presentation/" in name]

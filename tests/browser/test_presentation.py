"""The hall, the console and the booth: keys, sizes, contrast, colours, two windows, twelve hours without a server."""

import statistics
import time
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Locator, Page, expect

from tests.browser.legible import COLOURS, TEXTS, contrast, hues

HALL = "/presentation?mode=salle&p=assemblee-3"
CONSOLE = "/presentation?mode=console&p=assemblee-3"
READY = "html[data-hall-ready]"
LATENCY_MS = 300
TURN_S = 45


def open_hall(page: Page, address: str = HALL) -> Page:
    page.goto(address)
    page.wait_for_selector(READY, state="attached")
    return page


def until(page: Page, condition: str) -> None:
    """Waits for a condition of the page; its policy forbids the evaluation that Playwright's own way needs."""
    end = time.monotonic() + 20
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(20)


def shown(page: Page) -> int:
    number: int = page.evaluate("Number(document.querySelector('.slide.is-shown')?.dataset.number)")
    return number


def total(page: Page) -> int:
    return int(page.locator("#hall").get_attribute("data-slides") or 0)


def test_the_scenes_play_by_keyboard(page: Page) -> None:
    open_hall(page)
    last = total(page)
    for key, expected in (
        ("ArrowRight", 2), (" ", 3), ("PageDown", 4), ("ArrowDown", 5), ("ArrowLeft", 4), ("PageUp", 3), ("ArrowUp", 2),
        ("Backspace", 1), ("ArrowLeft", 1), ("End", last), ("ArrowRight", last), ("Home", 1),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert shown(page) == expected, key
    for typed, expected in (("4", 4), ("06", 6), ("99", last), ("0", 1)):
        for digit in typed:
            page.keyboard.press(digit)
        page.keyboard.press("Enter")
        assert shown(page) == expected, typed
    page.keyboard.press("b")
    expect(page.locator("#hall")).to_have_class("hall is-black")
    page.keyboard.press(".")
    expect(page.locator("#hall")).to_have_class("hall")
    page.keyboard.press("Control+ArrowRight")
    assert shown(page) == 1


def test_a_reload_keeps_the_scene(page: Page) -> None:
    open_hall(page)
    for _ in range(3):
        page.keyboard.press("PageDown")
    page.reload()
    page.wait_for_selector(READY, state="attached")
    assert shown(page) == 4


@pytest.mark.parametrize("name", ["assemblee-3", "region-94"])
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("width", "height", "least"), [(1920, 1080, 28), (3840, 2160, 56)])
def test_every_text_is_large_and_contrasted(
    page: Page, name: str, language: str, width: int, height: int, least: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce")
    open_hall(page, f"/presentation?mode=salle&p={name}&lang={language}")
    for number in range(1, total(page) + 1):
        texts: list[dict[str, Any]] = page.evaluate(TEXTS)
        assert texts
        small = [(text["words"], text["size"]) for text in texts if text["size"] < least - 0.01]
        pale = [(t["words"], contrast(t["ink"], t["paper"])) for t in texts if contrast(t["ink"], t["paper"]) < 7]
        assert not small, (number, small)
        assert not pale, (number, pale)
        # White, and what is not the ground: territoires, sites, a chosen bar.
        assert 1 + len(hues(page.evaluate(COLOURS))) <= 3, number
        page.keyboard.press("PageDown")


def test_nothing_is_cut_or_covered_on_the_usual_screens(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    for size in ((1920, 1080), (1280, 720), (1440, 900), (1024, 768)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        open_hall(page)
        for number in range(1, total(page) + 1):
            over = page.evaluate(
                """() => { const slide = document.querySelector('.slide.is-shown');
                const part = (name) => slide.querySelector(`.slide-${name}`);
                const [words, foot, body] = ['words', 'foot', 'body'].map(part);
                const below = (node) => node.scrollHeight - node.clientHeight;
                return [words, body, foot].map(below).concat(foot.getBoundingClientRect().bottom - innerHeight); }"""
            )
            assert max(over) <= 2, (size, number, over)
            page.keyboard.press("PageDown")


def test_those_who_want_no_motion_get_none(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_hall(page, "/presentation?mode=salle&p=region-32")
    box = "() => document.querySelector('.hall-map').getAttribute('viewBox')"
    target = page.evaluate("() => document.querySelectorAll('.hall-layer')[1].dataset.camera")
    page.evaluate("document.querySelector('.hall-map').setAttribute('viewBox', '0 0 2400 2353')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(box) == target
    assert page.evaluate("getComputedStyle(document.querySelector('.slide')).transitionDuration") == "0s"


def test_the_camera_moves_for_the_others(page: Page) -> None:
    open_hall(page)
    page.evaluate("document.querySelector('.hall-map').setAttribute('viewBox', '0 0 800 784')")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    first = page.evaluate("document.querySelector('.hall-map').getAttribute('viewBox')")
    target = page.evaluate("document.querySelector('.hall-layer.is-shown').dataset.camera")
    assert first != target
    until(page, f"document.querySelector('.hall-map').getAttribute('viewBox') === '{target}'")


def test_full_screen_by_key_and_by_button(page: Page) -> None:
    open_hall(page)
    button = page.locator(".hall-full")
    expect(button).to_be_hidden()
    page.mouse.move(300, 300)
    page.mouse.move(340, 320)
    expect(button).to_be_visible()
    button.click()
    until(page, "document.fullscreenElement !== null")
    assert shown(page) == 1
    page.keyboard.press("f")
    until(page, "document.fullscreenElement === null")
    page.wait_for_timeout(2700)
    expect(button).to_be_hidden()


def test_the_hall_opens_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(reduced_motion="reduce")
    open_hall(page)
    for _ in range(total(page)):
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert min(text["size"] for text in page.evaluate(TEXTS)) >= 11
        page.keyboard.press("PageDown")


def test_the_hall_needs_the_network_no_more(page: Page) -> None:
    open_hall(page)
    requests = watch(page)
    page.context.set_offline(offline=True)
    for number in range(2, total(page) + 1):
        page.keyboard.press("ArrowRight")
        assert shown(page) == number
    assert not requests
    page.context.set_offline(offline=False)


def watch(page: Page) -> list[str]:
    """The requests from now on, but for the tab's icon, which the browser asks for when it likes."""
    found: list[str] = []
    page.on("request", lambda request: None if request.url.endswith("icon.svg") else found.append(request.url))
    return found


def two_windows(context: BrowserContext) -> tuple[Page, Page]:
    """The hall, then the console that has heard of it."""
    hall = open_hall(context.new_page())
    console = context.new_page()
    console.goto(CONSOLE)
    console.wait_for_selector("html[data-console-ready]", state="attached")
    expect(console.locator(".console-state")).to_have_class("console-state is-open")
    return hall, console


def test_the_hall_follows_the_console_at_once(context: BrowserContext) -> None:
    hall, console = two_windows(context)
    hall.evaluate(
        """() => { window.seen = [];
        const watched = { subtree: true, attributes: true, attributeFilter: ['class'] };
        new MutationObserver(() => window.seen.push(performance.timeOrigin + performance.now()))
          .observe(document.querySelector('.hall'), watched); }"""
    )
    times = []
    for turn in range(10):
        hall.evaluate("window.seen.length = 0")
        sent = console.evaluate(
            """(act) => { const now = performance.timeOrigin + performance.now();
            document.querySelector(`[data-act=${act}]`).click(); return now; }""",
            "previous" if turn % 2 else "next",
        )
        until(hall, "window.seen.length > 0")
        times.append(hall.evaluate("window.seen[0]") - sent)
    median = statistics.median(times)
    print(f"console → hall: median {median:.1f} ms, worst {max(times):.1f} ms")  # noqa: T201
    assert median < LATENCY_MS


def test_jump_black_and_notes(context: BrowserContext) -> None:
    hall, console = two_windows(context)
    console.locator("[data-go='5']").click()
    expect(hall.locator(".slide.is-shown")).to_have_attribute("data-number", "5")
    expect(console.locator("[data-notes='5']")).to_be_visible()
    expect(console.locator("[data-notes='1']")).to_be_hidden()
    console.keyboard.press("b")
    expect(hall.locator("#hall")).to_have_class("hall is-black")
    expect(console.locator("[data-act=black]")).to_have_attribute("aria-pressed", "true")
    console.keyboard.press("b")
    console.keyboard.press("2")
    console.keyboard.press("Enter")
    expect(hall.locator(".slide.is-shown")).to_have_attribute("data-number", "2")
    hall.keyboard.press("End")
    expect(console.locator("[data-go][aria-current]")).to_have_attribute("data-go", "8")
    hall.close()
    expect(console.locator(".console-state")).to_have_class("console-state")


def preview(console: Page, place: int) -> Locator:
    """The scene of the nth preview."""
    return console.frame_locator("[data-preview]").nth(place).locator(".slide.is-shown")


def test_a_console_that_is_reloaded_shows_where_the_hall_is(context: BrowserContext) -> None:
    hall, console = two_windows(context)
    hall.keyboard.press("5")
    hall.keyboard.press("Enter")
    console.reload()
    expect(console.locator("[data-go][aria-current]")).to_have_attribute("data-go", "5")
    expect(preview(console, 0)).to_have_attribute("data-number", "5")
    expect(preview(console, 1)).to_have_attribute("data-number", "6")


def test_two_presentations_in_one_browser_do_not_mix(context: BrowserContext) -> None:
    hall, console = two_windows(context)
    other = open_hall(context.new_page(), "/presentation?mode=salle&p=region-94")
    booth = open_hall(context.new_page(), "/presentation?mode=kiosk&p=assemblee-3")
    other.keyboard.press("End")
    booth.keyboard.press("End")
    console.locator("[data-act=next]").click()
    expect(hall.locator(".slide.is-shown")).to_have_attribute("data-number", "2")
    expect(console.locator("[data-go][aria-current]")).to_have_attribute("data-go", "2")
    assert shown(other) == 6
    assert shown(booth) == 8


def heap(session: CDPSession) -> dict[str, float]:
    session.send("HeapProfiler.collectGarbage")
    return {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}


def test_twelve_hours_in_a_booth_without_a_server(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.clock.install()
    open_hall(page, f"/presentation?mode=kiosk&p=assemblee-3&loop={TURN_S}")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    requests = watch(page)
    page.context.set_offline(offline=True)
    page.evaluate("""() => { window.turns = 0; let before = '';
        const watched = { subtree: true, attributes: true, attributeFilter: ['class'] };
        new MutationObserver(() => { const now = document.querySelector('.slide.is-shown').dataset.number;
          if (now !== before) { before = now; window.turns += 1; } })
        .observe(document.querySelector('.hall'), watched); }""")
    page.clock.run_for(3600 * 1000)
    first = heap(session)
    for _ in range(11):
        page.clock.run_for(3600 * 1000)
    last = heap(session)
    turns = page.evaluate("window.turns")
    grown = last["JSHeapUsedSize"] - first["JSHeapUsedSize"]
    print(f"booth: {turns} turns in 12 h, heap {last['JSHeapUsedSize'] / 1e6:.1f} MB ({grown / 1e3:+.0f} kB)")  # noqa: T201
    assert turns == 12 * 3600 // TURN_S
    assert grown < 2_000_000
    assert last["Nodes"] <= first["Nodes"] * 1.05
    assert not requests
    expect(page.locator(".slide.is-shown h2")).to_be_visible()
    page.context.set_offline(offline=False)


def test_a_touch_stops_the_booth_and_quiet_starts_it_again(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.clock.install()
    open_hall(page, f"/presentation?mode=kiosk&p=assemblee-3&loop={TURN_S}")
    page.clock.run_for(TURN_S * 1000)
    assert shown(page) == 2
    page.keyboard.press("ArrowRight")
    page.clock.run_for(59_000)
    assert shown(page) == 3
    page.clock.run_for(2_000)
    assert shown(page) == 4
    page.clock.run_for(TURN_S * 1000)
    assert shown(page) == 5

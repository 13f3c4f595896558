"""What a visitor feels, in a real browser with an empty cache: first map, weight, blocking, shift, filter to paint."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import ARGUMENTS, ensure_browser

# Finds the MapLibre map of either page and notes when it has drawn everything. The atlas says so itself by a mark, at
# the same event of the same library. The atlas also shows a picture of the same map before: it is seen two frames after
# both the page's first paint and the end of the picture's download.
_WATCH = """
(() => {
  const bench = window.bench = { longTasks: [], shift: 0, painted: null, picture: null };
  new PerformanceObserver((list) => bench.longTasks.push(...list.getEntries().map((e) => [e.startTime, e.duration])))
    .observe({ type: 'longtask', buffered: true });
  const add = (entry) => { if (!entry.hadRecentInput) bench.shift += entry.value; };
  new PerformanceObserver((list) => list.getEntries().forEach(add))
    .observe({ type: 'layout-shift', buffered: true });
  bench.map = () => {
    const plot = [...document.querySelectorAll('.js-plotly-plot')].find((node) => node._fullLayout?.map?._subplot?.map);
    return plot ? plot._fullLayout.map._subplot.map : window.atlas?.context?.carte?.view?.map;
  };
  const hasData = (map) => map.getStyle()?.layers?.some((layer) => layer.id.startsWith('plotly-trace-layer'));
  const look = () => {
    const mark = performance.getEntriesByName('atlas-map-painted')[0];
    if (mark) { bench.painted = mark.startTime; return; }
    const map = window.atlas ? null : bench.map();
    if (map && !bench.watched) {
      bench.watched = true;
      map.on('idle', () => { if (bench.painted === null && hasData(map)) bench.painted = performance.now(); });
    }
    if (bench.painted === null) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  let frames = 0;
  const isPicture = ({ name, responseEnd }) => name.includes('/apercu-') && name.endsWith('.avif') && responseEnd > 0;
  const isShown = () => performance.getEntriesByName('first-contentful-paint').length > 0
    && performance.getEntriesByType('resource').some(isPicture);
  const see = () => {
    frames += isShown() ? 1 : 0;
    if (frames === 3) bench.picture = performance.now();
    else requestAnimationFrame(see);
  };
  requestAnimationFrame(see);
})();
"""

# Clicks a control; answers the milliseconds of script in the click itself, and until the map has drawn the result.
_FILTER = """
(selector) => new Promise((resolve) => {
  const map = window.bench.map();
  const began = performance.now();
  map.once('idle', () => requestAnimationFrame(() => resolve([script, performance.now() - began])));
  document.querySelector(selector).click();
  const script = performance.now() - began;
})
"""


@dataclass(frozen=True)
class Visit:
    """One cold visit. Milliseconds from navigation; KiB as they travelled, headers included.

    ``first_map_ms`` is when the visitor sees the map: its picture, or else the map; ``live_map_ms`` when the map itself
    has drawn everything and answers the pointer.
    """

    first_map_ms: float
    live_map_ms: float
    until_map_kib: float
    whole_kib: float
    blocking_ms: float
    shift: float


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    path = str(ensure_browser())
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@contextlib.contextmanager
def _opened(chromium: Browser, url: str) -> Iterator[tuple[Page, list[Any]]]:
    # Playwright's own waits evaluate text in the page, which the atlas's policy refuses.
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR", bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.add_init_script(_WATCH)
    finished: list[Any] = []
    page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 - Playwright marks its handlers
    page.goto(url)
    page.wait_for_function("window.bench.painted !== null")
    yield page, finished
    context.close()


def visit(chromium: Browser, url: str) -> Visit:
    """Opens ``url`` with an empty cache and waits until it is quiet."""
    with _opened(chromium, url) as (page, finished):
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1500)
        bench = page.evaluate("({ ...window.bench, map: null, origin: performance.timeOrigin })")
        weights = [_weight(request, bench["origin"]) for request in finished]
    return Visit(
        first_map_ms=min(bench["painted"], bench["picture"] or bench["painted"]),
        live_map_ms=bench["painted"],
        until_map_kib=sum(kib for kib, end in weights if end <= bench["painted"]),
        whole_kib=sum(kib for kib, _ in weights),
        blocking_ms=sum(max(0.0, duration - 50) for _, duration in bench["longTasks"]),
        shift=bench["shift"],
    )


def _weight(request: Any, origin: float) -> tuple[float, float]:
    """KiB on the wire, and when the last byte came, in milliseconds from navigation."""
    sizes, timing = request.sizes(), request.timing
    kib = (sizes["responseBodySize"] + sizes["responseHeadersSize"]) / 1024
    return kib, timing["startTime"] + max(timing["responseEnd"], 0) - origin


def filter_times(chromium: Browser, url: str, selectors: list[str]) -> list[tuple[float, float]]:
    """For each control clicked in turn, on a quiet page: milliseconds of script, and until the map shows the result."""
    with _opened(chromium, url) as (page, _):
        found = []
        for selector in selectors:
            _settle(page)
            script, painted = page.evaluate(_FILTER, selector)
            found.append((float(script), float(painted)))
        return found


def _settle(page: Page) -> None:
    """Waits until the page is quiet: no request, and a second and a half without a long task (charts come after)."""
    page.wait_for_timeout(500)
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "performance.now() - Math.max(0, ...window.bench.longTasks.map(([start, length]) => start + length)) > 1500"
    )

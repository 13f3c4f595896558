"""What a browser asks for, recorded from one and written as raw requests that a crowd can send again.

A visit is a list of waves: the document; what it names; Dash's scripts; its layout; the callbacks.
"""

import json
import random
import time
from typing import Any
from urllib.parse import urlsplit

import contract
from bench import load, pages
from ids import State

ENCODINGS = "gzip, deflate, br, zstd"
DOCUMENTS = ("/suivi", "/sites", "/regions/{region}", "/mesures", "/territoires")
_SETTLED_MS = 4_000
_PATIENCE_S = 60.0
_FACETS = ("filiere", "region", "mesure")


def raw(host: str, path: str, body: str | None = None) -> str:
    """One request as it is written on the wire."""
    head = f"{'GET' if body is None else 'POST'} {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: {ENCODINGS}\r\n"
    head += "User-Agent: Mozilla/5.0\r\nAccept: */*\r\nAccept-Language: fr-FR\r\n"
    if body is None:
        return head + "\r\n"
    return f"{head}Content-Type: application/json\r\nContent-Length: {len(body.encode())}\r\n\r\n{body}"


def record(url: str, paths: tuple[str, ...]) -> list[list[list[str]]]:
    """The waves of each page, opened one after the other with an empty cache at first; what was had is not asked again.

    The first page waits for its charts: the visitor scrolls down, as one does.
    """
    found: list[list[list[str]]] = []
    had: set[str] = set()
    with pages.browser() as chromium:
        page = chromium.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True).new_page()
        asked: list[Any] = []
        page.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108 - Playwright marks its handlers
        for path in paths:
            asked.clear()
            page.goto(url + path)
            page.wait_for_timeout(_SETTLED_MS)
            if path == "/":
                _see_charts(page, asked)
            page.wait_for_timeout(_SETTLED_MS)
            found.append(_waves(url, list(asked), had))
    return found


def _see_charts(page: Any, asked: list[Any]) -> None:
    """Brings the charts into view, until they were asked for."""
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until and not any("chart-" in (request.post_data or "") for request in asked):
        page.evaluate("document.querySelector('[id^=chart-]')?.scrollIntoView()")
        page.wait_for_timeout(250)


def _waves(url: str, asked: list[Any], had: set[str]) -> list[list[str]]:
    host = urlsplit(url).netloc
    waves: list[list[str]] = [[] for _ in range(6)]
    for request in sorted(asked, key=lambda one: one.timing["startTime"]):
        parts = urlsplit(request.url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        is_post = request.method == "POST"
        if parts.netloc != host or parts.scheme != "http" or (path in had and not is_post):
            continue
        if not is_post and (parts.path.startswith(("/assets", "/geodata")) or "_dash-component" in path):
            had.add(path)
        waves[_wave_of(path, request.post_data or "")].append(raw(host, path, request.post_data if is_post else None))
    return [wave for wave in waves if wave]


def _wave_of(path: str, body: str) -> int:
    if path.startswith("/_dash-update-component"):
        return 4 if "page-content" in body else 5
    if path.startswith(("/_dash-layout", "/_dash-dependencies")):
        return 3
    if path.startswith("/_dash-component-suites"):
        return 2
    return 1 if path.startswith(("/assets/", "/geodata/")) else 0


class Filters:
    """The two callbacks of a filter, for what visitors choose: one facet mostly, two or three now and then."""

    def __init__(self, url: str, seed: int = 1) -> None:
        self._host = urlsplit(url).netloc
        self._charts = load.charts_request(url, "", State.filters)
        self._draw = random.Random(seed)
        self.asked: list[str] = []

    def wave(self) -> list[str]:
        """The requests of one more choice."""
        query = self._choose()
        self.asked.append(query)
        return self.wave_of(query)

    def wave_of(self, query: str) -> list[str]:
        charts = json.loads(json.dumps(self._charts))
        charts["inputs"][0]["value"] = query
        notice = {
            **charts,
            "output": "page-notice.data-html",
            "outputs": {"id": "page-notice", "property": "data-html"},
        }
        path = "/_dash-update-component?endId=crowd"
        return [raw(self._host, path, json.dumps(body, separators=(",", ":"))) for body in (charts, notice)]

    def _choose(self) -> str:
        facets = self._draw.sample(_FACETS, self._draw.choices((1, 2, 3), (70, 25, 5))[0])
        chosen = {facet: self._draw.choice(_values(facet)) for facet in facets}
        return "&".join(f"{facet}={chosen[facet]}" for facet in _FACETS if facet in chosen)


def _values(facet: str) -> list[str]:
    regions = "11 24 27 28 32 44 52 53 75 76 84 93 94 01 02 03 04 06"
    return regions.split() if facet == "region" else list(contract.codes(facet))

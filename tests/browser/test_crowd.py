"""Too many marks for one picture: circles of areas with the numbers of their rows; nearby, the marks themselves."""

import random
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tools.waiting import wait_until

N = 20_000
CROWD = "window.atlas.context.carte.view.crowds.projets"

# Gives the map made-up projects, each at a place of its own, and keeps those of the first `kept` rows.
_GIVE = """
({ places, kept }) => {
  const { carte, tables, results } = window.atlas.context;
  const { view } = carte;
  if (view.made !== places.length) {
    view.made = places.length;
    view.groups.projets = undefined;
    const precision = { codes: ['commune'], index: new Int16Array(places.length).fill(-1) };
    view.fake = {
      n: places.length, id: places.map((_, row) => row), kind: 'projets',
      columns: { ...tables.projets.columns, precision },
      lon: Float64Array.from(places, ([lon]) => lon), lat: Float64Array.from(places, ([, lat]) => lat),
    };
  }
  const mask = new Uint8Array(places.length).fill(1, 0, kept);
  view.setObjects({ ...tables, projets: view.fake }, { ...results, projets: { ...results.projets, mask, n: kept } });
  carte.showCrowds();
}
"""
_DRAWN = """
() => {
  const { map, crowds } = window.atlas.context.carte.view;
  const circles = map.getLayer('projets-cellules') ? map.queryRenderedFeatures({ layers: ['projets-cellules'] }) : [];
  const found = new Map(circles.map(({ id, properties }) => [id, properties.n]));
  const sum = [...found.values()].reduce((total, n) => total + n, 0);
  return { circles: found.size, sum, most: crowds.projets.most };
}
"""
_CELLS = """
async ({ places, step }) => {
  const base = document.querySelector('script[src*="main.mjs"]').src.replace('main.mjs', 'map/');
  const { project, toCells, cellsToGeojson, CELL, WORLD } = await import(`${base}cells.mjs`);
  const marks = { n: places.length, lon: places.map(([lon]) => lon), lat: places.map(([, lat]) => lat) };
  const world = project(marks);
  const n = Uint32Array.from(places, (_, row) => row % 3); // every third mark keeps nothing
  const across = Math.round((WORLD * 2 ** step) / CELL);
  const cells = toCells(world, n, step, [0, 0, 1, 1]);
  const features = cellsToGeojson(cells, step).collection.features;
  const found = features.map(({ properties: p, geometry: g }) => [p.key, p.n, ...g.coordinates]);
  return { across, x: [...world.x], y: [...world.y], cells: found };
}
"""


@pytest.fixture(scope="module")
def places() -> list[list[float]]:
    """Places inside metropolitan France, the same at each run."""
    chance = random.Random(7)
    return [[round(chance.uniform(0, 5), 5), round(chance.uniform(44.5, 49), 5)] for _ in range(N)]


def give(page: Page, places: list[list[float]], kept: int) -> None:
    page.evaluate(_GIVE, {"places": places, "kept": kept})


def test_cells_count_what_plain_loops_count(carte: Page, places: list[list[float]]) -> None:
    for step in (0, 4.5, 9):
        found: dict[str, Any] = carte.evaluate(_CELLS, {"places": places[:3000], "step": step})
        exact: dict[int, int] = {}
        for row, (x, y) in enumerate(zip(found["x"], found["y"], strict=True)):
            key = int(y * found["across"]) * found["across"] + int(x * found["across"])
            exact[key] = exact.get(key, 0) + row % 3
        cells = {key: n for key, n, *_ in found["cells"]}
        assert cells == {key: n for key, n in exact.items() if n}
        assert sum(cells.values()) == sum(row % 3 for row in range(3000))
        assert all(0 <= lon <= 5 and 44.4 <= lat <= 49.1 for *_, lon, lat in found["cells"])


def test_a_crowd_is_drawn_as_circles_with_true_numbers_and_the_legend_says_so(
    carte: Page, places: list[list[float]]
) -> None:
    note = carte.locator(".legend-crowd")
    expect(note).to_have_count(0)
    give(carte, places, N)
    wait_until(carte, f"({_DRAWN})().sum === {N}")
    drawn = carte.evaluate(_DRAWN)
    assert 50 < drawn["circles"] < 2000
    expect(note).to_contain_text("un cercle par zone")
    expect(note).to_contain_text(str(drawn["most"]))

    give(carte, places, 12_345)
    wait_until(carte, f"({_DRAWN})().sum === 12345")
    give(carte, places, 500)
    wait_until(carte, "window.atlas.context.carte.view.map.querySourceFeatures('projets').length >= 500")
    wait_until(carte, f"({_DRAWN})().circles === 0")
    expect(note).to_be_hidden()


def test_nearby_each_mark_is_drawn_and_a_click_on_a_circle_goes_there(carte: Page, places: list[list[float]]) -> None:
    give(carte, places, N)
    wait_until(carte, f"({_DRAWN})().sum === {N}")
    zoom = "window.atlas.context.carte.view.map.getZoom()"
    before = carte.evaluate(zoom)
    point = carte.evaluate(
        """() => {
          const { map } = window.atlas.context.carte.view;
          const circles = map.queryRenderedFeatures({ layers: ['projets-cellules'] });
          const circle = circles.find(({ properties }) => properties.n > 20);
          const { x, y } = map.project(circle.geometry.coordinates);
          const box = map.getCanvas().getBoundingClientRect();
          return [box.left + x, box.top + y];
        }"""
    )
    carte.mouse.click(*point)
    wait_until(carte, f"{zoom} > {before} + 1.9")
    assert "sel=" not in carte.url
    carte.evaluate("window.atlas.context.carte.view.flyTo({ center: [2.5, 47], zoom: 9 }, false)")
    wait_until(carte, f"{CROWD}.most === 0")
    expect(carte.locator(".legend-crowd")).to_be_hidden()
    assert carte.evaluate(f"{CROWD}.frame !== null"), "only what the frame holds is drawn"
    carte.get_by_role("button", name="France métropolitaine").click()
    wait_until(carte, f"({_DRAWN})().sum === {N}")

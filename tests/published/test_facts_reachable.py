"""Every founding fact and every measure is published, and stands on at least one page under its own id.

On a page an id stands as an anchor (``id="M18"``) or as ``data-fait``: a link from elsewhere reaches it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geodata.repository import Tables
from pages.registry import READ_PAGES

LIST = Path(__file__).parents[1] / "data" / "facts.txt"
_MARK = re.compile(r'(?:\bid|data-fait)="([A-Z]\d{2})"')
_ANCHOR = re.compile(r'href="(/[a-z]+)(?:\?[^"#]*)?#([^"]+)"')
_ID = re.compile(r'\bid="([^"]+)"')


def listed() -> Iterator[str]:
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            first, last = line.split()
            yield from (f"{first[0]}{number:02d}" for number in range(int(first[1:]), int(last[1:]) + 1))


FACTS = tuple(listed())
PATHS = tuple(page.rule for page in READ_PAGES if "<" not in page.rule)


@pytest.fixture(scope="module")
def pages(app: object) -> dict[str, str]:
    """The HTML of every page to read that has one address, in French, then in English."""
    client: FlaskClient = app.server.test_client()  # type: ignore[attr-defined]
    addresses = [address for path in PATHS for address in (path, f"{path}?lang=en")]
    return {address: client.get(address).get_data(as_text=True) for address in addresses}


def test_the_list_is_whole() -> None:
    assert len(FACTS) == len(set(FACTS)) == 70 + 37


def test_every_fact_is_in_a_published_table(tables: Tables) -> None:
    published = set(tables["faits"]["fait"]) | set(tables["mesures"]["mesure_id"])
    assert published == set(FACTS)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_fact_stands_on_a_page(pages: dict[str, str], language: str) -> None:
    shown = [html for address, html in pages.items() if address.endswith("?lang=en") == (language == "en")]
    marked = {mark for html in shown for mark in _MARK.findall(html)}
    assert sorted(set(FACTS) - marked) == []


def test_every_figure_and_every_actor_stands_on_its_page(pages: dict[str, str], tables: Tables) -> None:
    for path, table, key in (("/chiffres", "chiffres", "chiffre_id"), ("/acteurs", "acteurs", "acteur_id")):
        assert set(tables[table][key]) <= set(_ID.findall(pages[path])), path


@pytest.mark.parametrize("path", ["/chiffres", "/acteurs", "/programme"])
def test_what_these_pages_link_to_exists(pages: dict[str, str], path: str) -> None:
    """An anchor of a page that is there is on that page; ids are unique."""
    ids = _ID.findall(pages[path])
    assert len(ids) == len(set(ids))
    broken = {
        f"{target}#{anchor}"
        for target, anchor in _ANCHOR.findall(pages[path])
        if target in pages and anchor not in _ID.findall(pages[target])
    }
    assert sorted(broken) == []

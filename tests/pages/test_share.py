"""The « Exporter » menu: on every page that is read, the files of what that page shows, and none that would lie."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from exports.slides.deck import Page, pages_of
from geodata.queries.filters import objects_of
from geodata.queries.finder import find_sites
from geodata.queries.suivi.regions import project_selection, region_values
from geodata.repository import Tables
from press.finder_view import finder_deck
from press.view import deck_of
from state import Selection
from state.needs import Needs
from state.shown import Shown

LINK = re.compile(r'<a [^>]*?href="(/telecharger/(vue[\w-]*)\.(\w+)(?:\?([^"]*))?)"')
FILES = ["png", "png", "pdf", "pptx", "html"]


def menu_of(html: str) -> str:
    """The menu's own HTML; empty when the page has none."""
    return re.split(r"</details>", html.partition('<details class="share')[2])[0]


def shown_by(client: FlaskClient, address: str) -> Shown:
    """What the files of a page are asked to show."""
    links = LINK.findall(menu_of(client.get(address).get_data(as_text=True)))
    assert [ending for _, _, ending, _ in links] == FILES
    assert {name for _, name, _, _ in links} == {"vue"}
    first, twice = (Shown.from_query(unescape(query)) for _, _, _, query in links[:2])
    assert (first.scale, twice.scale) == (1, 2)
    return first


def page_of(tables: Tables, shown: Shown) -> Page:
    return pages_of(deck_of(tables, shown))[0]


@pytest.mark.parametrize(
    ("address", "headline"),
    [
        ("/?region=32&mesure=territoires&lang=en", "Projects, sites, territoires · Hauts-de-France"),
        ("/suivi?region=32&filiere=chimie", "Projets par région · France"),  # all of them compared
        ("/chronologie?date=2021-03-01", "Projets, sites, territoires · France"),
        ("/regions", "Projets par région · France"),
        ("/regions/32", "Projets, sites, territoires · Hauts-de-France"),
        ("/regions/04?lang=en", "Projects, sites, territoires · La Réunion"),
        ("/territoires?millesime=2022-12", "Territoires · France"),
        ("/territoires/ti-3201", "Projets, sites, territoires · "),
        ("/sites/scm20a-01", "Projets, sites, territoires · "),
    ],
)
def test_a_page_exports_its_own_state(client: FlaskClient, tables: Tables, address: str, headline: str) -> None:
    shown = shown_by(client, address)
    asked = Selection.from_query(address.partition("?")[2])
    assert (shown.selection.language, shown.selection.date) == (asked.language, asked.date)
    page = page_of(tables, shown)
    assert page.headline.startswith(headline)
    assert page.headline != headline or not headline.endswith("· "), "a place has its name"
    for kind in ("territoires", "sites", "projets"):
        assert page.slide.counts[kind] == len(objects_of(tables, shown.selection, kind))


def test_the_files_of_the_monitoring_add_up_to_its_nation(client: FlaskClient, tables: Tables) -> None:
    shown = shown_by(client, "/suivi?filiere=chimie&date=2021-09-01")
    chart = pages_of(deck_of(tables, shown))[0].slide.chart
    expected = region_values(tables, project_selection(shown.selection), "nombre").nation["projets"]
    assert chart is not None
    assert chart.total == expected
    assert chart.total
    assert chart.total > 0


def test_the_sheet_of_a_site_frames_it_and_names_it(client: FlaskClient, tables: Tables) -> None:
    shown = shown_by(client, "/sites/scm20a-01")
    deck = deck_of(tables, shown)
    named = next(point for point in deck.slides[0].sites if point.code == "scm20a-01")
    assert deck.towns[0] == (named.longitude, named.latitude, named.name)
    assert "une partie du pays" in pages_of(deck)[0].sentence


@pytest.mark.parametrize("query", ["", "q=sud", "millesime=2024-07"])
def test_the_list_of_territoires_exports_as_many(client: FlaskClient, tables: Tables, query: str) -> None:
    html = client.get(f"/territoires?{query}").get_data(as_text=True)
    rows = len(re.findall(r'<th scope="row"', html))
    assert page_of(tables, shown_by(client, f"/territoires?{query}")).slide.counts["territoires"] == rows > 0


@pytest.mark.parametrize("query", ["", "surface_min=50&gare_fret=10", "region=32&lang=en&sites=scm20a-01", "q=zzzz"])
def test_the_finder_exports_the_sites_that_it_keeps(client: FlaskClient, tables: Tables, query: str) -> None:
    links = LINK.findall(menu_of(client.get(f"/sites?{query}").get_data(as_text=True)))
    assert [(name, ending) for _, name, ending, _ in links] == [("vue-sites", ending) for ending in FILES]
    needs = Needs.from_query(unescape(links[0][3]))
    assert needs == Needs.from_query(query)
    found = find_sites(tables, needs)
    slide = finder_deck(tables, needs).slides[0]
    located = [site for site in (code for code, _ in found.marks) if found.rows[site]["lon"] is not None]
    assert slide.counts["sites"] == found.n_kept
    assert [point.code for point in slide.sites] == located
    assert slide.unlocated["sites"] == found.n_kept - len(located)


@pytest.mark.parametrize("ending", ["png", "pdf", "pptx", "html"])
def test_the_finder_has_every_file(client: FlaskClient, ending: str) -> None:
    answer = client.get(f"/telecharger/vue-sites.{ending}?surface_min=50&region=94")
    assert answer.status_code == 200
    assert re.search(rf'"atlas-industrie-sites-\w{{8}}\.{ending}"', answer.headers["Content-Disposition"])


@pytest.mark.parametrize(
    "address",
    [
        "/mesures",
        "/chiffres",
        "/programme",
        "/changements",
        "/acteurs",
        "/sources",
        "/sites/methode",
        "/sites/comparer",
    ],
)
def test_a_page_of_words_offers_no_picture(client: FlaskClient, address: str) -> None:
    """It can be printed and shown in another site; both need the script, so the menu does."""
    html = client.get(address).get_data(as_text=True)
    menu = menu_of(html)
    assert 'class="share needs-script"' in html
    assert "data-print" in menu
    assert "data-embed-open" in menu
    assert not LINK.findall(menu)
    assert "share.mjs" in html


@pytest.mark.parametrize(
    "address", ["/presentation", "/presentation?p=assemblee-3&mode=salle", "/telecommande", "/rien", "/regions/99"]
)
def test_a_tool_and_a_page_that_is_not_have_no_menu(client: FlaskClient, address: str) -> None:
    html = client.get(address).get_data(as_text=True)
    assert not menu_of(html)
    assert "share.mjs" not in html

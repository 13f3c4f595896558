"""Publications in the pages: banner of a link with ``?publication=``, page of changes, Atom feed, head of documents."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from app import create_app
from callbacks.drawer import drawer_content
from exports.atom_file import export_atom
from geodata.models.kept import Publication
from geodata.queries.imported import list_imported
from geodata.repository import load_tables
from settings import Settings
from state import Selection
from tests.conftest import PUBLISHED
from views.imported import draw_imported_list
from views.markup import to_html

ATOM = "{http://www.w3.org/2005/Atom}"
FIRST, SECOND = "a" * 64, "b" * 64
SITE = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [3.06, 50.63]},
    "properties": {
        "site_id": "59350_SITE-ECO_00001",
        "site_nom": "Zone <b>1</b>",
        "nom_commune": "Lille",
        "code_region": "32",
        "code_departement": "59",
        "surface_ha": 37.2,
        "position_quality": "adresse",
        "fichier": "a.csv",
        "ligne": 2,
        "dit": {"site_surf_utile": 35.0, "reseau_gaz": "oui"},
    },
}


def entry(digest: str, replaces: str | None, companies: float) -> dict:
    return {
        "hash": digest,
        "date": "2022-04-08",
        "replaces": replaces,
        "figures": {"aides_2020-11": companies, "projets": 3080},
        "regions": {"32": {"projets": 270}},
        "changes": {"fr": ["Projets : 3 < 4 & plus"], "en": ["Projects: 3 < 4 & more"]} if replaces else {},
    }


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """An atlas with two past publications and one imported site."""
    folder = tmp_path_factory.mktemp("kept")
    for item in (entry(FIRST, None, 212), entry(SECOND, FIRST, 251)):
        path = folder / "archive" / f"{item['hash'][:12]}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(item), encoding="utf-8")
    layer = {"type": "FeatureCollection", "version": 1, "files": [{"name": "a.csv"}], "features": [SITE]}
    (folder / "local").mkdir()
    (folder / "local" / "sites.geojson").write_text(json.dumps(layer), encoding="utf-8")
    return create_app(Settings(archive_folder=folder / "archive", local_folder=folder / "local")).server.test_client()


def read(visitor: FlaskClient, address: str) -> str:
    return visitor.get(address).get_data(as_text=True)


@pytest.mark.parametrize("path", ["/", "/sources", "/suivi", "/regions/32"])
def test_a_frozen_link_says_then_and_now_on_every_page(visitor: FlaskClient, path: str) -> None:
    page = read(visitor, f"{path}?publication={FIRST[:12]}")
    assert 'class="frozen frozen-then"' in page
    assert "212 → 253" in page
    assert "8 avril 2022" in page
    assert 'class="frozen' not in read(visitor, path)


def test_the_figures_of_the_region_of_the_page(visitor: FlaskClient) -> None:
    assert "270 → 276" in read(visitor, f"/regions/32?publication={FIRST[:12]}")
    assert "270 → 276" in read(visitor, f"/?region=32&publication={FIRST[:12]}")
    assert "270 → 276" not in read(visitor, f"/?publication={FIRST[:12]}")


def test_a_link_that_cannot_be_told_says_why(visitor: FlaskClient) -> None:
    page = read(visitor, "/sources?publication=000000000000&lang=en")
    assert "which this atlas does not keep" in page
    assert 'href="/sources?lang=en"' in page


def test_the_page_of_changes(visitor: FlaskClient) -> None:
    for language, said in (("", "Projets : 3 &lt; 4 &amp; plus"), ("?lang=en", "Projects: 3 &lt; 4 &amp; more")):
        page = read(visitor, f"/changements{language}")
        assert said in page
        assert page.index(f'id="{SECOND[:12]}"') < page.index(f'id="{FIRST[:12]}"')


def test_every_document_names_the_feed(visitor: FlaskClient) -> None:
    for path in ("/", "/sources", "/changements"):
        assert '<link rel="alternate" type="application/atom+xml"' in read(visitor, path)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_feed_is_atom(visitor: FlaskClient, language: str) -> None:
    answer = visitor.get("/changements.atom" + ("?lang=en" if language == "en" else ""))
    assert answer.content_type.startswith("application/atom+xml")
    feed = ET.fromstring(answer.get_data())
    check_atom(feed)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert [item.findtext(f"{ATOM}id") for item in feed.findall(f"{ATOM}entry")] == [
        f"urn:sha256:{SECOND}",
        f"urn:sha256:{FIRST}",
    ]
    again = visitor.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def check_atom(feed: ET.Element) -> None:
    """What RFC 4287 asks of a feed and of each entry."""
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(feed.findall(f"{ATOM}{name}")) == 1
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"self", "alternate"}
    ids = set()
    for item in feed.findall(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "content"):
            assert len(item.findall(f"{ATOM}{name}")) == 1, name
        assert (item.findtext(f"{ATOM}updated") or "").endswith("T00:00:00Z")
        ids.add(item.findtext(f"{ATOM}id"))
    assert len(ids) == len(feed.findall(f"{ATOM}entry"))


def test_a_feed_without_entries_and_with_odd_dates_and_letters() -> None:
    check_atom(ET.fromstring(export_atom([], "http://x/", "fr")))
    odd = Publication("c" * 64, "2024", None, {}, {}, {"fr": ("a\x00\x0bb\ud800",)})
    feed = ET.fromstring(export_atom([odd], "http://x/", "fr"))
    assert feed.findtext(f"{ATOM}entry/{ATOM}updated") == "2024-01-01T00:00:00Z"
    assert feed.findtext(f"{ATOM}entry/{ATOM}content") == "ab"


def test_the_map_is_told_of_imported_sites_only_when_there_are(visitor: FlaskClient, client: FlaskClient) -> None:
    assert '"imported":"/importes.json?v=' in read(visitor, "/")
    assert '"imported":null' in read(client, "/")
    (feature,) = visitor.get("/importes.json").get_json()["features"]
    assert feature["properties"]["site_nom"] == "Zone <b>1</b>"
    assert client.get("/importes.json").get_json()["features"] == []


def test_the_drawer_and_the_list_say_that_nothing_was_verified(tmp_path: Path) -> None:
    layer = {"type": "FeatureCollection", "version": 1, "files": [{"name": "a.csv"}], "features": [SITE]}
    (tmp_path / "sites.geojson").write_text(json.dumps(layer), encoding="utf-8")
    tables = load_tables(PUBLISHED, tmp_path)
    drawn = drawer_content(tables, Selection(selected="importe:59350_SITE-ECO_00001"))
    assert "Site importé, non vérifié" in drawn
    assert "Zone &lt;b&gt;1&lt;/b&gt;" in drawn
    assert "37,2" in drawn
    assert "non renseigné" in drawn
    assert "importe:nothing" in drawer_content(tables, Selection(selected="importe:nothing"))
    listed = to_html(draw_imported_list(list_imported(tables), tables.imported.files, Selection(language="en")))
    assert "Imported sites, not verified" in listed
    assert "sel=importe:59350_SITE-ECO_00001" in listed
    assert draw_imported_list((), (), Selection()) is None

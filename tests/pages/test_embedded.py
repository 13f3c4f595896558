"""Embedding: who may frame what, what is left out, and a guide whose every parameter is true."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

import contract
from settings import ROOT
from state import FACETS, SELECTABLE, VIEWS, Selection
from state.scene import CHARTS
from state.selection import LAYERS
from state.shown import Shown
from tests.security.hostile import faults_of

GUIDE = (ROOT / "docs" / "embed.md").read_text(encoding="utf-8")
ROWS = {
    name: row
    for row in re.findall(r"^\| .*\|$", GUIDE, re.MULTILINE)
    for name in re.findall(r"`([\w#/]+)`", row.split("|")[1])
}


@pytest.mark.parametrize("path", ["/", "/regions/32", "/sites/scm20a-01", "/programme", "/rien"])
def test_only_an_embedded_page_may_be_framed_by_others(client: FlaskClient, path: str) -> None:
    plain, embedded = client.get(path).headers, client.get(f"{path}?embed=1").headers
    assert "frame-ancestors 'self';" in f"{plain['Content-Security-Policy']};"
    assert plain.get("X-Frame-Options", "SAMEORIGIN") == "SAMEORIGIN"
    assert re.search(r"frame-ancestors [^;]*\*", embedded["Content-Security-Policy"])
    assert "X-Frame-Options" not in embedded


@pytest.mark.parametrize(
    "query", ["", "embed=0", "embed=", "embed=1&embed=0", "q=embed%3D1", "Embed=1", "embed%00=1", "x=%26embed=1"]
)
def test_nothing_else_asks_for_it(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/regions/32?{query}")
    assert "*" not in answer.headers["Content-Security-Policy"].partition("frame-ancestors")[2].partition(";")[0]
    assert 'id="shell-header"' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "path",
    ["/", "/territoires/ti-3201", "/sites/scm20a-01", "/mesures", "/chiffres", "/sites"],
)
def test_an_embedded_page_has_no_header_and_says_where_it_comes_from(client: FlaskClient, path: str) -> None:
    html = client.get(f"{path}?lang=en&embed=1&q=a").get_data(as_text=True)
    assert 'id="shell-header"' not in html
    assert 'class="share' not in html
    assert '<base target="_blank">' in html
    foot = html.partition('class="embed-foot"')[2]
    assert re.search(r"Atlas Industrie [0-9a-f]{12}", foot)
    link = re.findall(r'<a href="([^"]+)"[^>]*data-embed-full', foot) or re.findall(r'href="([^"]+)"', foot)
    assert unescape(link[0]).split("?")[0] == path
    assert "embed" not in link[0]


def test_an_unknown_part_is_a_404_that_names_those_there_are(client: FlaskClient) -> None:
    answer = client.get("/suivi?embed=1&partie=%3Cscript%3Exss()")
    said = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert "series" in said
    assert not [fault for fault in faults_of(said) if not fault.startswith("<base>")]


@pytest.mark.parametrize("part", ["series", "cartes"])
def test_a_part_is_alone(client: FlaskClient, part: str) -> None:
    html = client.get(f"/suivi?embed=1&partie={part}").get_data(as_text=True)
    assert re.findall(r'<section[^>]* id="([^"]+)"', html.partition("<main")[2])[:1] == [part]


# ---------------------------------------------------------------- the guide
def test_the_guide_names_every_filter_and_no_other() -> None:
    known = {facet.name for facet in FACETS} | {"q", "millesime", "date", "couches", "sel", "vue", "lang"}
    assert set(ROWS) - {"embed", "partie", "#zoom/lat/lon"} - {name for name in ROWS if name.startswith("/")} == known


@pytest.mark.parametrize(
    ("written", "field", "expected"),
    [
        ("lang=en", "language", "en"),
        *((f"millesime={code}", "millesime", code) for code in contract.MILLESIMES),
        ("date=2021-03-01", "date", "2021-03-01"),
        ("couches=territoires,sites,projets", "layers", ("territoires", "sites", "projets")),
        ("couches=aucune", "layers", ()),
        ("sel=site:scm20a-01", "selected", "site:scm20a-01"),
        ("vue=liste", "view", "liste"),
        ("q=acier", "text", "acier"),
        ("region=32,44", "filters", (("region", ("32", "44")),)),
    ],
)
def test_a_documented_value_is_read(written: str, field: str, expected: object) -> None:
    name, _, value = written.partition("=")
    assert getattr(Selection.from_query(f"{written}&embed=1"), field) == expected
    if name not in ("region", "q", "date", "couches"):
        assert value in ROWS[name]


def test_the_guide_s_lists_are_those_of_the_code() -> None:
    assert all(f"`{view}`" in ROWS["vue"] for view in VIEWS)
    assert {pair.split(":")[0] for pair in re.findall(r"`(\w+:[\w-]+)`", ROWS["sel"])} <= set(SELECTABLE)
    assert set(re.findall(r"[a-z]+", re.findall(r"`([a-z,]+),…`", ROWS["couches"])[0])) <= set(LAYERS)
    files = GUIDE.partition("## As a file")[2]
    assert set(re.findall(r"`(\w+)`", re.findall(r"figures of a chart: (.*?) \|", files)[0])) == set(CHARTS) - {""}


@pytest.mark.parametrize(
    "frame", re.findall(r"`((?:france|\w+:[\w-]+))`", GUIDE.partition("- `cadre`")[2].partition("- `graphique`")[0])
)
def test_a_documented_frame_is_read(frame: str) -> None:
    assert Shown.from_query(f"cadre={frame}").frame == frame


def test_every_file_of_the_guide_is_served(client: FlaskClient) -> None:
    files = re.findall(r"^\| `(/telecharger/vue[\w.-]+)` \|", GUIDE, re.MULTILINE)
    assert len(files) == len(set(files)) == 8
    for address in files:
        assert client.get(f"{address}?region=94").status_code == 200

"""The documents as a visitor takes them."""

import io
import json
import zipfile
from urllib.parse import quote

import geopandas
import pytest
from flask.testing import FlaskClient

from geodata.queries.ranking import rank_sites
from geodata.repository import Tables
from state.needs import Needs
from tests.exports import pdf

SHORTLIST = "lang=en&surface_min=20&liste=scm20a-01,scm20a-02"
NOBODY = "surface_min=5000&inconnus=non"


def test_the_archive_holds_the_shortlist_in_every_format(client: FlaskClient) -> None:
    response = client.get(f"/telecharger/dossier.zip?{SHORTLIST}")
    assert response.status_code == 200
    assert response.content_type == "application/zip"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="atlas-industrie-dossier-')
    with zipfile.ZipFile(io.BytesIO(response.data)) as opened:
        names = set(opened.namelist())
        manifest = json.loads(opened.read("manifest.json"))
        sites = geopandas.read_file(io.BytesIO(opened.read("sites.geojson")))
        english = opened.read("dossier-en.pdf")
    assert manifest["sites"] == ["scm20a-02", "scm20a-01"], "by rank"
    assert manifest["address"].endswith("/sites?lang=en&surface_min=20&liste=scm20a-01,scm20a-02")
    assert {"dossier-fr.pdf", "comparaison-fr.xlsx", "sites.kml", "questions/scm20a-01.eml"} <= names
    assert list(sites["site_id"]) == manifest["sites"]
    said = pdf.words(english)
    assert "Area of at least 20 ha" in said
    assert manifest["address"] in [url.replace("%2C", ",") for url in pdf.links(english)]


def test_without_a_shortlist_the_first_ranked_are_taken(client: FlaskClient, tables: Tables) -> None:
    response = client.get("/telecharger/dossier.geojson?region=32")
    ranking = rank_sites(tables, Needs.from_query("region=32"))
    found = [feature["properties"]["site_id"] for feature in json.loads(response.data)["features"]]
    assert found == list(ranking.site_ids[:10])
    assert len(found) == 10


def test_an_excluded_site_of_the_shortlist_stays_and_says_why(client: FlaskClient) -> None:
    said = pdf.words(client.get("/telecharger/dossier.pdf?region=32&liste=scm20a-01&lang=en").data)
    assert "left out" in said
    assert "Left out by: Region: Hauts-de-France" in said


@pytest.mark.parametrize("ending", ["zip", "pdf", "xlsx", "geojson", "kml"])
def test_no_site_is_an_answer_with_a_way_out(client: FlaskClient, ending: str) -> None:
    response = client.get(f"/telecharger/dossier.{ending}?{NOBODY}")
    assert response.status_code == 404
    assert "surface_min=5000" in response.text


@pytest.mark.parametrize(
    "path",
    ["/sites/nulle-part.pdf", "/regions/99.pdf", "/territoires/ti-9999.pdf", "/telecharger/questions/nulle-part.eml"],
)
def test_a_sheet_that_does_not_exist_is_a_404_in_words(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.content_type.startswith("text/plain")
    assert path.rpartition("/")[2].rpartition(".")[0] in response.text


@pytest.mark.parametrize("code", ["<script>", "\r\nSet-Cookie: a=b", "../../etc/passwd", "x" * 500])
def test_a_hostile_code_is_a_404(client: FlaskClient, code: str) -> None:
    response = client.get(f"/telecharger/questions/{quote(code, safe='')}.eml")
    assert response.status_code == 404
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    ("path", "title", "words"),
    [
        ("/sites/scm20a-01.pdf?lang=en", "MOSL Parc Illange-Bertrange", "questions to ask"),
        ("/regions/32.pdf", "Hauts-de-France", "Octobre 2020 (148)"),
        ("/territoires/ti-0301.pdf?lang=en&date=2020-12-01", "Cayenne", "1 December 2020"),
    ],
)
def test_a_sheet_opens_in_the_browser_as_an_accessible_pdf(
    client: FlaskClient, path: str, title: str, words: str
) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.content_type == "application/pdf"
    assert response.headers["Content-Disposition"].startswith('inline; filename="atlas-industrie-')
    assert b"pdfuaid" in response.data
    reader = pdf.read(response.data)
    assert reader.metadata is not None
    assert title in str(reader.metadata.title)
    assert words in pdf.words(response.data)

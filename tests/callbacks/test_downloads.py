import io
import json

import pandas as pd
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as profile
from openpyxl import load_workbook

import contract
from callbacks.downloads import FORMATS, MIMETYPES, make_file, name_file
from geodata.queries.filters import objects_of
from geodata.repository import Tables, load_tables
from state import KINDS, ObjectKind, Selection
from tests.conftest import PUBLISHED
from tests.strategies import known_selections

TABLES = load_tables(PUBLISHED)
QUERY = "region=28,32&lang=en"
KEYS = {kind: contract.table(kind).key[-1] for kind in KINDS}


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_download_is_an_attachment_named_after_its_data(client: FlaskClient, kind: str, extension: str) -> None:
    response = client.get(f"/telecharger/{kind}.{extension}?{QUERY}")
    assert response.status_code == 200
    assert response.content_type == MIMETYPES[extension]
    assert response.headers["Cache-Control"] == "private, max-age=0"
    assert f'filename="atlas-industrie-{kind}-20' in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].endswith(f'.{extension}"')


@pytest.mark.parametrize("kind", KINDS)
def test_every_object_of_the_filter_is_in_every_format(kind: ObjectKind) -> None:
    selection = Selection.from_query(QUERY)
    expected = objects_of(TABLES, selection, kind)[KEYS[kind]].tolist()
    assert expected
    document = json.loads(make_file(TABLES, selection, kind, "geojson"))
    assert [item["properties"][KEYS[kind]] for item in document["features"]] == expected
    content = make_file(TABLES, selection, kind, "csv")
    assert pd.read_csv(io.BytesIO(content), comment="#")[KEYS[kind]].tolist() == expected
    sheet = load_workbook(io.BytesIO(make_file(TABLES, selection, kind, "xlsx"))).worksheets[0]
    column = list(contract.table(kind).fields).index(KEYS[kind]) + 1
    assert [sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)] == expected


@profile(max_examples=8)
@given(known_selections(TABLES))
def test_any_filter_exports_what_it_shows(selection: Selection) -> None:
    for kind in ("projets", "sites"):
        metadata = json.loads(make_file(TABLES, selection, kind, "geojson"))["metadata"]
        assert metadata["rows"] == len(objects_of(TABLES, selection, kind))


@pytest.mark.parametrize("millesime", contract.MILLESIMES)
def test_every_territoire_has_the_shape_of_its_millesime(millesime: str) -> None:
    document = json.loads(make_file(TABLES, Selection(millesime=millesime), "territoires", "geojson"))
    assert {item["geometry"]["type"] for item in document["features"]} <= {"Polygon", "MultiPolygon"}
    assert {item["properties"]["millesime"] for item in document["features"]} == {millesime}


def test_projects_without_a_position_are_exported() -> None:
    rows = objects_of(TABLES, Selection(), "projets")
    features = json.loads(make_file(TABLES, Selection(), "projets", "geojson"))["features"]
    assert sum(item["geometry"] is None for item in features) == int(rows["lon"].isna().sum()) > 0


def test_the_default_filter_of_sites_is_said(client: FlaskClient) -> None:
    content = client.get("/telecharger/sites.geojson").get_json()
    assert content["metadata"]["filters"] == [{"facet": "Confiance (sites)", "values": ["Élevée", "Moyenne"]}]


def test_filters_are_in_words_and_unknown_codes_are_left_out() -> None:
    query = "region=28,zz&q=acier&mesure=chaleur&departement=76&territoire=aucun&lang=en"
    metadata = json.loads(make_file(TABLES, Selection.from_query(query), "projets", "geojson"))["metadata"]
    assert {item["facet"]: item["values"] for item in metadata["filters"]} == {
        "Region": ["Normandie (28)"],
        "Département": ["Seine-Maritime (76)"],
        "Territoire d’industrie": ["not stated"],
        "Scheme (projects)": ["Low-carbon heat"],
        "Search": ["acier"],
    }


def test_a_hostile_search_stays_in_its_place(client: FlaskClient) -> None:
    query = "q=%3B%3Dcmd()%0A%22%2C%3D1%3Cscript%3E%E2%80%AE"
    lines = client.get(f"/telecharger/projets.csv?{query}").get_data(as_text=True).removeprefix("\ufeff").splitlines()
    header = next(index for index, line in enumerate(lines) if line.startswith("projet_id"))
    assert all(line.startswith("# ") and ";" not in line for line in lines[:header])


@pytest.mark.parametrize("name", ["projets.pdf", "autres.csv", "projets", ".csv", "regions.csv", "a/b.csv", "donnees/"])
def test_an_unknown_file_is_a_clear_404(client: FlaskClient, name: str) -> None:
    french, english = client.get(f"/telecharger/{name}"), client.get(f"/telecharger/{name}?lang=en")
    assert french.status_code == english.status_code == 404
    assert french.content_type.startswith("text/plain")
    assert "Il n’y a pas de fichier" in french.get_data(as_text=True)
    assert "There is no file" in english.get_data(as_text=True)
    assert "projets.csv" in english.get_data(as_text=True)


def test_published_files_are_given_as_they_are(client: FlaskClient, tables: Tables) -> None:
    for name in tables.manifest.files:
        with client.get(f"/telecharger/donnees/{name}") as response:
            assert response.status_code == 200
            assert response.get_data() == tables.path_of(name).read_bytes()
            assert name in response.headers["Content-Disposition"]


def test_a_published_file_is_not_sent_twice(client: FlaskClient) -> None:
    with client.get("/telecharger/donnees/sites.parquet") as first:
        etag = first.headers["ETag"]
    with client.get("/telecharger/donnees/sites.parquet", headers={"If-None-Match": etag}) as second:
        assert second.status_code == 304


@pytest.mark.parametrize(
    "name",
    [
        "manifest.json",
        "../../contract.toml",
        "..%2f..%2fcontract.toml",
        "%2e%2e/repository.py",
        "/etc/passwd",
        "sites.parquet%00",
        "..\\repository.py",
        "sites.parquet/",
    ],
)
def test_nothing_but_the_manifest_files_is_given(client: FlaskClient, name: str) -> None:
    response = client.get(f"/telecharger/donnees/{name}")
    assert response.status_code in (404, 308)
    assert b"[codes" not in response.get_data()


def test_only_get_is_allowed(client: FlaskClient) -> None:
    assert client.post("/telecharger/projets.csv").status_code == 405


def test_the_name_holds_the_latest_date_and_the_publication() -> None:
    name = name_file(TABLES, Selection(millesime="2024-07"), "territoires", "csv")
    assert name == f"atlas-industrie-territoires-2024-07-{TABLES.manifest.hash[:8]}.csv"

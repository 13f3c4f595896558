from xml.etree import ElementTree as ET

import pytest
from dash import Dash

import contract
from geodata.repository import Tables
from pages.pictures import picture_of, pictures
from state import Selection


@pytest.mark.parametrize("millesime", contract.MILLESIMES)
def test_a_picture_holds_every_territoire_of_the_mainland_and_weighs_little(tables: Tables, millesime: str) -> None:
    drawn = pictures(tables)[f"apercu-{millesime}"].make()
    _, areas, *_ = ET.fromstring(drawn.decode())
    assert (areas.get("d") or "").count("M") >= 139
    assert len(drawn) < 130_000


def test_its_address_changes_with_the_publication(tables: Tables) -> None:
    keys = {made.key for made in pictures(tables).values()}
    assert len(keys) == len(contract.MILLESIMES)
    assert all(tables.manifest.hash in key for key in keys)


@pytest.mark.parametrize("query", ["region=32", "q=saint", "sel=site:scm20a-01", "couches=sites", "vue=liste"])
def test_a_map_that_will_show_something_else_has_no_picture(query: str) -> None:
    assert picture_of(Selection.from_query(query)) is None


def test_the_document_names_the_picture_and_the_server_has_it(app: Dash) -> None:
    client = app.server.test_client()
    page = client.get("/?millesime=2024-07&lang=en").get_data(as_text=True)
    address = page.split("--picture:url(")[1].split(")")[0]
    assert address.startswith("/geodata/apercu-2024-07.")
    with client.get(address) as answer:
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.data.startswith(b"<svg")
    assert "--picture" not in client.get("/?region=32").get_data(as_text=True)

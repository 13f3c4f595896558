"""Layouts and callbacks meet in ids.py and nowhere else: every id is placed, every callback answers over HTTP."""

import json
import re
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

import ids
from tests.wiring import call, dependencies, ids_in, outputs_of

HOSTILE = (
    "region=%00&filiere=;;&q=%ff",
    "q=\ud800&region=\udfff",
    "sel=site:inconnu&vue=liste",
    "vue=liste&onglet=projets&page=99999&tri=-__class__",
    "millesime=1789-07&lang=xx",
    "q=" + "é" * 5000,
)


def values_for(query: str, path: str = "/") -> dict[str, Any]:
    """What the browser would send for an address: the URL and the parts that it is split into."""
    stores = {f"{name}.data": query for name in named(ids.State)}
    return stores | {f"{ids.Page.url}.search": f"?{query}" if query else "", f"{ids.Page.url}.pathname": path}


def named(zone: type) -> list[str]:
    return [value for name, value in vars(zone).items() if not name.startswith("_") and isinstance(value, str)]


def zones() -> list[type]:
    return [item for item in vars(ids).values() if isinstance(item, type)]


def written_ids(client: FlaskClient, path: str) -> list[str]:
    """The ids of a document as it is served: components and plain markup alike."""
    return re.findall(r'<[a-z][^>]* id="([^"]+)"', client.get(path).get_data(as_text=True))


def test_every_id_of_the_vocabulary_is_on_a_page(app: Dash, client: FlaskClient) -> None:
    placed = {*ids_in(app.validation_layout), *written_ids(client, "/"), *written_ids(client, "/sources")}
    assert {name for zone in zones() for name in named(zone)} <= placed


@pytest.mark.parametrize("path", ["/", "/?lang=en&vue=liste", "/sources", "/rien"])
def test_no_id_is_written_twice_on_a_page(client: FlaskClient, path: str) -> None:
    placed = written_ids(client, path)
    assert sorted(placed) == sorted(set(placed))


def test_two_zones_never_share_an_id() -> None:
    everything = [name for zone in zones() for name in named(zone)]
    assert len(everything) == len(set(everything))


def test_callbacks_read_and_write_only_what_is_placed(app: Dash, client: FlaskClient) -> None:
    placed = set(ids_in(app.validation_layout))
    for dependency in dependencies(client):
        used = {item["id"] for item in (*dependency["inputs"], *dependency.get("state", []))}
        used |= {component for component, _ in outputs_of(dependency)}
        assert used <= placed, dependency["output"]


def test_missing_ids_are_not_forgiven(app: Dash) -> None:
    assert app.config.suppress_callback_exceptions is False


@pytest.mark.parametrize("path", ["/", "/sources", "/nulle-part"])
@pytest.mark.parametrize(
    "query", ["", "lang=en", "region=32&vue=liste", "sel=region:32", "sel=territoire:ti-9999", *HOSTILE]
)
def test_every_callback_answers_over_http(client: FlaskClient, path: str, query: str) -> None:
    called = [item for item in dependencies(client) if not item.get("clientside_function")]
    assert called
    for dependency in called:
        response = call(client, dependency, values_for(query, path))
        assert response.status_code in (200, 204), dependency["output"]
        if response.status_code == 200:
            assert set(json.loads(response.data)["response"]) <= {component for component, _ in outputs_of(dependency)}


@pytest.mark.parametrize(
    ("path", "language"),
    [("/", "fr"), ("/?lang=en", "en"), ("/sources", "fr"), ("/sources?lang=en", "en"), ("/rien", "fr")],
)
def test_documents_are_whole_without_javascript(client: FlaskClient, path: str, language: str) -> None:
    page = client.get(path)
    written = page.get_data(as_text=True)
    assert page.status_code == (404 if path == "/rien" else 200)
    assert f'<html lang="{language}"' in written
    assert "<main" in written
    assert "<h1" in written
    assert 'src="http' not in written


@pytest.mark.parametrize("query", HOSTILE)
def test_a_hostile_address_is_a_page_and_never_runs(client: FlaskClient, query: str) -> None:
    page = client.get(
        "/", query_string=query.encode("utf-8", "replace").decode() + "&q=</script><script>alert(1)</script>"
    )
    assert page.status_code == 200
    assert b"<script>alert(1)" not in page.data


def test_an_unknown_asset_is_not_a_page(client: FlaskClient) -> None:
    assert client.get("/assets/nothing.js").status_code == 404

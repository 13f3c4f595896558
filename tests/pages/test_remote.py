"""The relay over HTTP: what is refused says why, nothing hostile is an error of the server."""

import json
import secrets
import sqlite3
from typing import Any

import pytest
from flask.testing import FlaskClient

from pages import remote
from relay import store
from relay.store import Relay

RELAY = "/presentation/relais"


@pytest.fixture(autouse=True)
def _another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test comes from an address of its own, so that none uses up what is left to another."""
    address = secrets.token_hex(8)
    monkeypatch.setattr(remote, "_who", lambda: address)
    for name in ("OPENED_PER_MINUTE", "WRONG_PER_MINUTE", "WRONG_BY_ALL_PER_MINUTE", "MAX_SESSIONS"):
        monkeypatch.setattr(store, name, 10_000)


def post(client: FlaskClient, path: str, body: Any = None) -> tuple[int, dict[str, Any]]:
    answer = client.post(RELAY + path, json={} if body is None else body)
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.get_json()


def test_a_phone_drives_a_console(client: FlaskClient) -> None:
    status, opened = post(client, "?lang=en")
    assert status == 200
    assert opened["address"].endswith("/telecommande")
    assert opened["qr"].startswith("<svg")
    code = opened["code"]
    _, joined = post(client, f"/{code}/telephone")
    assert post(client, f"/{code}", {"key": joined["key"], "do": "next"}) == (200, {"at": 0, "of": 0, "black": False})
    _, heard = post(client, f"/{code}/console", {"key": opened["key"], "after": 0, "at": 3, "of": 8, "black": True})
    assert heard == {"seq": 1, "orders": ["next"], "phone": True}
    assert post(client, f"/{code}", {"key": joined["key"]})[1] == {"at": 3, "of": 8, "black": True}
    assert post(client, f"/{code}/telephone") == (409, {"refused": "taken"})
    assert post(client, f"/{code}/fin", {"key": opened["key"]})[0] == 200
    assert post(client, f"/{code}", {"key": joined["key"], "do": "next"}) == (404, {"refused": "unknown"})


@pytest.mark.parametrize("code", ["12345", "1234567", "abcdef", "١٢٣٤٥٦", "%00", "12345\u00b2", "../../x"])
@pytest.mark.parametrize("part", ["", "/telephone", "/console", "/fin"])
def test_a_code_that_is_none_is_unknown(client: FlaskClient, code: str, part: str) -> None:
    assert client.post(f"{RELAY}/{code}{part}", json={}).status_code in (404, 405)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"next"', b"[" * 900, b"\xff\xfe", b'{"key": "' + b"x" * 2000 + b'"}'],
)
def test_a_body_that_is_no_object_is_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post(RELAY, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json() == {"refused": "order"}


def test_a_form_of_another_site_orders_nothing(client: FlaskClient) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert client.post(RELAY, data=b"{}", content_type=kind).status_code == 400


@pytest.mark.parametrize("value", [None, 1, 10**400, -1, True, [], {}, "\ud800", "x" * 150])
def test_values_of_any_kind_are_no_error(client: FlaskClient, value: Any) -> None:
    _, opened = post(client, "")
    written = json.dumps({"key": value, "do": value, "after": value, "at": value, "of": value, "black": value})
    for part in ("", "/console", "/fin", "/telephone"):
        answer = client.post(f"{RELAY}/{opened['code']}{part}", data=written, content_type="application/json")
        assert answer.status_code in (200, 400, 404)
    kept = {"key": opened["key"], "after": 0 if isinstance(value, str) else value, "at": value, "of": value}
    if value != 10**400:
        assert post(client, f"/{opened['code']}/console", kept)[0] in (200, 404)


def test_a_disk_that_fails_leaves_the_presentation_alone(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(Relay, "open", broken)
    assert post(client, "") == (503, {"refused": "failed"})


def test_the_page_of_the_phone_is_in_both_languages(client: FlaskClient) -> None:
    assert "Prendre la main" in client.get("/telecommande").get_data(as_text=True)
    page = client.get("/telecommande?lang=en").get_data(as_text=True)
    assert "Take control" in page
    assert "needs JavaScript" in page

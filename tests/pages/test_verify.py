"""The check of a dropped file: page and JSON, limits before reading, nothing kept, nothing on the disk."""

import tempfile
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pages import verify
from tests.imports.files import GOOD, csv_of, xlsx_of

ACTION = "/sources/verifier"
BAD = ("Z-2", '<script>alert("x")</script>', "99999", "3,06", "50,63", "x")


def send(
    client: FlaskClient, content: bytes, *, name: str = "a.csv", accept: str = "text/html", query: str = ""
) -> TestResponse:
    """The form as a browser sends it, written here: the test client would write a temporary file for a long one."""
    mark = "x" * 20
    head = f'--{mark}\r\nContent-Disposition: form-data; name="fichier"; filename="{name}"\r\n\r\n'.encode()
    return client.post(
        ACTION + query,
        data=head + content + f"\r\n--{mark}--\r\n".encode(),
        content_type=f"multipart/form-data; boundary={mark}",
        headers={"Accept": accept},
    )


def ask(client: FlaskClient, content: bytes, query: str = "") -> dict[str, Any]:
    answer = send(client, content, accept="application/json", query=query).get_json()
    assert isinstance(answer, dict)
    return answer


def test_a_good_file(client: FlaskClient) -> None:
    answer = ask(client, csv_of(GOOD))
    assert answer["is_good"]
    assert (answer["rows"], answer["good_rows"]) == (1, 1)
    assert answer["summary"] == "Une ligne lue, bonne."
    assert ask(client, xlsx_of(GOOD))["rows"] == 1


def test_a_bad_file_line_column_reason_in_both_languages(client: FlaskClient) -> None:
    fr, en = (ask(client, csv_of(GOOD, BAD), query) for query in ("", "?lang=en"))
    assert [(item["line"], item["column"]) for item in fr["problems"]] == [(3, "surface_ha"), (3, "code_insee")]
    assert fr["problems"][0]["reason"].startswith("Attendu : un nombre")
    assert en["problems"][0]["reason"].startswith("Expected: a number")


def test_the_page_says_it_without_script_and_escapes_what_the_file_says(client: FlaskClient) -> None:
    content = csv_of(("Z 2", "Zone", "<img src=x>", "3,06", "50,63", "1"))
    answer = send(client, content, name="<script>.csv")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    assert "&lt;img src=x&gt;" in text
    assert "<img src=x>" not in text
    assert "<script>.csv" not in text
    assert '<form action="/sources/verifier"' in text
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_published_sites_are_known(client: FlaskClient, tables: Any) -> None:
    site_id = tables["sites"]["site_id"].iloc[0]
    answer = ask(client, csv_of((site_id, "Z", "59350", "3,06", "50,63", "1")))
    assert [item["code"] for item in answer["problems"]] == ["published_id"]


def test_too_big_is_refused_before_it_is_read(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the file was read")

    monkeypatch.setattr(verify, "check_sites", never)
    for accept in ("text/html", "application/json"):
        answer = send(client, b"a" * (verify.MAX_BYTES + 30_000), accept=accept)
        assert answer.status_code == 413
        assert "2" in answer.get_data(as_text=True)


def test_a_file_just_over_the_limit_is_told(client: FlaskClient) -> None:
    answer = ask(client, b"a" * (verify.MAX_BYTES + 1))
    assert [item["code"] for item in answer["problems"]] == ["too_big"]


def test_nothing_goes_to_the_disk(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was made")

    for name in ("TemporaryFile", "SpooledTemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, never)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", never, raising=False)
    content = csv_of(GOOD) + b"\r\n" * 400_000  # over the size from which a form is written to the disk
    assert ask(client, content)["good_rows"] == 1


@pytest.mark.parametrize(
    "body",
    [{}, {"data": b"garbage", "content_type": "multipart/form-data; boundary=x"}, {"data": b"a=1"}, {"json": {}}],
)
def test_no_file_is_told(client: FlaskClient, body: dict[str, Any]) -> None:
    answer = client.post(ACTION, **body)
    assert answer.status_code == 400
    assert "Aucun fichier" in answer.get_data(as_text=True)


def test_a_get_leads_to_the_form(client: FlaskClient) -> None:
    answer = client.get(f"{ACTION}?lang=en")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sources?lang=en#verifier"
    page = client.get("/sources").get_data(as_text=True)
    assert 'enctype="multipart/form-data"' in page
    assert "site_voca_industrielle" in page


def test_more_rows_than_the_page_checks_are_left_to_the_command_line(client: FlaskClient) -> None:
    answer = ask(client, csv_of(*[GOOD] * (verify.MAX_ROWS + 1)))
    assert [item["code"] for item in answer["problems"]] == ["too_many_rows"]

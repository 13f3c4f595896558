"""The addresses of the sheets: found, moved, missing; never an error."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("address", ["/sites/scm20b-20", "/sites/scm20a-04?lang=en", "/sites/methode"])
def test_a_sheet_answers(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/html"


def test_capitals_move_to_the_address_of_the_sheet_with_its_query(client: FlaskClient) -> None:
    answer = client.get("/sites/SCM20B-20?lang=en&millesime=2024-07")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/sites/scm20b-20?lang=en&millesime=2024-07"


@pytest.mark.parametrize("code", ["scm99-99", "%3Cscript%3E", "%00", "é" * 300, "SCM99-99"])
def test_an_unknown_id_is_a_404_that_says_so(client: FlaskClient, code: str) -> None:
    answer = client.get(f"/sites/{code}?lang=en")
    assert answer.status_code == 404
    assert "Unknown site" in answer.text
    assert "<script>" not in answer.text

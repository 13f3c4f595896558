"""The ledger as a file: CSV that pandas reads back, XLSX with its sources."""

import io

import openpyxl
import pandas as pd
import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(("query", "separator", "decimal"), [("", ";", ","), ("lang=en", ",", ".")])
def test_the_csv_is_read_back(client: FlaskClient, query: str, separator: str, decimal: str) -> None:
    answer = client.get(f"/telecharger/registre.csv?theme=sites&{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="atlas-industrie-registre-')
    content = answer.get_data(as_text=True).lstrip("\ufeff")
    rows = pd.read_csv(io.StringIO(content), sep=separator, decimal=decimal, comment="#").set_index("chiffre_id")
    assert set(rows["theme"]) == {"sites"}
    assert rows.loc["sites-78", ["valeur", "valeur_calculee", "ecart"]].tolist() == [78, 34, -44]
    assert rows.loc["sites-78", "ecart_pct"] == pytest.approx(-56.41, abs=0.01)


def test_what_is_not_measured_is_an_empty_cell(client: FlaskClient) -> None:
    content = client.get("/telecharger/registre.csv?etat=non_mesurable").get_data(as_text=True).lstrip("\ufeff")
    rows = pd.read_csv(io.StringIO(content), sep=";", decimal=",", comment="#")
    assert rows["valeur_calculee"].isna().all()
    assert rows["motif"].notna().all()


def test_the_workbook_holds_the_lines_and_the_sources(client: FlaskClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get("/telecharger/registre.xlsx?lang=en").get_data()))
    assert len(book.worksheets) == 3
    assert book.worksheets[0].max_row > 100
    assert "Computed value" in [cell.value for cell in book.worksheets[0][1]]


def test_nothing_left_is_still_a_file(client: FlaskClient) -> None:
    assert client.get("/telecharger/registre.csv?auteur=personne").status_code == 200
    assert client.get("/telecharger/registre.xlsx?auteur=personne").status_code == 200
    assert client.get("/telecharger/registre.pdf").status_code == 404

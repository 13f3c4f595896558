"""The table of regions as a file, read back."""

import io

import openpyxl
import pandas as pd
import pytest
from flask.testing import FlaskClient

from geodata.repository import Tables

ADDRESS = "/telecharger/suivi/regions"


def read_csv(content: bytes, language: str) -> pd.DataFrame:
    options = {"sep": ";", "decimal": ","} if language == "fr" else {"sep": ","}
    kinds = {"code_region": str}
    return pd.read_csv(io.BytesIO(content), comment="#", encoding="utf-8-sig", dtype=kinds, **options)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_file_holds_the_counts_of_every_region(client: FlaskClient, tables: Tables, language: str) -> None:
    answer = client.get(f"{ADDRESS}.csv?lang={language}")
    assert answer.status_code == 200
    rows = read_csv(answer.data, language).set_index("code_region")
    assert len(rows) == 20
    counts = tables["projets"]["code_region"].value_counts()
    assert (rows["projets"] == counts.reindex(rows.index, fill_value=0)).all()
    assert (rows[["projets_dans", "projets_hors", "projets_inconnu"]].sum(axis=1) == rows["projets"]).all()
    assert rows.loc["84", "nouveaux_sites_actual_date"] == "2023-12-01"
    assert pd.isna(rows.loc["06", "nouveaux_sites"])  # empty, not 0


def test_the_file_says_its_reading_its_filters_and_its_sources(client: FlaskClient, tables: Tables) -> None:
    written = client.get(f"{ADDRESS}.csv?lecture=habitants&mesure=covid&lang=en").data.decode("utf-8-sig")
    head = [line for line in written.splitlines() if line.startswith("#")]
    assert any("Per 100" in line and "Covid-19 capacity" in line for line in head)
    assert any(tables.manifest.hash in line for line in head)
    for source in ("plan-de-relance", "barometre", "ditp", "sites-annonces", "territoires"):
        assert any(line.startswith(f"# Source {source}") for line in head)


def test_the_workbook_is_readable_and_named_after_the_publication(client: FlaskClient, tables: Tables) -> None:
    answer = client.get(f"{ADDRESS}.xlsx?lecture=territoires")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.worksheets[0].max_row == 21
    assert f"suivi-nombre-{tables.manifest.hash[:8]}.xlsx" in answer.headers["Content-Disposition"]


def test_another_file_of_the_page_is_an_honest_404(client: FlaskClient) -> None:
    assert client.get("/telecharger/suivi/regions.pdf").status_code == 404

import io
import zipfile

import pytest
from flask.testing import FlaskClient

from callbacks.presentation_files import ENDINGS, PATH

STARTS = {"pdf": b"%PDF", "pptx": b"PK", "png.zip": b"PK", "html": b"<!", "yml": b"", "valise.zip": b"PK"}


@pytest.mark.parametrize("ending", [ending for ending in ENDINGS if ending != "valise.zip"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_region_has_every_file(client: FlaskClient, ending: str, language: str) -> None:
    answer = client.get(f"{PATH}/region-94.{ending}?lang={language}")
    assert answer.status_code == 200
    assert answer.data.startswith(STARTS[ending])
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_suitcase_holds_both_languages_and_its_manifest(client: FlaskClient) -> None:
    answer = client.get(f"{PATH}/assemblee-3-valise.zip")
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert len(answer.data) < 15e6
    assert any(name.endswith("manifest.json") for name in names)
    assert sum(name.endswith(".pptx") for name in names) == 2


@pytest.mark.parametrize(
    "name", ["rien.pdf", "region-99.pdf", "assemblee-3.exe", "moi-abc.pdf", "..%2Fetc.yml", "a" * 500]
)
def test_another_name_is_told_what_there_is(client: FlaskClient, name: str) -> None:
    answer = client.get(f"{PATH}/{name}")
    assert answer.status_code == 404
    if "%2F" not in name:
        assert "assemblee-3" in answer.get_data(as_text=True)

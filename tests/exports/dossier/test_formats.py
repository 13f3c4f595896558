"""Each format of the dossier, opened by a reader of its own, with names that attack it."""

import email
import hashlib
import json
import zipfile
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import fastkml
import pytest
from fastkml.validator import get_schema_parser
from lxml import etree
from openpyxl import load_workbook

from exports.dossier import archive, workbook
from exports.dossier.kml_file import export_kml
from exports.dossier.letter import asked_fields, export_letter
from exports.dossier.report import export_report
from exports.dossier.workbook import export_workbook
from tests.exports import pdf
from tests.exports.dossier.site_sheets import FIELDS, HOSTILE, dossier, fact, site, without_position

LANGUAGES = ("fr", "en")


def parsed(content: bytes) -> Any:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False))


def placemarks(content: bytes) -> list[Any]:
    """The placemarks as a KML library reads them."""
    document: Any = fastkml.KML.from_string(content.decode().partition("?>")[2])
    return list(document.features[0].features)


# ---------------------------------------------------------------- KML
@pytest.mark.parametrize("language", LANGUAGES)
def test_kml_is_valid_after_the_schema_of_the_ogc(language: str) -> None:
    get_schema_parser().assertValid(parsed(export_kml(dossier(*HOSTILE, language=language))))


def test_kml_holds_each_site_with_its_facts_and_its_point() -> None:
    marks = placemarks(export_kml(dossier("Parc", "Quai")))
    assert [mark.name for mark in marks] == ["Parc", "Quai"]
    assert (marks[0].geometry.x, marks[0].geometry.y) == (2.37, 51.03)
    values = {item.name: item.value for item in marks[0].extended_data.elements}
    assert values["surface_annoncee_ha"] == "92,5\u00a0ha"
    assert values["site_id"] == "s-01"
    assert "site_surf_brute" not in values, "what is not known is not written"


def test_a_site_without_a_position_is_in_the_kml_without_a_point() -> None:
    item = dossier()
    lost = replace(item, sites=(replace(item.sites[0], sheet=without_position(item.sites[0].sheet)),))
    assert placemarks(export_kml(lost))[0].geometry is None


def test_no_name_adds_an_element_to_the_kml() -> None:
    plain, attacked = (parsed(export_kml(dossier(*names))) for names in (("Parc",) * len(HOSTILE), HOSTILE))
    assert [node.tag for node in attacked.iter()] == [node.tag for node in plain.iter()]


# ---------------------------------------------------------------- XLSX
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_its_sheets_and_no_formula(language: str) -> None:
    book = load_workbook(BytesIO(export_workbook(dossier(*HOSTILE, language=language))))
    assert len(book.worksheets) == len(workbook.SHEETS)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f"], sheet.title


def test_the_comparison_says_what_is_unknown_and_keeps_numbers() -> None:
    item = dossier("Parc", "Quai")
    second = replace(item.sites[1], sheet=site("s-02", "Quai", fact("electricite_puissance_mw", "80")))
    sheet = load_workbook(BytesIO(export_workbook(replace(item, sites=(item.sites[0], second))))).worksheets[0]
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows()}
    assert rows["Surface annoncée (ha)"] == [92.5, "non renseigné"]
    assert next(values for label, values in rows.items() if label and "(MW)" in label) == ["non renseigné", 80]
    assert rows["Score, milieu (sur 100)"] == [75, 75]
    assert rows["Rang"] == ["1 (1–3)", "1 (1–3)"]


def test_the_workbook_tells_needs_facts_questions_and_sources() -> None:
    book = load_workbook(BytesIO(export_workbook(dossier())))
    facts = [row[2].value for row in book["Faits"].iter_rows(min_row=2)]
    assert facts == ["Nom du site", "Surface annoncée"] * 2
    questions = {row[2].value for row in book["Questions"].iter_rows(min_row=2)}
    assert FIELDS["terr_m2_prix"].ask("fr") in questions
    needs = {row[0].value: row[1].value for row in book["Demande"].iter_rows(min_row=2)}
    assert needs["Filtres"] == "au moins 50 ha"
    assert needs["Poids"] == "Grande surface 3, Fibre optique 2"
    assert book["Sources"]["A2"].value == "Liste des sites"


# ---------------------------------------------------------------- letters
def read_letter(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_letter_asks_exactly_for_what_is_not_known_in_both_languages() -> None:
    sheet = site("s-01", "Parc", fact("terr_m2_prix", "45"), fact("disponibilite", "2027-2030"))
    body = read_letter(export_letter(sheet, "0123456789abcdef")).get_content()
    asked = {field.code for field in asked_fields(sheet)}
    assert asked == {field.code for field in sheet.unknown} - {
        "site_comm_nom",
        "site_epci_nom",
        "site_quali_territoire",
        "secteurs",
    }
    for code in asked:
        assert f". {FIELDS[code].ask('fr')}" in body
        assert f". {FIELDS[code].ask('en')}" in body
    for code in ("terr_m2_prix", "disponibilite"):
        assert FIELDS[code].ask("fr") not in body
    assert "Prix au m²\u00a0: 45\u00a0€/m²" in body
    assert "2027–2030" in body


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_adds_no_header_to_the_letter(name: str) -> None:
    message = read_letter(export_letter(site("s-01", name), "0" * 64))
    assert set(message.keys()) == {"Subject", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert message["X-Unsent"] == "1"


@pytest.mark.parametrize(
    ("written", "recipient"),
    [("sites@example.org", "sites@example.org"), ("a@b.c\r\nBcc: d@e.f", None), ("n’importe quoi", None), ("", None)],
)
def test_the_letter_goes_to_a_stated_address_and_to_no_invented_one(written: str, recipient: str | None) -> None:
    message = read_letter(export_letter(site("s-01", "Parc", fact("contact_courriel", written)), "0" * 64))
    assert (message["To"] and str(message["To"])) == recipient
    assert message["Bcc"] is None


# ---------------------------------------------------------------- PDF
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_says_needs_rank_questions_and_sources(language: str) -> None:
    said = pdf.words(export_report(dossier("Parc d’activités", "Quai nord", language=language)))
    expected = {
        "fr": ["Parc d’activités", "Quai nord", "1 (1–3)", "55 – 75 – 95", "60 %", "non renseigné", "Liste des sites"],
        "en": ["Parc d’activités", "Quai nord", "1 (1–3)", "55 – 75 – 95", "60%", "not stated", "Liste des sites"],
    }
    for words in (*expected[language], FIELDS["terr_m2_prix"].ask(language), "0123456789ab"):
        assert pdf.plain(words) in said


@pytest.mark.parametrize(
    "name", [name for name in HOSTILE if len(name) < 100 and "\n" not in name and "\x00" not in name]
)
def test_the_report_prints_any_name(name: str) -> None:
    content = export_report(dossier(name))
    if name.isascii():
        assert pdf.words(content).count(" ".join(name.split())) >= 4
    assert not [url for url in pdf.links(content) if not url.startswith("https://")]


def test_the_report_prints_ten_sites() -> None:
    content = export_report(dossier(*(f"Site numéro {number}" for number in range(10))))
    said = pdf.words(content)
    assert all(f"Site numéro {number}" in said for number in range(10))
    assert b"pdfuaid" in content


# ---------------------------------------------------------------- ZIP
def test_the_manifest_of_the_archive_tells_every_file() -> None:
    item = dossier(*HOSTILE)
    content = archive.export_archive(item, {"dossier-fr.pdf": b"%PDF", "sites.kml": export_kml(item)})
    with zipfile.ZipFile(BytesIO(content)) as opened:
        assert opened.testzip() is None
        manifest = json.loads(opened.read("manifest.json"))
        listed = {entry["name"]: entry for entry in manifest["files"]}
        assert set(listed) == set(opened.namelist()) - {"manifest.json"}
        for name, entry in listed.items():
            body = opened.read(name)
            assert (entry["bytes"], entry["sha256"]) == (len(body), hashlib.sha256(body).hexdigest())
        assert sum(name.endswith(".eml") for name in listed) == len(HOSTILE)
        assert {"LISEZMOI.txt", "README.txt"} <= set(listed)
        assert all(not name.startswith("/") and ".." not in name for name in opened.namelist())
    assert manifest["publication"] == item.provenance.hash


def test_the_same_dossier_gives_the_same_bytes() -> None:
    item = dossier()
    files = {"a.xlsx": export_workbook(item), "a.pdf": export_report(item)}
    again = {"a.xlsx": export_workbook(item), "a.pdf": export_report(item)}
    assert archive.export_archive(item, files) == archive.export_archive(item, again)

"""Nothing that a source writes becomes more than a text: in pages, fragments, islands of data and files."""

import csv
import email
import email.policy
import io
import json
import zipfile
from collections.abc import Iterator
from html import unescape

import pytest
from dash import Dash
from flask.testing import FlaskClient
from lxml import etree
from openpyxl import load_workbook

from geodata.repository import Tables
from pages.registry import READ_PAGES
from state import KINDS
from tests.security.hostile import ADDRESSES, TEXTS, faults_of, formulas
from tests.wiring import call, dependencies, outputs_of
from views.escaping import is_safe_address
from views.markup import MARKUP, to_html

QUERIES = ("", "lang=en", "q=%3Cscript%3Exss()%3C%2Fscript%3E%22%3E%3Cx-mark%3E&region=%22%3E%3Cx-mark%3E")
XML = etree.XMLParser(resolve_entities=False, no_network=True)


def addresses(tables: Tables) -> Iterator[str]:
    """Every page, and enough of those that show one thing for every text to come by."""
    for page in READ_PAGES:
        if "<" not in page.rule:
            yield page.rule
    n = len(TEXTS)
    yield from (f"/sites/{site}" for site in tables["sites"]["site_id"].iloc[: n + 5])
    yield from (f"/regions/{code}" for code in tables["regions"]["code_region"])
    yield from (f"/territoires/{code}" for code in tables["territoires"]["territoire_id"].iloc[: n + 5])
    yield from (f"/sites/H-{row}" for row in range(n))
    yield from ("/", "/?vue=liste", "/?vue=liste&onglet=sites", "/sites?vue=carte", "/sites/comparer?s=scm20a-01")
    yield from ("/presentation?mode=salle", "/presentation?mode=console", "/presentation?p=region-32&mode=salle")


def test_the_addresses_of_the_pages_are_all_here(tables: Tables) -> None:
    rules = {rule.partition("<")[0] for rule in (page.rule for page in READ_PAGES)}
    assert rules <= {address[: len(rule)] for rule in rules for address in addresses(tables)}


def test_the_copy_is_hostile_and_the_page_shows_it(hostile_client: FlaskClient) -> None:
    shown = hostile_client.get("/sites").get_data(as_text=True)
    assert "&lt;script&gt;xss()" in shown


@pytest.mark.parametrize("query", QUERIES)
def test_pages(hostile_client: FlaskClient, tables: Tables, query: str) -> None:
    """As strangers make them: the tables' own texts, and the address's."""
    for address in addresses(tables):
        joined = f"{address}{'&' if '?' in address else '?'}{query}" if query else address
        answer = hostile_client.get(joined)
        assert answer.status_code in (200, 301, 404), joined
        assert faults_of(answer.get_data(as_text=True)) == [], joined


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


@pytest.mark.parametrize("kind", ["site:scm20a-01", "region:32", "territoire:ti-0101", "projet"])
def test_what_callbacks_write_in_the_page(hostile_app: Dash, tables: Tables, kind: str) -> None:
    selected = f"projet:{tables['projets']['projet_id'].iloc[0]}" if kind == "projet" else kind
    client = hostile_app.server.test_client()
    for dependency in dependencies(client):
        if dependency.get("clientside_function"):
            continue
        for query in (f"sel={selected}", f"vue=liste&onglet=sites&sel={selected}", "vue=liste&onglet=projets"):
            values = {f"{item['id']}.{item['property']}": query for item in dependency["inputs"]}
            answer = call(client, dependency, values)
            assert answer.status_code in (200, 204)
            written = {component for component, prop in outputs_of(dependency) if prop == MARKUP}
            for component, props in (answer.get_json(silent=True) or {"response": {}})["response"].items():
                if component in written:
                    assert [fault for text in strings(props) for fault in faults_of(text)] == []


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", [*(f"{kind}.csv" for kind in KINDS), "registre.csv", "suivi/regions.csv"])
def test_no_cell_of_a_csv_is_a_formula(hostile_client: FlaskClient, name: str, lang: str) -> None:
    answer = hostile_client.get(f"/telecharger/{name}?lang={lang}&q=%3Da")
    assert answer.status_code == 200
    lines = answer.get_data(as_text=True).lstrip("\ufeff").split("\r\n")
    rows = csv.reader(io.StringIO("\r\n".join(lines), newline=""), delimiter="," if lang == "en" else ";", strict=True)
    assert [bad for row in rows for bad in formulas(row)] == []


@pytest.mark.parametrize("name", [*(f"{kind}.xlsx" for kind in KINDS), "registre.xlsx", "suivi/regions.xlsx"])
def test_no_cell_of_a_workbook_is_a_formula(hostile_client: FlaskClient, name: str) -> None:
    check_workbook(hostile_client.get(f"/telecharger/{name}").data)


def check_workbook(content: bytes) -> None:
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert cells
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    links = [str(cell.hyperlink.target or cell.hyperlink.location) for cell in cells if cell.hyperlink]
    assert [link for link in links if not is_safe_address(link)] == []
    book.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_geojson_is_json(hostile_client: FlaskClient, kind: str) -> None:
    assert json.loads(hostile_client.get(f"/telecharger/{kind}.geojson").data)["features"]


def test_the_dossier_and_each_of_its_files(hostile_client: FlaskClient) -> None:
    answer = hostile_client.get("/telecharger/dossier.zip")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
        assert all(".." not in name and not name.startswith(("/", "\\")) and len(name) < 200 for name in names)
        for name in names:
            check_file(name, archive.read(name))
    assert {name.rpartition(".")[2] for name in names} >= {"pdf", "xlsx", "kml", "geojson"}


def check_file(name: str, content: bytes) -> None:
    """What is checked depends on what a reader of that format could be made to do."""
    if name.endswith(".xlsx"):
        check_workbook(content)
    elif name.endswith(".kml"):
        check_kml(content)
    elif name.endswith("json"):
        json.loads(content)
    elif name.endswith(".eml"):
        check_letter(content)
    elif name.endswith(".pdf"):
        assert content.startswith(b"%PDF")
        assert b"/JavaScript" not in content
        assert b"/Launch" not in content
        assert b"javascript:" not in content.lower()


def check_kml(content: bytes) -> None:
    """Well formed; Google Earth shows descriptions as HTML, so a text has to be escaped twice."""
    tree = etree.fromstring(content, XML)
    assert not [node for node in tree.iter() if "x-mark" in str(node.tag)]
    for node in tree.iter("{*}description"):
        assert faults_of(node.text or "") == []


def check_letter(content: bytes) -> None:
    letter = email.message_from_bytes(content, policy=email.policy.default)
    assert letter["Bcc"] is None
    assert letter["Subject"]
    assert "\n" not in str(letter["Subject"])


def test_the_letters(hostile_client: FlaskClient, tables: Tables) -> None:
    for site in tables["sites"]["site_id"].iloc[: len(TEXTS)]:
        answer = hostile_client.get(f"/telecharger/questions/{site}.eml")
        assert answer.status_code == 200
        check_letter(answer.data)


def test_a_sheet_in_type_is_a_sheet(hostile_client: FlaskClient, tables: Tables) -> None:
    """Texts go to the typesetter as data: none is markup there."""
    for address in ("/regions/32.pdf", *(f"/sites/{site}.pdf" for site in tables["sites"]["site_id"].iloc[12:15])):
        answer = hostile_client.get(address)
        assert answer.status_code == 200, address
        check_file(address, answer.data)


def test_the_feed_and_the_calendar(hostile_client: FlaskClient) -> None:
    feed = etree.fromstring(hostile_client.get("/changements.atom").data, XML)
    assert "<script>xss()</script>" in "".join(feed.itertext())
    for node in feed.iter("{*}content", "{*}summary", "{*}title"):
        assert node.get("type", "text") == "text" or faults_of(node.text or "") == []
    assert json.loads(hostile_client.get("/importes.json").data)["features"]
    lines = hostile_client.get("/mesures.ics").get_data(as_text=True).split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") > 0
    assert "BEGIN:VALARM" not in lines
    assert not [line for line in lines if line.startswith("Bcc")]


@pytest.mark.parametrize(
    "name",
    [
        *("../settings.py", "..%2f..%2fsettings.py", "%2e%2e/%2e%2e/etc/passwd", "/etc/passwd", "sites.parquet/../x"),
        *("sites.parquet%00.csv", "manifest.json/..", "....//....//etc/passwd", "sites.parquet/", "con", "C:\\x"),
    ],
)
@pytest.mark.parametrize("base", ["/telecharger/donnees/", "/assets/", "/geodata/", "/telecharger/", "/"])
def test_no_path_leads_out(client: FlaskClient, base: str, name: str) -> None:
    answer = client.get(base + name)
    assert answer.status_code in (301, 308, 404), answer.status
    assert b"root:" not in answer.data
    assert b"load_settings" not in answer.data


def test_hostile_addresses_are_no_links() -> None:
    from dash import html

    assert [address for address in ADDRESSES[:5] if is_safe_address(address)] == []
    for good in ("/a?b=c:d", "#x", "?q=a:b", "https://a.example/b:c", "mailto:a@b.fr", "tel:+33", "sites/a", ""):
        assert is_safe_address(good), good
    assert to_html(html.A("a", href="javascript:x()", title="t")) == '<a title="t">a</a>'
    assert unescape(to_html(html.A("a", href="/b?c=1&d"))) == '<a href="/b?c=1&d">a</a>'

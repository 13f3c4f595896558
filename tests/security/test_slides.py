"""Names and words made to harm, in every file of a view and of a presentation: they stay words."""

import csv
import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

import exports.slides.suitcase
from exports.slides.deck import Deck
from exports.slides.map_file import export_map
from exports.slides.paper import export_pdf
from geodata.repository import Tables
from press.finder_view import finder_deck, make_finder_view
from press.suitcase import ASSETS, make_suitcase
from press.view import FILES, deck_of, make_view, read_kit
from state.needs import Needs
from state.scene import read_presentation
from state.shown import Shown
from tests.exports import pdf
from tests.security.hostile import TEXTS, formulas

WORDS = (
    "</script><script>xss()</script><img src=x onerror=xss()>",
    '#eval(read("/etc/passwd")) #set page(width: 1pt) $x$ \\ @a <b> `c`',
    "=cmd|' /C calc'!A0",
    "\u202egnirts\u2066 \u200f{total-projets} {x}%s ${7*7}",
)
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Reader(HTMLParser):
    """What elements a page holds, scripts apart from data."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.handlers: list[str] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "srcdoc"]
        self.scripts += [str(value) for name, value in attrs if tag == "script" and name == "src"]


def check_page(content: bytes) -> None:
    """Nothing of a text became an element, an attribute or the end of a script."""
    reader = Reader()
    reader.feed(content.decode())
    reader.close()
    assert not {tag for tag in reader.tags if tag.startswith("x-")} | (
        reader.tags & {"img", "iframe", "object", "embed"}
    )
    assert not reader.handlers
    assert not reader.scripts


def check_pdf(content: bytes, n_pages: int) -> None:
    reader = PdfReader(BytesIO(content))
    assert {(float(page.mediabox.width), float(page.mediabox.height)) for page in reader.pages} == {(960, 540)}
    assert len(reader.pages) == n_pages
    assert "root:" not in pdf.words(content)
    assert not re.search(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|URI)\b", content)


def check_pptx(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            body = archive.read(name)
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in body, name
            if name.endswith((".xml", ".rels")):
                assert not DIRECTIONS.search(body.decode()), name
            if name.endswith(".xlsx"):
                rows = load_workbook(BytesIO(body)).worksheets[0].iter_rows()
                assert not [cell.value for row in rows for cell in row if cell.data_type == "f"]


def check(content: bytes, ending: str, n_pages: int = 1) -> None:
    if ending == "html":
        check_page(content)
    elif ending == "pdf":
        check_pdf(content, n_pages)
    elif ending == "pptx":
        check_pptx(content)
    else:
        assert content.startswith(b"\x89PNG")


QUERIES = (
    "region=32&lang=en",
    "graphique=filiere",
    "cadre=site:scm20a-01",
    *(f"q={word}" for word in ("%3Cscript%3E%23eval(1)%E2%80%AE", "A" * 400)),
)


@pytest.mark.parametrize("ending", FILES)
@pytest.mark.parametrize("query", QUERIES[:3])
def test_a_view_of_hostile_names_is_a_file(hostile: Tables, query: str, ending: str) -> None:
    check(make_view(hostile, Shown.from_query(query), ending), ending)


@pytest.mark.parametrize("query", QUERIES[3:])
def test_a_hostile_search_is_a_file(hostile: Tables, query: str) -> None:
    for ending in ("pdf", "pptx", "html"):
        check(make_view(hostile, Shown.from_query(query), ending), ending)


@pytest.mark.parametrize("ending", FILES)
def test_the_finder_s_first_sites_are_words(hostile: Tables, ending: str) -> None:
    """The names of the three first are in its sentence; one has ten thousand letters."""
    check(make_finder_view(hostile, Needs.from_query("q=a&region=32"), ending), ending)


def test_a_name_reaches_the_page_whole_and_dead(hostile: Tables) -> None:
    deck = deck_of(hostile, Shown.from_query("region=32"), is_interactive=True)
    assert any(point.name == TEXTS[0] for point in (*deck.slides[0].sites, *deck.slides[0].projects))
    page = export_map(deck, read_kit(ASSETS)).decode()
    assert "<script>xss" not in page
    assert "&lt;script&gt;xss()" in page or "\\u0026lt;script\\u0026gt;xss()" in page


def test_a_very_long_name_does_not_take_the_page(hostile: Tables) -> None:
    deck: Deck = finder_deck(hostile, Needs())
    assert any(len(row[2]) > 1000 for row in deck.towns)
    assert len(export_pdf(deck)) < 2e6


@pytest.fixture(scope="module")
def suitcase(hostile: Tables) -> Mapping[str, bytes]:
    scenes = [
        {"id": f"s{place}", "titre": word, "phrase": word, "notes": word * 20, "vue": "region=94", "cadre": "region:94"}
        for place, word in enumerate(WORDS)
    ]
    scenes[1] |= {"fond": "aucun", "graphique": "filiere"}
    presentation = read_presentation({"titre": WORDS[0], "scenes": scenes})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exports.slides.suitcase, "export_pngs", lambda *_: ())  # the PDF is set from the same data
        return make_suitcase(hostile, presentation, "essai", ("fr",))


def test_a_suitcase_of_hostile_words(suitcase: Mapping[str, bytes]) -> None:
    for name in ("fr/presentation.html", "fr/carte.html"):
        check_page(suitcase[name])
    check(suitcase["fr/presentation.pdf"], "pdf", len(WORDS))
    check(suitcase["fr/presentation.pptx"], "pptx")
    assert json.loads(suitcase["manifest.json"])["title"]["fr"] == WORDS[0]


def test_no_table_of_the_suitcase_has_a_formula(suitcase: Mapping[str, bytes]) -> None:
    for name, content in suitcase.items():
        if name.endswith(".csv"):
            lines = content.decode("utf-8-sig")
            cells = [
                cell for row in csv.reader(StringIO(lines), delimiter=";") for cell in row if not cell.startswith("#")
            ]
            assert not list(formulas(cells)), name


def test_the_slides_say_the_words_as_they_are(suitcase: Mapping[str, bytes]) -> None:
    said = "".join(pdf.words(suitcase["fr/presentation.pdf"]).split())
    for word in WORDS:
        assert "".join(DIRECTIONS.sub("", word).replace("\u200f", "").split())[:30] in said.replace("\u200f", "")

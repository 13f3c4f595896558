"""A view as files: each opened, and the same numbers in all of them as in the queries of Carte."""

import io
import json
import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote

import pandas as pd
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as profile
from PIL import Image
from pptx import Presentation

from exports.slides import paper
from exports.slides.deck import pages_of
from geodata.queries.chart_rows import CHARTS, chart_rows
from geodata.queries.filters import months_of, objects_of
from geodata.repository import load_tables
from press.view import FILES, deck_of, make_view
from state import KINDS, Selection
from state.shown import Shown
from tests.conftest import PUBLISHED
from tests.exports import pdf
from tests.strategies import known_selections
from views.text import month, number

TABLES = load_tables(PUBLISHED)
QUERIES = (
    "",
    "region=32&lang=en",
    "region=04",
    "mesure=territoires&couches=projets",
    "cadre=2.5,50.2,3.4,50.7",
    "graphique=mesure",
)
HOSTILE = (
    "<script>alert(1)</script>",
    '#eval(read("/etc/passwd"))',
    "{total-projets}",
    "=cmd|' /C calc'!A0",
    "\u202egnp.exe",
    "漢字 🏭",
)


def shown_text(content: bytes, ending: str) -> str:
    """The words of a PDF, of a slide or of a page, spaces as one."""
    if ending == "pdf":
        return pdf.words(content)
    if ending == "pptx":
        slides = Presentation(io.BytesIO(content)).slides
        words = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
        return pdf.plain(" ".join(words))
    body = content.decode().partition("<body>")[2]
    # The legend is HTML in a text of the script of the map: \u2019 is a letter there.
    read = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), body)
    return pdf.plain(unescape(unescape(read)))


@pytest.mark.parametrize("ending", FILES)
@pytest.mark.parametrize("query", QUERIES)
def test_a_file_opens_and_says_where_it_comes_from(client: FlaskClient, ending: str, query: str) -> None:
    answer = client.get(f"/telecharger/vue.{ending}?{query}")
    assert answer.status_code == 200
    assert answer.content_type == FILES[ending][0]
    assert f"{TABLES.manifest.hash[:8]}.{ending}" in answer.headers["Content-Disposition"]
    if ending == "png":
        assert Image.open(io.BytesIO(answer.data)).size == (1920, 1080)
        return
    said = shown_text(answer.data, ending)
    assert TABLES.manifest.hash[:12] in said
    assert "2022" in said, "the date of the projects"
    assert ("Filters:" if "lang=en" in query else "Filtres :") in said.replace("\u00a0", " ")


def test_a_picture_twice_as_fine_is_not_blank(client: FlaskClient) -> None:
    answer = client.get("/telecharger/vue.png?echelle=2&region=32")
    assert "@2x.png" in answer.headers["Content-Disposition"]
    picture = Image.open(io.BytesIO(answer.data)).convert("RGB")
    assert picture.size == (3840, 2160)
    right = picture.crop((2000, 100, 3840, 1900)).resize((184, 180))
    colored = sum(1 for pixel in right.get_flattened_data() if pixel != (255, 255, 255))
    assert colored / (184 * 180) > 0.2


@profile(max_examples=3)
@given(known_selections(TABLES))
def test_every_format_tells_the_numbers_of_the_queries(selection: Selection) -> None:
    check_numbers(selection)


@pytest.mark.parametrize(
    "query",
    [
        "region=32&lang=en",
        "region=04,94&date=2021-06-01",
        "filiere=chimie&millesime=2024-07&lang=en",
        "departement=59&date=2022-01-15&couches=sites,projets",
        "confiance=faible&vague=2024&lang=en",
    ],
)
def test_filters_dates_and_languages_give_the_same_numbers_everywhere(query: str) -> None:
    check_numbers(Selection.from_query(query))


def check_numbers(selection: Selection) -> None:
    """The counts of the map in each file are those of the queries of Carte."""
    shown = Shown.from_query(selection.to_query())
    counts: dict[str, int] = {kind: len(objects_of(TABLES, selection, kind)) for kind in KINDS}
    page = pages_of(deck_of(TABLES, shown))[0]  # what the picture is typeset from
    assert dict(page.slide.counts) == counts
    assert [kind for kind, _ in page.legend] == [kind for kind in KINDS if kind in selection.layers]
    for kind, words in page.legend:
        assert words.startswith(f"{number(counts[kind], selection.language)} ")
    for ending in ("pdf", "pptx", "html"):
        said = shown_text(make_view(TABLES, shown, ending), ending)
        for _, words in page.legend:
            # A count may stand large before its words, on a line of its own.
            assert all(part in said for part in pdf.plain(words).split(" (")), (ending, words)


@pytest.mark.parametrize("query", ["lang=en&mesure=territoires", "region=44&date=2021-06-01"])
@pytest.mark.parametrize("chart", ["mesure", "filiere"])
def test_the_bars_of_a_chart_are_those_of_carte_in_every_format(chart: str, query: str) -> None:
    shown = Shown.from_query(f"{query}&graphique={chart}")
    column = {"mesure": "total", "filiere": "n"}[chart]
    rows = chart_rows(TABLES, shown.selection, chart)
    page = pages_of(deck_of(TABLES, shown))[0]
    assert page.chart is not None
    values = [bar.value or 0 for bar in page.chart.bars]
    assert set(values) <= set(rows[column])
    assert sum(rows[column]) == page.slide.chart.total if page.slide.chart else False
    assert max(values, default=0) == max(rows[column], default=0)
    language = shown.selection.language
    written = [number(value, language) for value in values]
    written += [f"{number(len(objects_of(TABLES, shown.selection, kind)), language)} " for kind in KINDS]
    for ending in ("pdf", "html"):
        said = shown_text(make_view(TABLES, shown, ending), ending)
        assert all(pdf.plain(one) in said for one in written), ending
    slide = Presentation(io.BytesIO(make_view(TABLES, shown, "pptx"))).slides[0]
    charts = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert list(charts[0].plots[0].series[0].values) == values


def test_the_picture_and_the_pdf_are_typeset_from_the_same_data(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[object, ...]] = []

    def typeset(*asked: object) -> list[bytes]:
        seen.append(asked[:3])  # template, data, pictures; the picture has its dots an inch too
        return [b""]

    monkeypatch.setattr(paper, "typeset_pdf", typeset)
    monkeypatch.setattr(paper, "typeset_png", typeset)
    monkeypatch.setattr(paper, "shrink", lambda content, *_: content)
    shown = Shown.from_query("region=32&filiere=chimie")
    make_view(TABLES, shown, "pdf")
    make_view(TABLES, shown, "png")
    assert seen[0] == seen[1]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("ending", FILES)
def test_a_hostile_search_stays_text(client: FlaskClient, ending: str, words: str) -> None:
    answer = client.get(f"/telecharger/vue.{ending}?q={quote(words)}")
    assert answer.status_code == 200
    if ending == "html":
        assert b"<script>alert(1)" not in answer.data
    if ending in ("pdf", "pptx") and words.startswith(("<", "#", "{")):
        # A line may break inside of a long word.
        assert words.replace(" ", "") in shown_text(answer.data, ending).replace(" ", "")


@pytest.mark.parametrize(
    "query", ["cadre=-180,-85,180,85", "cadre=179,80,180,85", "cadre=0,0,1,1", "couches=aucune", "cadre=region:99"]
)
def test_a_frame_of_nothing_is_still_a_file(client: FlaskClient, query: str) -> None:
    for ending in ("png", "html"):
        assert client.get(f"/telecharger/vue.{ending}?{query}").status_code == 200


def test_the_same_view_gives_the_same_bytes() -> None:
    shown = Shown.from_query("region=94")
    for ending in FILES:
        assert make_view(TABLES, shown, ending) == make_view(TABLES, shown, ending), ending


def test_a_place_has_its_name_and_many_values_are_counted() -> None:
    months = sorted(months_of(TABLES["projets"]).unique())[:8]
    page = pages_of(deck_of(TABLES, Shown.from_query(f"departement=59&mois={','.join(months)}")))[0]
    assert page.headline.endswith("Nord")
    assert month(months[0], "fr") in page.sentence, "months in words"
    assert "et 5 autres" in page.sentence


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_has_its_figures_as_a_file(client: FlaskClient, chart: str, language: str) -> None:
    answer = client.get(f"/telecharger/graphique/{chart}.csv?lang={language}&region=32")
    assert answer.status_code == 200
    separator, decimal = (";", ",") if language == "fr" else (",", ".")
    rows = pd.read_csv(io.BytesIO(answer.data), sep=separator, decimal=decimal, comment="#")
    expected = chart_rows(TABLES, Selection.from_query("region=32"), chart)
    assert len(rows) == len(expected) > 0
    last = {"mesure": "total", "sites": "documentes", "barometre": "valeur"}.get(chart, "n")
    assert rows[last].tolist() == pytest.approx(expected[last].tolist())
    said = answer.get_data(as_text=True)
    assert TABLES.manifest.hash in said
    assert ("Hauts-de-France (32)" in said.partition("Publication")[0]) == (chart != "mesure"), (
        "its own filter is taken off"
    )


def test_no_number_of_sites_announced_is_an_empty_cell(client: FlaskClient) -> None:
    said = client.get("/telecharger/graphique/sites.csv?region=06").get_data(as_text=True)
    expected = chart_rows(TABLES, Selection.from_query("region=06"), "sites")
    lines = [line for line in said.splitlines() if re.match(r'"\d{4}', line)]
    assert [line.split(";")[1] == "" for line in lines] == expected["annonces"].isna().tolist()


@pytest.mark.parametrize("name", ["rien.csv", "mesure.xlsx", "mesure", "..csv", "a" * 300])
def test_another_chart_is_told_which_there_are(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/telecharger/graphique/{name}")
    assert answer.status_code == 404
    assert "barometre.csv" in answer.get_data(as_text=True)


def test_the_map_asks_for_nothing(client: FlaskClient) -> None:
    page = client.get("/telecharger/vue.html?region=94").get_data(as_text=True)
    assert addresses_of(page) == []
    assert json.loads(re.findall(r'id="told">(.*?)</script>', page)[0])["scenes"]


def addresses_of(page: str) -> list[str]:
    """What the elements of a document fetch or lead to, beyond itself."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            names = ("src", "srcset", "href", "data", "action", "poster")
            found.extend(f"{tag} {value}" for name, value in attrs if name in names and value)

    Reader().feed(page)
    return [address for address in found if not re.match(r"\w+ (data:|#)", address)]

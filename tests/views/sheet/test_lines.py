"""The five lines of every sheet, in both languages: grammar, and no number without its link."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

import contract
from geodata.models.sheet_parts import Named
from geodata.queries.listing import list_objects
from geodata.queries.sheets import every_sheet, region_sheet, territoire_sheet
from geodata.repository import Tables
from state import Selection
from views.markup import to_html
from views.sheet.grammar import (
    at_date,
    capitalised,
    counted,
    in_region,
    joined,
    of_date,
    of_region,
    the_region,
)
from views.sheet.lines import write_lines
from views.sheet.spans import Spans, draw_spans, plain

COUNTED = re.compile(r"(\d[\d\u202f\u00a0]*) (projet|site|territoire)")


class Outside(HTMLParser):
    """The text that stands outside every link."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == "a" and bool(dict(attrs).get("href"))

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "a"

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.words.append(data)


def outside(html: str) -> str:
    parser = Outside()
    parser.feed(html)
    return "".join(parser.words)


def test_every_number_of_every_sheet_stands_in_a_link(tables: Tables) -> None:
    for kind, code, millesime in every_sheet(tables, contract.MILLESIMES):
        ask = region_sheet if kind == "region" else territoire_sheet
        sheet = ask(tables, code, Selection(millesime=millesime))
        assert sheet is not None
        for line in (*write_lines(sheet, "fr"), *write_lines(sheet, "en")):
            check_line(line)


def check_line(line: Spans) -> None:
    said = plain(line)
    assert not re.search(r"\d", outside(to_html(draw_spans(line)))), said
    assert said[0].isupper() or said[0].isdigit(), said
    assert said.endswith("."), said
    assert not re.search(r"None|\bnan\b|\{|\}|  | ,|\.\.|de le |de les |à le |d’d", said), said


def test_figures_of_the_lines_lead_to_a_list_of_as_many(tables: Tables) -> None:
    """The link under « 276 projets » opens a list of 276 rows."""
    checked = 0
    for code in ("32", "84", "06", "94", "04"):
        sheet = region_sheet(tables, code, Selection())
        assert sheet is not None
        for line in write_lines(sheet, "fr"):
            for span in line:
                found = COUNTED.match(span.text)
                if not found or not span.href or "vue=liste" not in span.href or " sur " in span.text:
                    continue
                listed = list_objects(tables, Selection.from_query(urlsplit(span.href).query))
                assert listed.total == int(re.sub(r"\D", "", found[1])), span
                checked += 1
    assert checked >= 15


def test_claims_named_by_the_lines_are_in_the_ledger(tables: Tables) -> None:
    known = set(tables["chiffres"]["chiffre_id"])
    for millesime in contract.MILLESIMES:
        sheet = region_sheet(tables, "32", Selection(millesime=millesime))
        assert sheet is not None
        claims = [span.href for line in write_lines(sheet, "fr") for span in line if "/chiffres" in (span.href or "")]
        assert claims
        assert {urlsplit(href or "").fragment for href in claims} <= known
        for figure in sheet.figures:
            assert figure.claim is None or figure.claim in known


def test_links_keep_the_language_and_the_millesime(tables: Tables) -> None:
    sheet = territoire_sheet(tables, "ti-5213", Selection(language="en", millesime="2024-07"))
    assert sheet is not None
    for line in write_lines(sheet, "en"):
        for span in line:
            if span.href:
                assert parse_qs(urlsplit(span.href).query)["lang"] == ["en"]
            if span.href and span.href.startswith("/?"):
                assert "millesime=2024-07" in span.href


@pytest.mark.parametrize(
    ("code", "name", "where", "of", "article"),
    [
        ("32", "Hauts-de-France", "dans les Hauts-de-France", "des Hauts-de-France", "les Hauts-de-France"),
        ("44", "Grand Est", "dans le Grand Est", "du Grand Est", "le Grand Est"),
        ("11", "Île-de-France", "en Île-de-France", "d’Île-de-France", "l’Île-de-France"),
        ("76", "Occitanie", "en Occitanie", "d’Occitanie", "l’Occitanie"),
        ("04", "La Réunion", "à La Réunion", "de La Réunion", "La Réunion"),
        ("06", "Mayotte", "à Mayotte", "de Mayotte", "Mayotte"),
        ("53", "Bretagne", "en Bretagne", "de Bretagne", "la Bretagne"),
        ("987", "Polynésie française", "in Polynésie française", "of Polynésie française", "Polynésie française"),
    ],
)
def test_regions_take_the_right_article(code: str, name: str, where: str, of: str, article: str) -> None:
    region = Named(code, name)
    assert (in_region(region, "fr"), of_region(region, "fr"), the_region(region, "fr")) == (where, of, article)
    assert (in_region(region, "en"), of_region(region, "en")) == (f"in {name}", f"of {name}")


def test_every_region_has_its_articles(tables: Tables) -> None:
    for code, name in tables["regions"][["code_region", "nom"]].itertuples(index=False):
        region = Named(code, name)
        bare = name.replace("'", "’")
        for written in (in_region(region, "fr"), of_region(region, "fr"), the_region(region, "fr")):
            assert written.endswith(bare)
        assert in_region(region, "fr").split()[0] in ("en", "à", "dans")


def test_french_counts_none_and_one_and_a_half_as_one() -> None:
    assert counted("projets", 0, "fr") == "0 projet"
    assert counted("projets", 1, "fr") == "1 projet"
    assert counted("pour_100k", 1.5, "fr", 1).startswith("1,5 ")
    assert counted("projets", 2, "fr") == "2 projets"
    assert counted("projets", 0, "en") == "0 projects"
    assert counted("projets", 1, "en") == "1 project"
    assert counted("lignes", 1, "fr", total="14").startswith("1 ligne sur 14 l’énonce\u00a0:")


def test_dates_are_elided() -> None:
    assert of_date("2020-10", "fr") == "d’octobre 2020"
    assert of_date("2021-04", "fr") == "d’avril 2021"
    assert of_date("2021-08", "fr") == "d’août 2021"
    assert of_date("2024-07", "fr") == "de juillet 2024"
    assert of_date("2020-07-20", "fr") == "du 20 juillet 2020"
    assert of_date("2020-10", "en") == "October 2020"
    assert at_date("2021-09", "fr") == "en septembre 2021"
    assert at_date("2020-07-20", "fr") == "le 20 juillet 2020"
    assert at_date("2020-07-20", "en") == "on 20 July 2020"
    assert at_date("2022", "en") == "in 2022"


def test_words_are_joined() -> None:
    assert joined(["A"], "fr") == "A"
    assert joined(["A", "B", "C"], "fr") == "A, B et C"
    assert joined(["A", "B"], "en") == "A and B"
    assert capitalised("à La Réunion") == "À La Réunion"


def test_a_missing_fact_is_said(tables: Tables) -> None:
    sheet = region_sheet(tables, "06", Selection())
    assert sheet is not None
    said = [plain(line) for line in write_lines(sheet, "fr")]
    assert "n’est publié pour aucune vague" in said[1]
    assert "Faute de projet publié à Mayotte" in said[3]
    early = region_sheet(tables, "32", replace(Selection(), date="2018-01-01"))
    assert early is not None
    said = [plain(line) for line in write_lines(early, "fr")]
    assert "Aucune liste" in said[0]
    assert "n’est pas publié à cette date" in said[4]

"""No page shows a headline figure that is not in the ledger.

The rule: a figure is never typed into a message or into a label, it comes from a query or from the ledger; on a page,
an element that names a figure of the ledger (``data-chiffre``) or links to its line names one that exists, and one of
class ``headline`` names a figure (``data-chiffre``) or the query that computes it (``data-requete``).
"""

import re
import tomllib
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

import contract
from geodata.queries.calculations import known_calculations
from geodata.queries.claims import all_claims, claims_by_id
from geodata.queries.totals import announced_by_wave
from geodata.repository import Tables
from pages.registry import READ_PAGES
from settings import ROOT

# What is no figure of the field: dates, names that hold a number, units of screens, paper, distances and thresholds.
_NO_FIGURE = re.compile(
    r"\{[^}]*\}"  # placeholders: filled from a query or from the ledger
    r"|\b(?:19|20)\d\d(?:-\d\d)*\b(?:[–-](?:19|20)?\d\d\b)?"  # years and ISO dates
    r"|\b\d{1,2}(?:er|st|nd|rd|th)?\s+(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre"
    r"|décembre|January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|SHA-256|WGS ?84|EPSG:\d+|UTF-8|\bA4\b|[A-Z]{2,}[- ]?\d+"
    r"|(?<![€\d.,])\d[\d.,]*[\s\u00a0\u202f]?(?:px|km|m|mn|min|kV|ha|points?|caractères|characters|s|Mo|ko|MB|kB)\b"
    r"|\b\d[\d.,]*[\s\u00a0\u202f]?%"
    r"|\b(?i:pour|per|des|the|les|all) (?:100000|10000|18)\b"  # rates, the regions
    r"|\b(?:sur|out of|of|à|to) 100\b"  # scores
    r"|(?<!€)\bv?\d+\.\d+(?:\.\d+)?\b(?! (?:Md€|M€|billion|million))"  # versions of standards and licences
)
_FIGURE = re.compile(r"\d{2,}(?:[.,]\d+)?|\d[.,]\d+")
_GROUPING = re.compile(r"(?<=\d)[ ,\u00a0\u202f](?=\d{3}(?!\d))")
_SCALES = (1, 1e3, 1e6, 1e9)


def typed_figures(text: str) -> list[str]:
    """The figures of a text, groups of digits joined: « 1 600 » and « 1,600 » are 1600."""
    return _FIGURE.findall(_NO_FIGURE.sub(" ", _GROUPING.sub("", text)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("148 territoires", ["148"]),
        ("1,4 Md€", ["1,4"]),
        ("{n} sites en 2020, au 20 juillet 2020", []),
        ("à 25 km", []),
        ("les 253 projets de {region}", ["253"]),
        ("1\u202f600 projets, 1,600 projects", ["1600", "1600"]),
        ("€400m for 10,000 SMEs", ["400", "10000"]),
        ("pour 100 000 habitants, Licence Ouverte 2.0", []),
    ],
)
def test_the_rule_itself(text: str, found: list[str]) -> None:
    assert typed_figures(text) == found


def test_a_figure_typed_in_a_message_is_in_the_ledger(tables: Tables) -> None:
    """Better still: a placeholder, filled from the ledger or from the data."""
    allowed = tomllib.loads((ROOT / "tests" / "data" / "messages-figures.toml").read_text(encoding="utf-8"))
    values = {claim_id: claim.value for claim_id, claim in claims_by_id(tables).items()}
    unknown = {}
    for path in sorted((ROOT / "views" / "messages").glob("*.toml")):
        for key, row in tomllib.loads(path.read_text(encoding="utf-8")).items():
            figures = [figure for words in row.values() for figure in typed_figures(words)]
            known = {values[claim_id] / scale for claim_id in allowed["ledger"].get(key, ()) for scale in _SCALES}
            if key not in allowed["other"] and not {float(figure.replace(",", ".")) for figure in figures} <= known:
                unknown[f"{path.name}: {key}"] = figures
    assert unknown == {}, "not in the ledger: pass a placeholder, or say what it is in tests/data/messages-figures.toml"


def test_figures_of_the_contract_s_labels_are_in_the_ledger(tables: Tables) -> None:
    """« Octobre 2020 (148) »: the only figures that labels hold."""
    values = {claim.value for claim in all_claims(tables)}
    for item in contract.codes("millesime").values():
        for words in (item.fr, item.en):
            assert {float(figure) for figure in typed_figures(words)} <= values
    for name in ("calcul", "motif", "theme", "section", "vague"):
        assert not [
            code for code, item in contract.codes(name).items() if typed_figures(item.fr) + typed_figures(item.en)
        ]


def test_announced_totals_of_the_map_are_those_of_the_ledger(tables: Tables) -> None:
    claims, announced = claims_by_id(tables), announced_by_wave(tables)
    pairs = {"2020-01": "sites-12", "2020-07": "sites-66", "2021-09": "sites-49-2021", "2024-04": "sites-55-2024"}
    assert announced == {wave: claims[claim_id].value for wave, claim_id in pairs.items()}
    assert announced["2020-01"] + announced["2020-07"] == claims["sites-78"].value


class _Marks(HTMLParser):
    """The elements of a page that speak of a figure."""

    def __init__(self) -> None:
        super().__init__()
        self.claims: set[str] = set()
        self.queries: set[str] = set()
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if given.get("data-chiffre"):
            self.claims.add(given["data-chiffre"])
        if given.get("data-requete"):
            self.queries.add(given["data-requete"])
        found = re.search(r"/chiffres[^#]*#(.+)$", given.get("href", ""))
        if found and not found[1].startswith(("contradiction", "registre")):
            self.claims.add(found[1])
        is_headline = "headline" in given.get("class", "").split()
        if is_headline and not (given.get("data-chiffre") or given.get("data-requete")):
            self.silent.append(f"<{tag} {given}>")


ADDRESSES = (
    *("/", "/?lang=en"),
    *(page.rule for page in READ_PAGES if "<" not in page.rule),
    *(page.rule.replace("<code>", "32") for page in READ_PAGES if page.rule == "/regions/<code>"),
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_figures_named_on_a_page_are_in_the_ledger(client: FlaskClient, tables: Tables, address: str) -> None:
    marks = _Marks()
    marks.feed(client.get(address).get_data(as_text=True))
    assert sorted(marks.claims - set(claims_by_id(tables))) == []
    assert marks.silent == []
    if address.startswith("/chiffres"):
        formulas = {claim.formula for claim in all_claims(tables) if claim.formula}
        assert marks.queries <= known_calculations() | formulas


def test_every_computation_of_the_contract_is_known_and_used(tables: Tables) -> None:
    used = {claim.calculation for claim in all_claims(tables) if claim.calculation}
    assert known_calculations() == set(contract.codes("calcul")) == used
    assert set(contract.codes("motif")) == {claim.reason for claim in all_claims(tables) if claim.reason}
    assert {claim.theme for claim in all_claims(tables)} == set(contract.codes("theme"))

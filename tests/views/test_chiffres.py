"""Figures in words, and what a hostile document would do to the page: nothing."""

from dataclasses import replace

import pytest

from geodata.models.claim import Answer, Contradiction, Fact, Words
from geodata.queries.claims import all_claims, choices_of, claims_by_id
from geodata.repository import Tables
from state.ledger import Ledger
from views.chiffres.page import draw_page
from views.chiffres.words import address_of, amount, announced, gap
from views.markup import to_html
from views.programme import draw_programme

HOSTILE = '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    ("value", "unit", "french", "english"),
    [
        (1.36e9, "eur", "1,36\u202fMd€", "€1.36bn"),
        (1.4e9, "eur", "1,4\u202fMd€", "€1.4bn"),
        (298.5e6, "eur", "298,5\u202fM€", "€298.5m"),
        (300000, "eur", "300\u202f000\u202f€", "€300,000"),
        (66.7, "pct", "66,7\u202f%", "66.7%"),
        (3080, "projets", "3\u202f080 projets", "3,080 projects"),
        (2, "multiplicateur", "2 fois", "2 times"),
        (None, "eur", "non renseigné", "not stated"),
    ],
)
def test_amounts(value: float | None, unit: str, french: str, english: str) -> None:
    assert amount(value, unit, "fr").replace("\u00a0", "\u202f").replace(" %", "\u202f%") == french
    assert amount(value, unit, "en") == english


def test_qualifiers_and_gaps(tables: Tables) -> None:
    claims = claims_by_id(tables)
    assert announced(claims["moyens-1-milliard"], "fr") == "plus de 1\u202fMd€"
    assert announced(claims["fonds-14000-emplois-creer"], "en") == "close to 14,000 jobs"
    assert gap(claims["sites-78"], "en") == "−44 (−56.4%)"
    assert gap(claims["intercommunalites-500"], "en") == "+34 (+6.8%)"
    assert gap(claims["fonds-400m"], "fr") == ""


def test_a_link_keeps_the_language_and_the_anchor() -> None:
    answer = Answer(1, "vue=liste&mesure=territoires", anchor="chart-barometre")
    assert address_of(answer, "fr") == "/?vue=liste&mesure=territoires#chart-barometre"
    assert address_of(answer, "en").startswith("/?lang=en&vue=liste")


def test_every_value_is_escaped(tables: Tables) -> None:
    words = Words(HOSTILE, HOSTILE)
    claim = replace(
        all_claims(tables)[0],
        claim_id=HOSTILE,
        statement=words,
        author=HOSTILE,
        quote=HOSTILE,
        url=f"javascript:{HOSTILE}",
        source=HOSTILE,
        explanation=words,
        formula=None,
    )
    group = Contradiction(HOSTILE, words, words, (claim,))
    ledger = Ledger(author=HOSTILE, day="2020-07-20")
    fact = Fact(
        "T01", "programme", words, words, True, HOSTILE, HOSTILE, (claim,), (("M01", words),), (("j", None, words),)
    )
    html = to_html(draw_page((claim,), (claim,), (group,), choices_of(tables), ledger, {}, "0" * 64))
    html += to_html(draw_programme((fact,), {}, "en"))
    assert "<script" not in html
    assert "javascript:" not in html


def test_no_line_says_so_and_gives_a_way_out(tables: Tables) -> None:
    html = to_html(draw_page((), all_claims(tables), (), choices_of(tables), Ledger(author="x"), {}, "0" * 64))
    assert "Aucun chiffre ne répond à ces filtres." in html
    assert 'href="/chiffres#registre"' in html

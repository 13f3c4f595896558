"""The ledger: statuses, filters, order, formulas, and what a download holds."""

from dataclasses import replace

import pytest

from geodata.models.claim import Answer, Claim, Words
from geodata.queries.calculations import compute
from geodata.queries.claims import (
    all_claims,
    choices_of,
    claims_by_id,
    claims_of,
    evaluate,
    ledger_frame,
    ledger_table,
)
from geodata.queries.facts import actors_of, all_actors, all_facts
from geodata.repository import Tables
from state.ledger import NOT_DATED, SORTS, Ledger

CLAIM = Claim(
    claim_id="a",
    fact=None,
    statement=Words("a", "a"),
    value=100,
    qualifier="exactement",
    unit="sites",
    date=None,
    level="pays",
    code="FR",
    author=None,
    source="s",
    url=None,
    quote=None,
    is_derived=False,
    theme="sites",
    calculation="c",
    formula=None,
    reason=None,
    explanation=None,
    answer=Answer(100),
)


@pytest.mark.parametrize(
    ("qualifier", "computed", "reason", "status"),
    [
        ("exactement", 100, None, "concordant"),
        ("exactement", 99, "autre_date", "ecart"),
        ("exactement", 100, "autre_base", "meme_nombre"),
        ("exactement", None, "champ_partiel", "non_mesurable"),
        ("plus_de", 250, None, "concordant"),
        ("plus_de", 99, None, "ecart"),
        ("environ", 100.4, None, "concordant"),
        ("pres_de", 90, None, "ecart"),
        ("jusqu_a", 0, None, "ecart"),
    ],
)
def test_status(qualifier: str, computed: float | None, reason: str | None, status: str) -> None:
    claim = replace(CLAIM, qualifier=qualifier, reason=reason, answer=Answer(computed))
    assert claim.status == status


def test_a_gap_is_computed_minus_announced_and_unknown_without_an_answer() -> None:
    claim = replace(CLAIM, answer=Answer(66))
    assert (claim.gap, claim.gap_share) == (-34, -0.34)
    assert replace(CLAIM, answer=None).gap is None
    assert replace(CLAIM, answer=None).gap_share is None
    assert replace(CLAIM, answer=None).status == "non_mesurable"


def test_a_formula_is_read_from_left_to_right() -> None:
    values = {"a-1": 3000.0, "b": 1800.0}
    assert evaluate("a-1 − b", values) == 1200
    assert evaluate("a-1 − b ÷ b × 100", values) == pytest.approx(66.67, abs=0.01)
    assert evaluate("100 − b", values) == -1700
    with pytest.raises(KeyError):
        evaluate("a-1 + nowhere", values)
    with pytest.raises(KeyError):
        evaluate("a-1 ^ b", values)
    with pytest.raises(ValueError, match="zip"):
        evaluate("a-1 +", values)


def test_an_unknown_computation_is_refused(tables: Tables) -> None:
    with pytest.raises(KeyError):
        compute(tables, "nowhere")


def test_filters_keep_what_they_name(tables: Tables) -> None:
    sites = claims_of(tables, Ledger(theme="sites"))
    assert sites
    assert {claim.theme for claim in sites} == {"sites"}
    assert {claim.author for claim in claims_of(tables, Ledger(author="AdCF"))} == {"AdCF"}
    assert {claim.author for claim in claims_of(tables, Ledger(author=NOT_DATED))} == {None}
    assert {claim.date for claim in claims_of(tables, Ledger(year=NOT_DATED))} == {None}
    assert all(str(claim.date).startswith("2021") for claim in claims_of(tables, Ledger(year="2021")))
    assert claims_of(tables, Ledger(author="nobody")) == ()


def test_measurable_and_not_share_the_ledger(tables: Tables) -> None:
    measured, not_measured = (claims_of(tables, Ledger(state=state)) for state in ("mesurable", "non_mesurable"))
    assert len(measured) + len(not_measured) == len(all_claims(tables))
    assert all(claim.computed is not None for claim in measured)
    assert {claim.status for claim in claims_of(tables, Ledger(state="ecart"))} == {"ecart"}


def test_a_day_leaves_out_what_was_said_later_and_keeps_the_undated(tables: Tables) -> None:
    known = {claim.claim_id for claim in claims_of(tables, Ledger(day="2020-07-20"))}
    assert {"sites-66", "sites-12", "territoires-148"} <= known
    assert not {"sites-55-2024", "territoires-148-dge", "fonds-400m-dotation"} & known


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_keeps_every_figure_unknown_last(tables: Tables, sort: str) -> None:
    claims = claims_of(tables, Ledger(sort=sort))
    assert {claim.claim_id for claim in claims} == set(claims_by_id(tables))
    keys = {
        "date": lambda claim: claim.date,
        "valeur": lambda claim: claim.value,
        "auteur": lambda claim: claim.author and claim.author.casefold(),
        "ecart": lambda claim: None if claim.gap_share is None else abs(claim.gap_share),
    }
    found = [keys[sort.lstrip("-")](claim) for claim in claims]
    known = [key for key in found if key is not None]
    assert found[: len(known)] == sorted(known, reverse=sort.startswith("-"))


def test_choices_are_values_that_some_figure_has(tables: Tables) -> None:
    choices = choices_of(tables)
    for theme in choices.themes:
        assert claims_of(tables, Ledger(theme=theme))
    for author in choices.authors:
        assert claims_of(tables, Ledger(author=author))
    for year in choices.years:
        assert claims_of(tables, Ledger(year=year))
    for unit in choices.units:
        assert claims_of(tables, Ledger(unit=unit))


def test_a_download_holds_the_lines_of_the_page(tables: Tables) -> None:
    ledger = Ledger(theme="sites", sort="-valeur")
    frame = ledger_frame(tables, ledger)
    assert set(ledger_table().fields) <= set(frame.columns)
    assert frame["chiffre_id"].tolist() == [claim.claim_id for claim in claims_of(tables, ledger)]
    row = frame.set_index("chiffre_id").loc["sites-78"]
    assert (row["valeur"], row["valeur_calculee"], row["ecart"], row["statut"]) == (78, 34, -44, "ecart")
    assert ledger_frame(tables, Ledger(author="nobody")).empty


def test_facts_carry_what_follows_from_them(tables: Tables) -> None:
    facts = {fact.fact_id: fact for fact in all_facts(tables)}
    assert [claim.value for claim in facts["K01"].claims] == [12, 12]
    assert {code for code, _ in facts["P05"].measures} == {"M18"}
    assert ("lancement", "2018-11-22") in {(code, date) for code, date, _ in facts["T01"].milestones}


def test_actors_by_family_with_contacts_only_as_given(tables: Tables) -> None:
    assert {actor.family for actor in actors_of(tables, "operateur")} == {"operateur"}
    assert actors_of(tables, "") == all_actors(tables)
    contacts = {actor.actor_id: actor.contacts for actor in all_actors(tables) if actor.contacts}
    assert contacts == {"region-hauts-de-france": ("0 800 026 080",)}

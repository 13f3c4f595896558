"""The catalogue of measures and its finder: known answers of the source, and what no answer may ever do."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.models.measure import Finding, Measure
from geodata.queries.measures import (
    all_measures,
    events_of,
    measures_of,
    next_deadline,
    operators_of,
    reference_day,
    state_on,
)
from geodata.queries.measures_finder import find, judge, rule_quotes
from geodata.repository import Tables
from state.enquiry import APPLICANTS, INSIDE, NEEDS, PHASES, SECTORS, Enquiry

FIRM = Enquiry(headcount=10, my_region="24", secteur="industrie")
DAY = "2022-01-15"
QUESTIONS: dict[str, st.SearchStrategy[Any]] = {
    "headcount": st.integers(0, 20_000),
    "my_region": st.sampled_from(["24", "32", "11", "44", "27", "94"]),
    "secteur": st.sampled_from(SECTORS),
    "phase": st.sampled_from(PHASES),
    "besoin": st.sampled_from(NEEDS),
    "amount": st.integers(0, 200_000),
    "ti": st.sampled_from(INSIDE),
    "qui": st.sampled_from(APPLICANTS),
}
DAYS = st.dates(date(2018, 1, 1), date(2025, 1, 1))


def measure(tables: Tables, code: str) -> Measure:
    return next(item for item in all_measures(tables) if item.id == code)


def rules(finding: Finding) -> dict[str, tuple[str, str]]:
    return {reason.rule: (reason.outcome, reason.case) for reason in finding.reasons}


def test_the_catalogue_holds_every_measure_once(tables: Tables) -> None:
    found = all_measures(tables)
    assert [item.id for item in found] == [f"M{number:02d}" for number in range(1, 38)]
    assert all(item.quote and item.facts and item.source for item in found)


@pytest.mark.parametrize(
    ("headcount", "outcome"), [(10, "oui"), (9, "non"), (5_000, "oui"), (5_001, "non"), (0, "non"), (None, "inconnu")]
)
def test_the_call_of_centre_val_de_loire(tables: Tables, headcount: int | None, outcome: str) -> None:
    finding = judge(measure(tables, "M25"), replace(FIRM, headcount=headcount), DAY)
    assert finding.outcome == outcome


def test_each_rule_of_the_call_says_because(tables: Tables) -> None:
    found = judge(measure(tables, "M25"), replace(FIRM, headcount=9), DAY, rule_quotes(tables))
    reason = next(item for item in found.reasons if item.rule == "effectif")
    assert (reason.outcome, reason.case) == ("non", "effectif_sous")
    assert reason.values == {"low": 10, "high": 5000, "n": 9}
    assert reason.quote == "de la PMI d’au moins 10 salariés à l’ETI de 5 000 salariés"


@pytest.mark.parametrize(
    ("day", "state", "deadline", "outcome"),
    [
        ("2021-11-09", "a_venir", "2022-01-28", "non"),
        ("2021-11-10", "ouverte", "2022-01-28", "oui"),
        ("2022-01-15", "ouverte", "2022-01-28", "oui"),
        ("2022-01-28", "ouverte", "2022-01-28", "oui"),
        ("2022-01-29", "ouverte", None, "oui"),
        ("2023-05-10", "ouverte", None, "oui"),
        ("2023-05-11", "fermee", None, "non"),
    ],
)
def test_the_call_through_time(tables: Tables, day: str, state: str, deadline: str | None, outcome: str) -> None:
    call = measure(tables, "M25")
    assert state_on(call, day) == state
    assert next_deadline(call, day) == deadline
    assert judge(call, FIRM, day).outcome == outcome


def test_the_call_of_the_cnam_has_three_rounds_between_its_dates(tables: Tables) -> None:
    call = measure(tables, "M19")
    assert (call.opens, call.closes, call.n_rounds) == ("2020-07-20", "2021-06-25", 3)
    days = [(event.kind, event.day) for event in events_of([call])]
    assert days == [("ouverture", "2020-07-20"), ("cloture", "2021-06-25")]
    assert state_on(call, "2020-07-19") == "a_venir"
    assert state_on(call, "2021-06-26") == "fermee"


def test_an_opening_without_a_closing_says_nothing_of_today(tables: Tables) -> None:
    experiment = measure(tables, "M33")
    assert state_on(experiment, "2018-12-19") == "a_venir"
    assert state_on(experiment, "2024-01-01") == "inconnu"


def test_services_that_turn_to_production_may_ask(tables: Tables) -> None:
    services = replace(FIRM, secteur="services")
    call = measure(tables, "M25")
    assert judge(call, services, DAY).outcome == "inconnu"
    assert judge(call, replace(services, besoin="diversifier"), DAY).outcome == "oui"
    assert judge(call, replace(services, besoin="relocaliser"), DAY).outcome == "non"


def test_a_measure_of_another_region_is_absent_here(tables: Tables) -> None:
    findings = find(tables, all_measures(tables), replace(FIRM, my_region="32"), DAY)
    absent = {finding.measure.id for finding in findings if finding.is_absent_from_region}
    assert {"M25", "M26", "M37"} <= absent
    assert not {f"M{number:02d}" for number in range(1, 13)} & absent


def test_an_amount_below_or_above_the_grant_is_refused(tables: Tables) -> None:
    accelerator = measure(tables, "M23")
    outcomes = [rules(judge(accelerator, Enquiry(amount=n), DAY))["montant"][0] for n in (5_999, 6_000, 10_000, 10_001)]
    assert outcomes == ["non", "oui", "oui", "non"]


def test_the_comment_of_a_reader_never_decides(tables: Tables) -> None:
    loan = judge(measure(tables, "M37"), Enquiry(amount=20_000, my_region="11"), DAY, rule_quotes(tables))
    assert rules(loan)["montant"] == ("inconnu", "montant_commentaire")
    assert any("50 000" in (reason.quote or "").replace("\u202f", " ").replace("\xa0", " ") for reason in loan.reasons)


def test_sizes_of_the_law_exclude_and_never_admit(tables: Tables) -> None:
    booster = measure(tables, "M09")
    assert rules(judge(booster, Enquiry(headcount=10), DAY))["effectif"] == ("non", "effectif_categorie_sur")
    assert rules(judge(booster, Enquiry(headcount=9), DAY))["effectif"] == ("inconnu", "effectif_categorie_sous")


def test_a_rule_that_the_source_does_not_state_is_never_a_yes(tables: Tables) -> None:
    everything = Enquiry(headcount=20, my_region="32", secteur="industrie", phase="etude", ti="dans", amount=7000)
    for finding in find(tables, all_measures(tables), everything, DAY):
        silent = [reason for reason in finding.reasons if reason.case.endswith("_muet")]
        assert all(reason.outcome == "inconnu" and reason.quote is None for reason in silent)
        assert finding.outcome != "oui" or not silent


@given(st.data(), DAYS)
def test_one_more_fact_never_undoes_a_no(tables: Tables, data: st.DataObject, day: object) -> None:
    known = data.draw(st.sets(st.sampled_from(sorted(QUESTIONS))))
    firm = Enquiry().having(**{name: data.draw(QUESTIONS[name]) for name in known})
    for name in set(QUESTIONS) - known - {"qui"}:  # who asks is a firm until said otherwise: no fact is added
        more = firm.having(**{name: data.draw(QUESTIONS[name])})
        for item in all_measures(tables):
            before, after = judge(item, firm, str(day)), judge(item, more, str(day))
            assert before.outcome != "non" or after.outcome == "non", (item.id, firm, more)
            for rule, (outcome, _) in rules(before).items():
                assert outcome == "inconnu" or rules(after)[rule][0] == outcome or rule == "secteur", (item.id, rule)


@given(st.data(), DAYS)
def test_a_yes_has_only_yes(tables: Tables, data: st.DataObject, day: object) -> None:
    firm = Enquiry().having(**{name: data.draw(strategy) for name, strategy in QUESTIONS.items()})
    for item in all_measures(tables):
        finding = judge(item, firm, str(day))
        outcomes = {reason.outcome for reason in finding.reasons}
        assert (finding.outcome == "oui") == (outcomes == {"oui"})
        assert (finding.outcome == "non") == ("non" in outcomes)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("axe=attractivite", {"M27", "M28", "M29"}),
        ("axe=simplification", {"M33"}),
        ("type=ami", {"M19"}),
        ("type=fonds", {"M01", "M02", "M03", "M34", "M35"}),
        ("porteur=CNAM", {"M19"}),
        ("beneficiaire=tpe", {"M09"}),
        ("beneficiaire=formation", {"M20"}),
        ("region=24&axe=aucun&type=aap", {"M25"}),
        ("etat=ouverte", {"M25"}),
    ],
)
def test_filters(tables: Tables, query: str, ids: set[str]) -> None:
    assert {item.id for item in measures_of(tables, Enquiry.from_query(query), DAY)} == ids


def test_a_region_keeps_its_measures_and_the_national_ones(tables: Tables) -> None:
    found = measures_of(tables, Enquiry(region=("24",)), DAY)
    assert {item.region for item in found} == {"24", None}


def test_operators_are_those_of_the_table(tables: Tables) -> None:
    assert {"Banque des Territoires", "Bpifrance", "CNAM"} <= set(operators_of(tables))


def test_the_reference_day_is_a_day_of_the_sources(tables: Tables) -> None:
    assert reference_day(tables) >= "2024-07-04"

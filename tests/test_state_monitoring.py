from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.models.measures import MEASURES
from state import Selection, monitoring
from state.monitoring import Monitoring

ORDERS = st.sampled_from([sign + name for sign in ("", "-") for name in monitoring.SORTS])


@st.composite
def states(draw: st.DrawFn) -> Monitoring:
    written = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=70))
    return Monitoring(
        measure=draw(st.sampled_from(monitoring.MEASURES)),
        view=draw(st.sampled_from(monitoring.VIEWS)),
        sort=draw(ORDERS),
        detail=draw(st.sampled_from(monitoring.DETAILS)),
        compared=tuple(draw(st.lists(st.sampled_from(["84", "32", "01", "987"]), max_size=2, unique=True))),
        words=" ".join(written.split())[:60].strip(),
        place_sort=draw(st.sampled_from(["-ecart", "nom", "-nom", "taux"])),
        place_page=draw(st.integers(1, 999)),
    )


@given(states())
def test_a_state_survives_its_address(state: Monitoring) -> None:
    assert Monitoring.from_query(state.to_query()) == state


@given(states(), st.sampled_from(["lang=en", "region=32&mesure=covid", "millesime=2024-07&tri=nom&page=3&vue=liste"]))
def test_the_two_grammars_of_an_address_leave_each_other_alone(state: Monitoring, shared: str) -> None:
    query = f"{shared}&{state.to_query()}"
    assert Monitoring.from_query(query) == state
    assert Selection.from_query(query) == Selection.from_query(shared)


@given(st.text(st.characters(), max_size=300))
def test_any_text_is_an_address(query: str) -> None:
    state = Monitoring.from_query(query)
    assert Monitoring.from_query(state.to_query()) == state


@pytest.mark.parametrize(
    "query",
    [
        "%ff%fe&comparer=%00,%ff",
        "comparer=<script>,../..,84,84,,3",
        "comparer=" + "84," * 9000,
        "ordre=--ecart&ordre_ti=__class__&page_ti=-4",
        "page_ti=" + "9" * 5000,
        "page_ti=²",
        "cherche=" + "a" * 10_000,
        "indicateur=PROJETS&lecture=3d&detail=;drop",
        "cherche=é\ud800",
    ],
)
def test_hostile_addresses_give_a_small_usable_state(query: str) -> None:
    state = Monitoring.from_query(query)
    assert state.measure in monitoring.MEASURES
    assert len(state.compared) <= 2
    assert all(code.isalnum() for code in state.compared)
    assert len(state.words) <= 60
    assert 1 <= state.place_page <= 999
    assert Monitoring.from_query(state.to_query()) == state


def test_the_default_has_no_query_and_cannot_be_changed() -> None:
    assert Monitoring().to_query() == ""
    with pytest.raises(FrozenInstanceError):
        Monitoring().view = "emplois"  # type: ignore[misc]


def test_two_fields_of_a_form_make_one_comparison() -> None:
    assert Monitoring.from_query("comparer=84&avec=32").compared == ("84", "32")
    assert Monitoring.from_query("comparer=84,32") == Monitoring.from_query("comparer=84&comparer=32")


def test_the_address_knows_every_measure() -> None:
    assert set(monitoring.MEASURES) == set(MEASURES)
    assert monitoring.MEASURES[0] == Monitoring().measure

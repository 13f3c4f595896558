"""The address of ``/chiffres`` and ``/acteurs``: read without ever failing, written in one way."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

import contract
from state.directory import FAMILIES, Directory
from state.ledger import NOT_DATED, SORTS, STATES, Ledger

AUTHORS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40).map(lambda text: " ".join(text.split()))


def ledgers() -> st.SearchStrategy[Ledger]:
    return st.builds(
        Ledger,
        language=st.sampled_from(contract.LANGUAGES),
        theme=st.sampled_from(("", *contract.codes("theme"))),
        author=AUTHORS,
        unit=st.sampled_from(("", *contract.codes("unite"))),
        year=st.sampled_from(("", "2020", NOT_DATED)),
        state=st.sampled_from(("", *STATES)),
        sort=st.sampled_from(("", *SORTS)),
        day=st.sampled_from(("", "2020-07-20")),
    )


@given(ledgers())
def test_a_ledger_survives_its_address(ledger: Ledger) -> None:
    assert Ledger.from_query(ledger.to_query()) == ledger
    assert Ledger.from_query("?" + ledger.to_query()) == ledger


@given(st.text(max_size=300))
def test_any_address_gives_a_canonical_state(query: str) -> None:
    ledger, directory = Ledger.from_query(query), Directory.from_query(query)
    assert Ledger.from_query(ledger.to_query()) == ledger
    assert Directory.from_query(directory.to_query()) == directory


def test_what_cannot_be_read_is_the_default() -> None:
    hostile = (
        "theme=<script>&unite=%00&annee=20x0&annee=１２３４&etat=oui&tri=__class__&date=2020-02-31&lang=de&auteur=%20"
    )
    assert Ledger.from_query(hostile) == Ledger()
    assert Ledger.from_query("annee=" + "9" * 9000) == Ledger()
    assert Directory.from_query("famille=../etat&lang=xx") == Directory()
    assert Ledger.from_query("\ud800&theme=sites") == Ledger(theme="sites")


def test_a_default_is_left_out() -> None:
    assert Ledger().to_query() == ""
    assert Directory().to_query() == ""
    assert Directory("en", FAMILIES[0]).to_query() == "lang=en&famille=etat"
    assert len(fields(Ledger)) == 8

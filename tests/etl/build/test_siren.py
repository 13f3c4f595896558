"""SIREN and SIRET: what Luhn proves, and what it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.build.siren import passes_luhn, repair_siren


@pytest.mark.parametrize(
    ("text", "siren", "siret", "statut"),
    [
        ("842959249", "842959249", None, "valide"),
        ("43881012900025", "438810129", "43881012900025", "valide"),
        ("811 773 209", "811773209", None, "repare"),
        ("65200420", "065200420", None, "repare"),  # a lost zero
        ("6580195", "006580195", None, "repare"),  # two lost zeros
        ("5750553900429", "057505539", "05750553900429", "repare"),
        ("404417000", None, None, "invalide"),  # rounded by a spreadsheet
        ("438277 0", None, None, "invalide"),
        ("85764", None, None, "invalide"),
        ("000000000", None, None, "invalide"),
        ("12345678901", None, None, "invalide"),
        ("٣٤٥٦٧٨٩١٢", None, None, "invalide"),  # other digits
        ("=1+1", None, None, "invalide"),
        ("", None, None, "absent"),
        ("  ", None, None, "absent"),
        (None, None, None, "absent"),
    ],
)
def test_repair(text: str | None, siren: str | None, siret: str | None, statut: str) -> None:
    repaired = repair_siren(text)

    assert (repaired.siren, repaired.siret, repaired.statut) == (siren, siret, statut)


def test_a_siret_whose_own_digit_fails_still_gives_its_siren() -> None:
    repaired = repair_siren("43881012900026")

    assert (repaired.siren, repaired.siret, repaired.statut) == ("438810129", None, "repare")


def test_a_number_of_another_register_is_never_a_siren() -> None:
    assert repair_siren("65200420", is_foreign_register=True).statut == "invalide"


@given(st.text(max_size=20))
def test_whatever_comes_out_is_proved(text: str) -> None:
    repaired = repair_siren(text)

    assert repaired.siren is None or (len(repaired.siren) == 9 and passes_luhn(repaired.siren))
    assert repaired.siret is None or (len(repaired.siret) == 14 and passes_luhn(repaired.siret))
    assert (repaired.siren is not None) == (repaired.statut in ("valide", "repare"))

"""The words of a fault, in both languages."""

import pytest

from state import scene_faults
from state.scene_faults import Fault


@pytest.mark.parametrize("code", list(scene_faults._REASONS))
def test_every_reason_is_in_both_languages_and_says_what_it_was_given(code: str) -> None:
    fault = Fault("scenes[2].titre.fr", code, "EXPECTED", "FOUND")
    fr, en = fault.reason("fr"), fault.reason("en")
    assert fr != en
    for given in ("EXPECTED", "FOUND"):
        assert (given in fr) == (given in en)
    assert fault.sentence("en").startswith("scenes[2].titre.fr: ")


def test_what_the_file_holds_is_cut_and_printable() -> None:
    said = Fault("", "text", found="\x00\ud800" + "x" * 500).reason("fr")
    assert said.isprintable()
    assert len(said) < 120
    said.encode()

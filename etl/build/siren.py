"""SIREN and SIRET as typed by hand in a spreadsheet: what can be proved, and what cannot."""

import re
from dataclasses import dataclass

import pandas as pd

SIREN_DIGITS = 9
SIRET_DIGITS = 14
LOST_ZEROS = 2
"""A spreadsheet eats leading zeros; beyond two, Luhn (one in ten passes by chance) proves nothing."""


@dataclass(frozen=True)
class Siren:
    """``siren`` and ``siret`` are null unless their check digit holds; ``statut`` is a code of the contract."""

    siren: str | None
    siret: str | None
    statut: str


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others, as for every SIREN and (La Poste aside) SIRET."""
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return bool(digits) and sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def repair_siren(text: str | None, *, is_foreign_register: bool = False) -> Siren:
    """The identity behind a published text.

    Args:
        text: as published: 9 or 14 digits, spaces, lost leading zeros; null when not stated.
        is_foreign_register: New Caledonia and French Polynesia have their own numbers (RIDET, TAHITI), no SIREN.

    ``valide``: published as it should be. ``repare``: zeros put back, spaces taken out, or the SIREN taken from a SIRET
    whose own check digit fails. ``invalide``: digits that no rule proves.
    """
    if text is None or pd.isna(text) or not text.strip():
        return Siren(None, None, "absent")
    digits = re.sub(r"\s", "", text)
    if is_foreign_register or not (digits.isascii() and digits.isdigit()):
        return Siren(None, None, "invalide")
    length = _full_length(len(digits))
    if length is None:
        return Siren(None, None, "invalide")
    padded = digits.zfill(length)
    siren = padded[:SIREN_DIGITS]
    if not passes_luhn(siren) or not int(siren):
        return Siren(None, None, "invalide")
    is_siret = length == SIRET_DIGITS and passes_luhn(padded)
    is_whole = padded == text.strip() and (is_siret or length == SIREN_DIGITS)
    return Siren(siren, padded if is_siret else None, "valide" if is_whole else "repare")


def _full_length(n_digits: int) -> int | None:
    for length in (SIREN_DIGITS, SIRET_DIGITS):
        if length - LOST_ZEROS <= n_digits <= length:
            return length
    return None

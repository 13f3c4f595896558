"""The catalogue's own words in the reader's language: notes are written in English there, licences and dates in French.

The pairs are in ``catalogue.toml``, matched by their exact text; a text without a pair is shown as it is.
"""

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType


def note_in(note: str, language: str) -> tuple[str, str]:
    """A note of the catalogue and the language that it comes out in."""
    found = _pairs("notes", "en", language).get(note)
    return (found, language) if found else (note, "en")


def words_in(written: str, language: str) -> str:
    """A licence or a millesime of the manifest (« 2020 à 2026 ») in ``language``."""
    if language == "fr":
        return written
    return _pairs("words", "fr", language).get(written, written).replace(" à ", " to ")


@cache
def _pairs(part: str, source: str, target: str) -> MappingProxyType[str, str]:
    """Texts of one language by the same text in the other."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))[part].values()
    return MappingProxyType({row[source]: row[target] for row in rows})

"""The catalogue's own words in the reader's language: notes are written in English there, licences and dates in French.

The pairs are in ``messages.toml`` under ``note_…`` and ``catalogue_…``; a text without a pair is shown as it is.
"""

from functools import cache
from types import MappingProxyType

from views.text import messages


def note_in(note: str, language: str) -> tuple[str, str]:
    """A note of the catalogue and the language that it comes out in."""
    found = _pairs("note_", "en", language).get(note)
    return (found, language) if found else (note, "en")


def words_in(written: str, language: str) -> str:
    """A licence or a millesime of the manifest (« 2020 à 2026 ») in ``language``."""
    if language == "fr":
        return written
    return _pairs("catalogue_", "fr", language).get(written, written).replace(" à ", " to ")


@cache
def _pairs(prefix: str, source: str, target: str) -> MappingProxyType[str, str]:
    """Texts of one language by the same text in the other."""
    rows = messages(source).items()
    return MappingProxyType({value: messages(target)[key] for key, value in rows if key.startswith(prefix)})

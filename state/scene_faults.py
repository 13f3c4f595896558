"""What a file of scenes gets wrong: the place, what was expected, what was found, in both languages."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

_SHOWN = 60
_REASONS = MappingProxyType(
    {
        "mapping": (
            "attendu : « titre » et « scenes », trouvé : {found}",
            "expected a mapping with « titre » and « scenes », found {found}",
        ),
        "scene": ("attendu : une scène, trouvé : {found}", "expected a mapping, found {found}"),
        "key": ("clé inconnue (attendu : {expected})", "not a key here (expected {expected})"),
        "scenes": ("attendu : une liste d’au moins une scène", "expected a list with at least one scene"),
        "many": ("au plus {expected} scènes, trouvé : {found}", "at most {expected} scenes, found {found}"),
        "twice": ("deux scènes portent l’identifiant {found}", "two scenes have this id: {found}"),
        "frame": (
            "attendu : france, region:32, territoire:ti-3201 ou ouest,sud,est,nord en degrés, trouvé : {found}",
            "expected france, region:32, territoire:ti-3201 or west,south,east,north in degrees, found {found}",
        ),
        "place": ("aucun lieu ne porte ce code : {found}", "no place has this code: {found}"),
        "identifier": (
            "attendu : lettres, chiffres et traits d’union (40 au plus), trouvé : {found}",
            "expected letters, digits and hyphens (40 at most), found {found}",
        ),
        "word": (
            "attendu : un texte d’au plus 2 000 caractères, trouvé : {found}",
            "expected a text of at most 2,000 characters, found {found}",
        ),
        "choice": ("attendu : {expected} ; trouvé : {found}", "expected one of {expected}, found {found}"),
        "claims": (
            "attendu : une liste d’au plus {expected} chiffres du registre, trouvé : {found}",
            "expected a list of at most {expected} ids of the ledger, found {found}",
        ),
        "claim": ("le registre n’a pas ce chiffre : {found}", "the ledger has no such figure: {found}"),
        "text": ("attendu : un texte, trouvé : {found}", "expected a text, found {found}"),
        "long": ("au plus {expected} caractères, trouvé : {found}", "at most {expected} characters, found {found}"),
        "control": (
            "attendu : du texte, trouvé : des caractères de contrôle ou incomplets",
            "expected text, found control or incomplete characters",
        ),
        "name": ("attendu : {expected} ; trouvé : {found}", "expected one of {expected}, found {found}"),
        "big": ("au plus {expected} octets, trouvé : {found}", "at most {expected} characters, found {found}"),
        "alias": (
            "les ancres et alias de YAML ne sont pas lus : écrivez le texte en entier",
            "YAML anchors and aliases are not read; write the text out",
        ),
        "yaml": ("attendu : du YAML ou du JSON, trouvé : {found}", "expected YAML, found {found}"),
        "unread": ("lecture impossible ({found})", "cannot be read ({found})"),
        "utf8": (
            "attendu : UTF-8, trouvé : un autre codage à l’octet {found}",
            "expected UTF-8, found byte {found} of another encoding",
        ),
    }
)


@dataclass(frozen=True)
class Fault:
    """One fault of a file of scenes.

    Attributes:
        where: ``scenes[2].titre.fr``, scenes counted from 1; the place in the file when it is no YAML; or empty.
        code: a key of the reasons.
        expected, found: for the sentence.
    """

    where: str
    code: str
    expected: object = ""
    found: object = ""

    def reason(self, language: str) -> str:
        """What was expected and what was found, in ``fr`` or ``en``; what the file holds is cut to what can be read."""
        french, english = _REASONS[self.code]
        words = english if language == "en" else french
        return words.format(expected=self.expected, found=shorten(str(self.found)))

    def sentence(self, language: str) -> str:
        """The reason after its place."""
        colon = ": " if language == "en" else " : "
        return f"{self.where}{colon}{self.reason(language)}" if self.where else self.reason(language)


def shorten(words: str) -> str:
    """The beginning of what a file holds, on one line, without control characters."""
    plain = "".join(letter if letter.isprintable() else "·" for letter in words[: _SHOWN + 1])
    return plain if len(words) <= _SHOWN else plain[:_SHOWN] + "…"


class PresentationError(ValueError):
    """A presentation that cannot be read; ``faults`` are all of them.

    ``rest`` is the presentation with a default in place of each fault, when there are scenes: what else is wrong with
    it can be said at the same time.
    """

    def __init__(self, faults: list[Fault], rest: Any = None) -> None:
        self.faults = tuple(faults)
        self.rest = rest
        super().__init__("\n".join(self.errors))

    @property
    def errors(self) -> tuple[str, ...]:
        """The faults in English, for a terminal."""
        return tuple(fault.sentence("en") for fault in self.faults)

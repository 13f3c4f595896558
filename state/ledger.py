"""What a visitor of ``/chiffres`` looks at: filters and order of the ledger, to and from the address.

``from_query`` never fails and ``to_query`` is canonical: a default is left out. The day asked about is the ``date`` of
the Selection, which every page shares.
"""

from dataclasses import dataclass
from urllib.parse import parse_qs, quote

import contract
from state.dates import read_day

STATES = ("concordant", "ecart", "mesurable", "non_mesurable")
SORTS = ("date", "-date", "valeur", "-valeur", "ecart", "-ecart", "auteur", "-auteur")
_MAX_AUTHOR = 100


@dataclass(frozen=True)
class Ledger:
    """The state of ``/chiffres``.

    Attributes:
        theme, unit: codes of the contract; empty: all.
        author: as the table ``chiffres`` writes it, or ``aucun`` for « non renseigné »; empty: all.
        year: of the date of the figure, ``aucun`` for an undated one; empty: all.
        state: one of ``STATES``; empty: all.
        sort: one of ``SORTS``; empty: the order of the table.
        day: figures that were said by then; undated ones stay.
    """

    language: str = contract.DEFAULT_LANGUAGE
    theme: str = ""
    author: str = ""
    unit: str = ""
    year: str = ""
    state: str = ""
    sort: str = ""
    day: str = ""

    @classmethod
    def from_query(cls, query: str) -> "Ledger":
        """Reads ``?theme=sites&etat=ecart``. Never fails: what it cannot read is the default."""
        written = query.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        last = {key: items[-1] for key, items in parse_qs(written.lstrip("?")[:4000], keep_blank_values=True).items()}
        year = last.get("annee", "")
        return cls(
            language=_one_of(last.get("lang"), contract.LANGUAGES, contract.DEFAULT_LANGUAGE),
            theme=_one_of(last.get("theme"), contract.codes("theme")),
            author=" ".join(last.get("auteur", "").split())[:_MAX_AUTHOR].strip(),
            unit=_one_of(last.get("unite"), contract.codes("unite")),
            year=year if year == NOT_DATED or (len(year) == 4 and year.isascii() and year.isdigit()) else "",
            state=_one_of(last.get("etat"), STATES),
            sort=_one_of(last.get("tri"), SORTS),
            day=read_day(last.get("date", "")),
        )

    def to_query(self) -> str:
        """The canonical query string, without ``?``; empty for the whole ledger in French."""
        pairs = [
            ("lang", self.language if self.language != contract.DEFAULT_LANGUAGE else ""),
            ("theme", self.theme),
            ("auteur", self.author),
            ("unite", self.unit),
            ("annee", self.year),
            ("etat", self.state),
            ("tri", self.sort),
            ("date", self.day),
        ]
        return "&".join(f"{key}={quote(value, safe='-')}" for key, value in pairs if value)


NOT_DATED = "aucun"


def _one_of(value: str | None, allowed: object, default: str = "") -> str:
    return value if value and value in allowed else default  # type: ignore[operator]

"""What the visitor of the monitoring page is looking at: measure, view, order, regions compared, territoires searched.

It stands beside ``Selection`` in the same query string (language, millesime, date and filters are there): its names
are others, so that neither grammar reads the other's values. Reading never fails; a default is left out.
"""

from dataclasses import dataclass
from urllib.parse import parse_qs, quote

MEASURES = (
    *("projets", "sites", "territoires", "touches", "dans", "concentration", "entreprises"),
    *("nouveaux_sites", "delai", "emplois", "engagements"),
)
VIEWS = ("nombre", "habitants", "emplois", "territoires")
DETAILS = ("vagues", "mesure", "filiere", "mois")
SORTS = ("ecart", "nom", "hhi", *MEASURES)
PLACE_SORTS = ("ecart", "nom", "region", "population", "projets", "sites", "taux")
MAX_COMPARED = 2
_MAX_WORDS = 60
_MAX_PAGE_DIGITS = 3


@dataclass(frozen=True)
class Monitoring:
    """The state of the page.

    Attributes:
        measure: the measure that the gaps, the funnel and the order are about.
        view: its reading: number, per inhabitant, per industrial job, inside and outside the territoires.
        sort: the order of the regions, ``-`` before it for descending; nulls are last both ways.
        detail: which region by region table is open.
        compared: none, or the codes of two regions; one alone waits for the other.
        words: what the territoires are searched for.
        place_sort, place_page: the order and the page of the territoires.
    """

    measure: str = "projets"
    view: str = "nombre"
    sort: str = "-ecart"
    detail: str = "vagues"
    compared: tuple[str, ...] = ()
    words: str = ""
    place_sort: str = "-ecart"
    place_page: int = 1

    @classmethod
    def from_query(cls, query: str) -> "Monitoring":
        """Reads ``?indicateur=sites&lecture=habitants&comparer=84,32``. What it cannot read is the default."""
        written = query.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        values = parse_qs(written.lstrip("?")[:8000], keep_blank_values=True)
        last = {key: items[-1] for key, items in values.items()}
        return cls(
            measure=_one_of(last.get("indicateur", ""), MEASURES),
            view=_one_of(last.get("lecture", ""), VIEWS),
            sort=_order(last.get("ordre", ""), SORTS),
            detail=_one_of(last.get("detail", ""), DETAILS),
            compared=_compared([*values.get("comparer", []), *values.get("avec", [])]),
            words=" ".join(last.get("cherche", "").split())[:_MAX_WORDS].strip(),
            place_sort=_order(last.get("ordre_ti", ""), PLACE_SORTS),
            place_page=_page(last.get("page_ti", "")),
        )

    def to_query(self) -> str:
        """The canonical query string, without ``?``; empty for the default."""
        pairs = [
            ("indicateur", self.measure, MEASURES[0]),
            ("lecture", self.view, VIEWS[0]),
            ("ordre", self.sort, "-ecart"),
            ("detail", self.detail, DETAILS[0]),
            ("comparer", ",".join(self.compared), ""),
            ("cherche", self.words, ""),
            ("ordre_ti", self.place_sort, "-ecart"),
            ("page_ti", str(self.place_page), "1"),
        ]
        return "&".join(f"{key}={quote(value, safe=',:-.')}" for key, value, default in pairs if value != default)


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    return value if value in allowed else allowed[0]


def _order(value: str, allowed: tuple[str, ...]) -> str:
    return value if value.removeprefix("-") in allowed else "-ecart"


def _compared(values: list[str]) -> tuple[str, ...]:
    """Codes of two or three letters or digits, each once, in the order asked: ``comparer=84,32`` or two fields."""
    codes = [code for value in values for code in value.split(",")]
    clean = dict.fromkeys(code for code in codes if code.isascii() and code.isalnum() and 2 <= len(code) <= 3)
    return tuple(clean)[:MAX_COMPARED]


def _page(value: str) -> int:
    is_number = value.isascii() and value.isdigit() and len(value) <= _MAX_PAGE_DIGITS
    return max(int(value), 1) if is_number else 1

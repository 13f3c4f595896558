"""What the visitor of Carte is looking at: a frozen ``Selection``, to and from the query string of the URL.

The same grammar is read by the browser (``assets/js/state.mjs``); ``tests/browser`` holds the two together.
Codes are the official ones (INSEE, SIREN, id of the territoire); lists are comma-separated; a default is left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import parse_qs, quote

import contract
from state.dates import millesime_at, read_day

ObjectKind = Literal["territoires", "sites", "projets"]
KINDS: tuple[ObjectKind, ...] = ("territoires", "sites", "projets")
VIEWS = ("carte", "liste")
TABS = ("projets", "sites", "territoires", "regions")
LAYERS = (
    *("territoires", "sites", "projets", "regions", "departements"),
    *("epci", "villes", "gares", "ports", "aeroports", "postes", "importes"),
)
DEFAULT_LAYERS = ("territoires", "sites", "projets", "regions", "departements", "villes", "importes")
NO_LAYER = "aucune"
SELECTABLE = ("territoire", "site", "projet", "region", "commune", "importe")

MAX_VALUES = 200
MAX_TEXT = 100


@dataclass(frozen=True)
class Facet:
    """One filter: its name in the URL, the objects that it narrows, the code list of its values, its default."""

    name: str
    applies: tuple[ObjectKind, ...]
    codes: str | None = None
    default: tuple[str, ...] = ()


FACETS: tuple[Facet, ...] = (
    Facet("region", KINDS),
    Facet("departement", KINDS),
    Facet("territoire", KINDS),
    Facet("ti", ("sites", "projets"), "ti"),
    Facet("mesure", ("projets",), "mesure"),
    Facet("filiere", ("projets",), "filiere"),
    Facet("taille", ("projets",), "taille"),
    Facet("mois", ("projets",)),
    Facet("vague", ("sites",), "vague"),
    Facet("confiance", ("sites",), "confiance", ("elevee", "moyenne")),
    Facet("precision", ("sites", "projets"), "precision"),
)
NOT_STATED = "aucun"  # the value of a facet that stands for « non renseigné »

Filters = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Selection:
    """The whole state of a page, hashable: hence a cache key, hence a URL.

    ``filters`` holds only the facets that differ from their default, in the order of ``FACETS``, values sorted;
    ``layers`` are those shown on the map, in the order of ``LAYERS``. ``date`` is the day as of which the atlas is
    shown (``YYYY-MM-DD``; empty: as it is published); it decides the millesime, so the address then leaves that out.
    ``publication`` is the first twelve digits of the publication that the link was made with, or empty.
    """

    language: str = contract.DEFAULT_LANGUAGE
    view: str = "carte"
    tab: str = "projets"
    sort: str = ""
    page: int = 1
    millesime: str = contract.DEFAULT_MILLESIME
    filters: Filters = ()
    text: str = ""
    selected: str = ""
    layers: tuple[str, ...] = DEFAULT_LAYERS
    date: str = ""
    publication: str = ""

    @classmethod
    def from_query(cls, query: str) -> "Selection":
        """Reads ``?region=32,44&mesure=territoires``. Never fails: what it cannot read is the default."""
        written = query.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # JSON may carry half a character
        values = parse_qs(written.lstrip("?")[:8000], keep_blank_values=True, max_num_fields=None)
        last = {key: items[-1] for key, items in values.items()}
        day = read_day(last.get("date", ""))
        return cls(
            language=_one_of(last.get("lang"), contract.LANGUAGES),
            view=_one_of(last.get("vue"), VIEWS),
            tab=_one_of(last.get("onglet"), TABS),
            sort=_sort(last.get("tri", "")),
            page=_page(last.get("page", "1")),
            millesime=millesime_at(day) if day else _one_of(last.get("millesime"), contract.MILLESIMES),
            filters=_filters(last),
            text=" ".join(last.get("q", "").split())[:MAX_TEXT].strip(),
            selected=_selected(last.get("sel", "")),
            layers=_layers(last.get("couches", "")),
            date=day,
            publication=_publication(last.get("publication", "")),
        )

    def to_query(self) -> str:
        """The canonical query string, without ``?``; empty for the default selection."""
        pairs = [
            ("lang", self.language, contract.DEFAULT_LANGUAGE),
            ("vue", self.view, VIEWS[0]),
            ("onglet", self.tab, TABS[0]),
            ("tri", self.sort, ""),
            ("page", str(self.page), "1"),
            ("date", self.date, ""),
            ("millesime", "" if self.date else self.millesime, "" if self.date else contract.DEFAULT_MILLESIME),
            *((name, ",".join(values), "") for name, values in self.filters),
            ("q", self.text, ""),
            ("sel", self.selected, ""),
            ("couches", ",".join(self.layers) or NO_LAYER, ",".join(DEFAULT_LAYERS)),
            ("publication", self.publication, ""),
        ]
        return "&".join(f"{key}={quote(value, safe=',:-.')}" for key, value, default in pairs if value != default)

    def values_of(self, facet: str) -> tuple[str, ...]:
        """The values asked of a facet: the visitor's, else its default; empty means every value."""
        for name, values in self.filters:
            if name == facet:
                return values
        return next(item.default for item in FACETS if item.name == facet)

    def with_values(self, facet: str, values: Iterable[str]) -> "Selection":
        """The same selection with other values of one facet."""
        kept = {name: chosen for name, chosen in self.filters if name != facet}
        return replace(self, filters=_filters({**{k: ",".join(v) for k, v in kept.items()}, facet: ",".join(values)}))

    def only_filters(self) -> "Selection":
        """What figures depend on: filters, text, date, millesime, language; not the view nor the selected object."""
        return Selection(
            language=self.language, millesime=self.millesime, filters=self.filters, text=self.text, date=self.date
        )

    def at(self, day: str) -> "Selection":
        """The same selection as of a day, with the millesime in force; as published for an empty or a wrong day."""
        read = read_day(day)
        return replace(self, date=read, millesime=millesime_at(read) if read else contract.DEFAULT_MILLESIME)

    def selected_pair(self) -> tuple[str, str] | None:
        """``("site", "SCM20A-01")`` for ``site:SCM20A-01``; None when nothing is selected."""
        kind, _, code = self.selected.partition(":")
        return (kind, code) if code else None


def facet(name: str) -> Facet:
    return next(item for item in FACETS if item.name == name)


def _one_of(value: str | None, allowed: tuple[str, ...]) -> str:
    return value if value in allowed else allowed[0]


def _sort(value: str) -> str:
    return value if value.lstrip("-").replace("_", "").isalnum() and len(value) <= 40 else ""


def _page(value: str) -> int:
    is_number = value.isascii() and value.isdigit() and len(value) <= 5
    return max(int(value), 1) if is_number else 1


def _selected(value: str) -> str:
    kind, _, code = value.partition(":")
    is_clean = code.replace("-", "").replace("|", "").replace("_", "").isalnum() and len(code) <= 40
    return value if kind in SELECTABLE and is_clean else ""


def _publication(value: str) -> str:
    """Twelve hexadecimal digits or more, as the sources page and the files' names write them; cut to twelve."""
    digits = value[:12]
    return digits if len(digits) == 12 and set(digits) <= set("0123456789abcdef") else ""


def _layers(value: str) -> tuple[str, ...]:
    if value == NO_LAYER:
        return ()
    asked = value.split(",")
    return tuple(name for name in LAYERS if name in asked) or DEFAULT_LAYERS


def _filters(last: dict[str, str]) -> Filters:
    found = []
    for item in FACETS:
        values = tuple(sorted({v for v in last.get(item.name, "").split(",") if v})[:MAX_VALUES])
        if values and values != tuple(sorted(item.default)):
            found.append((item.name, values))
    return tuple(found)

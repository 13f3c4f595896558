"""What an investor needs: a frozen ``Needs``, to and from the query string of ``/sites`` and of what follows from it.

``Needs.from_query(query)`` never fails and ``needs.to_query()`` is canonical: official codes, comma-separated lists, a
default left out. A form field may be repeated (``region=32&region=44``) and weights may come one by one
(``p_port=5``) or together (``poids=port:5,bassin:0``), which is what is written. ``profil=batterie`` alone starts from
that profile; once ``poids`` or a ``p_…`` is there, the address says it all and the profile is only a name.

Every filter is a hard one. What a site does not say about a filter is « unknown », and stays unless ``keep_unknowns``
is False.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from urllib.parse import parse_qs, quote

import contract
from state.needs_presets import CRITERIA, DEFAULT_WEIGHTS, MAX_WEIGHT, PRESETS
from state.selection import MAX_TEXT, MAX_VALUES

MAX_COMPARED = 4
MAX_SHORTLIST = 20
MAX_PROJECTS = 500
MAX_PAGE = 1000
RADII = (25, 50)
VIEWS = ("deux", "liste", "carte")
SORTS = (
    *("rang", "prudent", "optimiste", "couverture", "nom", "surface"),
    *("gare_fret", "port", "aeroport", "poste_electrique"),
)


@dataclass(frozen=True)
class Choice:
    """A filter by values: its name in the URL, the values that it takes (empty: official codes), its default."""

    name: str
    values: tuple[str, ...] = ()
    default: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limit:
    """A filter by a number: its name in the URL, its unit, the largest value that it takes."""

    name: str
    unit: str
    largest: float


CHOICES = MappingProxyType(
    {
        item.name: item
        for item in (
            Choice("vague", tuple(contract.codes("vague"))),
            Choice("region"),
            Choice("departement"),
            Choice("territoire"),
            Choice("ti", tuple(contract.codes("ti"))),
            Choice("bati", ("nu", "bati")),
            Choice("cession", ("vente", "location")),
            Choice("vocation", ("industrielle", "artisanale", "tertiaire", "portuaire", "aeroportuaire")),
            Choice("nomme", ("autoroute", "rail", "voie_eau", "port")),
            Choice("confiance", tuple(contract.codes("confiance")), ("elevee", "moyenne")),
        )
    }
)
LIMITS = MappingProxyType(
    {
        item.name: item
        for item in (
            Limit("surface_min", "ha", 5000),
            Limit("surface_max", "ha", 5000),
            Limit("disponible", "year", 2100),
            Limit("gare_fret", "km", 500),
            Limit("gare_voyageurs", "km", 500),
            Limit("port", "km", 1000),
            Limit("aeroport", "km", 500),
            Limit("poste_electrique", "km", 500),
        )
    }
)

_CODE = re.compile(r"[0-9A-Za-z-]{1,40}")
_NUMBER = re.compile(r"\d{1,6}([.,]\d{1,6})?")

Values = tuple[str, ...]


@dataclass(frozen=True)
class Needs:
    """The whole state of the site finder, hashable.

    Attributes:
        preset: name of the profile that the visitor started from, or empty.
        choices: (filter, values) that differ from the default, in the order of ``CHOICES``, values sorted; ``nomme``
            asks for all of its values, the others for one of them.
        limits: (filter, number) in the order of ``LIMITS``, in the unit of each: ha, km, or the
            year by which the site must be available (``disponible``).
        filiere: code of the filière that projects around are counted in, or empty for all.
        radius: kilometres around the site in which at least ``projects_min`` projects are asked for (0: no filter).
        weights: (criterion, 0 to 5) that differ from the default, in the order of ``CRITERIA``.
        shortlist: starred sites, in the order of starring.
        compared: at most four sites to compare, in the order of choosing.
    """

    language: str = contract.DEFAULT_LANGUAGE
    millesime: str = contract.DEFAULT_MILLESIME
    preset: str = ""
    text: str = ""
    choices: tuple[tuple[str, Values], ...] = ()
    limits: tuple[tuple[str, float], ...] = ()
    filiere: str = ""
    radius: int = RADII[0]
    projects_min: int = 0
    keep_unknowns: bool = True
    weights: tuple[tuple[str, int], ...] = ()
    sort: str = SORTS[0]
    view: str = VIEWS[0]
    page: int = 1
    shortlist: Values = ()
    compared: Values = ()

    @classmethod
    def from_query(cls, query: str) -> "Needs":
        """Reads ``?surface_min=50&gare_fret=10&region=32``. Never fails: what it cannot read is the default."""
        written = query.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        values = parse_qs(written.lstrip("?")[:8000], keep_blank_values=True, max_num_fields=None)
        last = {key: items[-1] for key, items in values.items()}
        given = cls(
            language=_one_of(last.get("lang"), contract.LANGUAGES),
            millesime=_one_of(last.get("millesime"), contract.MILLESIMES),
            preset=last.get("profil", "") if last.get("profil", "") in PRESETS else "",
            text=" ".join(last.get("q", "").split())[:MAX_TEXT].strip(),
            choices=_choices({key: ",".join(items) for key, items in values.items()}),
            limits=_limits(last),
            filiere=last.get("filiere", "") if last.get("filiere", "") in contract.codes("filiere") else "",
            radius=RADII[1] if last.get("rayon") == str(RADII[1]) else RADII[0],
            projects_min=int(min(_number(last.get("projets", "")) or 0, MAX_PROJECTS)),
            keep_unknowns=last.get("inconnus") != "non",
            weights=_weights(last),
            sort=_one_of(last.get("tri"), SORTS),
            view=_one_of(last.get("vue"), VIEWS),
            page=max(int(min(_number(last.get("page", "")) or 1, MAX_PAGE)), 1),
            shortlist=_sites(values.get("liste", ()), MAX_SHORTLIST),
            compared=_sites(values.get("sites", ()), MAX_COMPARED),
        )
        has_weights = "poids" in last or any(key.startswith("p_") for key in last)
        return given if has_weights or not given.preset else _started(given)

    def to_query(self) -> str:
        """The canonical query string, without ``?``; empty for the default needs."""
        weights = ",".join(f"{name}:{weight}" for name, weight in self.weights)
        pairs = [
            ("lang", self.language, contract.DEFAULT_LANGUAGE),
            ("millesime", self.millesime, contract.DEFAULT_MILLESIME),
            ("profil", self.preset, ""),
            ("q", self.text, ""),
            *((name, ",".join(values), None) for name, values in self.choices),
            *((name, f"{value:g}", None) for name, value in self.limits),
            ("filiere", self.filiere, ""),
            ("rayon", str(self.radius), str(RADII[0])),
            ("projets", str(self.projects_min), "0"),
            ("inconnus", "" if self.keep_unknowns else "non", ""),
            ("poids", weights, None if self.preset else ""),
            ("tri", self.sort, SORTS[0]),
            ("vue", self.view, VIEWS[0]),
            ("page", str(self.page), "1"),
            ("liste", ",".join(self.shortlist), ""),
            ("sites", ",".join(self.compared), ""),
        ]
        return "&".join(f"{key}={quote(value, safe=',:-.')}" for key, value, default in pairs if value != default)

    def values_of(self, choice: str) -> Values:
        """The values asked of a filter: the visitor's, else its default; empty means every value."""
        return dict(self.choices).get(choice, CHOICES[choice].default)

    def limit_of(self, name: str) -> float | None:
        return dict(self.limits).get(name)

    def weight_of(self, criterion: str) -> int:
        return dict(self.weights).get(criterion, DEFAULT_WEIGHTS[criterion])

    def all_weights(self) -> dict[str, int]:
        """The weight of every criterion, in the order of ``CRITERIA``."""
        return {**DEFAULT_WEIGHTS, **dict(self.weights)}

    def with_choice(self, name: str, values: Iterable[str]) -> "Needs":
        """The same needs with other values of one filter; none means the default."""
        kept = {key: ",".join(items) for key, items in self.choices}
        return replace(self, choices=_choices({**kept, name: ",".join(values)}))

    def without(self, filter_name: str) -> "Needs":
        """The same needs with one filter taken off: a choice, one value of ``nomme`` (``nomme:rail``), a limit, ``q``.

        The confidence filter is « taken off » by asking for every confidence.
        """
        name, _, value = filter_name.partition(":")
        if value:
            return self.with_choice(name, (item for item in self.values_of(name) if item != value))
        if name in CHOICES:
            return self.with_choice(name, CHOICES[name].values if CHOICES[name].default else ())
        if name == "q":
            return replace(self, text="")
        if name == "projets":
            return replace(self, projects_min=0)
        return replace(self, limits=tuple(pair for pair in self.limits if pair[0] != name))

    def started_from(self, preset: str) -> "Needs":
        """The needs of a profile; place, shortlist and display stay, its own weights and limits replace the others."""
        cleared = replace(self, preset=preset, weights=(), limits=(), filiere="", compared=())
        return _started(cleared) if preset in PRESETS else replace(cleared, preset="")

    def is_preset_changed(self) -> bool:
        """Whether weights, limits or filière differ from those of the profile started from."""
        mine = (self.weights, self.limits, self.filiere)
        fresh = replace(self, limits=(), filiere="").started_from(self.preset)
        return mine != (fresh.weights, fresh.limits, fresh.filiere)

    def toggled(self, site_id: str) -> "Needs":
        """The same needs with one site put on the shortlist, or taken off it."""
        if site_id in self.shortlist:
            return replace(self, shortlist=tuple(item for item in self.shortlist if item != site_id))
        return replace(self, shortlist=_sites((*self.shortlist, site_id), MAX_SHORTLIST))

    def question(self) -> "Needs":
        """What the ranking depends on: no language, display, shortlist or comparison."""
        kept = {
            "millesime",
            "text",
            "choices",
            "limits",
            "filiere",
            "radius",
            "projects_min",
            "keep_unknowns",
            "weights",
        }
        return Needs(**{item.name: getattr(self, item.name) for item in fields(self) if item.name in kept})


def _started(needs: Needs) -> Needs:
    """The needs with what the profile fills; a limit or filière that the address already gives stays."""
    preset = PRESETS[needs.preset]
    limits = dict(preset.limits) | dict(needs.limits)
    ordered = tuple((name, limits[name]) for name in LIMITS if name in limits)
    return replace(needs, weights=preset.weights, limits=ordered, filiere=needs.filiere or preset.filiere)


def _one_of(value: str | None, allowed: tuple[str, ...]) -> str:
    return value if value in allowed else allowed[0]


def _number(written: str) -> float | None:
    """A number without sign, at most one decimal; None for anything else."""
    if not written.isascii() or not _NUMBER.fullmatch(written.strip()):
        return None
    return round(float(written.strip().replace(",", ".")), 1)


def _choices(given: Mapping[str, str]) -> tuple[tuple[str, Values], ...]:
    found = []
    for item in CHOICES.values():
        asked = {value for value in given.get(item.name, "").split(",") if _CODE.fullmatch(value.replace("_", ""))}
        values = tuple(sorted(asked & set(item.values) if item.values else asked)[:MAX_VALUES])
        if values and values != tuple(sorted(item.default)):
            found.append((item.name, values))
    return tuple(found)


def _limits(given: Mapping[str, str]) -> tuple[tuple[str, float], ...]:
    found = []
    for item in LIMITS.values():
        value = _number(given.get(item.name, ""))
        if value and math.isfinite(value):
            found.append((item.name, min(value, item.largest)))
    return tuple(found)


def _weights(given: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    together = dict(pair.split(":", 1) for pair in given.get("poids", "").split(",") if ":" in pair)
    found = []
    for name in CRITERIA:
        written = given.get(f"p_{name}", together.get(name, ""))
        is_weight = written.isascii() and written.isdigit() and len(written) == 1 and int(written) <= MAX_WEIGHT
        if is_weight and int(written) != DEFAULT_WEIGHTS[name]:
            found.append((name, int(written)))
    return tuple(found)


def _sites(given: Iterable[str], largest: int) -> Values:
    asked = (site for item in given for site in item.split(","))
    return tuple(dict.fromkeys(site for site in asked if _CODE.fullmatch(site)))[:largest]

"""What a visitor of ``/mesures`` asks: which measures, for which firm. A frozen ``Enquiry``, to and from the address.

``Enquiry.from_query`` never fails and ``to_query`` is canonical: official codes, comma-separated lists, a default left
out. The first part filters the catalogue; the second describes a firm, for the finder. The day asked about is the
``date`` of the Selection, which every page shares.
"""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, quote

import contract
from state.selection import MAX_VALUES

NOT_STATED = "aucun"
TYPES = ("fonds", "subvention", "aap", "ami", "pret", "ingenierie", "formation", "accelerateur", "simplification")
STATES = ("ouverte", "a_venir", "fermee", "inconnu")
AUDIENCES = ("tpe", "pme", "entreprises", "createurs", "ess", "agriculture", "collectivites", "formation")
SECTORS = (*contract.codes("secteur"), "services")
PHASES = tuple(contract.codes("phase"))
NEEDS = ("relocaliser", "approvisionner", "diversifier")
APPLICANTS = ("entreprise", "collectivite", "ecole")
INSIDE = ("dans", "hors")
MAX_HEADCOUNT = 10_000_000
MAX_AMOUNT = 100_000_000_000
MAX_DAYS = 1_000
MAX_PRICE = 100_000

_CHOICES = {
    "axe": (*contract.codes("axe"), NOT_STATED),
    "type": (*TYPES, NOT_STATED),
    "beneficiaire": (*AUDIENCES, NOT_STATED),
    "etat": STATES,
}
_SINGLE = {"qui": APPLICANTS, "secteur": SECTORS, "phase": PHASES, "besoin": NEEDS, "ti": INSIDE}


@dataclass(frozen=True)
class Enquiry:
    """The state of ``/mesures``.

    Attributes:
        region: measures that apply in these regions, the national ones with them; empty: all.
        axe, type, beneficiaire, etat, porteur: values kept, « aucun » for « non renseigné »; empty: all.
        headcount: employees of the firm; None when it is not said.
        my_region, secteur, phase, besoin, ti: the firm's; empty when it is not said.
        amount: euros asked for; None when it is not said.
        qui: who asks.
        days, day_price: for the simulator of the consultancy: days asked for, and the visitor's own price of a day (€).
    """

    region: tuple[str, ...] = ()
    axe: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    beneficiaire: tuple[str, ...] = ()
    etat: tuple[str, ...] = ()
    porteur: str = ""
    headcount: int | None = None
    my_region: str = ""
    secteur: str = ""
    phase: str = ""
    besoin: str = ""
    amount: int | None = None
    ti: str = ""
    qui: str = ""
    days: int | None = None
    day_price: int | None = None

    @classmethod
    def from_query(cls, query: str) -> "Enquiry":
        """Reads ``?effectif=10&ma_region=24``. Never fails: what it cannot read is « not said »."""
        written = query.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        values = parse_qs(written.lstrip("?")[:8000], keep_blank_values=True, max_num_fields=None)
        return cls(
            region=_codes(values.get("region", [])),
            porteur=" ".join(_last(values, "porteur").split())[:100],
            headcount=_whole(_last(values, "effectif"), MAX_HEADCOUNT),
            my_region=_code(_last(values, "ma_region")),
            amount=_whole(_last(values, "montant"), MAX_AMOUNT),
            days=_whole(_last(values, "jours"), MAX_DAYS),
            day_price=_whole(_last(values, "prix_jour"), MAX_PRICE),
        ).having(
            **{name: _among(values.get(name, []), allowed) for name, allowed in _CHOICES.items()},
            **{name: _one(_last(values, name), allowed) for name, allowed in _SINGLE.items()},
        )

    def to_query(self) -> str:
        """The canonical query string, without ``?`` nor the date; empty when nothing is asked."""
        numbers = {
            "effectif": self.headcount,
            "montant": self.amount,
            "jours": self.days,
            "prix_jour": self.day_price,
        }
        pairs = [
            ("region", ",".join(self.region)),
            *((name, ",".join(getattr(self, name))) for name in _CHOICES),
            ("porteur", self.porteur),
            ("ma_region", self.my_region),
            *((name, getattr(self, name)) for name in _SINGLE),
            *((name, "" if value is None else str(value)) for name, value in numbers.items()),
        ]
        return "&".join(f"{name}={quote(value, safe=',:-.')}" for name, value in pairs if value)

    @property
    def is_firm_described(self) -> bool:
        """Whether the finder is asked anything."""
        return self.firm() != Enquiry()

    @property
    def is_filtered(self) -> bool:
        """Whether the catalogue is narrowed."""
        return any((self.region, self.axe, self.type, self.beneficiaire, self.etat, self.porteur))

    def firm(self) -> "Enquiry":
        """The firm alone, without the filters of the catalogue nor the simulator."""
        bare = replace(self, region=(), axe=(), type=(), beneficiaire=(), etat=(), porteur="")
        return replace(bare, days=None, day_price=None)

    def having(self, **changes: Any) -> "Enquiry":
        """The same enquiry with some fields changed."""
        return replace(self, **changes)


def _last(values: dict[str, list[str]], name: str) -> str:
    return values.get(name, [""])[-1]


def _whole(written: str, largest: int) -> int | None:
    """A whole number from 0 to ``largest``, spaces allowed (``50 000``); None for anything else."""
    digits = "".join(written.split())
    return (
        int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 12 and int(digits) <= largest else None
    )


def _code(written: str) -> str:
    return written if written.isascii() and written.isalnum() and len(written) <= 3 else ""


def _codes(written: list[str]) -> tuple[str, ...]:
    found = {_code(part) for item in written for part in item.split(",")} - {""}
    return tuple(sorted(found)[:MAX_VALUES])


def _among(written: list[str], allowed: tuple[str, ...]) -> tuple[str, ...]:
    asked = {part for item in written for part in item.split(",")}
    return tuple(value for value in allowed if value in asked)


def _one(written: str, allowed: tuple[str, ...]) -> str:
    return written if written in allowed else ""

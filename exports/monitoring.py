"""The fields of the monitoring table as a file: names, units and labels in both languages."""

from types import MappingProxyType

import contract
from geodata.models.measures import FOLLOWED, MEASURES
from views.text import text

_STEPS = ("initial", "actual", "target")
_PARTS = ("dans", "hors", "inconnu")
_UNITS = {"delai": "mois", "engagements": "€"}


def regions_table(view: str, measure: str) -> contract.Table:
    """The table that ``geodata.queries.suivi.export`` fills, for one view and the measure of its gap."""
    fields = [
        _field("code_region", "string", "suivi_field_code"),
        _field("nom", "string", "suivi_region"),
        _field("zone", "string", "suivi_field_zone"),
        _field("population", "int", "suivi_place_population", null=True),
        *(_field(code, "float", f"suivi_m_{code}", _unit(code, view), null=True) for code in MEASURES),
        _field("ecart", "float", "suivi_gap", _unit(measure, view), null=True, more=f"suivi_m_{measure}"),
        _field("premiere_filiere", "string", "suivi_m_concentration_short", null=True, codes="filiere"),
        _field("n_premiere", "int", "suivi_field_n_first", null=True),
        _field("n_filiere", "int", "suivi_field_n_filiere", null=True),
        _field("hhi", "float", "suivi_field_hhi", null=True),
    ]
    for code in FOLLOWED:
        for step in _STEPS:
            key, label = f"{code}_{step}", f"suivi_{step}"
            fields.append(_field(key, "float", f"suivi_m_{code}", _UNITS.get(code), null=True, more=label))
            fields.append(_field(f"{key}_date", "date", f"suivi_m_{code}", null=True, more=f"suivi_{step}_day"))
    for code in ("projets", "sites"):
        fields += [_field(f"{code}_{part}", "int", f"suivi_m_{code}", more=f"suivi_part_{part}") for part in _PARTS]
    named = MappingProxyType({field.name: field for field in fields})
    return contract.Table(
        "suivi-regions", _both("suivi_regions")[0], _both("suivi_regions")[1], ("code_region",), named
    )


def _unit(measure: str, view: str) -> str | None:
    """The unit of a measure in a view, in French as everywhere in the contract."""
    item = MEASURES[measure]
    per = text(f"suivi_per_{view}", "fr") if view in ("habitants", "emplois") and item.is_divisible else ""
    if measure == view == "emplois":
        per = ""
    if item.kind == "share":
        return "0 à 1"
    return " ".join(part for part in (_UNITS.get(measure, ""), per) if part) or None


def _field(
    name: str,
    kind: contract.Kind,
    key: str,
    unit: str | None = None,
    *,
    null: bool = False,
    codes: str | None = None,
    more: str = "",
) -> contract.Field:
    labels = [" : ".join(parts) for parts in zip(*(_both(each) for each in (key, more) if each), strict=True)]
    return contract.Field(name, kind, labels[0], labels[1], null, unit, codes)


def _both(key: str) -> tuple[str, str]:
    return text(key, "fr"), text(key, "en")

"""What an investor can weigh and where she can start from: the criteria, their default weights, the starting profiles.

A profile is our reading of what such a plant needs, not a standard: it fills weights and limits; all can be changed.
"""

from dataclasses import dataclass
from types import MappingProxyType

MAX_WEIGHT = 5


def _weights(written: str) -> MappingProxyType[str, int]:
    pairs = (pair.split(":") for pair in written.split())
    return MappingProxyType({name: int(weight) for name, weight in pairs})


# The criteria by group, in display order, each with its default weight.
GROUPS = MappingProxyType(
    {
        "offre": _weights("surface:3 surface_disponible:3 disponibilite:2 label:1"),
        "acces": _weights(
            "autoroute:3 gare_fret:3 rail:2 embranchement:1 voie_eau:1 port:2 gare_voyageurs:2 aeroport:1"
        ),
        "reseaux": _weights("poste_electrique:3 electricite:2 gaz:1 eau_potable:1 assainissement:1 fibre:1"),
        "ecosysteme": _weights("territoire:2 projets:2 filiere:2 bassin:3"),
    }
)
DEFAULT_WEIGHTS = MappingProxyType({name: weight for group in GROUPS.values() for name, weight in group.items()})
CRITERIA = tuple(DEFAULT_WEIGHTS)


@dataclass(frozen=True)
class Preset:
    """A starting profile: the weights that differ from the default, numeric limits, and the filière to look for."""

    name: str
    weights: tuple[tuple[str, int], ...]
    limits: tuple[tuple[str, float], ...] = ()
    filiere: str = ""


def _preset(name: str, written: str, limits: tuple[tuple[str, float], ...], filiere: str = "") -> Preset:
    weights = _weights(written)
    changed = tuple(
        (key, weights[key]) for key in CRITERIA if weights.get(key, DEFAULT_WEIGHTS[key]) != DEFAULT_WEIGHTS[key]
    )
    return Preset(name, changed, limits, filiere)


_ALL = (
    _preset(
        "batterie",
        "surface:5 surface_disponible:5 disponibilite:3 gare_fret:4 port:4 aeroport:0 poste_electrique:5 electricite:5"
        " eau_potable:2 filiere:4 bassin:4",
        (("surface_min", 50.0),),
        "automobile",
    ),
    _preset(
        "pharmacie",
        "surface:2 surface_disponible:2 gare_fret:0 rail:0 voie_eau:0 port:0 gare_voyageurs:4 aeroport:4 eau_potable:4"
        " assainissement:3 fibre:3 filiere:5 bassin:4",
        (("surface_min", 5.0),),
        "sante",
    ),
    _preset(
        "agroalimentaire",
        "autoroute:4 eau_potable:5 assainissement:5 gaz:3 poste_electrique:2 aeroport:0 gare_voyageurs:1 filiere:4",
        (("surface_min", 10.0),),
        "agroalimentaire",
    ),
    _preset(
        "logistique",
        "surface:4 surface_disponible:4 autoroute:5 gare_fret:5 rail:4 embranchement:4 voie_eau:3 port:5"
        " gare_voyageurs:0 aeroport:2 poste_electrique:1 filiere:0",
        (("surface_min", 20.0),),
    ),
    _preset(
        "atelier",
        "surface:0 surface_disponible:1 disponibilite:4 gare_fret:0 rail:0 voie_eau:0 port:0 gare_voyageurs:4"
        " poste_electrique:1 fibre:4 projets:4 bassin:5",
        (("surface_max", 20.0),),
    ),
)
PRESETS = MappingProxyType({item.name: item for item in _ALL})

"""What the map of a sheet shows: shapes by layer and points, WGS84, nothing drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Shapes = Mapping[str, Mapping[str, Any]]
Point = tuple[float, float, str]


@dataclass(frozen=True, eq=False)
class SheetPlan:
    """The map of one area in its surroundings.

    Attributes:
        frame: west, south, east, north in degrees, the area with some air around.
        countries: land outside France; ``regions`` the 18, ``own`` the region or the territoire itself.
        territoires: those of the millesime by id, and ``names`` of them; ``epci`` those of a territoire.
        projects, sites: (longitude, latitude, name) of the area's own; ``towns`` to find one's way.
    """

    frame: tuple[float, float, float, float]
    countries: Shapes
    regions: Shapes
    departements: Shapes
    own: Shapes
    territoires: Shapes
    names: Mapping[str, str]
    epci: Shapes
    projects: tuple[Point, ...]
    sites: tuple[Point, ...]
    towns: tuple[Point, ...]
    n_unlocated: int

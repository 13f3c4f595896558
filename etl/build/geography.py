"""The common ground of every product: communes of COG 2024, their clean polygons, their territoires."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from contract import MILLESIMES
from etl import geometry
from etl.errors import ExtractError
from etl.extract import communes as communes_file
from etl.extract import decoupage, territoires
from etl.products import LocalPath

SOURCES = (
    "communes-2024",
    "epci-2024",
    "departements-2024",
    "regions-2024",
    "decoupage-communes",
    "territoires-communes",
    "territoires-membres",
    "decoupage-epci-2022",
    "decoupage-ept",
)
RELISTED = "2022-12"
"""The millesime whose source list is in the codes of 2026: its members list it again in the codes of its time."""
LISTED_IN_2026 = ("2024-07",)
"""The millesimes whose list stays in the codes of 2026."""


@dataclass(frozen=True)
class Geography:
    """Communes (one row a commune of COG 2024, in the order of ``polygons``) and the codes that lead to them.

    Attributes:
        communes: code_insee, nom, code_epci, code_departement, code_region.
        polygons: clean coverage, WGS84 degrees.
        zones: EPSG code of each commune's official projection.
        listes: the source lists, with code_insee_2024: where each listed commune lies in COG 2024.
        territoire_of: for each millesime, territoire by commune of COG 2024 (absent: outside).
        current: communes of COG 2026, by code: nom, population.
        successors: commune of COG 2026 by vanished code.
        commune_rows: the raw commune rows without their polygons, for the postcodes.
    """

    communes: pd.DataFrame
    polygons: geometry.Geometries
    zones: np.ndarray
    listes: pd.DataFrame
    territoire_of: Mapping[str, Mapping[str, str]]
    current: pd.DataFrame
    successors: Mapping[str, str]
    commune_rows: pd.DataFrame

    def code_2026(self, code: str) -> str:
        """The commune of COG 2026 that holds ``code`` today (itself when it did not vanish)."""
        return code if code in self.current.index else self.successors.get(code, code)

    def population_of(self, codes: pd.Series) -> int:
        """Municipal population of the communes of COG 2026 that hold ``codes``, each counted once."""
        today = {self.code_2026(code) for code in codes}
        return int(self.current["population"].reindex(sorted(today)).sum())


def load_geography(local_path: LocalPath) -> Geography:
    """Reads and cleans what every product needs.

    Raises:
        ExtractError: when a listed commune exists in no COG at hand.
    """
    rows = communes_file.read_commune_rows(local_path("communes-2024"))
    links = [local_path(name) for name in SOURCES[1:4]]
    frame = communes_file.read_communes(rows, *links)
    polygons = geometry.clean_coverage(geometry.read_hex_wkb(frame.pop("wkb")))
    current, successors = decoupage.read_communes(local_path("decoupage-communes"))
    frame["nom"] = frame["code_insee"].map(current["nom"]).fillna(frame["nom"])
    parents = communes_file.read_parents(rows)
    listes = read_listes(local_path, current)
    listes["code_insee_2024"] = place_communes(listes["code_insee"], set(frame["code_insee"]), successors, parents)
    return Geography(
        communes=frame,
        polygons=polygons,
        zones=np.array([geometry.zone_of(code) for code in frame["code_departement"]]),
        listes=listes,
        territoire_of=assign_communes(listes, frame["code_insee"], set(current.index), successors),
        current=current,
        successors=successors,
        commune_rows=rows.drop(columns="geometry"),
    )


def read_listes(local_path: LocalPath, current: pd.DataFrame) -> pd.DataFrame:
    """millesime, territoire_id, code_insee: the source lists, ``RELISTED`` replaced by the communes of its members."""
    listes = territoires.read_listes(local_path("territoires-communes"))
    membres = territoires.read_membres(local_path("territoires-membres"))
    holders = decoupage.read_members(local_path("decoupage-epci-2022"))
    holders |= decoupage.read_members(local_path("decoupage-ept"))
    relisted = list_communes(membres[membres["millesime"] == RELISTED], holders, insee_of(current))
    return pd.concat([listes[listes["millesime"] != RELISTED], relisted], ignore_index=True)


def insee_of(current: pd.DataFrame) -> dict[str, str]:
    """INSEE code of each commune by its SIREN."""
    return {str(siren): str(code) for code, siren in current["siren"].dropna().items()}


def list_communes(
    membres: pd.DataFrame, holders: Mapping[str, frozenset[str]], insee: Mapping[str, str]
) -> pd.DataFrame:
    """The communes of members (EPCI and EPT through ``holders``, communes through ``insee``, both by SIREN).

    Raises:
        ExtractError: when the composition of a member is not known.
    """
    rows = []
    for membre in membres.itertuples():
        siren = str(membre.membre_code)
        held = {insee[siren]} if siren in insee else holders.get(siren)
        if not held:
            raise ExtractError(f"{membre.nom} ({siren}): expected its communes in decoupage-epci-2022, found none.")
        rows += [(membre.millesime, membre.territoire_id, code) for code in sorted(held)]
    return pd.DataFrame(rows, columns=["millesime", "territoire_id", "code_insee"])


def place_communes(
    listed: pd.Series, known: set[str], successors: Mapping[str, str], parents: Mapping[str, str]
) -> list[str]:
    """Where each listed code lies in COG 2024: itself, the commune that absorbed it, or the one it later left."""
    placed = []
    for code in listed:
        candidates = (code, successors.get(code), parents.get(code))
        place = next((candidate for candidate in candidates if candidate in known), None)
        if place is None:
            raise ExtractError(f"Commune {code}: in no COG at hand (2024 or 2026). Correct the list of territoires.")
        placed.append(place)
    return placed


def assign_communes(
    listes: pd.DataFrame, codes_2024: pd.Series, codes_2026: set[str], successors: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Territoire of each commune of COG 2024, by millesime.

    A list of COG 2026 names merged communes once: every commune of 2024 that has since been absorbed by a listed one
    belongs to the same territoire.

    Raises:
        ExtractError: when a commune of COG 2024 would be in two territoires of one millesime.
    """
    return {
        millesime: _assign(rows, codes_2024, codes_2026, successors, millesime)
        for millesime in MILLESIMES
        for rows in [listes[listes["millesime"] == millesime]]
    }


def _assign(
    rows: pd.DataFrame, codes_2024: pd.Series, codes_2026: set[str], successors: Mapping[str, str], millesime: str
) -> dict[str, str]:
    territoire: dict[str, str] = {}
    for place, name in zip(rows["code_insee_2024"], rows["territoire_id"], strict=True):
        if territoire.setdefault(place, name) != name:
            raise ExtractError(f"{millesime}: commune {place} would be in {territoire[place]} and in {name}.")
    by_code = dict(zip(rows["code_insee"], rows["territoire_id"], strict=True))
    for code in codes_2024 if millesime in LISTED_IN_2026 else ():
        heir = successors.get(code)
        if code not in codes_2026 and heir in by_code:
            territoire.setdefault(code, by_code[heir])
    return territoire

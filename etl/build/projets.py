"""Projects: located by their point, else by their postcode, never by the commune name, which is often wrong."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import shapely

from contract import MILLESIMES, column_for, table
from etl import geometry, placing
from etl.build.geography import SOURCES, Geography
from etl.build.siren import repair_siren
from etl.products import Product

SOURCE = "plan-de-relance"
USES = (SOURCE, "codes-postaux-2024", "codes-postaux-communes-2024", "decoupage-regions", *SOURCES)
CENTROID_M = 150.0
"""A point nearer than this to the centroid of its commune is that centroid.

The distances have a gap: 1,412 of the 3,067 points lie within 100 m, 1,466 within 150 m, then only 17 more up to 200 m
and 43 more up to 300 m. The centroids of the source were drawn from other polygons than ours, hence the 150 m.
"""
SHARED_BY = 3
"""A point shared by this many distinct firms is a place that stands for many (a town, a park), not an address."""
OVERSEAS_COLLECTIVITES = ("987", "988")


def build_projets(raw: pd.DataFrame, geography: Geography, postcodes: Mapping[str, frozenset[str]]) -> list[Product]:
    """The table and the points. ``raw``: the extracted file. ``postcodes``: communes of each postcode."""
    frame = projets_table(raw, geography, postcodes)
    points = [
        None if np.isnan(lon) else shapely.Point(lon, lat) for lon, lat in zip(frame["lon"], frame["lat"], strict=True)
    ]
    return [
        Product("projets", "table", USES, "2022-04-08", frame),
        Product("projets", "geojson", USES, "2022-04-08", frame, points),
    ]


def projets_table(raw: pd.DataFrame, geography: Geography, postcodes: Mapping[str, frozenset[str]]) -> pd.DataFrame:
    """The contract's table, one row a project, in the order of the source."""
    frame = raw.copy()
    frame["code_postal"] = [repair_postcode(text) for text in frame["code_postal_source"]]
    _add_siren(frame)
    _locate(frame, geography, postcodes)
    _add_areas(frame, geography)
    return frame[list(table("projets").fields)]


def repair_postcode(text: str | None) -> str | None:
    """Five digits; the leading zero that a spreadsheet ate is put back. Anything else is null."""
    if text is None or pd.isna(text):
        return None
    code = str(text).zfill(5)
    return code if code.isdigit() and len(code) == 5 and len(str(text)) >= 4 else None


def _add_siren(frame: pd.DataFrame) -> None:
    repaired = [
        repair_siren(text, is_foreign_register=region in OVERSEAS_COLLECTIVITES)
        for text, region in zip(frame["siren_source"], frame["code_region"], strict=True)
    ]
    frame["siren"] = [row.siren for row in repaired]
    frame["siret"] = [row.siret for row in repaired]
    frame["siren_statut"] = [row.statut for row in repaired]


def _locate(frame: pd.DataFrame, geography: Geography, postcodes: Mapping[str, frozenset[str]]) -> None:
    """Adds lon, lat, code_insee, position_methode, position_quality."""
    points = shapely.points(frame["lon_source"].to_numpy(), frame["lat_source"].to_numpy())
    commune = placing.place(points, placing.Coverage.of(geography.polygons))
    method = np.array(["point" if place >= 0 else None for place in commune], dtype=object)
    rank = {code: row for row, code in enumerate(geography.communes["code_insee"])}
    for row in np.flatnonzero(commune < 0):
        known = postcodes.get(frame["code_postal"].iloc[row] or "", frozenset())
        if len(known) == 1:
            commune[row], method[row] = rank[next(iter(known))], "code_postal"
    by_point, located = method == "point", commune >= 0
    # A multi-commune postcode leaves the commune unknown: no position is better than a guess.
    inner = shapely.get_coordinates(shapely.point_on_surface(geography.polygons[commune]))
    place = np.where(by_point[:, None], frame[["lon_source", "lat_source"]].to_numpy(), inner)
    place[~located] = np.nan
    place = place.round(5)
    frame["lon"], frame["lat"] = place[:, 0], place[:, 1]
    codes = geography.communes["code_insee"].to_numpy()
    frame["code_insee"] = np.where(located, codes[commune], None)
    frame["position_methode"] = method
    is_centre = ~by_point | _is_centroid(place, commune, geography) | _is_shared(frame)
    frame["position_quality"] = np.select([~located, is_centre], ["aucune", "commune"], "adresse")


def _is_centroid(place: np.ndarray, commune: geometry.Rows, geography: Geography) -> np.ndarray:
    centre = shapely.get_coordinates(shapely.centroid(geography.polygons[commune]))
    result = np.zeros(len(place), dtype=bool)
    zones = geography.zones[commune]
    for zone in np.unique(zones):
        rows = zones == zone
        here = geometry.project_points(place[rows, 0], place[rows, 1], zone)
        there = geometry.project_points(centre[rows, 0], centre[rows, 1], zone)
        result[rows] = np.hypot(*(here - there).T) < CENTROID_M
    return result


def _is_shared(frame: pd.DataFrame) -> np.ndarray:
    firm = frame["siren"].fillna(frame["entreprise"])
    firms = firm.groupby([frame["lon"], frame["lat"]]).transform("nunique")
    return (firms >= SHARED_BY).to_numpy(dtype=bool)


def _add_areas(frame: pd.DataFrame, geography: Geography) -> None:
    """Adds nom_commune, code_epci, départements and territoires of the position."""
    communes = geography.communes.set_index("code_insee")
    for target, column in (
        ("nom_commune", "nom"),
        ("code_epci", "code_epci"),
        ("code_departement_position", "code_departement"),
    ):
        frame[target] = frame["code_insee"].map(communes[column])
    stated, position = frame["code_departement"], frame["code_departement_position"]
    known = stated.notna() & position.notna()
    frame["is_departement_discordant"] = (stated != position).astype("boolean").where(known)
    frame["code_departement"] = stated.fillna(position)
    add_territoires(frame, geography)


def add_territoires(frame: pd.DataFrame, geography: Geography) -> None:
    """Adds territoire_… and ti_… of each millesime from ``code_insee``; a null commune gives « inconnu »."""
    for millesime in MILLESIMES:
        territoire = frame["code_insee"].map(geography.territoire_of[millesime])
        frame[column_for("territoire", millesime)] = territoire
        inside = np.where(territoire.notna(), "dans", "hors")
        frame[column_for("ti", millesime)] = np.where(frame["code_insee"].isna(), "inconnu", inside)

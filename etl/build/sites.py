"""Turnkey sites: one row a physical site; its labels (one a wave) are a list."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import shapely

from contract import codes, table
from etl.build.distances import add_distances
from etl.build.geography import SOURCES, Geography, place_communes
from etl.build.projets import add_territoires
from etl.products import Product

SOURCE = "sites-cles-en-main"
FACILITIES = ("aeroports", "gares", "pays", "ports", "postes-entsoe")
USES = (SOURCE, "decoupage-regions", *FACILITIES, *SOURCES)
MILLESIME = "2020-01, 2020-07, 2021-09, 2024-04"
_FILLED = (
    *("surface_ha", "surface_disponible_ha", "secteurs", "autoroute", "rail", "voie_eau"),
    *("port", "aeroport", "atouts", "etat", "porteur"),
)


def build_sites(
    labels: pd.DataFrame, identities: pd.DataFrame, geography: Geography, facilities: Mapping[str, pd.DataFrame]
) -> list[Product]:
    """The table and the points.

    Args:
        labels: one row a label, as extracted.
        identities: which labels are one site.
        geography: communes and territoires.
        facilities: gare_fret, gare_voyageurs, aeroport, port, poste_electrique; each nom, lon, lat.
    """
    frame = sites_table(labels, identities, geography, facilities)
    points = [
        None if pd.isna(lon) else shapely.Point(lon, lat) for lon, lat in zip(frame["lon"], frame["lat"], strict=True)
    ]
    return [
        Product("sites", "table", USES, MILLESIME, frame),
        Product("sites", "geojson", USES, MILLESIME, frame, points),
    ]


def sites_table(
    labels: pd.DataFrame, identities: pd.DataFrame, geography: Geography, facilities: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """The contract's table, sorted by site_id."""
    named = name_sites(labels, identities)
    frame = pd.DataFrame([_merge(group) for _, group in named.groupby("site_id")])
    communes = geography.communes.set_index("code_insee")
    known = frame["code_insee"].notna()
    placed = place_communes(frame.loc[known, "code_insee"], set(communes.index), geography.successors, {})
    frame.loc[known, "code_insee"] = placed
    frame["nom_commune"] = frame["code_insee"].map(communes["nom"])
    frame["code_epci"] = frame["code_insee"].map(communes["code_epci"])
    add_territoires(frame, geography)
    add_distances(frame, facilities)
    return frame[list(table("sites").fields)]


def name_sites(labels: pd.DataFrame, identities: pd.DataFrame) -> pd.DataFrame:
    """Labels with site_id and is_reference; a label without a known twin is a site of its own."""
    known = identities.set_index("source_id")
    named = labels.copy()
    named["site_id"] = named["source_id"].map(known["site_id"]).fillna(named["source_id"].str.lower())
    named["is_reference"] = named["source_id"].map(known["is_reference"]).astype("boolean").fillna(True)
    return named


def _merge(group: pd.DataFrame) -> dict[str, Any]:
    """One site of its labels: the reference label speaks, the others fill what it does not say."""
    group = group.sort_values("vague")
    ordered = group.sort_values(["is_reference", "vague"], ascending=False, kind="stable")
    reference = ordered.iloc[0]
    site: dict[str, Any] = {
        name: reference[name] for name in ("site_id", "site_nom", "code_departement", "code_region")
    }
    site |= {name: reference[name] for name in ("code_insee", "lon", "lat", "position_quality")}
    for name in _FILLED:
        said = ordered[name].dropna()
        site[name] = said.iloc[0] if len(said) else None
    site["autres_noms"] = sorted(set(group["site_nom"]) - {reference["site_nom"]})
    site["labels"] = [_label(row) for row in group.to_dict("records")]
    site["vagues"] = [vague for vague in codes("vague") if vague in set(group["vague"])]
    site["confiance"] = next(level for level in codes("confiance") if level in set(group["confiance"]))
    texts = dict.fromkeys(text for references in ordered["references"] for text in references)
    site["sources"] = [text for text in texts if text.startswith("http")]
    return site


def _label(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        "vague": row["vague"],
        "date": codes("vague")[row["vague"]].date,
        "source_id": row["source_id"],
        "nom": row["site_nom"],
        "confiance": row["confiance"],
        "surface_ha": None if pd.isna(row["surface_ha"]) else row["surface_ha"],
        "sources": row["references"],
    }


def list_facilities(references: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The facilities whose distance is published, by kind, from the reference tables."""
    stations, substations = references["gares"], references["postes"]
    # The source names no substation: its voltage is what can be said of it.
    voltage = [f"Poste {kilovolts:.0f} kV" for kilovolts in substations["tension_kv"]]
    return {
        "gare_fret": stations[stations["is_fret"].astype(bool)],
        "gare_voyageurs": stations[stations["is_voyageurs"].astype(bool)],
        "aeroport": references["aeroports"],
        "port": references["ports"],
        "poste_electrique": substations.assign(nom=voltage),
    }

"""Territoires d'industrie in the three millesimes, with their members and communes."""

from collections.abc import Mapping

import pandas as pd

from contract import MILLESIMES, table
from etl.build import areas
from etl.build.geography import RELISTED, SOURCES, Geography, insee_of
from etl.products import Product

ALL = "2020-10, 2022-12, 2024-07"
TERRITOIRES = "territoires"
MEMBRES = "territoires-membres"


def build_territoires(geography: Geography, layers: Mapping[str, areas.Layer], source: pd.DataFrame) -> list[Product]:
    """One table, and for each millesime the close-up and the overview. ``source``: the extracted list."""
    frame = pd.concat([_of_millesime(geography, layers[name], source, name) for name in MILLESIMES], ignore_index=True)
    products = [Product("territoires", "table", (TERRITOIRES, *SOURCES), ALL, frame)]
    for millesime in MILLESIMES:
        rows = frame[frame["millesime"] == millesime].reset_index(drop=True)
        products += areas.make_products(
            rows,
            layers[millesime],
            f"territoires-{millesime}",
            of="territoires",
            sources=(TERRITOIRES,),
            millesime=millesime,
        )
    return products


def _of_millesime(geography: Geography, layer: areas.Layer, source: pd.DataFrame, millesime: str) -> pd.DataFrame:
    rows = source[source["millesime"] == millesime].set_index("territoire_id").drop(columns="population")
    listes = geography.listes[geography.listes["millesime"] == millesime]
    listed = listes.groupby("territoire_id")["code_insee"]
    rows["n_communes"] = listed.size()
    rows["population"] = listed.agg(geography.population_of)
    return rows.join(layer.places()).reset_index()[list(table("territoires").fields)]


def build_membres(membres: pd.DataFrame, current: pd.DataFrame, holders: Mapping[str, frozenset[str]]) -> Product:
    """Members. A commune that is a member alone bears its INSEE code, not its SIREN.

    ``holders``: communes of the EPCI in the codes of ``RELISTED``, so that members sum to their territoire.
    """
    frame = membres.copy()
    insee = insee_of(current)
    alone = frame["membre_type"] == "COM"
    frame.loc[alone, "membre_code"] = frame.loc[alone, "membre_code"].map(insee)
    recounted = (frame["millesime"] == RELISTED) & (frame["membre_type"] == "EPCI")
    sizes = frame.loc[recounted, "membre_code"].map(lambda siren: len(holders[siren])).astype("Int64")
    frame.loc[recounted, "n_communes"] = sizes
    frame.loc[recounted, "n_communes_total"] = sizes
    frame = frame[list(table("territoires-membres").fields)]
    return Product("territoires-membres", "table", (MEMBRES, "decoupage-communes", "decoupage-epci-2022"), ALL, frame)


def build_listes(geography: Geography) -> Product:
    """Communes of each territoire: code of the list and code of the geometry."""
    frame = geography.listes[list(table("territoires-communes").fields)]
    return Product("territoires-communes", "table", SOURCES, ALL, frame)

"""The 1,255 EPCI of COG 2024."""

import pandas as pd

from contract import table
from etl.build import areas
from etl.build.geography import SOURCES, Geography
from etl.products import Product

MILLESIME = "2024"


def build_epci(geography: Geography, layer: areas.Layer, names: pd.Series) -> list[Product]:
    """The table, the close-up and the overview. ``names``: name of each EPCI by SIREN."""
    frame = epci_table(geography, layer, names)
    return [
        Product("epci", "table", SOURCES, MILLESIME, frame),
        *areas.make_products(frame, layer, "epci", millesime=MILLESIME),
    ]


def epci_table(geography: Geography, layer: areas.Layer, names: pd.Series) -> pd.DataFrame:
    frame = areas.totals_by(geography, "code_epci").join(layer.places())
    frame["nom"] = names.reindex(frame.index)
    regions = geography.communes.groupby("code_epci")["code_region"]
    frame["code_region"] = regions.agg(lambda codes: codes.mode().iloc[0])
    return frame.rename_axis("code_epci").reset_index()[list(table("epci").fields)]

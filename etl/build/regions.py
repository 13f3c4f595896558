"""The 18 regions."""

from pathlib import Path

import pandas as pd

from contract import table
from etl.build import areas
from etl.build.geography import SOURCES, Geography
from etl.extract import decoupage
from etl.products import Product

NAMES = "decoupage-regions"
MILLESIME = "2024"


def build_regions(geography: Geography, layer: areas.Layer, names: Path) -> list[Product]:
    """The table, the close-up and the overview. ``names``: Etalab's list of regions."""
    frame = regions_table(geography, layer, names)
    return [
        Product("regions", "table", (*SOURCES, NAMES), MILLESIME, frame),
        *areas.make_products(frame, layer, "regions", sources=(NAMES,), millesime=MILLESIME),
    ]


def regions_table(geography: Geography, layer: areas.Layer, names: Path) -> pd.DataFrame:
    frame = areas.totals_by(geography, "code_region").join(layer.places())
    overseas = decoupage.read_overseas(names)
    frame["nom"] = decoupage.read_names(names).reindex(frame.index)
    frame["zone"] = ["outre-mer" if code in overseas else "metropole" for code in frame.index]
    frame["n_departements"] = geography.communes.groupby("code_region")["code_departement"].nunique()
    return frame.rename_axis("code_region").reset_index()[list(table("regions").fields)]

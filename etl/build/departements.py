"""The 101 départements."""

from pathlib import Path

import pandas as pd

from contract import table
from etl.build import areas
from etl.build.geography import SOURCES, Geography
from etl.extract import decoupage
from etl.products import Product

NAMES = "decoupage-departements"
MILLESIME = "2024"


def build_departements(geography: Geography, layer: areas.Layer, names: Path) -> list[Product]:
    """The table, the close-up and the overview. ``names``: Etalab's list of départements."""
    frame = departements_table(geography, layer, names)
    return [
        Product("departements", "table", (*SOURCES, NAMES), MILLESIME, frame),
        *areas.make_products(frame, layer, "departements", sources=(NAMES,), millesime=MILLESIME),
    ]


def departements_table(geography: Geography, layer: areas.Layer, names: Path) -> pd.DataFrame:
    frame = areas.totals_by(geography, "code_departement").join(layer.places())
    frame["nom"] = decoupage.read_names(names).reindex(frame.index)
    frame["code_region"] = geography.communes.groupby("code_departement")["code_region"].first()
    return frame.rename_axis("code_departement").reset_index()[list(table("departements").fields)]

"""The 34,935 communes of COG 2024, the ones that have a polygon."""

import numpy as np
import pandas as pd
import shapely

from contract import table
from etl.build.geography import SOURCES, Geography
from etl.geometry import DECIMALS
from etl.products import Product


def build_communes(geography: Geography) -> Product:
    """The table. Null population: the commune was absorbed since, and no population of today is its own."""
    frame = geography.communes.copy()
    population = frame["code_insee"].map(geography.current["population"])
    frame["population"] = population.astype("Int64")
    points = np.round(shapely.get_coordinates(shapely.point_on_surface(geography.polygons)), DECIMALS)
    frame["lon"], frame["lat"] = points[:, 0], points[:, 1]
    return Product("communes", "table", SOURCES, "2024", commune_order(frame))


def commune_order(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[list(table("communes").fields)].sort_values("code_insee", ignore_index=True)

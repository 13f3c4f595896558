"""Coverage: for each published table and field, how many rows say something."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from contract import table
from etl.products import Product


def build_couverture(products: Sequence[Product]) -> Product:
    """Counts over the tables among ``products``. An empty list says nothing, like null."""
    tables = [product for product in products if product.kind == "table" and product.frame is not None]
    rows = [
        {"table": product.name, "champ": field, "n": product.n_rows, "n_renseignes": count_filled(product.frame[field])}
        for product in tables
        if product.frame is not None
        for field in table(product.name).fields
    ]
    sources = sorted({name for product in tables for name in product.sources})
    frame = pd.DataFrame(rows, columns=list(table("couverture").fields))
    return Product("couverture", "table", tuple(sources), "toutes les tables", frame)


def count_filled(column: pd.Series) -> int:
    """Values that are neither null nor an empty list or text."""
    return sum(is_filled(value) for value in column)


def is_filled(value: Any) -> bool:
    if isinstance(value, list | tuple | dict | str):
        return bool(value)
    return not pd.isna(value)

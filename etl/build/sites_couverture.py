"""Announced and documented labels by wave and region: « 34 documented of 78 announced »."""

import pandas as pd

from contract import table
from etl.extract.sites import NATIONAL
from etl.products import Product

USES = ("sites-annonces", "sites-cles-en-main", "decoupage-regions")


def build_sites_couverture(announced: pd.DataFrame, labels: pd.DataFrame) -> Product:
    """One row a wave and region that was announced or documented, and one FR row a wave.

    Null ``annonces``: no published count. ``announced``: the counts; ``labels``: one row a label.
    """
    national = labels.assign(code_region=NATIONAL)
    counted = pd.concat([labels, national])[["vague", "code_region", "confiance"]]
    counted["is_sure"] = counted["confiance"] != "faible"
    groups = counted.groupby(["vague", "code_region"])["is_sure"]
    found = pd.DataFrame({"documentes": groups.size(), "documentes_surs": groups.sum()})
    said = announced.set_index(["vague", "code_region"])["annonces"]
    frame = found.join(said, how="outer")
    frame[["documentes", "documentes_surs"]] = frame[["documentes", "documentes_surs"]].fillna(0).astype("int64")
    frame = frame.reset_index()
    return Product(
        "sites-couverture",
        "table",
        USES,
        "2020-01, 2020-07, 2021-09, 2024-04",
        frame[list(table("sites-couverture").fields)],
    )

"""From a tally to the table of counts: by level, area, section of activity, inside, outside or unknown."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from etl.establishments.columns import SECTIONS
from etl.establishments.labels import STATUSES, Tally, split_keys
from etl.establishments.places import LEVELS, Places

INSIDE, OUTSIDE, UNKNOWN = "dans", "hors", "inconnu"
"""The codes of ``ti`` in the contract: in an area of the level, in a commune that is in none, position unknown."""


def count(total: Tally, places: Places, levels: Sequence[str]) -> pd.DataFrame:
    """niveau, code (null unless inside), situation, section (null: unknown activity), n_etablissements.

    For each level the numbers add up to all the establishments.
    """
    position, section, _ = split_keys(total.keys)
    communes = places.communes.set_index("code_insee").sort_index()
    names = np.array([*SECTIONS, None], dtype=object)[section]
    tables = []
    for level in levels:
        column = communes.index if level == "communes" else communes[LEVELS[level]]
        codes = np.array([*column, None], dtype=object)[position]
        situation = np.where(position < 0, UNKNOWN, np.where(pd.isna(codes), OUTSIDE, INSIDE))
        rows = pd.DataFrame({"code": codes, "situation": situation, "section": names, "n": total.numbers})
        groups = rows.groupby(["situation", "code", "section"], dropna=False)["n"].sum()
        tables.append(groups.rename("n_etablissements").reset_index().assign(niveau=level))
    frame = pd.concat(tables, ignore_index=True)
    return frame[["niveau", "code", "situation", "section", "n_etablissements"]]


def by_status(total: Tally) -> dict[str, int]:
    """How many establishments were placed by each method, and how many not, by reason."""
    _, _, status = split_keys(total.keys)
    sums = np.bincount(status, total.numbers, len(STATUSES)).astype(int)
    return dict(zip(STATUSES, sums.tolist(), strict=True))

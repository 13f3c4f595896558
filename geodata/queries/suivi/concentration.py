"""How concentrated projects are in one filière: the share of the first one, and the Herfindahl–Hirschman index."""

import pandas as pd


def concentration_by(projects: pd.DataFrame, column: str) -> pd.DataFrame:
    """``key, filiere, n_first, n, share, hhi`` by value of ``column`` (nulls of it left out).

    ``n`` counts the projects whose filière is stated: the others are in no share. ``hhi`` is the sum of the squared
    shares, from 1/20 (even over the 20 filières) to 1 (all in one). A tie goes to the first code in alphabetical
    order. A key without any stated filière has no row.
    """
    counts = pd.crosstab(projects[column], projects["filiere"])
    if counts.empty:
        return pd.DataFrame(columns=["key", "filiere", "n_first", "n", "share", "hhi"])
    counts = counts[sorted(counts.columns)]
    total = counts.sum(axis=1)
    shares = counts.div(total, axis=0)
    found = pd.DataFrame(
        {
            "filiere": counts.idxmax(axis=1),
            "n_first": counts.max(axis=1),
            "n": total,
            "share": shares.max(axis=1),
            "hhi": (shares**2).sum(axis=1),
        }
    )
    return found.rename_axis("key").reset_index()

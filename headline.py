"""The headline figures of a publication, computed in one way for the archive (ETL) and for the page (atlas).

A figure whose table or column a publication does not have is null: an older publication may know less.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

Read = Callable[[str], pd.DataFrame | None]
"""Gives a published table by name; None when the publication has none of that name."""

HELPED_DAY = "2020-11-30"
"""The day of the 253 companies helped of the founding documents, whose value moves with each vintage of the series."""

_COUNTED = {"projets": "projets", "sites": "sites", "mesures": "mesures", "chiffres": "chiffres", "jalons": "jalons"}
_REGIONAL = ("projets", "sites")


def headline_figures(read: Read) -> dict[str, float | None]:
    """National figures by key, in display order; numbers of objects, and of companies for ``aides_…``."""
    figures: dict[str, float | None] = {key: _count(read(name)) for key, name in _COUNTED.items()}
    projects, territoires, sites = read("projets"), read("territoires"), read("sites")
    figures["projets_dans"] = _where(projects, "ti_2020_10", "dans")
    for millesime in ("2020-10", "2022-12", "2024-07"):
        figures[f"territoires_{millesime}"] = _where(territoires, "millesime", millesime)
    figures["labels"] = _labels(sites)
    helped = _helped(read("indicateurs"))
    figures["aides_2020-11"] = helped.get(HELPED_DAY)
    figures["aides_derniere"] = helped[max(helped)] if helped else None
    return figures


def regional_figures(read: Read) -> dict[str, dict[str, int]]:
    """Numbers of projects and sites by region code; a region without one is 0 where the table exists."""
    regions = read("regions")
    codes = [] if regions is None or "code_region" not in regions else sorted(regions["code_region"].astype(str))
    found: dict[str, dict[str, int]] = {code: {} for code in codes}
    for name in _REGIONAL:
        frame = read(name)
        if frame is None or "code_region" not in frame:
            continue
        counts = frame["code_region"].value_counts()
        for code in codes:
            found[code][name] = int(counts.get(code, 0))
    return found


def data_date(sources: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The latest day at which a source of a manifest was published: what a publication is dated by, without a clock."""
    days = [str(entry["date_published"]) for entry in sources.values() if entry.get("date_published")]
    return max(days, default=None)


def _count(frame: pd.DataFrame | None) -> int | None:
    return None if frame is None else len(frame)


def _where(frame: pd.DataFrame | None, column: str, value: str) -> int | None:
    if frame is None or column not in frame:
        return None
    return int((frame[column] == value).sum())


def _labels(sites: pd.DataFrame | None) -> int | None:
    """Labels documented: a site may bear several."""
    if sites is None or "vagues" not in sites:
        return None
    return int(sum(len(waves) for waves in sites["vagues"]))


def _helped(indicators: pd.DataFrame | None) -> dict[str, float]:
    """Companies helped in the whole country by day, in the last vintage of the baromètre."""
    needed = {"source", "niveau", "date", "valeur", "vintage"}
    if indicators is None or not needed <= set(indicators.columns):
        return {}
    rows = indicators[(indicators["source"] == "barometre") & (indicators["niveau"] == "pays")]
    rows = rows[rows["valeur"].notna()]
    if rows.empty:
        return {}
    last = rows[rows["vintage"].astype(str) == rows["vintage"].astype(str).max()]
    return {str(day)[:10]: float(value) for day, value in zip(last["date"], last["valeur"], strict=True)}

"""Counts for the regional charts: by scheme, sector, month, wave of sites; companies helped over time."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

import contract
from geodata.queries.filters import months_of, projects_of
from geodata.repository import Tables
from state import Selection
from state.dates import waves_at

NOT_STATED_COLUMN = "non_renseigne"


@dataclass(frozen=True)
class RegionTotals:
    """``rows``: one row a region (``code_region``, ``nom``, one column a code, ``total``), largest total last.

    ``median`` is that of the 13 metropolitan regions, in projects; ``chosen`` the regions that the visitor filters on.
    """

    rows: pd.DataFrame
    codes: tuple[str, ...]
    median: float
    chosen: tuple[str, ...]


def without(selection: Selection, facet: str) -> Selection:
    """The selection with one facet taken off: what its own chart is drawn from, so that bars stay comparable."""
    return replace(selection, filters=tuple(pair for pair in selection.filters if pair[0] != facet))


def projects_by_region(tables: Tables, selection: Selection) -> RegionTotals:
    """Projects by region and scheme, every region of the atlas present, the region filter taken off."""
    projects = projects_of(tables, without(selection, "region"))
    columns = tuple(contract.codes("mesure"))
    counts = _count_pairs(projects["code_region"], projects["mesure"], columns)
    rows = region_names(tables).merge(counts, left_on="code_region", right_index=True, how="left")
    rows[list(columns)] = rows[list(columns)].fillna(0).astype(int)
    rows["total"] = rows[list(columns)].sum(axis=1)
    mainland = rows.loc[rows["zone"] == "metropole", "total"]
    shown = rows[(rows["zone"] != "collectivite") | (rows["total"] > 0)]
    ordered = shown.sort_values(["total", "nom"], ascending=[True, False], ignore_index=True)
    return RegionTotals(ordered, columns, float(mainland.median()), selection.values_of("region"))


def _count_pairs(rows: pd.Series, columns: pd.Series, wanted: tuple[str, ...]) -> pd.DataFrame:
    """How often each row name meets each wanted column name: ``pandas.crosstab``, five times as fast."""
    row_places, row_names = pd.factorize(rows)
    places = pd.Index(wanted).get_indexer(columns)
    is_counted = (row_places >= 0) & (places >= 0)
    cells = row_places[is_counted] * len(wanted) + places[is_counted]
    counts = np.bincount(cells, minlength=len(row_names) * len(wanted)).reshape(len(row_names), len(wanted))
    return pd.DataFrame(counts, index=pd.Index(row_names, name=rows.name), columns=list(wanted))


def region_names(tables: Tables) -> pd.DataFrame:
    """``code_region, nom, zone`` of the 18 regions and of the collectivities that the projects name."""
    regions = tables["regions"][["code_region", "nom", "zone"]]
    others = pd.DataFrame(
        [("987", "Polynésie française", "collectivite"), ("988", "Nouvelle-Calédonie", "collectivite")],
        columns=["code_region", "nom", "zone"],
    )
    return pd.concat([regions, others], ignore_index=True)


def projects_by_code(tables: Tables, selection: Selection, facet: str) -> pd.DataFrame:
    """``code, n``: projects by value of a facet (itself taken off), largest first, « non renseigné » kept."""
    projects = projects_of(tables, without(selection, facet))
    values = months_of(projects) if facet == "mois" else projects[facet]
    counts = values.fillna(NOT_STATED_COLUMN).value_counts()
    return counts.rename_axis("code").reset_index(name="n")


def projects_by_month(tables: Tables, selection: Selection) -> pd.DataFrame:
    """``code, n``: projects by month of update (``YYYY-MM``), in order, months without any project as 0.

    The file is complete (3,080 rows, each with an update date), so 0 is a count, not a gap.
    """
    counts = projects_by_code(tables, selection, "mois").set_index("code")["n"]
    every = [month for month in _months(tables) if month <= (selection.date or "9")]
    return counts.reindex(every, fill_value=0).rename_axis("code").reset_index()


@lru_cache(maxsize=8)
def _months(tables: Tables) -> tuple[str, ...]:
    return tuple(sorted(months_of(tables["projets"]).unique()))


def sites_by_wave(tables: Tables, selection: Selection) -> pd.DataFrame:
    """``vague, annonces, documentes, n_regions_inconnues``: labels announced and documented by wave.

    Without a region filter, the national totals. With one, the sum over the chosen regions; ``annonces`` is null as
    soon as one of them was not announced by region: a sum with a hole is not a figure.
    """
    coverage = tables["sites-couverture"]
    chosen = selection.values_of("region")
    rows = coverage[coverage["code_region"].isin(chosen)] if chosen else coverage[coverage["code_region"] == "FR"]
    found = []
    for wave in waves_at(selection.date):
        part = rows[rows["vague"] == wave]
        known = part["annonces"].notna().all() and len(part) >= max(len(chosen), 1)
        found.append(
            {
                "vague": wave,
                "annonces": float(part["annonces"].sum()) if known and len(part) else None,
                "documentes": int(part["documentes"].sum()),
            }
        )
    table = pd.DataFrame(found, columns=["vague", "annonces", "documentes"])
    return table[table["annonces"].notna() | (table["documentes"] > 0)].reset_index(drop=True)


def companies_helped(tables: Tables, selection: Selection) -> pd.DataFrame:
    """``code, nom, date, valeur``: companies helped (baromètre, cumulative, monthly) of France or the chosen regions.

    The source's national value is below the sum of its regions: levels are never added. ``code`` is ``FR``, a region,
    or ``median`` (of the metropolitan regions that have a value at that date).
    """
    rows = tables["indicateurs"]
    series = rows[(rows["source"] == "barometre") & (rows["nature"] == "atteinte")]
    series = series[series["date"].astype(str) <= (selection.date or "9")]
    regional = series[series["niveau"] == "region"]
    chosen = selection.values_of("region")
    shown = regional[regional["code"].isin(chosen)] if chosen else series[series["niveau"] == "pays"]
    names = region_names(tables).set_index("code_region")
    mainland = regional[regional["code"].map(names["zone"]) == "metropole"]
    median = mainland.groupby("date", as_index=False)["valeur"].median().assign(code="median", nom="")
    shown = shown.assign(nom=shown["code"].map(names["nom"]).fillna("France"))
    parts = [shown[["code", "nom", "date", "valeur"]], *([median] if chosen else [])]
    return pd.concat(parts, ignore_index=True).sort_values(["code", "date"], ignore_index=True)


def announced_by_wave(tables: Tables) -> dict[str, int]:
    """Sites announced nationally, by wave; a wave without an announced total is left out."""
    coverage = tables["sites-couverture"]
    rows = coverage[(coverage["code_region"] == "FR") & coverage["annonces"].notna()]
    return {str(wave): int(total) for wave, total in zip(rows["vague"], rows["annonces"], strict=True)}

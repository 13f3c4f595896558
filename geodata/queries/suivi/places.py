"""The territoires of a millesime: sites, projects, rate, gap to the median; searched, sorted, a page at a time."""

import pandas as pd

import contract
from geodata.models.measures import PER
from geodata.models.monitoring import TerritoirePage
from geodata.queries.filters import normalise, projects_of, sites_of, territoires_of
from geodata.queries.suivi.concentration import concentration_by
from geodata.queries.suivi.regions import project_selection
from geodata.queries.totals import region_names
from geodata.repository import Tables
from state import Selection

PAGE_SIZE = 20
SORTS = ("ecart", "nom", "region", "population", "projets", "sites", "taux")


def territoire_rows(tables: Tables, selection: Selection, view: str) -> tuple[pd.DataFrame, float | None, str]:
    """Every territoire of the millesime, the median of the gap's measure, and that measure."""
    asked = project_selection(selection)
    rows = territoires_of(tables, asked)
    column = contract.column_for("territoire", asked.millesime)
    projects = projects_of(tables, asked)
    names = region_names(tables).set_index("code_region")["nom"]
    first = concentration_by(projects, column).set_index("key")
    population = rows["population"].astype(float)
    found = pd.DataFrame(
        {
            "territoire_id": rows["territoire_id"],
            "nom": rows["nom"],
            "code_region": rows["code_region"],
            "region": rows["code_region"].map(names),
            "codes_region": rows["codes_region"],
            "population": population,
            "sites": _count(rows, sites_of(tables, asked)[column]),
            "projets": _count(rows, projects[column]),
            "premiere_filiere": rows["territoire_id"].map(first["filiere"]),
            "concentration": rows["territoire_id"].map(first["share"]),
        }
    )
    found["taux"] = (found["projets"] / population * PER["habitants"]).where(population > 0)
    gap_of = "taux" if view == "habitants" else "projets"
    median = found[gap_of].median()
    return found.assign(ecart=found[gap_of] - median), None if pd.isna(median) else float(median), gap_of


def territoire_page(
    tables: Tables, selection: Selection, view: str, words: str, sort: str, page: int
) -> TerritoirePage:
    """The page asked for; a page beyond the last is the last. ``sort``: a column, ``-`` before it for descending."""
    found, median, gap_of = territoire_rows(tables, selection, view)
    asked = normalise(words).split()
    texts = (found["nom"] + " " + found["region"].fillna("") + " " + found["territoire_id"]).map(normalise)
    kept = found[[all(word in text for word in asked) for text in texts]] if asked else found
    column = sort.lstrip("-")
    keys = kept[column].map(normalise) if column in ("nom", "region") else kept[column]
    order = keys.sort_values(ascending=not sort.startswith("-"), na_position="last", kind="stable").index
    ordered = kept.loc[order]
    pages = max(1, -(-len(kept) // PAGE_SIZE))
    shown = min(max(page, 1), pages)
    part = ordered.iloc[(shown - 1) * PAGE_SIZE : shown * PAGE_SIZE]
    return TerritoirePage(part, len(kept), shown, pages, median, gap_of, len(found))


def _count(rows: pd.DataFrame, keys: pd.Series) -> pd.Series:
    return rows["territoire_id"].map(keys.value_counts()).fillna(0).astype(int)

"""What a sheet is about: one area under a language, a millesime and a date, and the objects that are in it."""

from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

import contract
from geodata.queries.filters import projects_of, sites_of
from geodata.repository import Tables
from state import Selection

METROPOLITAN = "metropole"


@dataclass(frozen=True, eq=False)
class Scope:
    """One area. ``facet`` (``region``, ``territoire``) and ``code`` name it; ``base`` holds no filter.

    ``projects`` and ``sites`` are its rows (sites of any confidence), ``near`` the columns that say where each is.
    """

    tables: Tables
    base: Selection
    facet: str
    code: str
    projects: pd.DataFrame
    sites: pd.DataFrame

    @property
    def area(self) -> Selection:
        """The Carte filtered on the area."""
        return self.base.with_values(self.facet, [self.code])

    @property
    def drawer(self) -> Selection:
        """The Carte with the area's details open."""
        return replace(self.base, selected=f"{self.facet}:{self.code}")

    def listed(self, tab: str, **facets: str) -> Selection:
        """The list of the area's objects of one kind, narrowed by other facets (values separated by commas)."""
        found = self.area
        for name, values in facets.items():
            found = found.with_values(name, values.split(","))
        return replace(found, view="liste", tab=tab)

    @property
    def ti_column(self) -> str:
        return contract.column_for("ti", self.base.millesime)


def scope_of(tables: Tables, selection: Selection, facet: str, code: str) -> Scope:
    """The area and its objects: what the visitor filters on Carte has no part in a sheet."""
    base = base_of(selection)
    column = _column(facet, base.millesime)
    projects, sites = _objects(tables, replace(base, language=contract.DEFAULT_LANGUAGE))
    return Scope(tables, base, facet, code, projects[projects[column] == code], sites[sites[column] == code])


@lru_cache(maxsize=16)
def _objects(tables: Tables, base: Selection) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every project and every site under a millesime and a date: read by each sheet, written by none."""
    return projects_of(tables, base), sites_of(tables, base.with_values("confiance", contract.codes("confiance")))


def base_of(selection: Selection) -> Selection:
    """Language, millesime and date of a selection; nothing else of it."""
    return Selection(language=selection.language, millesime=selection.millesime, date=selection.date)


def counts_by_area(tables: Tables, base: Selection, facet: str, kind: str) -> pd.Series:
    """Projects or sites (as Carte counts them) by area, areas without any as 0.

    Regions are the 13 metropolitan ones, territoires those of the millesime: what a median is taken over.
    """
    return _counts(tables, replace(base, language=contract.DEFAULT_LANGUAGE), facet, kind)


@lru_cache(maxsize=64)
def _counts(tables: Tables, base: Selection, facet: str, kind: str) -> pd.Series:
    rows = projects_of(tables, base) if kind == "projets" else sites_of(tables, base)
    counts = rows[_column(facet, base.millesime)].value_counts()
    return counts.reindex(compared_areas(tables, base, facet)["code"], fill_value=0)


def compared_areas(tables: Tables, base: Selection, facet: str) -> pd.DataFrame:
    """``code, population`` of the areas that a sheet is compared with."""
    return _compared(tables, base.millesime, facet)


@lru_cache(maxsize=16)
def _compared(tables: Tables, millesime: str, facet: str) -> pd.DataFrame:
    if facet == "region":
        rows = tables["regions"]
        return rows[rows["zone"] == METROPOLITAN].rename(columns={"code_region": "code"})[["code", "population"]]
    rows = tables["territoires"]
    rows = rows[rows["millesime"] == millesime]
    return rows.rename(columns={"territoire_id": "code"})[["code", "population"]]


def _column(facet: str, millesime: str) -> str:
    return "code_region" if facet == "region" else contract.column_for("territoire", millesime)

"""Region by region tables: sites by wave, projects by scheme, by filière, by month of update."""

import pandas as pd

import contract
from geodata.models.monitoring import Breakdown, Wave
from geodata.queries.filters import months_of, projects_of
from geodata.queries.suivi.indicators import NATION
from geodata.queries.suivi.regions import project_selection
from geodata.queries.totals import NOT_STATED_COLUMN, region_names, without
from geodata.repository import Tables
from state import Selection
from state.dates import waves_at

DETAILS = ("vagues", "mesure", "filiere", "mois")


def projects_by(tables: Tables, selection: Selection, facet: str) -> Breakdown:
    """Projects by region and scheme, filière or month (the facet itself taken off, the other filters kept).

    A project without a filière is in its own column, ``non_renseigne``. The 18 regions, and the collectivities.
    """
    projects = projects_of(tables, without(project_selection(selection), facet))
    values = months_of(projects) if facet == "mois" else projects[facet].fillna(NOT_STATED_COLUMN)
    counts = pd.crosstab(projects["code_region"], values)
    codes = _codes(tables, facet, counts)
    counts = counts.reindex(columns=list(codes), fill_value=0)
    rows = region_names(tables).merge(counts, left_on="code_region", right_index=True, how="left")
    rows[list(codes)] = rows[list(codes)].fillna(0).astype(int)
    rows["total"] = rows[list(codes)].sum(axis=1)
    return Breakdown(facet, codes, rows, {code: int(rows[code].sum()) for code in codes})


def _codes(tables: Tables, facet: str, counts: pd.DataFrame) -> tuple[str, ...]:
    """Every code of the list in its order, with « non renseigné » last when some row needs it."""
    if facet == "mois":
        return tuple(sorted(months_of(tables["projets"]).unique()))
    missing = (NOT_STATED_COLUMN,) if NOT_STATED_COLUMN in counts.columns else ()
    return (*contract.codes(facet), *missing)


def waves(tables: Tables, day: str = "") -> tuple[str, ...]:
    """The waves that a region may belong to, in order; those announced by ``day`` if one is given."""
    found = set(tables["sites-couverture"]["vague"])
    return tuple(code for code in waves_at(day) if code in found)


def sites_by_region(tables: Tables, day: str = "") -> dict[str, dict[str, Wave]]:
    """``{region or FR: {wave: Wave}}``: labels announced and documented.

    A region that a wave does not name was announced 0 only when the regions named make up the national total;
    otherwise nobody said: null.
    """
    coverage = tables["sites-couverture"]
    names = [*tables["regions"]["code_region"], NATION]
    return {
        code: {wave: _wave(coverage[coverage["vague"] == wave], code) for wave in waves(tables, day)} for code in names
    }


def _wave(rows: pd.DataFrame, code: str) -> Wave:
    found = rows[rows["code_region"] == code]
    if len(found):
        announced = found["annonces"].iloc[0]
        return Wave(None if pd.isna(announced) else int(announced), int(found["documentes"].iloc[0]))
    return Wave(0 if _is_fully_placed(rows) else None, 0)


def _is_fully_placed(rows: pd.DataFrame) -> bool:
    total = rows.loc[rows["code_region"] == NATION, "annonces"]
    regional = rows[rows["code_region"] != NATION]
    is_known = len(total) == 1 and total.notna().all() and regional["annonces"].notna().all()
    return bool(is_known and regional["annonces"].sum() == total.iloc[0])

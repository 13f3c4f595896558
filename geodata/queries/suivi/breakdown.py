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
    order = waves(tables, day)
    stated = {
        (wave, code): Wave(None if pd.isna(announced) else int(announced), int(documented))
        for wave, code, announced, documented in coverage[
            ["vague", "code_region", "annonces", "documentes"]
        ].itertuples(index=False)
    }
    absent = {wave: Wave(0 if _is_fully_placed(stated, wave) else None, 0) for wave in order}
    names = [*tables["regions"]["code_region"], NATION]
    return {code: {wave: stated.get((wave, code), absent[wave]) for wave in order} for code in names}


def _is_fully_placed(stated: dict[tuple[str, str], Wave], wave: str) -> bool:
    """True when the sites announced by region make up the national total."""
    nation = stated.get((wave, NATION))
    placed = [item.announced for (name, code), item in stated.items() if name == wave and code != NATION]
    if nation is None or nation.announced is None or any(value is None for value in placed):
        return False
    return sum(value or 0 for value in placed) == nation.announced

"""The sheets of a region and of a territoire: one question each, the same answer for the page and for the PDF."""

from dataclasses import replace
from typing import Any

import pandas as pd

from geodata.models.sheet import RegionSheet, TerritoireSheet
from geodata.models.sheet_parts import Figure, Governance
from geodata.queries.sheet_facts import (
    claims_of,
    companies_figure,
    indicators_of,
    measures_of,
    milestones_of,
    perimeter_date,
    region_names,
    waves_of,
)
from geodata.queries.sheet_figures import (
    PROJECTS,
    SITES,
    breakdowns,
    inside_figures,
    leading_sector,
    project_figures,
    project_lines,
    projects_date,
    site_figures,
    site_lines,
)
from geodata.queries.sheet_places import (
    communes_of,
    departements_of,
    epci_of,
    lead_first,
    members_of,
    named_departements,
    passages_of,
    territoires_covering,
)
from geodata.queries.sheet_scope import Scope, compared_areas, scope_of
from geodata.repository import Tables
from state import Selection
from state.dates import is_listed

PERIMETER_CLAIMS = {
    "2020-10": "territoires-148-liste",
    "2022-12": "territoires-149-liste",
    "2024-07": "territoires-183-liste",
}
COMMUNES = "communes-2024"
_COMMUNES_YEAR = "2024"


def region_sheet(tables: Tables, code: str, selection: Selection) -> RegionSheet | None:
    """The sheet of a region under a selection's language, millesime and date; None when no region has that code."""
    rows = tables["regions"]
    found = rows[rows["code_region"] == code]
    if found.empty:
        return None
    row = found.iloc[0]
    scope = scope_of(tables, selection, "region", code)
    territoires = territoires_covering(scope)
    return RegionSheet(
        **_common(scope, row, (code,)),
        figures=(
            *_region_places(scope, row, [line.is_lead for line in territoires]),
            *site_figures(scope),
            *project_figures(scope, int(row["population"])),
            *inside_figures(scope),
            companies_figure(scope),
        ),
        sources=(COMMUNES, "territoires", SITES, "sites-annonces", PROJECTS, "barometre", "ditp"),
        zone=row["zone"],
        waves=waves_of(scope),
        claims=claims_of(scope),
        indicators=indicators_of(scope),
        departements=departements_of(scope),
        territoires=territoires,
        epci=epci_of(tables, code),
        n_compared=len(compared_areas(tables, scope.base, "region")),
    )


def territoire_sheet(tables: Tables, code: str, selection: Selection) -> TerritoireSheet | None:
    """The sheet of a territoire of the selection's millesime; None when that millesime has no such id."""
    row = _territoire_row(tables, code, selection.millesime)
    if row is None:
        return None
    scope = scope_of(tables, selection, "territoire", code)
    regions = lead_first(row["codes_region"], row["code_region"], region_names(tables))
    passages, namesakes = passages_of(tables, selection.millesime, code)
    return TerritoireSheet(
        **_common(scope, row, tuple(region.code for region in regions)),
        figures=(
            *_territoire_places(scope, row),
            *site_figures(scope),
            *project_figures(scope, _whole(row["population"])),
            _unknown_projects(scope),
        ),
        sources=("territoires", "territoires-membres", "territoires-communes", COMMUNES, SITES, PROJECTS),
        millesime=selection.millesime,
        regions=regions,
        departements=named_departements(tables, row["codes_departement"]),
        members=members_of(tables, selection.millesime, code),
        communes=communes_of(tables, selection.millesime, code),
        passages=passages,
        namesakes=namesakes,
        n_compared=len(compared_areas(tables, scope.base, "territoire")),
    )


def _common(scope: Scope, row: pd.Series, regions: tuple[str, ...]) -> dict[str, Any]:
    west, south, east, north = (float(side) for side in row["bbox"])
    return {
        "selection": scope.base,
        "code": scope.code,
        "name": str(row["nom"]),
        "frame": (west, south, east, north),
        "breakdowns": breakdowns(scope),
        "leading_sector": leading_sector(scope),
        "projects": project_lines(scope),
        "n_projects": len(scope.projects),
        "sites": site_lines(scope),
        "measures": measures_of(scope.tables, regions),
        "milestones": milestones_of(scope, regions),
        "governance": Governance(),
        "publication": scope.tables.manifest.hash,
    }


def _region_places(scope: Scope, row: pd.Series, leads: list[bool]) -> list[Figure]:
    covering = scope.listed("territoires")
    is_known = is_listed(scope.base.date)
    day = perimeter_date(scope.base.millesime) if is_known else None
    return [
        Figure("population", _whole(row["population"]), _COMMUNES_YEAR, COMMUNES, where=scope.drawer),
        Figure("departements", int(row["n_departements"]), _COMMUNES_YEAR, COMMUNES, where=scope.drawer),
        Figure("communes", int(row["n_communes"]), _COMMUNES_YEAR, COMMUNES, where=scope.drawer),
        Figure("territoires", len(leads) if is_known else None, day, "territoires", where=covering),
        Figure("territoires_pilote", sum(leads) if is_known else None, day, "territoires", where=covering),
        _perimeter(scope),
    ]


def _territoire_places(scope: Scope, row: pd.Series) -> list[Figure]:
    day = perimeter_date(scope.base.millesime)
    median = compared_areas(scope.tables, scope.base, "territoire")["population"].median()
    population = Figure(
        "population", _whole(row["population"]), _COMMUNES_YEAR, COMMUNES, median=float(median), where=scope.drawer
    )
    return [
        population,
        Figure("membres", int(row["n_membres"]), day, "territoires-membres", where=scope.drawer),
        Figure("communes", int(row["n_communes"]), day, "territoires-communes", where=scope.drawer),
        Figure("regions", len(row["codes_region"]), day, "territoires", where=scope.drawer),
        _perimeter(scope),
    ]


def _perimeter(scope: Scope) -> Figure:
    """How many territoires the list has, nationally: the announced figure and the list itself."""
    millesime = scope.base.millesime
    rows = scope.tables["territoires"]
    return Figure(
        "territoires_france",
        int((rows["millesime"] == millesime).sum()),
        perimeter_date(millesime),
        "territoires",
        where=replace(scope.base, view="liste", tab="territoires"),
        claim=PERIMETER_CLAIMS[millesime],
    )


def _unknown_projects(scope: Scope) -> Figure:
    """Projects of unknown position, nationally: some of them may be in the territoire."""
    rows = scope.tables["projets"]
    day = projects_date(scope)
    known = rows["date_mise_a_jour"].astype(str) <= day
    where = replace(scope.base.with_values("ti", ["inconnu"]), view="liste")
    n = int((known & (rows[scope.ti_column] == "inconnu")).sum())
    return Figure("projets_sans_position", n, day, PROJECTS, where=where)


def _territoire_row(tables: Tables, code: str, millesime: str) -> pd.Series | None:
    rows = tables["territoires"]
    found = rows[(rows["territoire_id"] == code) & (rows["millesime"] == millesime)]
    return None if found.empty else found.iloc[0]


def _whole(value: Any) -> int | None:
    return None if value is None or value != value else int(value)


def every_sheet(tables: Tables, millesimes: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """``(kind, code, millesime)`` of every sheet: the regions (under the first millesime), then the territoires."""
    regions = [("region", code, millesimes[0]) for code in tables["regions"]["code_region"]]
    rows = tables["territoires"]
    rows = rows[rows["millesime"].isin(millesimes)]
    pairs = zip(rows["territoire_id"], rows["millesime"], strict=True)
    return (*regions, *(("territoire", code, millesime) for code, millesime in pairs))

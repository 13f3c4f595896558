"""The figures of a sheet about projects and sites: counts, medians, what the rows state, breakdowns, table rows."""

import math
from collections.abc import Iterator
from typing import Any

import contract
from geodata.models.sheet_parts import Breakdown, Figure, Leader, ProjectLine, Share, SiteLine
from geodata.queries.filters import months_of
from geodata.queries.sheet_scope import Scope, compared_areas, counts_by_area
from state import NOT_STATED

SHOWN_PROJECTS = 40
PROJECTS = "plan-de-relance"
SITES = "sites-cles-en-main"
_STATED = {
    "investissement": ("investissement_eur", "eur"),
    "emplois_crees": ("emplois_crees", ""),
    "emplois_maintenus": ("emplois_maintenus", ""),
}
_FACETS = ("mesure", "filiere", "taille", "mois")
_PER = 100_000
_LINE = [
    *("projet_id", "entreprise", "mesure", "filiere", "taille", "nom_commune", "code_departement"),
    *("code_departement_position", "date_mise_a_jour", "emplois_crees", "emplois_maintenus", "investissement_eur"),
]
_SURE = "elevee,moyenne"


def none_if_missing(value: Any) -> Any:
    """None for NaN and NaT, anything else as it is."""
    return None if value is None or value != value else value


def projects_date(scope: Scope) -> str:
    """The day that the projects are counted at: the file's, or the earlier one that the visitor asks for."""
    published = str(scope.tables.manifest.sources[PROJECTS]["date_published"])
    return min(published, scope.base.date or published)


def sites_date(scope: Scope) -> str:
    """The last wave of sites that is counted."""
    waves = [wave for row in scope.tables["sites"]["vagues"] for wave in row if "|" not in wave]
    last = max(waves)
    return min(last, scope.base.date or last)


def site_figures(scope: Scope) -> list[Figure]:
    """Sites documented with high or medium confidence (as Carte counts them), and those of low confidence."""
    sure = scope.sites["confiance"].isin(_SURE.split(","))
    median = counts_by_area(scope.tables, scope.base, scope.facet, "sites").median()
    day = sites_date(scope)
    low = scope.listed("sites", confiance="faible")
    return [
        Figure("sites", int(sure.sum()), day, SITES, median=float(median), where=scope.listed("sites")),
        Figure("sites_faible", int((~sure).sum()), day, SITES, where=low),
    ]


def project_figures(scope: Scope, population: int | None) -> list[Figure]:
    """Projects, projects for 100,000 inhabitants, and what some rows state (sums with the number of rows)."""
    counts = counts_by_area(scope.tables, scope.base, scope.facet, "projets")
    people = compared_areas(scope.tables, scope.base, scope.facet).set_index("code")["population"]
    rates = counts / people * _PER
    n, day, where = len(scope.projects), projects_date(scope), scope.listed("projets")
    rate = n / population * _PER if population else None
    return [
        Figure("projets", n, day, PROJECTS, median=float(counts.median()), where=where),
        Figure("projets_100k", rate, day, PROJECTS, "ratio", median=float(rates.median()), where=where),
        *stated_figures(scope, day),
    ]


def stated_figures(scope: Scope, day: str) -> Iterator[Figure]:
    """Sums of what the texts of some rows state: null when none does."""
    for name, (column, unit) in _STATED.items():
        stated = scope.projects[column].dropna()
        total = float(stated.sum()) if len(stated) else None
        where = scope.listed("projets")
        yield Figure(name, total, day, PROJECTS, unit, n_stated=len(stated), n_rows=len(scope.projects), where=where)


def inside_figures(scope: Scope) -> list[Figure]:
    """Projects inside a territoire of the millesime, outside, and of unknown position: they add up."""
    counts = scope.projects[scope.ti_column].value_counts()
    day = projects_date(scope)
    return [
        Figure(f"projets_{code}", int(counts.get(code, 0)), day, PROJECTS, where=scope.listed("projets", ti=code))
        for code in contract.codes("ti")
    ]


def breakdowns(scope: Scope) -> tuple[Breakdown, ...]:
    """Projects by scheme, sector, size, month, and by position for a region."""
    facets = (*_FACETS, "ti") if scope.facet == "region" else _FACETS
    return tuple(_breakdown(scope, facet) for facet in facets)


def _breakdown(scope: Scope, facet: str) -> Breakdown:
    values = months_of(scope.projects) if facet == "mois" else scope.projects[_column(scope, facet)]
    counts = values.fillna(NOT_STATED).value_counts()
    if facet == "mois":
        codes = sorted(counts.index)
    elif facet == "ti":
        codes = [code for code in contract.codes("ti") if code in counts.index]
    else:
        order = {code: rank for rank, code in enumerate(contract.codes(facet))}
        codes = sorted(counts.index, key=lambda code: (-counts[code], order.get(code, math.inf)))
    rows = tuple(Share(code, int(counts[code]), scope.listed("projets", **{facet: code})) for code in codes)
    return Breakdown(facet, rows, len(scope.projects))


def _column(scope: Scope, facet: str) -> str:
    return scope.ti_column if facet == "ti" else facet


def leading_sector(scope: Scope) -> Leader | None:
    """The sector (or sectors, when equal) of most projects; None without a stated sector."""
    counts = scope.projects["filiere"].dropna().value_counts()
    if counts.empty:
        return None
    top = int(counts.max())
    return Leader(tuple(code for code in contract.codes("filiere") if counts.get(code, 0) == top), top)


def project_lines(scope: Scope) -> tuple[ProjectLine, ...]:
    """The most recently updated projects, then by company and id: at most ``SHOWN_PROJECTS``."""
    rows = scope.projects[[*_LINE, scope.ti_column]]
    ordered = rows.assign(_name=rows["entreprise"].fillna("~").str.casefold()).sort_values(
        ["date_mise_a_jour", "_name", "projet_id"], ascending=[False, True, True]
    )
    return tuple(_project(row, scope.ti_column) for row in ordered.head(SHOWN_PROJECTS).to_dict("records"))


def _project(row: dict[Any, Any], ti_column: str) -> ProjectLine:
    values = {key: none_if_missing(value) for key, value in row.items()}
    return ProjectLine(
        code=values["projet_id"],
        company=values["entreprise"],
        scheme=values["mesure"],
        sector=values["filiere"],
        size=values["taille"],
        commune=values["nom_commune"],
        departement=values["code_departement"],
        date=str(values["date_mise_a_jour"]),
        inside=values[ti_column],
        jobs_created=values["emplois_crees"],
        jobs_kept=values["emplois_maintenus"],
        investment_eur=values["investissement_eur"],
        departement_position=values["code_departement_position"],
    )


def site_lines(scope: Scope) -> tuple[SiteLine, ...]:
    """Every site of the area, by name; low confidence included."""
    rows = scope.sites.assign(_name=scope.sites["site_nom"].str.casefold()).sort_values(["_name", "site_id"])
    return tuple(_site(row, scope.ti_column) for row in rows.to_dict("records"))


def _site(row: dict[Any, Any], ti_column: str) -> SiteLine:
    return SiteLine(
        code=row["site_id"],
        name=row["site_nom"],
        waves=tuple(row["vagues"]),
        commune=none_if_missing(row["nom_commune"]),
        departement=none_if_missing(row["code_departement"]),
        area_ha=none_if_missing(row["surface_ha"]),
        confidence=row["confiance"],
        inside=row[ti_column],
    )

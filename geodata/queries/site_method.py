"""The figures of the page of the method, computed: none is typed."""

import contract
from geodata.models.site_method import Method, WaveCoverage, WeighedCriterion
from geodata.queries.around import RADII
from geodata.queries.criteria import FILIERE_KM, LABOUR_KM, PROJECTS_KM, WITHHELD_KM, criteria_of
from geodata.queries.ranking import SWING, rank_sites
from geodata.queries.site_facts import coverage_by_field
from geodata.repository import Tables
from state.needs import Needs
from state.needs_presets import DEFAULT_WEIGHTS, GROUPS, MAX_WEIGHT

NATIONAL = "FR"


def method_of(tables: Tables, millesime: str = contract.DEFAULT_MILLESIME) -> Method:
    """What the method uses and what it finds in the published data, in a millesime of the territoires."""
    needs = Needs(millesime=millesime)
    sites = tables["sites"]
    ranking = rank_sites(tables, needs)
    first = next(iter(ranking.sites(0, 1)), None)
    names = dict(sites[["site_id", "site_nom"]].itertuples(index=False))
    return Method(
        criteria=_criteria(tables, needs),
        max_weight=MAX_WEIGHT,
        swing=SWING,
        withheld_km=WITHHELD_KM,
        projects_km=PROJECTS_KM,
        filiere_km=FILIERE_KM,
        labour_km=LABOUR_KM,
        radii=RADII,
        n_sites=len(sites),
        n_commune=int((sites["position_quality"] == "commune").sum()),
        n_unlocated=int(sites["lon"].isna().sum()),
        waves=_waves(tables),
        fields=coverage_by_field(tables),
        example=first,
        example_name=names[first.site_id] if first else "",
        n_kept=len(ranking.site_ids),
    )


def _criteria(tables: Tables, needs: Needs) -> tuple[WeighedCriterion, ...]:
    matrix = criteria_of(tables, needs)
    known = dict(zip((item.name for item in matrix.criteria), matrix.known().sum(axis=0), strict=True))
    by_name = {item.name: item for item in matrix.criteria}
    return tuple(
        WeighedCriterion(by_name[name], group, DEFAULT_WEIGHTS[name], int(known[name]))
        for group, weights in GROUPS.items()
        for name in weights
    )


def _waves(tables: Tables) -> tuple[WaveCoverage, ...]:
    rows = tables["sites-couverture"]
    rows = rows[rows["code_region"] == NATIONAL].set_index("vague")
    return tuple(
        WaveCoverage(wave, _count(rows.loc[wave, "annonces"]), int(rows.loc[wave, "documentes"]))
        for wave in contract.codes("vague")
        if wave in rows.index
    )


def _count(value: float) -> int | None:
    return None if value != value else int(value)

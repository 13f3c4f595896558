"""Which sums are allowed: each rule is held against the published files."""

from collections.abc import Callable

import pandas as pd
import pytest

import contract
from geodata.models.measures import MEASURES, SUM_RULES, SumRule, may_sum
from geodata.queries.suivi.indicators import NATION, standing, values_of
from geodata.queries.suivi.regions import region_values
from geodata.repository import Tables
from state import Selection


def _coverage(tables: Tables) -> pd.DataFrame:
    return tables["sites-couverture"]


def _sites_regions(tables: Tables) -> None:
    for _, rows in _coverage(tables).groupby("vague"):
        nation = rows.loc[rows["code_region"] == NATION, "documentes"].sum()
        assert rows.loc[rows["code_region"] != NATION, "documentes"].sum() == nation


def _sites_vagues(tables: Tables) -> None:
    labels = _coverage(tables).loc[_coverage(tables)["code_region"] == NATION, "documentes"].sum()
    assert labels > len(tables["sites"])  # 89 labels on fewer sites: some bear two waves


def _territoires_regions(tables: Tables) -> None:
    for millesime in contract.MILLESIMES:
        rows = tables["territoires"][tables["territoires"]["millesime"] == millesime]
        values = region_values(tables, Selection(millesime=millesime), "nombre")
        assert values.rows["territoires"].sum() == values.nation["territoires"] == len(rows)


def _touches_regions(tables: Tables) -> None:
    values = region_values(tables, Selection(), "nombre")
    assert values.rows["touches"].sum() > len(tables["territoires"].query("millesime == '2020-10'"))
    assert values.nation["touches"] == 148  # each counted once, whatever its regions


def _territoires_millesimes(tables: Tables) -> None:
    sizes = tables["territoires"].groupby("millesime").size()
    assert sizes.sum() > sizes.max()
    ids = tables["territoires"].groupby("territoire_id")["millesime"].nunique()
    assert (ids > 1).any()  # the same places again


def _projets_regions(tables: Tables) -> None:
    values = region_values(tables, Selection(), "nombre")
    assert values.rows["projets"].sum() == values.nation["projets"] == len(tables["projets"]) == 3080


def _projets_partition(column: str) -> Callable[[Tables], None]:
    def check(tables: Tables) -> None:
        counts = tables["projets"][column].value_counts(dropna=False)
        assert counts.sum() == len(tables["projets"])

    return check


def _projets_territoires(tables: Tables) -> None:
    projects = tables["projets"]
    assert projects["territoire_2020_10"].notna().sum() == (projects["ti_2020_10"] == "dans").sum() < len(projects)


def _shares(measure: str) -> Callable[[Tables], None]:
    def check(tables: Tables) -> None:
        values = region_values(tables, Selection(), "nombre")
        assert values.rows[measure].sum() > 1
        assert 0 < (values.nation[measure] or 0) < 1

    return check


def _entreprises(level: str) -> Callable[[Tables], None]:
    def check(tables: Tables) -> None:
        rows = values_of(tables, "entreprises", level)
        last = rows[rows["date"] == rows["date"].max()]
        actual = standing(tables, "entreprises", NATION).actual
        assert actual is not None
        assert actual.value == 8972
        assert last["valeur"].sum() > actual.value
        if level == "region":
            assert last["valeur"].sum() == 9640

    return check


def _cumulative(measure: str) -> Callable[[Tables], None]:
    def check(tables: Tables) -> None:
        rows = values_of(tables, measure, "pays").query("nature == 'atteinte'")
        assert rows["valeur"].iloc[-1] > rows["valeur"].iloc[0]
        assert rows["valeur"].sum() > rows["valeur"].iloc[-1]

    return check


def _nouveaux_sites(tables: Tables) -> None:
    """At 2022-12 every region that the source follows has a value: they make the national one."""
    regions, nation = (
        values_of(tables, "nouveaux_sites", level).query("nature == 'atteinte'") for level in ("region", "pays")
    )
    first = nation["date"].min()
    assert regions.loc[regions["date"] == first, "valeur"].sum() == nation.loc[nation["date"] == first, "valeur"].sum()
    later = nation["date"].max()
    assert regions.loc[regions["date"] == later, "valeur"].sum() != nation.loc[nation["date"] == later, "valeur"].sum()


def _delai(tables: Tables) -> None:
    values = region_values(tables, Selection(), "nombre")
    assert values.rows["delai"].sum() > 10 * (values.nation["delai"] or 0)


def _emplois(tables: Tables) -> None:
    values = region_values(tables, Selection(), "nombre")
    assert values.rows["emplois"].sum() != values.nation["emplois"]
    assert values.rows.loc[values.rows["zone"] == "outre-mer", "emplois"].isna().all()


def _engagements(tables: Tables) -> None:
    values = region_values(tables, Selection(), "nombre")
    assert values.rows["engagements"].sum() < (values.nation["engagements"] or 0)


CHECKS: dict[tuple[str, str], Callable[[Tables], None]] = {
    ("sites", "regions"): _sites_regions,
    ("sites", "vagues"): _sites_vagues,
    ("territoires", "regions"): _territoires_regions,
    ("touches", "regions"): _touches_regions,
    ("territoires", "millesimes"): _territoires_millesimes,
    ("projets", "regions"): _projets_regions,
    ("projets", "filieres"): _projets_partition("filiere"),
    ("projets", "mois"): _projets_partition("date_mise_a_jour"),
    ("projets", "territoires"): _projets_territoires,
    ("dans", "regions"): _shares("dans"),
    ("concentration", "regions"): _shares("concentration"),
    ("entreprises", "regions"): _entreprises("region"),
    ("entreprises", "departements"): _entreprises("departement"),
    ("entreprises", "dates"): _cumulative("entreprises"),
    ("nouveaux_sites", "regions"): _nouveaux_sites,
    ("nouveaux_sites", "dates"): _cumulative("nouveaux_sites"),
    ("delai", "regions"): _delai,
    ("emplois", "regions"): _emplois,
    ("engagements", "regions"): _engagements,
}


@pytest.mark.parametrize("rule", SUM_RULES, ids=lambda rule: f"{rule.measure}-{rule.across}")
def test_each_rule_of_sums_holds_in_the_published_files(tables: Tables, rule: SumRule) -> None:
    CHECKS[rule.measure, rule.across](tables)
    assert may_sum(rule.measure, rule.across) is rule.is_allowed


def test_every_measure_says_whether_its_regions_add_up() -> None:
    assert {rule.measure for rule in SUM_RULES if rule.across == "regions"} == set(MEASURES)
    assert len({(rule.measure, rule.across) for rule in SUM_RULES}) == len(SUM_RULES)


def test_a_sum_that_no_rule_allows_is_refused() -> None:
    assert not may_sum("entreprises", "territoires")
    assert not may_sum("rien", "regions")

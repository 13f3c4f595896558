import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.queries import totals
from geodata.queries.filters import projects_of
from geodata.repository import Tables
from state import Selection
from tests.strategies import known_selections


@given(st.data())
def test_totals_do_not_depend_on_the_level(tables: Tables, data: st.DataObject) -> None:
    selection = data.draw(known_selections(tables))
    kept = len(projects_of(tables, totals.without(selection, "region")))
    by_region = totals.projects_by_region(tables, selection).rows
    assert by_region["total"].sum() == kept
    for facet in ("filiere", "mesure", "mois"):
        expected = len(projects_of(tables, totals.without(selection, facet)))
        assert totals.projects_by_code(tables, selection, facet)["n"].sum() == expected
    assert totals.projects_by_month(tables, selection)["n"].sum() == len(
        projects_of(tables, totals.without(selection, "mois"))
    )


def test_every_region_has_a_row_even_with_nothing_in_it(tables: Tables) -> None:
    rows = totals.projects_by_region(tables, Selection.from_query("filiere=petrochimie")).rows
    assert set(tables["regions"]["code_region"]) <= set(rows["code_region"])
    assert (rows["total"] == 0).any()


def test_the_schemes_of_a_region_add_up_to_its_total(tables: Tables) -> None:
    found = totals.projects_by_region(tables, Selection())
    assert (found.rows[list(found.codes)].sum(axis=1) == found.rows["total"]).all()
    assert found.rows["total"].is_monotonic_increasing


def test_a_chart_keeps_the_values_that_its_own_filter_hides(tables: Tables) -> None:
    alone = totals.projects_by_code(tables, Selection.from_query("filiere=sante"), "filiere")
    everything = totals.projects_by_code(tables, Selection(), "filiere")
    assert alone.equals(everything)


def test_announced_sites_are_the_official_figures(tables: Tables) -> None:
    announced = totals.announced_by_wave(tables)
    assert announced["2020-01"] == 12
    assert announced["2020-07"] == 66
    assert announced["2024-04"] == 55


def test_a_region_without_an_announced_figure_is_null_and_not_zero(tables: Tables) -> None:
    coverage = tables["sites-couverture"]
    unknown = coverage[coverage["annonces"].isna() & (coverage["code_region"] != "FR")]
    wave, region = unknown.iloc[0][["vague", "code_region"]]
    rows = totals.sites_by_wave(tables, Selection.from_query(f"region={region}"))
    found = rows[rows["vague"] == wave]
    assert found["annonces"].isna().all()


@pytest.mark.parametrize("region", ["", "region=32", "region=01,02"])
def test_companies_helped_never_adds_levels(tables: Tables, region: str) -> None:
    rows = totals.companies_helped(tables, Selection.from_query(region))
    if region:
        assert "FR" not in set(rows["code"])
    else:
        assert set(rows["code"]) == {"FR"}
    assert not rows.duplicated(["code", "date"]).any()


def test_regions_of_the_contract_are_named(tables: Tables) -> None:
    names = totals.region_names(tables)
    assert set(tables["projets"]["code_region"]) <= set(names["code_region"])
    assert names["nom"].notna().all()

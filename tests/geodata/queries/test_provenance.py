import pytest

import contract
from geodata.errors import PublishedDataError
from geodata.queries.provenance import filters_of, origin_of
from geodata.repository import Tables
from geodata.shapes import load_shapes
from state import KINDS, Selection


def test_every_table_names_sources_that_the_manifest_describes(tables: Tables) -> None:
    for kind in KINDS:
        origin = origin_of(tables, Selection(), kind)
        assert origin.sources
        assert all(entry["licence"] for entry in origin.sources.values())


def test_the_millesime_of_territoires_is_the_selected_one(tables: Tables) -> None:
    assert origin_of(tables, Selection(millesime="2024-07"), "territoires").millesime == "2024-07"


def test_a_facet_of_other_objects_is_not_said(tables: Tables) -> None:
    selection = Selection.from_query("vague=2020-01&mesure=covid")
    assert [name for name, _ in filters_of(tables, selection, "territoires")] == []
    assert [name for name, _ in filters_of(tables, selection, "projets")] == ["mesure"]


def test_values_are_named(tables: Tables) -> None:
    selection = Selection.from_query("territoire=ti-0101,aucun&mois=2021-02&region=988&lang=en")
    assert dict(filters_of(tables, selection, "projets")) == {
        "region": ("Nouvelle-Calédonie (988)",),
        "territoire": ("not stated", "Communauté d'agglomération Cap Excellence (ti-0101)"),
        "mois": ("2021-02",),
    }


@pytest.mark.parametrize("millesime", contract.MILLESIMES)
def test_every_territoire_has_a_shape(tables: Tables, millesime: str) -> None:
    rows = tables["territoires"]
    expected = set(rows.loc[rows["millesime"] == millesime, "territoire_id"])
    assert set(load_shapes(tables, f"territoires-{millesime}", "territoire_id")) == expected


def test_shapes_of_an_unknown_level_are_refused(tables: Tables) -> None:
    with pytest.raises(PublishedDataError, match="cantons"):
        load_shapes(tables, "cantons", "code")

"""Every check finds its defect, names the row, and lets what is right through."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import shapely

from etl import checks
from etl.checks import Failures
from etl.checks_build import check_facets, check_hierarchy, check_products, check_totals
from etl.errors import ChecksFailed
from etl.products import Product

GOOD = pd.DataFrame({"iata": ["CDG", "RUN"], "nom": ["Roissy", "Gillot"], "lon": [2.5, 55.5], "lat": [49.0, -20.9]})
POINTS = list(shapely.points(GOOD["lon"], GOOD["lat"]))


def table(frame: pd.DataFrame, name: str = "aeroports") -> Product:
    return Product(name, "table", ("aeroports",), "2026", frame)


def layer(frame: pd.DataFrame = GOOD[["iata"]], shapes: list[shapely.Geometry] | None = None) -> Product:
    return Product("aeroports", "geojson", ("aeroports",), "2026", frame, POINTS if shapes is None else shapes)


def failures_of(check: Callable[..., None], *arguments: object) -> list[str]:
    found = Failures()
    check(*arguments, found)
    return found.lines


def test_good_products_pass() -> None:
    found = Failures()
    for check in (checks.check_columns, checks.check_unique_key, checks.check_bounds):
        check(table(GOOD), found)
    checks.check_geometry(layer(), found)
    checks.check_shapes_have_rows(layer(), table(GOOD), found)
    found.raise_if_any()


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (GOOD.drop(columns="lat"), "columns missing: ['lat']"),
        (GOOD.assign(altitude=1), "not in the contract: ['altitude']"),
        (GOOD.assign(nom=["Roissy", None]), "aeroports.parquet: nom: null where a value is required (1 row(s): RUN)"),
        (GOOD.assign(lon=[2.5, "east"]), "lon: expected float (1 row(s): RUN = 'east')"),
        (GOOD.assign(nom=[1, "x"]), "nom: expected string (1 row(s): CDG = 1)"),
    ],
)
def test_columns_that_break_the_contract(frame: pd.DataFrame, expected: str) -> None:
    lines = failures_of(checks.check_columns, table(frame))
    assert any(expected in line for line in lines), lines


def test_values_outside_a_code_list() -> None:
    row = {"vague": "2019-01", "code_region": "FR", "annonces": 1.5, "documentes": 1, "documentes_surs": True}
    lines = failures_of(checks.check_columns, table(pd.DataFrame([row]), "sites-couverture"))
    assert any("vague: value not allowed (1 row(s): 2019-01/FR = '2019-01')" in line for line in lines)
    assert any("annonces: expected int" in line for line in lines)
    assert any("documentes_surs: expected int" in line for line in lines)


def test_a_key_twice() -> None:
    lines = failures_of(checks.check_unique_key, table(pd.concat([GOOD, GOOD.tail(1)])))
    assert lines == ["aeroports.parquet: key iata not unique (1 row(s): RUN)"]


@pytest.mark.parametrize(
    ("lon", "lat", "region", "expected"),
    [
        (2.35, 48.85, None, True),
        (2.35, 48.85, "11", True),
        (48.85, 2.35, None, False),  # swapped
        (0.0, 0.0, None, False),
        (-61.5, 16.2, "01", True),
        (-61.5, 16.2, "02", False),
        (2.35, 48.85, "01", False),
        (166.4, -22.2, "988", True),
        (-149.5, -17.5, None, True),
    ],
)
def test_where_france_is(lon: float, lat: float, region: str | None, expected: bool) -> None:
    assert checks.is_in_france(lon, lat, region) is expected


def test_a_position_outside_france_is_named() -> None:
    lines = failures_of(checks.check_bounds, table(GOOD.assign(lon=[0.0, 55.5], lat=[0.0, -20.9])))
    assert lines == ["aeroports.parquet: position outside its territory (1 row(s): CDG (0.0, 0.0))"]
    assert failures_of(checks.check_bounds, table(GOOD.assign(lon=[None, 55.5], lat=[None, -20.9]))) == []


def test_shapes_that_are_empty_or_invalid() -> None:
    bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    lines = failures_of(checks.check_geometry, layer(shapes=[bow_tie, shapely.Point()]))
    assert lines[0] == "aeroports.geojson: no shape (1 row(s): RUN)"
    assert lines[1].startswith("aeroports.geojson: invalid shape (1 row(s): CDG: Self-intersection")


def test_shapes_and_rows_that_do_not_meet() -> None:
    other = GOOD.assign(iata=["CDG", "ORY"])
    lines = failures_of(checks.check_shapes_have_rows, layer(other[["iata"]]), table(GOOD))
    assert lines == [
        "aeroports.geojson: shapes without a row in aeroports.parquet (1 row(s): ORY)",
        "aeroports.geojson: rows of aeroports.parquet without a shape (1 row(s): RUN)",
    ]


def test_a_file_of_one_millesime_is_held_against_that_millesime_only() -> None:
    rows = pd.DataFrame({"millesime": ["2020-10", "2024-07"], "territoire_id": ["ti-1", "ti-2"]})
    one = Product("territoires-2020-10-apercu", "geojson", ("territoires",), "2020-10", rows[["territoire_id"]][:1],
                  [shapely.box(0, 0, 1, 1)], table="territoires")  # fmt: skip
    assert failures_of(checks.check_shapes_have_rows, one, table(rows, "territoires")) == []


def test_coverage_may_grow_but_not_shrink() -> None:
    previous = {"aeroports.parquet": {"rows": 2, "filled": {"iata": 2, "nom": 2, "altitude": 1}}}
    lines = failures_of(checks.check_coverage, table(GOOD.head(1)), previous)
    assert "aeroports.parquet: 2 rows before, 1 now: coverage shrank" in lines
    assert "aeroports.parquet: nom: 2 filled before, 1 now: coverage shrank" in lines
    assert "aeroports.parquet: altitude: 1 filled before, 0 now: coverage shrank" in lines
    assert failures_of(checks.check_coverage, table(GOOD), {"aeroports.parquet": {"rows": 1, "filled": {}}}) == []


def test_all_failures_are_listed_at_once() -> None:
    bad = table(pd.concat([GOOD, GOOD]).assign(nom=None, lon=0.0))
    with pytest.raises(ChecksFailed) as error:
        check_products([bad], {"gone.geojson": {"rows": 1}})
    text = str(error.value)
    for expected in ("not unique", "null where", "outside its territory", "expected 142, found 4", "no longer built"):
        assert expected in text


def test_many_rows_are_counted_not_all_shown() -> None:
    found = Failures()
    found.add_rows("table", "wrong", range(25))
    assert found.lines == ["table: wrong (25 row(s): 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 15 more)"]


def test_official_totals_are_read_from_their_table(tmp_path: Path) -> None:
    path = tmp_path / "totaux.csv"
    path.write_text("table,colonne,valeur,attendu,source\nprojets,mesure,covid,2,s\nsites,,,1,s\n", encoding="utf-8")
    found = Failures()
    check_totals({"projets": pd.DataFrame({"mesure": ["covid", "autre"]})}, found, path)
    assert found.lines == ["projets where mesure = covid (official total, s): expected 2, found 1"]


def test_children_sum_to_their_parents() -> None:
    communes = pd.DataFrame({"code_departement": ["01", "01"], "code_region": ["84", "84"], "code_epci": [None, "2"]})
    departements = pd.DataFrame(
        {"code_departement": ["01"], "code_region": ["84"], "n_communes": [2], "population": [10]}
    )
    regions = pd.DataFrame({"code_region": ["84"], "n_communes": [2], "population": [10]})
    frames = {"communes": communes, "departements": departements, "regions": regions}
    assert failures_of(check_hierarchy, frames) == []
    frames["regions"] = regions.assign(population=11)
    assert failures_of(check_hierarchy, frames) == [
        "regions: population: not the sum of its departements (1 row(s): 84: 11 stated, 10 summed)"
    ]


def test_published_facets_are_reproduced_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "facets.csv"
    path.write_text(
        "facet,value_label,count\nmesure,Renforcement des compétences,1\ntype_entreprise,(vide),1\n"
        "type_entreprise,GIE,1\nnom_region,ÎLE-DE-FRANCE,1\nnom_region,Île-de-France,1\nnom_region,ATLANTIDE,3\n",
        encoding="utf-8",
    )
    regions = pd.DataFrame({"nom": ["Île-de-France"], "code_region": ["11"]})
    projets = pd.DataFrame({"mesure": ["competences", "covid"], "taille": ["gie", None], "volet": None})
    projets = projets.assign(code_region=["11", "84"])
    assert failures_of(check_facets, projets, regions, path) == [
        "projets: code_region: published facet without a code (1 row(s): ATLANTIDE)",
        "projets: code_region = 11 (published facet): expected 2, found 1",
    ]

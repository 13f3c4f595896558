"""The base map, from small synthetic sources in the layout of the real ones."""

from pathlib import Path

import orjson
import pandas as pd
import pytest
import shapely

from etl.build.fond import build_fond
from etl.build.names import read_names, read_river_points
from etl.encode import encode_product
from etl.products import LocalPath, Product
from tests.etl.topology import Shape, box, write_topology


def feature(name: str | None, rank: int, geometry: shapely.Geometry, **more: str | None) -> dict[str, object]:
    properties = {"name": name, "scalerank": rank, "name_alt": None, **more}
    return {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(geometry)}


def write_features(path: Path, *features: dict[str, object]) -> Path:
    path.write_bytes(orjson.dumps({"type": "FeatureCollection", "features": features}, default=list))
    return path


@pytest.fixture
def local_path(tmp_path: Path) -> LocalPath:
    countries = [
        ({"id": "250", "name": "France"}, [box(-4, 43, 8, 50)]),
        ({"id": "276", "name": "Germany"}, [box(8.02, 47, 15, 54), box(9, 54.5, 9.03, 54.53)]),
        ({"id": "643", "name": "Russia"}, [box(30, 50, 60, 70)]),
        ({"id": "480", "name": "Mauritius"}, [box(57.3, -20.5, 57.8, -20.0)]),
    ]
    rivers: list[Shape] = [({}, [[(4.8, 45.7), (4.8, 43.5)]]), ({}, [[(10, 50), (11, 52)]])]
    lakes: list[Shape] = [({}, [box(6.2, 46.2, 6.9, 46.5)])]
    saone = shapely.LineString([(5, 47.5), (4.85, 46)])
    files = {
        "pays": write_topology(tmp_path / "pays.json", {"countries": countries}),
        "eaux-europe": write_topology(tmp_path / "eaux.json", {"rivers": rivers, "lakes": lakes}),
        "fleuves": write_features(
            tmp_path / "fleuves.json",
            feature("Sane", 10, saone),
            feature("Aire", 10, shapely.LineString([(5, 49), (4, 49.3)]), name_alt="Aisne, Oise"),
            feature("Petit Gland", 12, shapely.LineString([(4, 49), (4, 48)])),
            feature(None, 10, shapely.LineString([(3, 49), (3, 48)])),
            feature("Spree", 10, shapely.LineString([(13, 52), (14, 52)])),
        ),
        "lacs": write_features(
            tmp_path / "lacs.json",
            feature("Neuchatel", 10, shapely.box(6.9, 46.85, 7.1, 47)),
            feature("Leman twice", 10, shapely.box(6.3, 46.3, 6.6, 46.4)),
            feature(None, 10, shapely.box(1, 46, 1.2, 46.1)),
        ),
    }
    return files.__getitem__


@pytest.fixture
def fond(local_path: LocalPath) -> Product:
    [product] = build_fond(local_path)
    return product


def names(fond: Product, kind: str) -> list[str | None]:
    assert fond.frame is not None
    found = fond.frame["nom"][fond.frame["type"] == kind]
    return [None if pd.isna(name) else name for name in found]


def shape_of(fond: Product, name: str) -> shapely.Geometry:
    assert fond.frame is not None
    assert fond.geometry is not None
    shape = fond.geometry[fond.frame["nom"].tolist().index(name)]
    assert shape is not None
    return shape


def test_neighbours_are_there_in_french_without_france_or_the_far_side_of_the_world(fond: Product) -> None:
    assert names(fond, "pays") == ["Allemagne", "Maurice"]


def test_neighbours_go_on_under_the_border_so_that_no_sea_shows(fond: Product) -> None:
    germany = shape_of(fond, "Allemagne")
    assert germany.covers(shapely.Point(7.98, 48))
    assert not germany.intersects(shapely.Point(7.5, 48))


def test_specks_are_dropped_in_the_national_view(fond: Product) -> None:
    assert not shape_of(fond, "Allemagne").intersects(shapely.Point(9.01, 54.51))


def test_great_rivers_are_named_by_a_place_and_lost_accents_come_back(fond: Product) -> None:
    rivers = names(fond, "fleuve")
    assert {"Rhône", "Saône", "Aire, Aisne, Oise"} <= set(rivers)
    assert None in rivers  # a river that no typed place names
    assert not {"Sane", "Petit Gland", "Spree"} & set(rivers)


def test_a_lake_of_both_sources_is_drawn_once(fond: Product) -> None:
    assert sorted(names(fond, "lac"), key=str) == ["Lac de Neuchâtel", None, None]


def test_every_published_shape_is_valid(fond: Product) -> None:
    for item in orjson.loads(encode_product(fond))["features"]:
        assert shapely.geometry.shape(item["geometry"]).is_valid


def test_the_misspelt_names_of_natural_earth_are_corrected() -> None:
    assert (read_names("fleuves")["Rhne"], read_names("fleuves")["Sane"]) == ("Rhône", "Saône")
    assert {"Seine", "Loire", "Rhône", "Garonne", "Rhin"} <= {name for name, _, _ in read_river_points()}

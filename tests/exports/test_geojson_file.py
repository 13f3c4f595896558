import json
from typing import Any

import pytest

import contract
from exports.cells import clean_text
from exports.geojson_file import export_geojson
from tests.exports.frames import HOSTILE, make_provenance, make_rows


def export(name: str, shapes: dict[str, Any] | None = None) -> Any:
    table = contract.table(name)
    return json.loads(export_geojson(make_rows(table), table, make_provenance(), shapes), parse_constant=pytest.fail)


@pytest.mark.parametrize("name", ["projets", "sites", "territoires"])
def test_every_row_is_a_feature_with_every_field(name: str) -> None:
    document = export(name)
    assert document["type"] == "FeatureCollection"
    assert len(document["features"]) == len(HOSTILE) + 1 == document["metadata"]["rows"]
    assert all(list(item["properties"]) == list(contract.table(name).fields) for item in document["features"])


def test_points_are_lon_lat_and_no_position_is_a_null_geometry() -> None:
    features = export("projets")["features"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [-1.25, -1.25]}
    assert features[-1]["geometry"] is None


def test_polygons_are_taken_by_the_last_key_and_a_missing_one_is_null() -> None:
    shape = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 1], [0, 0]]]}
    features = export("territoires", {"@SUM(1+1)": shape})["features"]
    assert [item["geometry"] for item in features if item["id"] == "@SUM(1+1)"] == [shape]
    assert {str(item["geometry"]) for item in features if item["id"] != "@SUM(1+1)"} == {"None"}


def test_texts_lists_and_json_keep_their_nature() -> None:
    features = export("sites")["features"]
    assert [item["properties"]["site_nom"] for item in features[:-1]] == [clean_text(text) for text in HOSTILE]
    assert features[0]["properties"]["labels"] == [{"a": 1}]
    assert features[0]["properties"]["sources"][1] == "b|c"


def test_missing_is_null() -> None:
    properties = export("projets")["features"][-1]["properties"]
    assert all(
        (properties[name] is None) == field.is_nullable for name, field in contract.table("projets").fields.items()
    )


def test_the_metadata_name_filters_and_sources() -> None:
    metadata = export("projets")["metadata"]
    assert metadata["hash"] == "ab" * 32
    assert metadata["filters"][0] == {"facet": "Région", "values": ["Normandie (28)"]}
    assert metadata["sources"][0]["licence"] == "Licence Ouverte 2.0"
    assert metadata["sources"][0]["date_published"] is None

"""Products to bytes: deterministic, typed by the contract, null never 0."""

import datetime as dt
import io

import numpy as np
import orjson
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely

from etl.encode import bounds_of, encode_product, round_shape, to_plain
from etl.errors import PublishError
from etl.products import Product

FRAME = pd.DataFrame({"iata": ["ORY", "CDG"], "nom": ["Orly", "Roissy"], "lon": [2.379444, 2.55], "lat": [48.7, 49.0]})
POINTS = list(shapely.points(FRAME["lon"], FRAME["lat"]))


def table(frame: pd.DataFrame = FRAME, name: str = "aeroports") -> Product:
    return Product(name, "table", ("aeroports",), "2026", frame)


def layer(frame: pd.DataFrame = FRAME[["iata"]], shapes: list[shapely.Geometry] | None = None) -> Product:
    return Product("aeroports", "geojson", ("aeroports",), "2026", frame, POINTS if shapes is None else shapes)


def read(content: bytes) -> pd.DataFrame:
    return pq.read_table(io.BytesIO(content)).to_pandas()


def test_the_order_of_rows_does_not_change_the_bytes() -> None:
    upside_down = FRAME.iloc[::-1].reset_index(drop=True)
    assert encode_product(table()) == encode_product(table(upside_down))
    reverse = layer(upside_down[["iata"]], POINTS[::-1])
    assert encode_product(layer()) == encode_product(reverse)


def test_a_table_has_the_columns_of_the_contract_in_its_order_and_no_pandas_metadata() -> None:
    shuffled = FRAME[["lat", "nom", "lon", "iata"]]
    content = pq.read_table(io.BytesIO(encode_product(table(shuffled))))
    assert content.column_names == ["iata", "nom", "lon", "lat"]
    assert content.column("iata").to_pylist() == ["CDG", "ORY"]
    assert content.schema.metadata is None


def test_a_missing_or_unknown_column_is_named() -> None:
    with pytest.raises(PublishError, match=r"missing: \['lat'\]; not in the contract: \['altitude'\]"):
        encode_product(table(FRAME.rename(columns={"lat": "altitude"})))


def test_a_cell_of_another_kind_is_refused() -> None:
    with pytest.raises(PublishError, match=r"aeroports\.parquet: lon: expected float"):
        encode_product(table(FRAME.assign(lon=["east", "west"])))


def test_whole_numbers_stay_whole_beside_nulls() -> None:
    frame = pd.DataFrame(
        {"vague": ["2020-01", "2020-07"], "code_region": ["FR", "11"], "annonces": [12, None], "documentes": [9, 0]}
    ).assign(documentes_surs=[9, 0])
    content = pq.read_table(io.BytesIO(encode_product(table(frame, "sites-couverture"))))
    assert content.column("annonces").to_pylist() == [12, None]
    assert content.column("documentes").to_pylist() == [9, 0]
    with pytest.raises(PublishError, match="not a whole number"):
        encode_product(table(frame.assign(annonces=[1.5, None]), "sites-couverture"))


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, pd.NaT, float("inf"), np.float64("nan")])
def test_every_way_of_saying_missing_is_null(missing: object) -> None:
    assert to_plain(missing) is None


def test_plain_values_stay_themselves() -> None:
    values = [0, 0.0, False, "", np.int64(3), np.bool_(True), dt.date(2020, 1, 2), pd.Timestamp("2020-01-02"), [np.nan]]
    assert [to_plain(value) for value in values] == [0, 0.0, False, "", 3, True, "2020-01-02", "2020-01-02", [None]]


def test_a_geojson_has_one_feature_a_line() -> None:
    lines = encode_product(layer()).decode().splitlines()
    assert len(lines) == 2 + len(FRAME)
    features = orjson.loads("\n".join(lines))["features"]
    assert [feature["properties"]["iata"] for feature in features] == ["CDG", "ORY"]
    assert features[1]["geometry"]["coordinates"] == [2.37944, 48.7]


def test_a_row_without_a_place_has_a_null_geometry() -> None:
    document = orjson.loads(encode_product(layer(shapes=[None, POINTS[1]])))
    assert [feature["geometry"] is None for feature in document["features"]] == [False, True]


def test_fewer_shapes_than_rows_are_refused() -> None:
    with pytest.raises(PublishError, match="one geometry a row"):
        encode_product(layer(shapes=POINTS[:1]))


def test_areas_have_four_decimals_and_turn_as_the_standard_asks() -> None:
    clockwise = shapely.Polygon([(0, 0), (0, 1.00004), (1.00006, 1), (1, -0.00001)])
    plain = round_shape(clockwise)
    assert plain is not None
    ring = plain["coordinates"][0]
    assert shapely.LinearRing(ring).is_ccw
    assert {value for point in ring for value in point} == {0.0, 1.0, 1.0001}
    assert "-0.0" not in orjson.dumps(ring).decode()


def test_bounds_come_from_shapes_or_from_coordinates_or_are_unknown() -> None:
    expected = [2.37944, 48.7, 2.55, 49.0]
    assert bounds_of(layer()) == expected
    assert bounds_of(table()) == expected
    assert bounds_of(table(FRAME.assign(lon=None, lat=None))) is None
    assert bounds_of(layer(shapes=[None, None])) is None


def test_raw_bytes_are_written_as_they_are() -> None:
    assert encode_product(Product("x.json", "raw", ("aeroports",), "2026", raw=b"{}")) == b"{}"
    with pytest.raises(PublishError, match="needs `raw`"):
        encode_product(Product("x.json", "raw", ("aeroports",), "2026"))

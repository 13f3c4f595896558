from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from etl.errors import EtlError, ExtractError
from etl.establishments.columns import SECTIONS, find_columns, sections_of
from etl.establishments.parts import cut, read_rows
from etl.establishments.reading import ABSENT, GIVEN, INVALID, declared, read_part, to_points

LILLE = (3.06, 50.63)
LILLE_93 = (704_300.0, 7_059_000.0)
CAYENNE_UTM = (352_000.0, 545_000.0)


def points(crs: str = "", **columns: Any) -> gpd.GeoDataFrame:
    rows = pa.table({"siret": ["12345678900012"] * len(next(iter(columns.values()))), **columns})
    return to_points(rows, find_columns(rows.column_names, "here"), crs, "here")


def place(frame: gpd.GeoDataFrame) -> tuple[float, float]:
    return round(frame.geometry[0].x, 2), round(frame.geometry[0].y, 2)


def test_degrees_win_over_metres() -> None:
    frame = points("EPSG:2154", lon=[LILLE[0]], lat=[LILLE[1]], x=[1.0], y=[1.0])

    assert place(frame) == LILLE


@pytest.mark.parametrize("kind", [float, str, lambda value: f" {value} ".replace(".", ",")])
def test_metres_of_a_declared_system_become_degrees(kind: Callable[[float], object]) -> None:
    frame = points("EPSG:2154", x=[kind(LILLE_93[0])], y=[kind(LILLE_93[1])])

    assert place(frame) == LILLE


def test_the_system_of_a_row_wins_over_the_declared_one() -> None:
    frame = points("EPSG:2154", x=[CAYENNE_UTM[0], LILLE_93[0]], y=[CAYENNE_UTM[1], LILLE_93[1]], epsg=["2972", None])

    assert place(frame) == (-52.33, 4.93)
    assert frame["coordonnees"].tolist() == [GIVEN, GIVEN]


def test_the_official_system_is_that_of_the_stated_departement() -> None:
    frame = points("official", x=[CAYENNE_UTM[0]], y=[CAYENNE_UTM[1]], codeCommuneEtablissement=["97302"])

    assert place(frame) == (-52.33, 4.93)


def test_metres_without_a_system_are_refused_with_what_to_do() -> None:
    with pytest.raises(ExtractError, match=r"here: expected a column epsg.*--crs EPSG:2154"):
        points(x=[1.0], y=[1.0])


def test_a_system_that_france_does_not_use_is_refused() -> None:
    with pytest.raises(ExtractError, match="found EPSG:27700"):
        points(x=[1.0], y=[1.0], epsg=[27700])
    with pytest.raises(EtlError, match="--crs: expected official or one of"):
        declared("EPSG:3857")


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        (None, 50.0, ABSENT),
        (None, None, ABSENT),
        (float("nan"), 50.0, INVALID),
        (3.0, float("inf"), INVALID),
        (1e308, 50.0, INVALID),
        (3.0, 91.0, INVALID),
        (0.0, 0.0, GIVEN),
    ],
)
def test_nothing_given_is_not_the_same_as_something_wrong(lon: float, lat: float, expected: int) -> None:
    frame = points(lon=pa.array([lon], pa.float64()), lat=pa.array([lat], pa.float64()))

    assert frame["coordonnees"].tolist() == [expected]
    assert (frame.geometry[0] is None) == (expected != GIVEN)


@pytest.mark.parametrize(
    ("text", "expected"), [("", ABSENT), ("[ND]", ABSENT), ("NaN", INVALID), ("n.c.", INVALID), ("-inf", INVALID)]
)
def test_texts_that_are_no_number(text: str, expected: int) -> None:
    assert points(lon=[text], lat=["50"])["coordonnees"].tolist() == [expected]


@pytest.mark.parametrize("pair", [LILLE_93[::-1], (float("inf"), 1.0), (1e308, 1e308), (0.0, 0.0)])
def test_a_pair_outside_the_area_of_its_system_is_invalid(pair: tuple[float, float]) -> None:
    assert points("EPSG:2154", x=[pair[0]], y=[pair[1]])["coordonnees"].tolist() == [INVALID]


def test_codes_that_a_spreadsheet_made_numbers_get_their_zeros_back() -> None:
    rows = pa.table({"siret": [5_410_000_012], "code_commune": [1001], "lon": [None], "lat": [None]})
    frame = to_points(rows, find_columns(rows.column_names, "here"), "", "here")

    assert frame.loc[0, ["siret", "code_commune"]].tolist() == ["00005410000012", "01001"]


@pytest.mark.parametrize(
    ("ape", "section"),
    [("25.62B", "C"), ("2562B", "C"), ("01.11Z", "A"), ("99.00Z", "U"), ("84.11Z", "O"), ("62.01Z", "J")],
)
def test_sections_of_activity(ape: str, section: str) -> None:
    assert SECTIONS[sections_of(pa.chunked_array([[ape]]), None)[0]] == section


@pytest.mark.parametrize("ape", [None, "", "00.00Z", "04.11Z", "A", "é", "9", "[ND]"])
def test_an_activity_that_is_no_activity_is_unknown(ape: str | None) -> None:
    assert sections_of(pa.chunked_array([pa.array([ape], pa.string())]), None).tolist() == [-1]


def test_an_activity_of_another_nomenclature_is_unknown() -> None:
    naf = pa.chunked_array([["NAFRev2", "NAF2025", None]])

    assert sections_of(pa.chunked_array([["10.71C"] * 3]), naf).tolist() == [2, -1, 2]


@pytest.mark.parametrize("header", [["lon", "lat"], ["siret"], ["siret", "lon"], ["siret", "x", "lat"]])
def test_columns_that_are_needed(header: list[str]) -> None:
    with pytest.raises(ExtractError, match=r"bad\.csv: expected a column siret and a pair of coordinates"):
        find_columns(header, "bad.csv")


def test_a_csv_and_a_parquet_of_the_same_rows_are_cut_alike(tmp_path: Path) -> None:
    rows = [f"{number:014},{3 + number / 1000},50.5,59350,25.62B" for number in range(1_000)]
    text = "\n".join(["siret,lon,lat,code_commune,ape", *rows])
    for name, content in (("a.csv", text), ("b.csv", "\ufeff" + text.replace(",", ";"))):
        (tmp_path / name).write_text(content, encoding="utf-8")
    table = pa.table(
        {
            "siret": [row.split(",")[0] for row in rows],
            "lon": [float(row.split(",")[1]) for row in rows],
            "lat": [50.5] * 1_000,
            "code_commune": ["59350"] * 1_000,
            "ape": ["25.62B"] * 1_000,
        }
    )
    pq.write_table(table, tmp_path / "c.parquet", row_group_size=300)

    frames = {}
    for name in ("a.csv", "b.csv", "c.parquet"):
        parts = cut([tmp_path / name], "", tmp_path, 300)
        assert [(part.first, part.rows) for part in parts] == [(1, 300), (301, 300), (601, 300), (901, 100)]
        frames[name] = read_part(parts[1])
        assert frames[name].attrs["where"] == f"{name}, rows 301 to 600"
    for name in ("b.csv", "c.parquet"):
        assert frames[name].drop(columns="geometry").equals(frames["a.csv"].drop(columns="geometry"))
        assert shapely.equals_exact(np.array(frames[name].geometry), np.array(frames["a.csv"].geometry), 0).all()


def test_one_huge_row_group_is_cut_again(tmp_path: Path) -> None:
    table = pa.table({"siret": [f"{n:014}" for n in range(1_000)], "lon": [3.0] * 1_000, "lat": [50.0] * 1_000})
    pq.write_table(table, tmp_path / "one.parquet", row_group_size=1_000)

    parts = cut([tmp_path / "one.parquet"], "", tmp_path, 240)

    assert [part.rows for part in parts] == [240, 240, 240, 240, 40]
    assert len(cut([tmp_path / "one.parquet"], "", tmp_path, 250)) == 1, "not worth to be written again"
    assert pa.concat_tables([read_rows(part)[0] for part in parts])["siret"].to_pylist() == table["siret"].to_pylist()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("html.parquet", b"<html>"),
        ("latin.csv", "siret,lon,lat,ape\n1,2,3,\xe9t\xe9\n".encode("latin-1")),
        ("ragged.csv", b"siret,lon,lat\n1,2\n"),
        ("empty.csv", b""),
        ("header.csv", b"siret,lon,lat\n"),
        ("html.csv", b"<html></html>\n"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(ExtractError, match=rf"{name}: expected"):
        cut([tmp_path / name], "", tmp_path)

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import ExtractError
from etl.establishments.columns import find_columns
from etl.establishments.counts import count
from etl.establishments.labels import add, label, tally
from etl.establishments.places import DEFAULT_LEVELS, LEVELS, Places
from etl.establishments.reading import to_points
from etl.placing import NOWHERE, Coverage, place

COMMUNES = pd.DataFrame(
    {
        "code_insee": ["59350", "62041", "97302"],
        "code_epci": ["200093201", None, "249730045"],
        "code_departement": ["59", "62", "973"],
        "code_region": ["32", "32", "03"],
        "territoire_2020_10": ["ti-3201", None, None],
        "territoire_2022_12": ["ti-3201", None, None],
        "territoire_2024_07": ["ti-3205", "ti-3205", "ti-0301"],
    }
)
BOXES = [shapely.box(3.0, 50.0, 3.2, 50.2), shapely.box(3.2, 50.0, 3.4, 50.2), shapely.box(-52.5, 4.8, -52.2, 5.0)]


@pytest.fixture(scope="module")
def three() -> Places:
    """Two communes side by side and one overseas; 59355 is a former commune of the first."""
    stated = {"59350": 0, "62041": 1, "97302": 2, "59355": 0}
    return Places.of(COMMUNES, np.array(BOXES, dtype=object), stated)


def one(
    places: Places, lon: float | None, lat: float | None, commune: str | None = None, ape: str = "25.62B"
) -> pd.DataFrame:
    rows = pa.table(
        {
            "siret": ["1" * 14],
            "lon": pa.array([lon], pa.float64()),
            "lat": pa.array([lat], pa.float64()),
            "code_commune": pa.array([commune], pa.string()),
            "ape": [ape],
        }
    )
    return label(to_points(rows, find_columns(rows.column_names, "here"), "", "here"), places, DEFAULT_LEVELS)


def test_a_point_gives_its_commune_and_all_its_areas(three: Places) -> None:
    row = one(three, 3.1, 50.1, "62041").iloc[0]

    assert row["position_methode"] == "point"
    assert row["code_insee"] == "59350", "the point wins over the stated commune"
    assert row[["code_epci", "territoire_2020_10", "territoire_2024_07"]].tolist() == [
        "200093201",
        "ti-3201",
        "ti-3205",
    ]
    assert row["section"] == "C"


def test_overseas_is_france(three: Places) -> None:
    assert one(three, -52.3, 4.9).iloc[0]["code_insee"] == "97302"


@pytest.mark.parametrize(
    ("lon", "lat", "commune", "expected"),
    [
        (None, None, "62041", ("62041", "commune", None)),
        (None, 50.1, "59355", ("59350", "commune", None)),
        (None, None, None, (None, None, "sans_position")),
        (None, None, "99999", (None, None, "code_inconnu")),
        (np.nan, 50.1, "62041", (None, None, "coordonnees_invalides")),
        (np.inf, 50.1, "62041", (None, None, "coordonnees_invalides")),
        (1e308, 1e308, "62041", (None, None, "coordonnees_invalides")),
        (50.1, 3.1, "59350", (None, None, "coordonnees_inversees")),
        (13.4, 52.5, "59350", (None, None, "hors_communes")),
        (0.0, 0.0, "59350", (None, None, "hors_communes")),
    ],
)
def test_why_an_establishment_is_somewhere_or_nowhere(
    three: Places, lon: float, lat: float, commune: str | None, expected: tuple[str | None, ...]
) -> None:
    row = one(three, lon, lat, commune).iloc[0]

    found = row[["code_insee", "position_methode", "position_raison"]]
    assert tuple(None if pd.isna(value) else value for value in found) == expected


def test_a_commune_in_no_area_is_outside_and_an_unknown_one_is_unknown(three: Places) -> None:
    rows = [one(three, 3.1, 50.1), one(three, 3.3, 50.1, ape=""), one(three, 13.4, 52.5), one(three, 3.1, 50.1)]

    counts = count(add([tally(row) for row in rows]), three, ("epci", "territoires-2020-10", "territoires-2024-07"))

    found = counts[counts["niveau"] != "epci"].astype(object).where(counts.notna(), None)
    assert found.values.tolist() == [
        ["territoires-2020-10", "ti-3201", "dans", "C", 2],
        ["territoires-2020-10", None, "hors", None, 1],
        ["territoires-2020-10", None, "inconnu", "C", 1],
        ["territoires-2024-07", "ti-3205", "dans", "C", 2],
        ["territoires-2024-07", "ti-3205", "dans", None, 1],
        ["territoires-2024-07", None, "inconnu", "C", 1],
    ]
    assert (counts.groupby("niveau")["n_etablissements"].sum() == len(rows)).all()


@given(st.lists(st.tuples(st.floats(2.9, 3.5), st.floats(49.9, 50.3)), max_size=30))
def test_each_point_is_in_one_polygon_whatever_its_neighbours_are(pairs: list[tuple[float, float]]) -> None:
    coverage = Coverage.of(np.array(BOXES, dtype=object))
    points = np.array([shapely.Point(pair) for pair in [*pairs, (3.2, 50.1)]], dtype=object)

    together = place(points, coverage)

    assert together[-1] == 0, "on the border of both: the first"
    assert together.tolist() == [place(points[[row]], coverage)[0] for row in range(len(points))]
    for point, row in zip(points, together, strict=True):
        assert (row == NOWHERE) == (not any(box.intersects(point) for box in BOXES))


def test_every_point_of_a_real_border_belongs_to_exactly_one(places: Places) -> None:
    """Corners and middles of the shared borders of EPCI: never in none, and the same one however often it is asked."""
    polygons = places.coverage.polygons
    corners, owner = shapely.get_coordinates(polygons, return_index=True)
    same = owner[1:] == owner[:-1]
    middles = ((corners[1:] + corners[:-1]) / 2)[same][::7]
    points = shapely.points(corners[::7])

    found = place(points, places.coverage)

    assert (found != NOWHERE).all()
    assert (found <= owner[::7]).all(), "the first of those that share it"
    shifted = place(shapely.points(middles[::-1]), places.coverage)[::-1]
    assert (shifted == place(shapely.points(middles), places.coverage)).all()


def test_it_agrees_with_geopandas(places: Places, boxes: np.ndarray) -> None:
    random = np.random.default_rng(3)
    box = boxes[random.integers(0, len(boxes), 20_000)]
    points = shapely.points(random.uniform(box[:, 0], box[:, 2]), random.uniform(box[:, 1], box[:, 3]))
    areas = gpd.GeoDataFrame(geometry=places.coverage.polygons, crs=4326)
    joined = gpd.sjoin(gpd.GeoDataFrame(geometry=points, crs=4326), areas, how="left", predicate="intersects")
    expected = joined["index_right"].groupby(level=0).min().fillna(NOWHERE)

    assert (place(points, places.coverage) == expected.to_numpy(int)).all()


@pytest.mark.parametrize("nothing", [None, shapely.Point(), shapely.Point(np.nan, np.nan)])
def test_a_point_that_is_nothing_is_nowhere(three: Places, nothing: shapely.Point | None) -> None:
    assert place(np.array([nothing], dtype=object), three.coverage).tolist() == [NOWHERE]
    assert place(np.array([], dtype=object), three.coverage).tolist() == []


def test_what_cannot_be_placed_names_its_rows(three: Places) -> None:
    frame = gpd.GeoDataFrame({"siret": ["1"]}, geometry=[shapely.Point(3.1, 50.1)], crs=4326)
    frame.attrs["where"] = "stock.parquet, rows 1 to 1"

    with pytest.raises(ExtractError, match=r"stock\.parquet, rows 1 to 1: could not be placed"):
        label(frame, three, ("epci",))


def test_the_levels_that_can_be_asked_are_those_of_the_tables(places: Places) -> None:
    assert set(places.levels) == set(LEVELS)
    assert all((level.of_commune < len(level.codes)).all() for level in places.levels.values())

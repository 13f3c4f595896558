"""Reference layers: cities, airports, stations, ports, substations. Points in WGS84 degrees, France only."""

import re
import unicodedata

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from etl.build.fond import BOX, OVERSEAS
from etl.build.names import read_names
from etl.errors import ExtractError
from etl.extract import reference
from etl.extract.communes import read_table
from etl.extract.decoupage import read_communes, read_rows
from etl.extract.topojson import read_topology
from etl.products import LocalPath, Product

AIRPORT_COUNTRIES = ("FR", "GP", "MQ", "GF", "RE", "YT")
PORT_COUNTRIES = ("250", "540", "258")  # ISO 3166 numbers: France with its regions overseas, New Caledonia, Polynesia
PORT_REACH = 0.3  # degrees: a port farther than that from any French shore is not in France
MIN_VOLTAGE_KV = 220
N_LARGEST = 120
# Two cities of rank 1, 2 or 3 are at least that far apart (km) and have that many inhabitants; the rest have rank 4.
RANKS = ((90.0, 100_000), (50.0, 40_000), (25.0, 0))
VILLES_SOURCES = ("communes-2024", "decoupage-communes", "decoupage-departements")


def build_villes(local_path: LocalPath) -> list[Product]:
    """The 120 largest communes and every prefecture, at their town hall, ranked so that labels leave room."""
    current, _ = read_communes(local_path("decoupage-communes"))
    departements = read_rows(local_path("decoupage-departements"))
    seats = {row["chefLieu"] for row in departements if row["zone"] in ("metro", "drom")}
    # Collectivities outside the regions (975, 977, 978, 98x): no source at hand places their communes.
    current = current[~current.index.str.startswith(("975", "977", "978", "98"))]
    largest = current["population"].dropna().astype("int64").sort_values(ascending=False, kind="stable")
    codes = sorted(set(largest.index[:N_LARGEST]) | seats)
    place = _town_halls(local_path, codes)
    frame = current.loc[codes].rename_axis("code_insee").reset_index().join(place, on="code_insee")
    frame["population"] = frame["population"].astype("int64")
    frame["rang"] = _ranks(frame)
    frame = frame[["code_insee", "nom", "population", "rang", "lon", "lat"]]
    return _both("villes", frame, VILLES_SOURCES, "2026")


def build_aeroports(local_path: LocalPath) -> list[Product]:
    """Airports with a IATA code in metropolitan France and the five overseas regions (142)."""
    frame = reference.read_aeroports(local_path("aeroports"))
    frame = frame[frame["pays"].isin(AIRPORT_COUNTRIES)].drop(columns="pays")
    return _both("aeroports", frame, ("aeroports",), "2026-09-05")


def build_gares(local_path: LocalPath) -> list[Product]:
    """One row a station: the source repeats a station on each of its lines (3,819 rows, 3,417 stations).

    The point is that of its first line, by line code then rank.

    Raises:
        ExtractError: when two rows of one station disagree on its name or its uses.
    """
    frame = reference.read_gares(local_path("gares")).sort_values(["code_uic", "code_ligne", "rang"], kind="stable")
    facts = frame.groupby("code_uic")[["nom", "is_fret", "is_voyageurs"]].nunique()
    torn = facts.index[(facts > 1).any(axis=1)].tolist()
    if torn:
        raise ExtractError(f"gares: rows disagree on the name or the uses of station(s) {', '.join(torn[:10])}.")
    frame = frame.drop_duplicates("code_uic").drop(columns=["code_ligne", "rang"])
    return _both("gares", frame, ("gares",), "2024-01")


def build_ports(local_path: LocalPath) -> list[Product]:
    """Sea ports whose nearest shore is French (Monaco's is not); of two points of one port, the larger stays."""
    around = shapely.union_all([BOX, OVERSEAS])
    frame = reference.read_ports(local_path("ports"))
    frame = frame[shapely.contains_xy(around, frame["lon"], frame["lat"])]
    points = shapely.points(frame["lon"], frame["lat"])
    coasts = read_topology(local_path("pays"), "countries", around)
    tree = shapely.STRtree([shape for _, shape in coasts])
    index, distance = tree.query_nearest(points, return_distance=True, all_matches=False)
    country = np.array([row["id"] or "" for row, _ in coasts])[index[1]]
    frame = frame[np.isin(country, PORT_COUNTRIES) & (distance < PORT_REACH)]
    names = read_names("ports")
    frame = frame.assign(nom=[names.get(name, name) for name in frame["nom"]])
    frame = frame.sort_values(["nom", "scalerank", "lon"], kind="stable").drop_duplicates("nom")
    frame = frame.assign(port_id=[slug(name) for name in frame["nom"]])
    return _both("ports", frame[["port_id", "nom", "lon", "lat"]], ("pays", "ports"), "Natural Earth 2020")


def build_postes(local_path: LocalPath) -> list[Product]:
    """French substations of 220 kV and more, in service: one row a station, at its highest voltage.

    The source names no station: ``nom`` is null.
    """
    frame = reference.read_postes(local_path("postes-entsoe"))
    is_kept = (frame["pays"] == "FR") & (frame["tension_kv"] >= MIN_VOLTAGE_KV) & ~frame["is_en_construction"]
    frame = frame[is_kept & (frame["genre"] != "joint")]  # a joint is a fork of a line
    frame = frame.sort_values(["station", "tension_kv", "lon"], ascending=[True, False, True], kind="stable")
    frame = frame.drop_duplicates("station")
    frame = frame.assign(poste_id="entsoe-" + frame["station"], nom=None)
    return _both("postes", frame[["poste_id", "nom", "tension_kv", "lon", "lat"]], ("postes-entsoe",), "2019")


def slug(name: str) -> str:
    """A name as an identifier: ASCII, lower case, hyphens."""
    letters = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _both(name: str, frame: pd.DataFrame, sources: tuple[str, ...], millesime: str) -> list[Product]:
    """The table and the GeoJSON of a layer of points."""
    frame = frame.reset_index(drop=True).assign(lon=frame["lon"].round(5).values, lat=frame["lat"].round(5).values)
    points = list(shapely.points(frame["lon"], frame["lat"]))
    properties = frame.drop(columns=["lon", "lat"])
    return [
        Product(name, "table", sources, millesime, frame),
        Product(name, "geojson", sources, millesime, properties, points),
    ]


def _town_halls(local_path: LocalPath, codes: list[str]) -> pd.DataFrame:
    """Place of each commune's town hall, WGS84: where the town is, unlike the middle of a large commune.

    Paris has no town hall in the source: the middle of its polygon stands in.
    """
    columns = ["code", "type", "mairie_localisation", "geometry"]
    table = read_table(local_path("communes-2024"), columns)
    is_wanted = pc.and_(pc.equal(table["type"], "COM"), pc.is_in(table["code"], pa.array(codes)))
    rows = table.filter(is_wanted).to_pandas().set_index("code")
    hall = rows["mairie_localisation"].where(rows["mairie_localisation"].fillna("") != "", rows["geometry"])
    missing = sorted(set(codes) - set(hall.dropna().index))
    if missing:
        raise ExtractError(f"villes: neither town hall nor polygon in communes-2024 for {', '.join(missing)}.")
    points = shapely.centroid(shapely.from_wkb(hall.tolist()))
    return pd.DataFrame({"lon": shapely.get_x(points), "lat": shapely.get_y(points)}, index=rows.index)


def _ranks(frame: pd.DataFrame) -> list[int]:
    """Display rank: going down by population, a city takes the best rank in which it has room around it.

    Overseas, where towns are few, the rank asks for no size.
    """
    placed: list[tuple[int, tuple[float, float]]] = []
    ranks = {}
    for row in frame.sort_values("population", ascending=False, kind="stable").itertuples():
        here, is_overseas = (float(row.lon), float(row.lat)), str(row.code_insee).startswith("97")
        ranks[row.Index] = len(RANKS) + 1
        for rank, (spacing, size) in enumerate(RANKS, start=1):
            is_free = all(distance_km(here, point) >= spacing for level, point in placed if level <= rank)
            if is_free and (is_overseas or row.population >= size):
                placed.append((rank, here))
                ranks[row.Index] = rank
                break
    return [ranks[index] for index in frame.index]


def distance_km(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Great-circle distance in km between two points given as (lon, lat) in degrees."""
    (lon1, lat1), (lon2, lat2) = np.radians(first), np.radians(second)
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return float(2 * 6371.0088 * np.arcsin(np.sqrt(half)))

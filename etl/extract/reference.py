"""Reference layers as published: SNCF stations, Natural Earth ports and water, ENTSO-E substations, airports."""

from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from etl.errors import ExtractError


def read_features(path: Path, properties: tuple[str, ...]) -> tuple[pd.DataFrame, list[BaseGeometry]]:
    """The named properties and the shapes (WGS84) of a GeoJSON; features without a shape are left out.

    Raises:
        ExtractError: when the file is not a FeatureCollection or a property is missing.
    """
    try:
        features = [item for item in orjson.loads(path.read_bytes())["features"] if item.get("geometry")]
        rows = [{name: item["properties"][name] for name in properties} for item in features]
        shapes = [shapely.geometry.shape(item["geometry"]) for item in features]
    except (ValueError, KeyError, TypeError, shapely.errors.ShapelyError) as error:
        raise ExtractError(f"{path.name}: expected a GeoJSON with {', '.join(properties)} ({error!r}).") from error
    return pd.DataFrame(rows, columns=list(properties)), shapes


def read_gares(path: Path) -> pd.DataFrame:
    """One row a station and line (3,819): code_uic, nom, code_ligne, rang, is_fret, is_voyageurs, lon, lat."""
    columns = ("code_uic", "libelle", "code_ligne", "rg_troncon", "fret", "voyageurs")
    frame, shapes = read_features(path, columns)
    frame["lon"], frame["lat"] = shapely.get_x(shapes), shapely.get_y(shapes)
    for name in ("fret", "voyageurs"):
        frame[f"is_{name}"] = frame.pop(name).map({"O": True, "N": False})
    return frame.rename(columns={"libelle": "nom", "rg_troncon": "rang"})


def read_ports(path: Path) -> pd.DataFrame:
    """The ports of the world: nom, scalerank (low is large), lon, lat."""
    frame, shapes = read_features(path, ("name", "scalerank"))
    frame["lon"], frame["lat"] = shapely.get_x(shapes), shapely.get_y(shapes)
    return frame.rename(columns={"name": "nom"})


def read_postes(path: Path) -> pd.DataFrame:
    """The buses of the European grid: station, tension_kv, genre, pays (ISO 2), is_en_construction, lon, lat.

    A station has one bus a voltage. The source names none.
    """
    rows = _read_csv(path, ["station_id", "voltage", "symbol", "under_construction", "tags", "x", "y"], quotechar="'")
    return pd.DataFrame(
        {
            "station": rows["station_id"],
            "tension_kv": pd.to_numeric(rows["voltage"]),
            "genre": rows["symbol"],
            "pays": rows["tags"].str.extract(r'"country"=>"(\w*)"', expand=False),
            "is_en_construction": rows["under_construction"] == "t",
            "lon": pd.to_numeric(rows["x"]),
            "lat": pd.to_numeric(rows["y"]),
        }
    )


def read_aeroports(path: Path) -> pd.DataFrame:
    """The airports of the world that have a IATA code: iata, nom, pays (ISO 2), lon, lat."""
    rows = _read_csv(path, ["iata", "name", "country", "lat", "lon"])
    rows = rows[rows["iata"].notna()]
    place = {name: pd.to_numeric(rows[name]) for name in ("lon", "lat")}
    return pd.DataFrame({"iata": rows["iata"], "nom": rows["name"], "pays": rows["country"], **place})


def _read_csv(path: Path, columns: list[str], **options: Any) -> pd.DataFrame:
    """The named columns as text. « NA » is Namibia here, so only an empty cell is null."""
    try:
        return pd.read_csv(path, usecols=columns, dtype=str, keep_default_na=False, na_values=[""], **options)
    except ValueError as error:
        raise ExtractError(f"{path.name}: expected the columns {', '.join(columns)} ({error}).") from error

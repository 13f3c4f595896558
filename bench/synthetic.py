"""A publication that is larger than the real one: n times its projects, m times its territoires. Never shipped.

Every added project is a copy of a real row with an id and a name of its own (« SYNTHÉTIQUE 004213 »), moved within
its intercommunality: an address anywhere inside, a commune's centre to another commune's. Territoires are cut in
strips from west to east. The folder is written by the ETL's own functions, so that the time of its publication step
is measured.
"""

import hashlib
import itertools
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson
import pandas as pd
import shapely

from contract import MILLESIMES, column_for
from etl.build.carte import build_carte
from etl.catalog import catalog
from etl.encode import encode_product
from etl.manifest import NAME, content_hash, describe, encode_manifest, read_manifest
from etl.products import Product

ROOT = Path(__file__).parent.parent
PUBLISHED = ROOT / "geodata" / "published"
KEPT = ROOT / ".cache" / "growth"

SOURCES = ("plan-de-relance",)
MILLESIME = "synthetique"
SEED = 20
_SPREAD_DEGREES = 0.12  # of the first try; halved until the point is inside
_TRIES = 6
_LEVELS = ("", "-apercu")


@dataclass(frozen=True)
class Size:
    """How many times the projects and the territoires of the real publication."""

    projects: int = 1
    territoires: int = 1

    @property
    def name(self) -> str:
        return f"projets-{self.projects}-territoires-{self.territoires}"


@dataclass(frozen=True)
class Written:
    """What was written: the folder, the rows, and the seconds of making the bytes and the manifest."""

    folder: Path
    projects: int
    territoires: int
    seconds: float


def publication(size: Size, base: Path = PUBLISHED, into: Path = KEPT) -> Written:
    """The folder of a size: made on first use, then kept as long as the real publication and this file are the same."""
    code = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    stamp = f"{read_manifest(base)['hash']} {code}"
    folder, note = into / size.name, into / f"{size.name}.json"
    if folder.is_dir() and note.is_file():
        known = orjson.loads(note.read_bytes())
        if known["stamp"] == stamp:
            return Written(folder, known["projects"], known["territoires"], known["seconds"])
    written = write(folder, size, base)
    numbers = {"projects": written.projects, "territoires": written.territoires, "seconds": written.seconds}
    note.write_bytes(orjson.dumps({"stamp": stamp, **numbers}))
    return written


def write(folder: Path, size: Size, base: Path = PUBLISHED) -> Written:
    """Writes a whole published folder of that size; what does not grow is copied from ``base``.

    Raises:
        ValueError: ``folder`` is that of the real publication.
    """
    if folder.resolve() in (base.resolve(), PUBLISHED.resolve()):
        raise ValueError(f"{folder}: a synthetic publication never replaces the real one. Give another folder.")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder)
    tables = {path.stem: pd.read_parquet(path) for path in base.glob("*.parquet")}
    tables["projets"] = grow_projects(tables, _shapes(base / "epci.geojson", "code_epci"), size.projects)
    products = [*_split_all(tables, base, size.territoires), *_projects(tables), *_carte(tables)]
    began = time.perf_counter()
    contents = {product.filename: encode_product(product) for product in products}
    made = describe(products, contents, {}, catalog())
    seconds = time.perf_counter() - began
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    manifest = read_manifest(base)
    files = manifest["files"] | made["files"]
    total = content_hash({name: entry["sha256"] for name, entry in files.items()})
    (folder / NAME).write_bytes(encode_manifest(manifest | {"files": files, "hash": total}))
    return Written(folder, len(tables["projets"]), len(tables["territoires"]), round(seconds, 2))


# -------------------------------------------------------------------- projects


def grow_projects(tables: dict[str, pd.DataFrame], shapes: dict[str, shapely.Geometry], times: int) -> pd.DataFrame:
    """The real rows, then ``times - 1`` moved copies of each, ids following the last real one."""
    real = tables["projets"]
    added = pd.concat([real] * (times - 1), ignore_index=True) if times > 1 else real.iloc[:0].copy()
    numbers = np.arange(len(added)) + int(real["projet_id"].str.slice(1).astype(int).max()) + 1
    added["projet_id"] = [f"p{number:04d}" for number in numbers]
    added["entreprise"] = [f"SYNTHÉTIQUE {number:06d}" for number in numbers]
    chance = np.random.default_rng(SEED)
    _move_to_communes(added, tables["communes"], chance)
    _move_addresses(added, shapes, chance)
    return pd.concat([real, added], ignore_index=True)


def _move_to_communes(rows: pd.DataFrame, communes: pd.DataFrame, chance: np.random.Generator) -> None:
    """What is at a commune's centre goes to that of another commune of the same intercommunality."""
    ordered = communes.dropna(subset=["code_epci"]).sort_values(["code_epci", "code_insee"], ignore_index=True)
    first = ordered.groupby("code_epci").head(1).reset_index().set_index("code_epci")["index"]
    count = ordered["code_epci"].value_counts()
    moved = ((rows["position_quality"] == "commune") & rows["code_epci"].isin(count.index)).to_numpy()
    epci = rows.loc[moved, "code_epci"]
    chosen = epci.map(first).to_numpy() + chance.integers(0, epci.map(count).to_numpy())
    places = ordered.iloc[chosen]
    for column, source in (("lon", "lon"), ("lat", "lat"), ("code_insee", "code_insee"), ("nom_commune", "nom")):
        rows.loc[moved, column] = places[source].to_numpy()


def _move_addresses(rows: pd.DataFrame, shapes: dict[str, shapely.Geometry], chance: np.random.Generator) -> None:
    """An address goes somewhere within its intercommunality; after a few tries outside, it stays where it was."""
    for shape in shapes.values():
        shapely.prepare(shape)
    wanted = rows[(rows["position_quality"] == "adresse") & rows["code_epci"].isin(shapes.keys())]
    for epci, part in wanted.groupby("code_epci"):
        start = part[["lon", "lat"]].to_numpy(dtype=float)
        place, missing = start.copy(), np.ones(len(part), dtype=bool)
        for attempt in range(_TRIES):
            step = chance.normal(0, _SPREAD_DEGREES / 2**attempt, (int(missing.sum()), 2))
            place[missing] = start[missing] + step
            missing = ~shapely.contains_xy(shapes[epci], place[:, 0], place[:, 1])
        place[missing] = start[missing]
        rows.loc[part.index, ["lon", "lat"]] = place.round(5)


# -------------------------------------------------------------------- territoires


def _split_all(tables: dict[str, pd.DataFrame], base: Path, times: int) -> list[Product]:
    """The products of the territoires, cut in strips; the tables that name a territoire are renamed in place."""
    if times == 1:
        return []
    products, whole = [], []
    for millesime in MILLESIMES:
        rows = tables["territoires"][tables["territoires"]["millesime"] == millesime]
        close, far = (_shapes(base / f"territoires-{millesime}{level}.geojson", "territoire_id") for level in _LEVELS)
        parts = {code: _strips(close[code], far[code], times) for code in rows["territoire_id"]}
        split = _split_rows(rows, parts)
        whole.append(split)
        for level, place in zip(_LEVELS, (1, 2), strict=True):
            geometry = [part[place] for code in rows["territoire_id"] for part in parts[code]]
            name = f"territoires-{millesime}{level}"
            products.append(Product(name, "geojson", ("territoires",), millesime, split, geometry, table="territoires"))
        _rename(tables, millesime, parts)
    tables["territoires"] = pd.concat(whole, ignore_index=True)
    named = ("territoires", "territoires-communes", "territoires-membres", "sites")
    return products + [Product(name, "table", ("territoires",), MILLESIME, tables[name]) for name in named]


Strip = tuple[float, shapely.Geometry, shapely.Geometry]  # western edge, close-up, overview


def _strips(close: shapely.Geometry, far: shapely.Geometry, times: int) -> list[Strip]:
    west, south, east, north = close.bounds
    edges = np.linspace(west, east, times + 1)
    found = []
    for left, right in itertools.pairwise(edges):
        window = shapely.box(left, south - 1, right, north + 1)
        pair = [_areas(shapely.intersection(shape, window)) for shape in (close, far)]
        if not any(shape.is_empty for shape in pair):
            found.append((float(left), pair[0], pair[1]))
    return found


def _areas(shape: shapely.Geometry) -> shapely.Geometry:
    """What a cut left of an area: its polygons, without the points and lines where it only touched."""
    parts = [part for part in shapely.get_parts(shape).tolist() if part.geom_type == "Polygon" and part.area > 1e-7]
    return shapely.MultiPolygon(parts)


def _split_rows(rows: pd.DataFrame, parts: dict[str, list[Strip]]) -> pd.DataFrame:
    split = rows.loc[rows.index.repeat([len(parts[code]) for code in rows["territoire_id"]])].reset_index(drop=True)
    numbered = [(code, number, strip) for code in rows["territoire_id"] for number, strip in enumerate(parts[code])]
    points = [shapely.point_on_surface(strip[1]) for _, _, strip in numbered]
    return split.assign(
        territoire_id=[_part(code, number) for code, number, _ in numbered],
        nom=[f"{nom} (synthétique {number + 1})" for nom, (_, number, _) in zip(split["nom"], numbered, strict=True)],
        lon=[round(point.x, 4) for point in points],
        lat=[round(point.y, 4) for point in points],
        bbox=[[round(edge, 4) for edge in strip[1].bounds] for _, _, strip in numbered],
    )


def _part(code: str, number: int) -> str:
    return f"{code}-{number:02d}"


def _rename(tables: dict[str, pd.DataFrame], millesime: str, parts: dict[str, list[Strip]]) -> None:
    """Every row that names a territoire of the millesime names the strip that it lies in."""
    column = column_for("territoire", millesime)
    for name in ("projets", "sites"):
        rows = tables[name]
        found = _strip_of(rows[column], rows["lon"], parts)
        tables[name] = rows.assign(**{column: pd.Series(found, index=rows.index, dtype=rows[column].dtype)})
    lon = tables["communes"].set_index("code_insee")["lon"]
    for name in ("territoires-communes", "territoires-membres"):
        rows = tables[name]
        mine = rows["millesime"] == millesime
        place = rows["code_insee_2024"].map(lon) if "code_insee_2024" in rows else pd.Series(np.nan, rows.index)
        tables[name] = rows.copy()
        tables[name].loc[mine, "territoire_id"] = _strip_of(rows["territoire_id"][mine], place[mine], parts)


def _strip_of(codes: pd.Series, lon: pd.Series, parts: dict[str, list[Strip]]) -> list[str | None]:
    """The strip of each row by its longitude; the first one when it has none."""
    edges = {code: [strip[0] for strip in strips] for code, strips in parts.items()}
    found: list[str | None] = []
    for code, place in zip(codes, lon, strict=True):
        if pd.isna(code):
            found.append(None)
        else:
            rank = 0 if pd.isna(place) else int(np.searchsorted(edges[code], place, side="right")) - 1
            found.append(_part(code, max(rank, 0)))
    return found


# -------------------------------------------------------------------- files


def _projects(tables: dict[str, pd.DataFrame]) -> list[Product]:
    frame = tables["projets"]
    points = [
        None if np.isnan(lon) else shapely.Point(lon, lat) for lon, lat in zip(frame["lon"], frame["lat"], strict=True)
    ]
    return [
        Product("projets", "table", SOURCES, MILLESIME, frame),
        Product("projets", "geojson", SOURCES, MILLESIME, frame, points),
    ]


def _carte(tables: dict[str, pd.DataFrame]) -> list[Product]:
    projects = tables["projets"]
    dated = projects.assign(date_mise_a_jour=projects["date_mise_a_jour"].astype(str))
    regions = tables["regions"].assign(bbox=[box.tolist() for box in tables["regions"]["bbox"]])
    return build_carte({**tables, "projets": dated, "regions": regions}, SOURCES)


def _shapes(path: Path, key: str) -> dict[str, shapely.Geometry]:
    features = orjson.loads(path.read_bytes())["features"]
    texts = [orjson.dumps(feature["geometry"]).decode() for feature in features]
    codes = [feature["properties"][key] for feature in features]
    return dict(zip(codes, shapely.from_geojson(texts), strict=True))

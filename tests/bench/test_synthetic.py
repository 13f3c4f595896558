"""A synthetic publication is a publication: whole, n times the projects, never in the real one's place."""

import re
from pathlib import Path

import orjson
import pytest
import shapely

import delivery
from app import create_app
from bench.synthetic import PUBLISHED, Size, Written, publication, write
from contract import MILLESIMES, column_for
from etl.publish import verify_folder
from geodata.queries.filters import objects_of
from geodata.repository import Tables, load_tables
from settings import Settings
from state import Selection

SIZE = Size(projects=2, territoires=2)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return publication(SIZE, into=tmp_path_factory.mktemp("growth"))


@pytest.fixture(scope="module")
def grown(written: Written) -> Tables:
    return load_tables(written.folder)


def shapes(path: Path, key: str) -> dict[str, shapely.Geometry]:
    features = orjson.loads(path.read_bytes())["features"]
    return {item["properties"][key]: shapely.from_geojson(orjson.dumps(item["geometry"])) for item in features}


def test_the_folder_is_what_its_manifest_says(written: Written) -> None:
    assert verify_folder(written.folder) == []


def test_it_is_made_once(written: Written) -> None:
    stamps = {path: path.stat().st_mtime_ns for path in written.folder.iterdir()}
    assert publication(SIZE, into=written.folder.parent) == written
    assert {path: path.stat().st_mtime_ns for path in written.folder.iterdir()} == stamps


def test_real_projects_stay_and_the_others_say_that_they_are_synthetic(tables: Tables, grown: Tables) -> None:
    real, both = tables["projets"], grown["projets"].sort_values("projet_id", ignore_index=True)
    n = len(real)
    assert len(both) == 2 * n
    assert both["projet_id"].is_unique
    kept = both[both["projet_id"].isin(real["projet_id"])].reset_index(drop=True)
    named = [name for name in real.columns if not name.startswith("territoire_")]
    assert kept[named].equals(real.sort_values("projet_id", ignore_index=True)[named])
    added = both[~both["projet_id"].isin(real["projet_id"])]
    assert all(re.fullmatch(r"SYNTHÉTIQUE \d{6}", name) for name in added["entreprise"])


def test_what_is_added_lies_in_its_intercommunality(tables: Tables, grown: Tables) -> None:
    added = grown["projets"][~grown["projets"]["projet_id"].isin(tables["projets"]["projet_id"])]
    areas = shapes(PUBLISHED / "epci.geojson", "code_epci")
    moved = added[(added["position_quality"] == "adresse") & added["code_epci"].isin(areas.keys())]
    places = zip(moved["code_epci"], moved["lon"], moved["lat"], strict=True)
    outside = sum(not shapely.contains_xy(areas[code].buffer(0.01), lon, lat) for code, lon, lat in places)
    assert outside <= len(moved) * 0.01  # those that their source puts outside stay where they were
    communes = grown["communes"].set_index("code_insee")["code_epci"]
    there = added[added["position_quality"] == "commune"].dropna(subset=["code_epci"])
    assert (there["code_insee"].map(communes) == there["code_epci"]).all()


@pytest.mark.parametrize("query", ["", "filiere=sante", "region=32&mesure=territoires", "mois=2021-02"])
def test_every_filter_leaves_twice_as_many_projects(tables: Tables, grown: Tables, query: str) -> None:
    selection = Selection.from_query(query)
    assert len(objects_of(grown, selection, "projets")) == 2 * len(objects_of(tables, selection, "projets")) > 0


@pytest.mark.parametrize("millesime", MILLESIMES)
def test_strips_cover_their_territoire_and_are_named_by_the_projects(written: Written, millesime: str) -> None:
    whole = shapes(PUBLISHED / f"territoires-{millesime}.geojson", "territoire_id")
    strips = shapes(written.folder / f"territoires-{millesime}.geojson", "territoire_id")
    area = {code: sum(shape.area for name, shape in strips.items() if name.startswith(f"{code}-")) for code in whole}
    assert area == pytest.approx({code: shape.area for code, shape in whole.items()}, rel=0.01)
    objects = orjson.loads((written.folder / "carte-objets.json").read_bytes())
    assert sorted(strips) == objects["codes"]["territoire"][millesime]
    assert max(objects["projets"]["territoire"][millesime]) < len(strips)
    assert column_for("territoire", millesime) in load_tables(written.folder)["projets"]


def test_the_atlas_serves_it(written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "_LEVELS", ((float("inf"), (1, 1)),))
    settings = Settings(data_folder=written.folder, static_cache_folder=tmp_path, expensive_per_minute=0)
    client = create_app(settings).server.test_client()
    for page in ("/", "/?vue=liste&onglet=projets&tri=entreprise", "/telecharger/projets.csv?filiere=bois", "/suivi"):
        assert client.get(page).status_code == 200, page


@pytest.mark.parametrize("folder", [PUBLISHED, PUBLISHED / ".." / "published"])
def test_the_real_publication_is_never_replaced(folder: Path) -> None:
    with pytest.raises(ValueError, match="never replaces"):
        write(folder, SIZE)

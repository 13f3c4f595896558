"""The EPCI of the published map play communes: real shapes, real codes, no source to fetch."""

import logging
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from distributed import LocalCluster

from bench.establishments import write_synthetic
from contract import MILLESIMES, column_for
from etl.establishments.places import Places


@pytest.fixture(scope="session")
def places(published: Path) -> Places:
    """Each area is named by the first commune of its EPCI, and is in the territoires of that commune."""
    shapes = gpd.read_file(published / "epci.geojson").set_index("code_epci").geometry
    communes = pd.read_parquet(published / "communes.parquet").dropna(subset="code_epci")
    communes = communes.drop_duplicates("code_epci").reset_index(drop=True)
    columns = ["code_insee", "code_epci", "code_departement", "code_region"]
    rows = communes[communes["code_epci"].isin(shapes.index)][columns].reset_index(drop=True)
    listed = pd.read_parquet(published / "territoires-communes.parquet")
    for millesime in MILLESIMES:
        own = listed[listed["millesime"] == millesime].drop_duplicates("code_insee_2024")
        territoire = own.set_index("code_insee_2024")["territoire_id"]
        rows[column_for("territoire", millesime)] = rows["code_insee"].map(territoire)
    stated = {str(code): row for row, code in enumerate(rows["code_insee"])}
    return Places.of(rows, np.asarray(shapes.loc[rows["code_epci"]], dtype=object), stated)


@pytest.fixture(scope="session")
def boxes(places: Places) -> np.ndarray:
    return shapely.bounds(places.coverage.polygons)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory, places: Places, boxes: np.ndarray) -> Path:
    """20,000 establishments, one in a hundred at fault."""
    path = tmp_path_factory.mktemp("small") / "small.parquet"
    return write_synthetic(path, 20_000, boxes, places.communes["code_insee"].tolist())


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler with two workers, processes of their own; a worker that dies is started again."""
    quiet = {"dashboard_address": ":0", "silence_logs": logging.CRITICAL}
    with LocalCluster(n_workers=2, threads_per_worker=1, **quiet) as cluster:
        yield cluster.scheduler_address

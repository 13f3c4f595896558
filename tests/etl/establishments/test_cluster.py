"""The same work on the workers of a scheduler: equal bytes, and what happens when something there fails."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from distributed import Client, LocalCluster

from bench.establishments import write_synthetic
from etl.errors import EtlError, ExtractError
from etl.establishments import cluster
from etl.establishments.places import Places
from etl.establishments.run import Order, run
from etl.publish_establishments import Collected

PINS = {"communes-2024": "0" * 64}
MILLIONS = 2_000_000
Run = Callable[..., dict]


@pytest.fixture
def do(places: Places, small: Path, tmp_path: Path) -> Run:
    def do(name: str = "out", **changes: object) -> dict:
        asked = {"files": [small], "output": tmp_path / name, "part_rows": 2_000, **changes}
        return run(Order(**asked), lambda: places, PINS)  # type: ignore[arg-type]

    return do


@pytest.fixture
def client(scheduler: str) -> Iterator[Client]:
    with Client(scheduler, set_as_default=False) as client:
        client.wait_for_workers(2)
        yield client


def test_twenty_thousand_rows_give_the_same_bytes(do: Run, scheduler: str, tmp_path: Path) -> None:
    assert do("there", scheduler=scheduler) == do("here")
    names = sorted(path.name for path in (tmp_path / "here").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "there").iterdir())
    assert all((tmp_path / "here" / n).read_bytes() == (tmp_path / "there" / n).read_bytes() for n in names)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "there"]


def test_two_million_rows_give_the_same_bytes(
    do: Run, scheduler: str, places: Places, boxes: np.ndarray, tmp_path: Path
) -> None:
    file = write_synthetic(tmp_path / "stock.parquet", MILLIONS, boxes, places.communes["code_insee"].tolist())
    asked = {"files": [file], "part_rows": 250_000}

    there, here = do("there", scheduler=scheduler, **asked), do("here", **asked)

    assert there == here
    assert there["rows"] == sum(there["statuses"].values()) == MILLIONS
    faulty = MILLIONS // 100
    assert there["statuses"]["sans_position"] == pytest.approx(faulty / 6, abs=1)
    assert there["statuses"]["commune"] == pytest.approx(faulty / 6, abs=1)
    assert there["statuses"]["coordonnees_invalides"] == pytest.approx(faulty / 3, abs=2)
    totals = pd.read_parquet(tmp_path / "there" / "comptes.parquet").groupby("niveau")["n_etablissements"].sum()
    assert (totals == MILLIONS).all()


def test_the_parts_of_a_worker_that_dies_are_done_by_another(
    do: Run, scheduler: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = []
    pids = client.run(os.getpid)
    ordinary = cluster._collect

    def kill_one_first(asking: Client, waiting: dict) -> Collected:
        while not (busy := next((worker for worker, tasks in asking.processing().items() if tasks), "")):
            assert not all(future.done() for future in waiting), "done before anyone could die"
        os.kill(pids[busy], signal.SIGKILL)
        killed.append(busy)
        return ordinary(asking, waiting)

    monkeypatch.setattr(cluster, "_collect", kill_one_first)
    there = do("there", scheduler=scheduler, part_rows=500)

    assert len(killed) == 1
    assert killed[0] not in client.scheduler_info()["workers"]
    assert there == do("here", part_rows=500)


def test_a_part_that_fails_on_a_worker_names_its_file_and_rows(do: Run, scheduler: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    rows = [*("1,3,50,2154" for _ in range(300)), *("1,3,50,27700" for _ in range(100))]
    broken.write_text("\n".join(["siret,x,y,epsg", *rows]), encoding="utf-8")

    with pytest.raises(ExtractError, match=r"broken\.csv, rows 301 to 400: expected one of the systems"):
        do(files=[broken], scheduler=scheduler, part_rows=300)
    assert [path.name for path in tmp_path.iterdir()] == ["broken.csv"]


def test_a_file_spoilt_in_its_middle_is_told_with_its_rows(
    do: Run, scheduler: str, small: Path, tmp_path: Path
) -> None:
    content = bytearray(small.read_bytes())
    content[1_000:60_000] = bytes(59_000)
    (tmp_path / "spoilt.parquet").write_bytes(content)

    with pytest.raises(ExtractError, match=r"spoilt\.parquet, rows 1 to 20,000: expected rows that can be read"):
        do(files=[tmp_path / "spoilt.parquet"], scheduler=scheduler, part_rows=20_000)
    assert [path.name for path in tmp_path.iterdir()] == ["spoilt.parquet"]


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1:1", "nonsense://x", "tcp://nowhere.invalid:8786"])
def test_a_scheduler_that_is_not_there_is_told_and_nothing_is_written(
    do: Run, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_S", 1)

    with pytest.raises(EtlError, match=rf"expected a Dask scheduler at {address}, found none.*dask scheduler"):
        do(scheduler=address)
    assert not list(tmp_path.iterdir())


def test_workers_with_other_code_are_refused(
    do: Run, scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordinary = cluster.fingerprint
    monkeypatch.setattr(cluster, "_same_code", lambda code: code != ordinary())

    with pytest.raises(EtlError, match=r"expected the same code everywhere.*on the scheduler, tcp://"):
        do(scheduler=scheduler)
    assert not list(tmp_path.iterdir())


def unable() -> str:
    raise ModuleNotFoundError("No module named 'etl'")


def test_a_worker_that_cannot_import_the_project_is_named(
    do: Run, scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "fingerprint", unable)

    with pytest.raises(EtlError, match=r"the scheduler, tcp://\S+, tcp://\S+ cannot \(No module.*PYTHONPATH"):
        do(scheduler=scheduler)
    assert not list(tmp_path.iterdir())


def test_a_scheduler_without_worker_is_told(do: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_S", 1)
    with LocalCluster(n_workers=0, dashboard_address=":0") as empty:
        with pytest.raises(EtlError, match=r"answers, expected at least one worker, found none in 1 s"):
            do(scheduler=empty.scheduler_address)
    assert not list(tmp_path.iterdir())


def test_workers_that_all_go_do_not_keep_us_waiting(
    do: Run, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "WATCH_S", 0.2)
    monkeypatch.setattr(cluster, "WORKERLESS_CHECKS", 2)
    ordinary = cluster._collect
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0") as alone:

        def close_first(asking: Client, waiting: dict) -> Collected:
            alone.scale(0)
            return ordinary(asking, waiting)

        monkeypatch.setattr(cluster, "_collect", close_first)
        with pytest.raises(EtlError, match=r"found that the last one has gone, \d+ parts before the end"):
            do(scheduler=alone.scheduler_address, part_rows=50)
    assert not list(tmp_path.iterdir())


def test_a_scheduler_that_goes_during_the_work_is_told(
    do: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0")
    address = alone.scheduler_address
    ordinary = cluster._collect

    def close_first(asking: Client, waiting: dict) -> Collected:
        alone.close()
        return ordinary(asking, waiting)

    monkeypatch.setattr(cluster, "_collect", close_first)
    with pytest.raises(EtlError, match="the scheduler was lost during the work"):
        do(scheduler=address, part_rows=50)
    assert not list(tmp_path.iterdir())

"""Whole runs in this process: what is written, what is refused, and that what was there stays."""

from collections.abc import Callable
from pathlib import Path

import orjson
import pandas as pd
import pytest

from etl.__main__ import main
from etl.errors import EtlError, ExtractError, PublishError
from etl.establishments import run as runs
from etl.establishments.places import Places
from etl.establishments.run import Order, run
from etl.fetch_accept import hash_file

PINS = {"communes-2024": "0" * 64}
Run = Callable[..., dict]


@pytest.fixture
def do(places: Places, small: Path, tmp_path: Path) -> Run:
    def do(**changes: object) -> dict:
        asked = {"files": [small], "output": tmp_path / "out", "part_rows": 3_000, **changes}
        return run(Order(**asked), lambda: places, PINS)  # type: ignore[arg-type]

    return do


def test_what_is_written_is_what_the_manifest_says(do: Run, tmp_path: Path) -> None:
    manifest = do()
    out = tmp_path / "out"

    assert orjson.loads((out / "manifest.json").read_bytes()) == manifest
    assert {path.name for path in out.iterdir()} == {*manifest["files"], "manifest.json"}
    assert all(hash_file(out / name) == entry["sha256"] for name, entry in manifest["files"].items())
    assert sum(manifest["statuses"].values()) == manifest["rows"] == 20_000
    rows = pd.concat(pd.read_parquet(path) for path in sorted(out.glob("part-*.parquet")))
    assert rows["siret"].tolist() == [f"{row:014}" for row in range(20_000)]
    assert (rows["position_methode"].notna() != rows["position_raison"].notna()).all()
    assert (rows["code_insee"].notna() == rows["position_methode"].notna()).all()
    counts = pd.read_parquet(out / "comptes.parquet")
    for level, column in (("epci", "code_epci"), ("territoires-2024-07", "territoire_2024_07")):
        mine = counts[(counts["niveau"] == level) & (counts["situation"] == "dans")]
        expected = rows[column].value_counts()
        found = mine.groupby("code", observed=True)["n_etablissements"].sum()
        assert found.to_dict() == expected[expected > 0].to_dict()


def test_the_same_files_give_the_same_bytes_and_only_the_named_levels(do: Run, tmp_path: Path) -> None:
    first = do()
    second = do(output=tmp_path / "again")
    few = do(output=tmp_path / "few", levels=("territoires-2024-07",))

    assert first == second
    assert set(pd.read_parquet(tmp_path / "few" / "comptes.parquet")["niveau"]) == {"territoires-2024-07"}
    assert "code_epci" not in pd.read_parquet(tmp_path / "few" / "part-00000.parquet").columns
    assert few["hash"] != first["hash"]


def test_a_new_run_replaces_the_old_result_whole(do: Run, tmp_path: Path) -> None:
    do(part_rows=3_000)
    do(part_rows=30_000)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
    assert sorted(path.name for path in (tmp_path / "out").glob("part-*")) == ["part-00000.parquet"]


def test_a_folder_of_someone_else_is_never_replaced(do: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("years of work", encoding="utf-8")

    with pytest.raises(PublishError, match=r"expected no folder.*give another --output"):
        do()
    assert (tmp_path / "out" / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_the_published_folder_is_never_replaced(do: Run, published: Path) -> None:
    with pytest.raises(PublishError, match="found something else"):
        do(output=published)


def test_a_part_that_fails_names_its_file_and_rows_and_the_old_result_stays(
    do: Run, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = do()
    broken = tmp_path / "broken.csv"
    lines = ["siret,lon,lat,epsg", *("1,3,50,2154" for _ in range(300)), *("1,3,50,27700" for _ in range(100))]
    broken.write_text("\n".join(lines).replace("lon,lat", "x,y"), encoding="utf-8")

    with pytest.raises(ExtractError, match=r"broken\.csv, rows 301 to 400: expected one of the systems"):
        do(files=[small, broken], part_rows=300)
    assert orjson.loads((tmp_path / "out" / "manifest.json").read_bytes()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.csv", "out"]


def test_a_disk_that_fills_up_leaves_what_was_there(do: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = do()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "part-00000.parquet")

    monkeypatch.setattr("etl.publish_establishments.pq.write_table", full)
    with pytest.raises(PublishError, match=r"No space left.*nothing was written"):
        do()
    assert orjson.loads((tmp_path / "out" / "manifest.json").read_bytes()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"files": [Path("nowhere.parquet")]}, r"not there: nowhere\.parquet"),
        ({"files": []}, "none given"),
        ({"levels": ("ville",)}, r"--level: expected some of communes.*found ville"),
        ({"levels": ()}, "found nothing"),
        ({"crs": "Lambert"}, "--crs: expected official"),
        ({"part_rows": 0}, "--part-rows: expected at least 1"),
    ],
)
def test_an_order_that_cannot_be_done_is_refused_before_anything(
    do: Run, tmp_path: Path, changes: dict, message: str
) -> None:
    with pytest.raises(EtlError, match=message):
        do(**changes)
    assert not list(tmp_path.iterdir())


def test_without_dask_the_scheduler_says_what_to_install(
    do: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(_: str) -> None:
        raise ModuleNotFoundError("No module named 'distributed'", name="distributed")

    monkeypatch.setattr(runs, "import_module", absent)
    with pytest.raises(EtlError, match=r"distributed is not installed.*requirements-scale\.txt"):
        do(scheduler="tcp://127.0.0.1:8786")
    assert not list(tmp_path.iterdir())


def test_the_command_says_that_it_needs_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["establishments", "stock.parquet"]) == 1
    assert "expected --output FOLDER" in capsys.readouterr().err

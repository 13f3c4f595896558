"""The command that makes the sheets, and what it would make."""

from pathlib import Path

import pytest

from geodata.repository import Tables
from press import __main__ as command
from press.__main__ import Task, main, tasks_of
from press.area import region_pdf
from press.site import site_pdf
from state import Selection
from tests.exports import pdf


def test_there_is_a_sheet_for_every_region_and_territoire(tables: Tables) -> None:
    tasks = list(tasks_of(tables, Selection(), has_sites=False))
    assert [sum(task.folder == folder for task in tasks) for folder in ("regions", "territoires")] == [18, 148]
    assert len(list(tasks_of(tables, Selection(), has_sites=True))) == len(tasks) + len(tables["sites"])
    assert (
        sum(task.folder == "territoires" for task in tasks_of(tables, Selection(millesime="2024-07"), has_sites=False))
        == 183
    )


def test_the_command_writes_one_file_a_sheet_and_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = [Task("regions", "06", region_pdf), Task("sites", "scm20a-01", site_pdf), Task("regions", "99", region_pdf)]
    monkeypatch.setattr(command, "tasks_of", lambda *_, **__: few)
    assert main(["sheets", "--output", str(tmp_path), "--lang", "fr,en"]) == 0
    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.pdf"))
    assert found == ["en/regions/06.pdf", "en/sites/scm20a-01.pdf", "fr/regions/06.pdf", "fr/sites/scm20a-01.pdf"]
    assert all(pdf.read((tmp_path / name).read_bytes()).pages for name in found)
    written = capsys.readouterr()
    assert "4 sheets" in written.out
    assert "regions/99" in written.err


@pytest.mark.parametrize("arguments", [["sheets"], ["sheets", "--output", "x", "--lang", "de"], []])
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_a_site_fits_on_two_or_three_pages(tables: Tables) -> None:
    for code in list(tables["sites"]["site_id"])[::21]:
        content = site_pdf(tables, code, Selection())
        assert content is not None
        assert len(pdf.read(content).pages) in (2, 3)

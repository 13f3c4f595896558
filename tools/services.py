"""Redis and nginx for the tests of several replicas: the machine's own, else the system's packages.

``python -m tools.services`` installs what is missing and prints where each is.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {"redis-server": "redis-server", "nginx": "nginx-light"}
_PLACES = "/usr/sbin:/usr/local/sbin:/sbin"
_INSTALL_S = 300
# The packages start their service at once; the tests start their own, on ports of their own.
_POLICY = Path("/usr/sbin/policy-rc.d")
_NO_START = "#!/bin/sh\nexit 101\n"


class NoServiceError(Exception):
    """A service is not on this machine, and there was no way to install it."""


def find_service(name: str) -> Path | None:
    """The path of a program, system folders included; None when it is not there."""
    found = shutil.which(name) or shutil.which(name, path=_PLACES)
    return Path(found) if found else None


def ensure_services() -> dict[str, Path]:
    """The path of each program of ``PACKAGES``, installed when it was missing and may be.

    Raises:
        NoServiceError: one is missing and this is no Debian, or not root.
    """
    missing = [name for name in PACKAGES if find_service(name) is None]
    if missing:
        _install([PACKAGES[name] for name in missing])
    found = {name: path for name in PACKAGES if (path := find_service(name))}
    if len(found) < len(PACKAGES):
        wanted = ", ".join(PACKAGES[name] for name in PACKAGES if name not in found)
        raise NoServiceError(f"not on this machine, and could not be installed: {wanted}. Install and run again.")
    return found


def _install(packages: list[str]) -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    sys.stderr.write(f"Installing {', '.join(packages)}\n")
    is_ours = not _POLICY.exists()
    if is_ours:
        _POLICY.write_text(_NO_START, encoding="ascii")
        _POLICY.chmod(0o755)
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    try:
        _try([*apt, "update"])
        _try([*apt, "install", "-y", "--no-install-recommends", *packages])
    finally:
        if is_ours:
            _POLICY.unlink()


def _try(command: list[str]) -> None:
    try:
        subprocess.run(command, check=False, timeout=_INSTALL_S, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    except (OSError, subprocess.TimeoutExpired) as error:
        sys.stderr.write(f"{command[0]}: {error}\n")


def main() -> int:
    """Prints each path; the exit status says whether all are there."""
    try:
        for name, path in ensure_services().items():
            sys.stdout.write(f"{name}: {path}\n")
    except NoServiceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

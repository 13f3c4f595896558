"""A Chromium for tests, benchmarks and screenshots: the machine's own, else Playwright's, else the system package.

``python -m tools.browser`` prints its path, after installing it if there is none.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
_DOWNLOAD_S = 300
_ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright as start\nwith start() as p: print(p.chromium.executable_path)"
)
_HELP = (
    "no Chromium was found and none could be installed. Expected one of "
    f"{', '.join(NAMES)} on the PATH; install it with your system's package manager and run the command again."
)


class NoBrowserError(Exception):
    """No browser on this machine, and no way to get one."""


def find_browser() -> Path | None:
    """The path of a Chromium that starts, or None."""
    named = (Path(path) for name in NAMES if (path := shutil.which(name)))
    return next((path for path in named if _starts(path)), None) or _playwright_browser()


def ensure_browser() -> Path:
    """The path of a Chromium, installed if there was none.

    Raises:
        NoBrowserError: nothing found and both ways of installing failed.
    """
    found = find_browser()
    for command in _installers():
        if found:
            return found
        sys.stderr.write(f"No browser yet: {' '.join(command)}\n")
        _try(command)
        found = find_browser()
    if found is None:
        raise NoBrowserError(_HELP)
    return found


def _installers() -> list[list[str]]:
    """Playwright's own browser first, then the system's package, as root or with a sudo that asks nothing."""
    commands = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get"):
        prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
        apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
        commands += [[*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", "chromium"]]
    return commands


def _try(command: list[str]) -> None:
    try:
        subprocess.run(command, check=False, timeout=_DOWNLOAD_S, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    except (OSError, subprocess.TimeoutExpired) as error:
        sys.stderr.write(f"{command[0]}: {error}\n")


def _playwright_browser() -> Path | None:
    """Playwright's own, asked of another process: two Playwrights cannot live in one."""
    done = subprocess.run([sys.executable, "-c", _ASK_PLAYWRIGHT], check=False, capture_output=True, text=True)
    path = Path(done.stdout.strip())
    return path if path.is_file() and _starts(path) else None


def _starts(path: Path) -> bool:
    """A browser whose libraries are missing is no browser; ``--version`` tells."""
    try:
        done = subprocess.run([str(path), "--version"], check=False, capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def main() -> int:
    """Prints the browser's path; the exit status says whether there is one."""
    try:
        sys.stdout.write(f"{ensure_browser()}\n")
    except NoBrowserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Print the path of a Chromium for the tests: Playwright's own, else the one of the system.

Playwright's is downloaded when it can be. Without any, one line says what to install and the
exit code is 1.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
"""The engine alone first: a whole browser draws, for each window, a frame that nobody sees."""
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
DOWNLOAD_SECONDS = 600


def own_browser() -> str | None:
    """The Chromium of Playwright, downloaded if need be; None where that fails."""
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    if not path.exists():
        try:
            subprocess.run(
                [sys.executable, "-m", "playwright", "install", "chromium"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
                timeout=DOWNLOAD_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None
    return str(path) if path.exists() and _starts(str(path)) else None


def system_browser() -> str | None:
    """The Chromium or Chrome found on PATH, or where macOS keeps it."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return str(MAC) if MAC.exists() else None


def _starts(path: str) -> bool:
    """Whether this program runs here: a download alone does not bring its system libraries."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main() -> int:
    found = own_browser() or system_browser()
    if not found:
        sys.stderr.write(
            "Aucun navigateur pour les tests : installez Chromium (sous Debian ou Ubuntu, "
            "« apt install chromium »), puis recommencez.\n"
        )
        return 1
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())

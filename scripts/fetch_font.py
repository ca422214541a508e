"""Bring the typeface of the site from its npm package: one variable Latin file, and its licence.

The files are kept in the repository; run this only to move to another version of the package,
name the new file in `assets/spplus.css` and `api/assets.py`, then look at the gallery.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = "@fontsource-variable/atkinson-hyperlegible-next"
VERSION = "5.3.0"
FONTS = Path(__file__).resolve().parents[1] / "assets" / "fonts"
NAME = "atkinson-hyperlegible-next"
FILES = {f"files/{NAME}-latin-wght-normal.woff2": NAME + "-{}.woff2", "LICENSE": "OFL.txt"}
"""Where each file goes. Browsers keep it for ever: a print of what it holds is in its name."""


def main() -> None:
    # bun comes with the environment: the same tool as the build of the site.
    bun = shutil.which("bun", path=str(Path(sys.executable).parent)) or "bun"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([bun, "add", f"{PACKAGE}@{VERSION}"], cwd=folder, check=True)
        for source, name in FILES.items():
            found = Path(folder, "node_modules", PACKAGE, source)
            target = name.format(hashlib.sha256(found.read_bytes()).hexdigest()[:8])
            shutil.copyfile(found, FONTS / target)
            print(f"assets/fonts/{target}")


if __name__ == "__main__":
    main()

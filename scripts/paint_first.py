"""Let the browser show a page before it runs what makes it live.

The first answer of the site is readable; the scripts that take it over, on a small processor,
would hold its first frame back. The built pages import them at once, and statically: here they
wait for that frame, a third of a second at most (a page in the background draws none).
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_MODULE = re.compile(
    r'<script type="module" async="">\s*(?P<imports>(?:import [^;]+;\s*)+)'
    r"(?P<modules>window\.__reactRouterRouteModules = [^;]+;)\s*"
    r'import\((?P<entry>"[^"]+")\);?\s*</script>'
)
_IMPORT = re.compile(r'import (?:\* as (?P<name>\w+) from )?(?P<source>"[^"]+");')
_PRELOAD = '<link rel="modulepreload"'
"""What is fetched early for these scripts: after the style and the font of the first frame."""
_WAIT = (
    "await Promise.race([new Promise((f) => requestAnimationFrame(() => setTimeout(f))), "
    "new Promise((f) => setTimeout(f, 300))]);"
)


_COMPRESS = """
const zlib = require("node:zlib"), fs = require("node:fs");
for (const path of fs.readFileSync(0, "utf-8").split("\\n").filter(Boolean)) {
  const page = fs.readFileSync(path);
  fs.writeFileSync(path + ".br", zlib.brotliCompressSync(page));
  fs.writeFileSync(path + ".gz", zlib.gzipSync(page, { level: 9 }));
}
"""


def apply(client: Path) -> int:
    """Change every built page below ``client``; return how many have nothing to wait with."""
    left, pages = 0, sorted(client.rglob("*.html"))
    for path in pages:
        text = path.read_text("utf-8")
        changed, count = _MODULE.subn(_waiting, text)
        changed = changed.replace(_PRELOAD, f'{_PRELOAD} fetchpriority="low"')
        left += count != 1
        path.write_text(changed, encoding="utf-8")
    _compress(pages)
    return left


def _compress(pages: Sequence[Path]) -> None:
    """Make the compressed twins of the pages again: they hold what was built."""
    bun = Path(sys.executable).parent / "bun"
    listed = "\n".join(str(path) for path in pages)
    subprocess.run([str(bun), "-e", _COMPRESS], input=listed, text=True, check=True)


def _waiting(match: re.Match[str]) -> str:
    imports = list(_IMPORT.finditer(match.group("imports")))
    names = ", ".join(one.group("name") or "" for one in imports)
    sources = ", ".join(f"import({one.group('source')})" for one in imports)
    return (
        f'<script type="module" async="">{_WAIT}\n'
        f"const [{names}] = await Promise.all([{sources}]);\n"
        f"{match.group('modules')}\nimport({match.group('entry')});</script>"
    )

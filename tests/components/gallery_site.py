"""A small site with the gallery alone, built as the real one is, for a real browser."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlparse

ROOT = Path(__file__).resolve().parents[2]

CONFIG = """
import reflex as rx
config = rx.Config(
    app_name="showroom", telemetry_enabled=False, show_built_with_reflex=False,
    disable_plugins=[rx.plugins.sitemap.SitemapPlugin],
)
"""
APP = """
import reflex as rx
from spplus_app.pages.gallery import frames, gallery
from spplus_app.pages.head import head

app = rx.App(
    html_lang="fr", reset_style=False, toaster=None, enable_state=False, head_components=head()
)
app.add_page(gallery, route="/", title="La galerie – Services Publics +")
app.add_page(frames, route="/cadre", title="Le cadre d’une page – Services Publics +")
"""

STRUCTURES = [
    {"value": "PREF-30", "label": "Préfecture du Gard", "detail": "Nîmes (30)"},
    {"value": "CAF-30", "label": "CAF du Gard", "detail": "Nîmes (30)"},
    {"value": "FS-ALES", "label": "France services Alès", "detail": "Alès (30)"},
]


def build(folder: Path, **settings: str) -> Path:
    """Build the gallery in a folder, under some settings; return the folder to serve."""
    (folder / "rxconfig.py").write_text(CONFIG, encoding="utf-8")
    (folder / "showroom").mkdir()
    (folder / "showroom/__init__.py").touch()
    (folder / "showroom/showroom.py").write_text(APP, encoding="utf-8")
    shutil.copytree(ROOT / "assets", folder / "assets")
    programs = Path(sys.executable).parent
    done = subprocess.run(
        [programs / "reflex", "export", "--frontend-only", "--no-zip"],
        cwd=folder,
        env=os.environ
        | settings
        | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    site = folder / ".web/build/client"
    assert done.returncode == 0 and (site / "index.html").is_file(), done.stdout + done.stderr
    return site


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Write nothing."""

    def do_GET(self) -> None:
        address = urlparse(self.path)
        if address.path == "/api/structures":
            self._search(parse_qs(address.query).get("q", [""])[0].casefold())
            return
        if address.path != "/" and not Path(self.directory, address.path[1:]).is_file():
            self.path = f"{address.path}.html"
        super().do_GET()

    def _search(self, words: str) -> None:
        if words == "panne":
            self.send_error(503)
            return
        found = [row for row in STRUCTURES if words in f"{row['label']} {row['detail']}".casefold()]
        body = json.dumps({"results": found, "more": False}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """Serve the built files on a free port; give the address."""
    handler = functools.partial(_Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()

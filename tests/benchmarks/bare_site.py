"""A bare Reflex site: one list driven by its address, read on load. What a click costs at least."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.e2e.site import ROOT, free_port, until

CONFIG = """
import os
import reflex as rx
config = rx.Config(
    app_name="bare", telemetry_enabled=False, show_built_with_reflex=False,
    frontend_compression_formats=["brotli", "gzip"], state_manager_mode="memory",
    api_url=os.environ["PUBLIC_URL"], deploy_url=os.environ["PUBLIC_URL"],
    disable_plugins=[rx.plugins.sitemap.SitemapPlugin],
)
"""
APP = """
import os
import sqlite3
import reflex as rx

QUERY = (
    "SELECT id, title, substr(narrative, 1, 220), position FROM experience "
    "WHERE status = 'published' AND position < ? ORDER BY position DESC LIMIT 20"
)

class Rows(rx.State):
    rows: list[dict[str, str]] = []
    following: str = ""

    @rx.event
    def read(self):
        before = int(self.router.url.query_parameters.get("apres", 2**62))
        with sqlite3.connect(os.environ["BENCH_DATABASE"]) as base:
            found = base.execute(QUERY, [before]).fetchall()
        self.rows = [{"id": str(one[0]), "title": one[1], "text": one[2]} for one in found]
        self.following = f"/?apres={found[-1][3]}"

def row(one):
    return rx.el.article(rx.el.h2(one["title"]), rx.el.p(one["text"]), class_name="fr-card")

def index():
    return rx.el.main(
        rx.el.div(rx.foreach(Rows.rows, row), class_name="cards"),
        rx.link("Page suivante", href=Rows.following, class_name="next"),
    )

app = rx.App(html_lang="fr", reset_style=False, toaster=None)
app.add_page(index, route="/", on_load=Rows.read)
"""


@contextmanager
def running(folder: Path, database: Path) -> Iterator[str]:
    """Build the site in ``folder``, serve it as the real one is; give its address."""
    port = free_port()
    url = f"http://localhost:{port}"
    (folder / "rxconfig.py").write_text(CONFIG, encoding="utf-8")
    (folder / "bare").mkdir()
    (folder / "bare/__init__.py").touch()
    (folder / "bare/bare.py").write_text(APP, encoding="utf-8")
    (folder / "assets").mkdir()
    programs = Path(sys.executable).parent
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PUBLIC_URL": url,
        "BENCH_DATABASE": str(database),
        "REFLEX_CHECK_LATEST_VERSION": "false",
    }
    done = subprocess.run(
        [programs / "reflex", "export", "--frontend-only", "--no-zip"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    environment |= {
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    }
    command = ["--interface", "asgi", "--factory", "bare.bare:app"]
    with served(folder, port, environment, *command):
        yield url


@contextmanager
def served(folder: Path, port: int, environment: dict[str, str], *arguments: str) -> Iterator[None]:
    """Serve an application with granian, one worker, from ``folder``."""
    command = [sys.executable, "-m", "granian", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--no-access-log", "--log-level", "error", *arguments]
    path = f"{folder}{os.pathsep}{ROOT}"
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=folder, env={**environment, "PYTHONPATH": path}, stdout=log, stderr=log
        )
        try:
            until(lambda: _answers(port), 60, (folder / "server.log").read_text()[-2000:])
            yield
        finally:
            process.terminate()
            process.wait(20)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://localhost:{port}/", timeout=2).status_code < 500
    except httpx.HTTPError:
        return False

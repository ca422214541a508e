"""An operator's night: a real site that is watched, backed up while it runs, lost, put back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.adapters import places
from spplus_app.domain.backups import BackupRefused
from spplus_app.persistence.engine import make_engine
from spplus_app.persistence.tables import PrivateLinkRow
from spplus_app.services import tokens
from tests import factories
from tests.e2e import processes
from tests.e2e.site import ROOT, Site, running, until

GOOD = {"database": "ok", "schema": "ok", "worker": "ok", "disk": "ok", "build": "ok"}


def _asked(site: Site, path: str) -> httpx.Response:
    return httpx.get(f"{site.url}{path}", trust_env=False, timeout=10)


def _ready(site: Site) -> dict[str, Any]:
    return dict(_asked(site, "/readyz").json()["checks"])


def _refused(site: Site, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "spplus_app.cli", *words],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stderr


def _deposit(session: Session) -> str:
    """Send an experience; return its private link's secret."""
    tree = factories.tree(session)
    factories.sent(session, factories.visitor("author"), tree.office, email="ana@exemple.fr")
    nonce = session.scalars(select(PrivateLinkRow.nonce)).first()
    assert nonce
    return tokens.derive("follow-up", nonce)


def _opens(site: Site, link: str) -> bool:
    answer = _asked(site, f"/suivi/{link}")
    return answer.status_code == 303 and "/suivi/" in answer.headers["location"]


def test_a_site_is_watched_backed_up_lost_and_put_back(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    with running(folder, demo=False) as site:
        until(lambda: _ready(site) == GOOD, 20, "a site that can serve")
        assert _asked(site, "/healthz").json() == {"status": "ok"}
        link = site.act(_deposit)
        until(lambda: site.mails(), 30, "the mail")
        assert _opens(site, link)
        archive = tmp_path / "kept.tar"
        assert "vérifiée" in site.command("backup", str(archive))
        assert "Le site tourne" in _refused(site, "restore", str(archive), "--replace")
        _still_running_without_its_supervisor(site)
        site.engine.dispose()
        shutil.rmtree(folder)
        folder.mkdir()
        site.command("restore", str(archive))
        assert [path.suffix for path in (folder / "mail").iterdir()] == [".eml"]
        site.engine = make_engine(site.database_url)
        site.start()
        until(lambda: _ready(site) == GOOD, 20, "a site that can serve again")
        assert _opens(site, link)
        assert "healthz" not in site.log() and "readyz" not in site.log()


def _still_running_without_its_supervisor(site: Site) -> None:
    """Kill the supervisor: as long as a part of it lives, nothing is restored."""
    assert site.process is not None
    family = until(lambda: processes.family(site), 20)
    assert family is not None
    os.kill(family.web, signal.SIGSTOP)  # it cannot obey the polite request to stop
    site.process.kill()
    site.process.wait()
    site.process = None
    with pytest.raises(BackupRefused, match="Le site tourne"), places.nobody_running(site.folder):
        pass
    until(lambda: not processes.of_site(site), 30, "the end of every process")

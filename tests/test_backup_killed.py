"""kill -9 of `spplus backup` and `spplus restore`, at instants drawn at random.

A backup leaves its archive whole or not at all; a restoration leaves the old site or the new.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from spplus_app.adapters.archive import manifest_of
from spplus_app.domain.backups import STAGING
from spplus_app.persistence import switch
from spplus_app.persistence.engine import make_engine
from tests import backups
from tests.soak.report import full

pytestmark = pytest.mark.soak

KILLS = 60 if full() else 6
BOUND = 120.0


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def site(engine: Engine, var: Path) -> Engine:
    """A site large enough for a command on it to last."""
    backups.fill(engine, var)
    backups.heavy(engine, 15)
    return engine


def whole(var: Path, url: str, *words: str) -> None:
    process = backups.launch(var, url, *words)
    said, _ = process.communicate(timeout=BOUND)
    assert process.returncode == 0, said


def timed(var: Path, url: str, place: Path, *words: str) -> float:
    """Run a command; return how long it worked from its first folder on."""
    process = backups.launch(var, url, *words)
    _begun(process, place)
    began = time.monotonic()
    said, _ = process.communicate(timeout=BOUND)
    assert process.returncode == 0, said
    return time.monotonic() - began


def killed(var: Path, url: str, place: Path, after: float, *words: str) -> None:
    """Run a command, and kill it so many seconds after it began to write."""
    process = backups.launch(var, url, *words)
    _begun(process, place)
    time.sleep(after)  # the instant is what is drawn
    process.kill()
    process.communicate(timeout=BOUND)


def _begun(process, place: Path) -> None:  # type: ignore[no-untyped-def]
    before = _staged(place)
    limit = time.monotonic() + BOUND
    while not _staged(place) - before and process.poll() is None:
        assert time.monotonic() < limit
        time.sleep(0.005)


def _staged(place: Path) -> set[str]:
    return {path.name for path in place.glob(f"{STAGING}*")}


def test_a_killed_backup_is_whole_or_absent(
    site: Engine, database_url: str, var: Path, tmp_path: Path
) -> None:
    kept, chance = tmp_path / "kept", random.Random(20_261_125)
    before = backups.content(site)
    lasts = timed(var, database_url, kept, "backup", str(kept / "first.tar"))
    for number in range(KILLS):
        target = kept / f"{number}.tar"
        killed(var, database_url, kept, chance.uniform(0, lasts), "backup", str(target))
        assert backups.content(site) == before
        if target.exists():
            assert manifest_of(target).counts["experience"] == 1
    whole(var, database_url, "backup", str(kept / "last.tar"))
    assert not _staged(kept), "what the killed ones left is swept"
    assert all(path.suffix == ".tar" for path in kept.iterdir())


def test_a_killed_restoration_is_the_old_site_or_the_new(
    site: Engine, database_url: str, var: Path, tmp_path: Path
) -> None:
    chance = random.Random(20_261_126)
    archive = str(tmp_path / "old.tar")
    whole(var, database_url, "backup", archive, "--no-verify")
    old = _seen(site, var)
    backups.heavy(site, 1)
    backups.mail(var, "second")
    site.dispose()
    other = str(tmp_path / "new.tar")
    whole(var, database_url, "backup", other, "--no-verify")
    new = _seen(site, var)
    site.dispose()
    assert old != new
    lasts = timed(var, database_url, var, "restore", archive, "--replace")
    now, then = (old, archive), (new, other)
    for number in range(KILLS):
        # The second half of the kills falls where the switch is made.
        after = lasts * chance.uniform(0.0 if number % 2 else 0.8, 1.05)
        killed(var, database_url, var, after, "restore", then[1], "--replace")
        found = _after(database_url, var)
        assert found in (old, new), "neither the old site nor the new"
        if found == then[0]:
            now, then = then, now
    whole(var, database_url, "restore", then[1], "--replace")
    assert _after(database_url, var) == then[0]
    assert not _staged(var)


def _seen(engine: Engine, var: Path) -> tuple[dict[str, str], dict[str, str]]:
    return backups.content(engine), backups.files(var)


def _after(url: str, var: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What the next process of the site finds."""
    engine = make_engine(url)
    try:
        switch.finish(var, engine)
        return _seen(engine, var)
    finally:
        engine.dispose()

"""What every test may ask for: a database of each kind, sample data, a clock."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from alembic.config import Config
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from alembic import command
from tests import postgres

ROOT = Path(__file__).parent.parent

os.environ.setdefault("SECRET_KEY", "a-key-for-the-tests-of-forty-eight-characters-xx")
# Tests are one visitor who sends a hundred things a minute; those of limits choose their own.
os.environ.setdefault("LIMITS_FACTOR", "1000")
os.environ.setdefault("FORM_SECONDS", "0")


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once a run; the workers of a parallel run inherit its address."""
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        postgres.prepare()


_BROWSER_FIXTURES = {"chromium", "browser", "gallery_browser"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that drive a browser.

    Playwright's loop lives as long as its browser, and no test with a loop of its own may run
    beside it in the same process: `make test` runs the two kinds one after the other.
    """
    for item in items:
        if _BROWSER_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of this process: Playwright allows one loop a thread."""
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=os.environ.get("SPPLUS_CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-quic", "--disable-background-networking"],
        )
        yield made
        made.close()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what `pytest_configure` started."""
    if not hasattr(config, "workerinput"):
        postgres.stop()


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample data; without it the test says so, and in CI it fails."""
    folder = Path(os.environ.get("SPPLUS_SAMPLES", ROOT.parent / "shared/data"))
    if not folder.is_dir():
        message = f"no sample data at {folder}: set SPPLUS_SAMPLES"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return folder


def migrate(engine: Engine) -> None:
    """Bring an empty database to the newest schema, by the migrations."""
    config = Config(toml_file=str(ROOT / "pyproject.toml"))
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty migrated SQLite file, copied by each test that wants one."""
    from spplus_app.persistence.engine import make_engine

    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn."""
    return str(request.param)


@contextmanager
def _empty_database(kind: str, folder: Path, template: Path) -> Iterator[str]:
    """The address of an empty migrated database of this kind."""
    if kind == "sqlite":
        path = folder / "test.sqlite3"
        shutil.copy(template, path)
        yield f"sqlite:///{path}"
        return
    with postgres.fresh_database(migrate) as url:
        yield url


@pytest.fixture
def database_url(kind: str, tmp_path: Path, sqlite_template: Path) -> Iterator[str]:
    """The address of an empty migrated database, of each kind in turn."""
    with _empty_database(kind, tmp_path, sqlite_template) as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on an empty migrated database, of each kind in turn."""
    from spplus_app.persistence.engine import make_engine

    made = make_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of this test alone for what is written beside the database."""
    from spplus_app.settings import settings

    monkeypatch.setenv("SPPLUS_VAR", str(tmp_path / "var"))
    settings.cache_clear()
    yield tmp_path / "var"
    settings.cache_clear()


@pytest.fixture(scope="session")
def shared_engines(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[Callable[[str], Engine]]:
    """One engine of each kind, made when first asked for, on a database nobody commits to."""
    from spplus_app.persistence.engine import make_engine

    made: dict[str, Engine] = {}
    with ExitStack() as stack:

        def shared(kind: str) -> Engine:
            if kind not in made:
                folder = tmp_path_factory.mktemp(f"shared-{kind}")
                url = stack.enter_context(_empty_database(kind, folder, sqlite_template))
                made[kind] = make_engine(url)
                stack.callback(made[kind].dispose)
            return made[kind]

        yield shared


@pytest.fixture
def session(
    request: pytest.FixtureRequest, kind: str, shared_engines: Callable[[str], Engine]
) -> Iterator[Session]:
    """A session in one transaction that is never committed, on each kind of database in turn.

    Making a database takes longer than most tests: those that commit nothing share one of each
    kind, unless they also ask for an engine of their own.
    """
    alone = {"engine", "database_url"} & set(request.fixturenames)
    engine = request.getfixturevalue("engine") if alone else shared_engines(kind)
    with engine.connect().execution_options(spplus_write=True) as connection:
        transaction = connection.begin()
        with Session(connection, expire_on_commit=False) as made:
            yield made
        transaction.rollback()

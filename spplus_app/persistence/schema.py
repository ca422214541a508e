"""Which schema the database has, and which ones this version of the code knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from alembic import command

_PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


def _config() -> Config:
    return Config(toml_file=str(_PROJECT))


@cache
def known() -> tuple[str, ...]:
    """Return the revisions that this version knows, the oldest first, its own last."""
    scripts = ScriptDirectory.from_config(_config())
    return tuple(script.revision for script in scripts.walk_revisions())[::-1]


def revision(connection: Connection) -> str:
    """Return the revision of a database, empty when it has no schema."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def upgrade() -> None:
    """Bring the database of the settings to the newest schema."""
    command.upgrade(_config(), "head")

"""The migrations make the tables that the code knows, and go back where they say so."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from alembic import command
from spplus_app.persistence.tables import Base
from tests.conftest import ROOT


def config(engine: Engine) -> Config:
    """The migrations, on this database."""
    made = Config(toml_file=str(ROOT / "pyproject.toml"))
    made.attributes["engine"] = engine
    return made


def test_the_tables_are_those_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        told = compare_metadata(context, Base.metadata)
    # A migration may make what the code does not map (tables of a search engine), never less.
    kept = {"remove_table", "remove_index"}
    assert [one for one in told if not (isinstance(one, tuple) and one[0] in kept)] == []


def test_each_migration_follows_one_other() -> None:
    script = ScriptDirectory.from_config(Config(toml_file=str(ROOT / "pyproject.toml")))
    assert len(script.get_heads()) == 1


def test_the_commitments_come_and_go_with_their_migration(engine: Engine) -> None:
    before = ScriptDirectory.from_config(config(engine)).get_revision("0003").down_revision
    command.downgrade(config(engine), str(before))
    assert not {"commitment", "figure"} & set(inspect(engine).get_table_names())
    command.upgrade(config(engine), "0003")
    command.upgrade(config(engine), "0003")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM commitment")).scalar() == 8

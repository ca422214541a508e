"""Run the migrations on the database of the settings, or on the one given by the caller."""

from __future__ import annotations

from typing import Literal

from alembic import context
from spplus_app.persistence.engine import engine
from spplus_app.persistence.tables import Base
from spplus_app.persistence.tables.base import Instant, Json


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our column types as the library's own, so that a migration never needs our code."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and item is Json:
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


bind = context.config.attributes.get("engine") or engine()
with bind.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=render_item,
    )
    # Migrations change the schema: they hold the writers' lock from the first statement.
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()

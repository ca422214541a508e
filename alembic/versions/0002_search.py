"""Reading for everyone: the search index, visitors' votes, experiences that come from elsewhere.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
POSITION = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add columns and tables; `spplus migrate` then fills the index."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    _columns()
    _tables()
    if sqlite:
        _sqlite_index()
    else:
        _postgresql_index()


def _columns() -> None:
    # Not in batch mode: SQLite would copy the whole table to add a column.
    op.drop_index("ix_experience_status_published", table_name="experience")
    op.add_column("experience", sa.Column("position", sa.BigInteger(), nullable=True))
    op.add_column(
        "experience", sa.Column("tags_metier", JSON, nullable=False, server_default=sa.text("'[]'"))
    )
    op.create_index("uq_experience_position", "experience", ["position"], unique=True)
    for name in ("useful", "not_useful"):
        op.add_column(
            "reply", sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("0"))
        )


def _tables() -> None:
    op.create_table(
        "reply_vote",
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("visitor", sa.String(length=64), nullable=False),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_reply_vote_reply_id_reply")
        ),
        sa.PrimaryKeyConstraint("reply_id", "visitor", name=op.f("pk_reply_vote")),
    )
    op.create_table(
        "similar_vote",
        sa.Column("experience_id", sa.Integer(), nullable=False),
        sa.Column("visitor", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["experience_id"],
            ["experience.id"],
            name=op.f("fk_similar_vote_experience_id_experience"),
        ),
        sa.PrimaryKeyConstraint("experience_id", "visitor", name=op.f("pk_similar_vote")),
    )
    op.create_table(
        "imported_experience",
        sa.Column("experience_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("rest", JSON, nullable=False),
        sa.Column("repaired", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["experience_id"],
            ["experience.id"],
            name=op.f("fk_imported_experience_experience_id_experience"),
        ),
        sa.PrimaryKeyConstraint("experience_id", name=op.f("pk_imported_experience")),
        sa.UniqueConstraint(
            "source", "source_id", name=op.f("uq_imported_experience_source_source_id")
        ),
    )
    op.create_table(
        "experience_facets",
        sa.Column("position", POSITION, autoincrement=False, nullable=False),
        sa.Column("experience_id", sa.Integer(), nullable=False),
        sa.Column("facets", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["experience_id"],
            ["experience.id"],
            name=op.f("fk_experience_facets_experience_id_experience"),
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_experience_facets")),
        sa.UniqueConstraint("experience_id", name=op.f("uq_experience_facets_experience_id")),
    )


def _sqlite_index() -> None:
    # The terms are kept beside the index: removing a row from it asks for what it was made from.
    op.execute(
        "CREATE TABLE experience_search (position INTEGER PRIMARY KEY, title TEXT NOT NULL, "
        "strong TEXT NOT NULL, body TEXT NOT NULL, facets TEXT NOT NULL)"
    )
    # Columns are told apart, places within them are not: no phrase is looked for, and no rank
    # is computed from lengths.
    op.execute(
        "CREATE VIRTUAL TABLE experience_fts USING fts5(title, strong, body, facets, "
        "content='experience_search', content_rowid='position', detail=column, columnsize=0, "
        "tokenize=\"unicode61 tokenchars '='\")"
    )


def _postgresql_index() -> None:
    op.execute(
        "CREATE TABLE experience_search (position BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL)"
    )
    op.execute("CREATE INDEX ix_experience_search_terms ON experience_search USING gin (terms)")


def downgrade() -> None:
    """Go back: a backup holds what was there before."""
    raise RuntimeError("restore a backup instead")

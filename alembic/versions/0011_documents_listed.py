"""hard documents listed and searched, with the date of their status

Revision: 0011, after 0010. `spplus migrate` then fills the index.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("document", sa.Column("status_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_document_public", "document", ["stage", "position"], unique=False)
    op.create_index(
        "ix_document_status", "document", ["stage", "status", "position"], unique=False
    )
    if op.get_bind().dialect.name == "sqlite":
        # As the index of experiences (0002): the terms are told again to take a row out.
        op.execute(
            "CREATE TABLE document_search (position INTEGER PRIMARY KEY, title TEXT NOT NULL, "
            "strong TEXT NOT NULL, body TEXT NOT NULL, facets TEXT NOT NULL)"
        )
        op.execute(
            "CREATE VIRTUAL TABLE document_fts USING fts5(title, strong, body, facets, "
            "content='document_search', content_rowid='position', detail=column, columnsize=0, "
            "tokenize=\"unicode61 tokenchars '='\")"
        )
    else:
        op.execute(
            "CREATE TABLE document_search (position BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_document_search_terms ON document_search USING gin (terms)")


def downgrade() -> None:
    """Go back."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE document_fts")
    op.execute("DROP TABLE document_search")
    op.drop_index("ix_document_status", table_name="document")
    op.drop_index("ix_document_public", table_name="document")
    op.drop_column("document", "status_at")

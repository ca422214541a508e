"""the words that were masked, sealed

Revision: 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "original",
        sa.Column("experience_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["experience_id"],
            ["experience.id"],
            name=op.f("fk_original_experience_id_experience"),
        ),
        sa.PrimaryKeyConstraint("experience_id", "number", name=op.f("pk_original")),
    )
    op.create_index(op.f("ix_original_created_at"), "original", ["created_at"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("original")

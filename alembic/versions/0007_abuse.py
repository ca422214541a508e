"""limits counted in the database, reports that hide nothing, votes that can be counted again

Revision: 0007, after 0006. What the counters hold beyond the votes kept here becomes their base.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_COUNTED = (
    ("experience", "similar_base", "similar", "similar_vote WHERE experience_id = experience.id"),
    ("reply", "useful_base", "useful", "reply_vote WHERE reply_id = reply.id AND useful"),
    ("reply", "not_useful_base", "not_useful", "reply_vote WHERE reply_id = reply.id AND NOT useful"),
)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "limit_count",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("current", sa.Integer(), nullable=False),
        sa.Column("previous", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_limit_count")),
    )
    op.create_index(op.f("ix_limit_count_since"), "limit_count", ["since"], unique=False)
    op.add_column("report", sa.Column("weighs", sa.Boolean(), nullable=False, server_default=sa.true()))
    for table, base, counted, votes in _COUNTED:
        op.add_column(table, sa.Column(base, sa.Integer(), nullable=False, server_default="0"))
        # « similar » is a word of PostgreSQL: quoted.
        op.execute(
            f"UPDATE {table} SET {base} = \"{counted}\" - (SELECT count(*) FROM {votes}) "
            f"WHERE \"{counted}\" <> (SELECT count(*) FROM {votes})"
        )


def downgrade() -> None:
    """Go back."""
    for table, base, _, _ in reversed(_COUNTED):
        op.drop_column(table, base)
    op.drop_column("report", "weighs")
    op.drop_index(op.f("ix_limit_count_since"), table_name="limit_count")
    op.drop_table("limit_count")

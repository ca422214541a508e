"""structures found on the ground: telephone, place, opening hours, whether they have joined

Revision: 0012, after 0011. Every structure known until now belongs to the programme.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TEXTS = {"phone": 30, "hours": 400, "hours_note": 300}


def upgrade() -> None:
    """Go forward."""
    for name, width in _TEXTS.items():
        op.add_column(
            "structure", sa.Column(name, sa.String(width), nullable=False, server_default="")
        )
    for name in ("latitude", "longitude"):
        op.add_column("structure", sa.Column(name, sa.Double(), nullable=True))
    op.add_column(
        "structure", sa.Column("joined", sa.Boolean(), nullable=False, server_default=sa.true())
    )


def downgrade() -> None:
    """Go back."""
    for name in ("joined", "longitude", "latitude", *reversed(_TEXTS)):
        op.drop_column("structure", name)

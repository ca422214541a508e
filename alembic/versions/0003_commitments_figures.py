"""commitments and figures

Revision: 0003. The commitments are written with the wording of 2023; where it is not known,
the row has none.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CLOSER, MORE_EFFECTIVE, SIMPLER = "Plus proche", "Plus efficace", "Plus simple"
SINCE = date(2023, 1, 1)
SOURCE = "Programme Services Publics +, engagements de 2023 (le jour exact n’est pas connu)"
COMMITMENTS = (
    (
        1,
        CLOSER,
        "Dans le respect mutuel, vous êtes accueillis avec bienveillance et avez le droit à l'erreur",
        "",
    ),
    (2, CLOSER, "Vous pouvez facilement entrer en contact avec vos services publics", ""),
    (3, CLOSER, "Vous bénéficiez d'un accompagnement adapté à votre situation personnelle", ""),
    (4, MORE_EFFECTIVE, "Votre demande est traitée dans les délais annoncés", ""),
    (5, MORE_EFFECTIVE, "Vous disposez d'une information claire, simple et accessible", ""),
    (6, MORE_EFFECTIVE, "Vous avez accès à nos résultats de qualité de service", ""),
    (7, SIMPLER, "Votre avis est pris en compte pour améliorer le service rendu", ""),
    (8, SIMPLER, "", "l’éco-responsabilité"),
)


def upgrade() -> None:
    """Go forward."""
    commitment = op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("family", sa.String(length=40), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("number", "version", name=op.f("uq_commitment_number_version")),
    )
    op.create_table(
        "figure",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_figure")),
    )
    op.bulk_insert(
        commitment,
        [
            {
                "number": number,
                "version": 1,
                "family": family,
                "wording": wording,
                "subject": subject,
                "valid_from": SINCE,
                "valid_until": None,
                "source": SOURCE,
            }
            for number, family, wording, subject in COMMITMENTS
        ],
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("figure")
    op.drop_table("commitment")

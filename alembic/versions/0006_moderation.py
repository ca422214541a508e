"""what moderation works with: second looks, claims, reasons, appeals, reports

Revision: 0006, after 0005. The reasons are written as a starting setting.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SOURCE = "réglage de départ"
REASONS = (
    ('personal_data', 'correct', 'Donnée personnelle ou personne reconnaissable', 'Votre texte permet de reconnaître quelqu’un\xa0: un nom, un numéro, une adresse. Retirez ces mots, puis renvoyez-le.'),
    ('insult', 'correct', 'Propos injurieux ou discriminatoires', 'Votre texte contient des mots blessants. Dites ce qui s’est passé sans insulter personne, puis renvoyez-le.'),
    ('not_specific', 'correct', 'Pas une expérience précise', 'Nous avons besoin d’un fait vécu. Ajoutez ce qui s’est passé, quand et avec quel service, puis renvoyez votre texte.'),
    ('off_topic', 'refuse', 'Hors du champ des services publics', 'Votre texte ne concerne pas un service public administratif. Nous ne pouvons pas le transmettre.'),
    ('complaint', 'redirect', 'Réclamation ou recours', 'Votre texte est une réclamation. Elle ne peut pas être traitée ici\xa0: adressez-la au service concerné, puis, sans réponse, à son médiateur ou au Défenseur des droits.'),
    ('serious_accusation', 'redirect', 'Accusation grave', 'Votre texte accuse quelqu’un d’un fait grave. Ici, ni vous ni cette personne ne seriez protégés. Adressez-vous au Défenseur des droits ou à la police.'),
    ('advertising', 'correct', 'Publicité ou contenu commercial', 'Votre texte fait de la publicité. Retirez-la, puis renvoyez-le si vous avez vécu une expérience avec un service public.'),
    ('too_old', 'refuse', 'Faits trop anciens', 'Les faits que vous racontez ont plus de trois ans. Le service ne peut plus y répondre utilement.'),
    ('duplicate', 'refuse', 'Déjà raconté', 'Vous avez déjà raconté cet épisode\xa0: nous gardons votre premier texte.'),
)


def upgrade() -> None:
    """Go forward."""
    op.create_table('deletion',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_deletion'))
    )
    reason = op.create_table('moderation_reason',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('author_text', sa.Text(), nullable=False),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_moderation_reason'))
    )
    op.create_table('report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('visitor', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report')),
    sa.UniqueConstraint('kind', 'subject_id', 'version', 'visitor', name=op.f('uq_report_kind_subject_id_version_visitor'))
    )
    op.create_table('spent_proof',
    sa.Column('proof', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('proof', name=op.f('pk_spent_proof'))
    )
    op.create_index(op.f('ix_spent_proof_expires_at'), 'spent_proof', ['expires_at'], unique=False)
    op.create_table('claim',
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_claim_person_id_person')),
    sa.PrimaryKeyConstraint('kind', 'subject_id', name=op.f('pk_claim'))
    )
    op.create_index(op.f('ix_claim_person_id'), 'claim', ['person_id'], unique=False)
    op.create_table('fingerprint',
    sa.Column('experience_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('band_0', sa.Integer(), nullable=False),
    sa.Column('band_1', sa.Integer(), nullable=False),
    sa.Column('band_2', sa.Integer(), nullable=False),
    sa.Column('band_3', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['experience_id'], ['experience.id'], name=op.f('fk_fingerprint_experience_id_experience')),
    sa.PrimaryKeyConstraint('experience_id', name=op.f('pk_fingerprint'))
    )
    op.create_index(op.f('ix_fingerprint_band_0'), 'fingerprint', ['band_0'], unique=False)
    op.create_index(op.f('ix_fingerprint_band_1'), 'fingerprint', ['band_1'], unique=False)
    op.create_index(op.f('ix_fingerprint_band_2'), 'fingerprint', ['band_2'], unique=False)
    op.create_index(op.f('ix_fingerprint_band_3'), 'fingerprint', ['band_3'], unique=False)
    op.create_index(op.f('ix_fingerprint_created_at'), 'fingerprint', ['created_at'], unique=False)
    op.create_table('report_case',
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('experience_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('reports', sa.Integer(), nullable=False),
    sa.Column('hidden', sa.Boolean(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('message', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['experience_id'], ['experience.id'], name=op.f('fk_report_case_experience_id_experience')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_report_case_person_id_person')),
    sa.PrimaryKeyConstraint('kind', 'subject_id', name=op.f('pk_report_case'))
    )
    op.create_index(op.f('ix_report_case_experience_id'), 'report_case', ['experience_id'], unique=False)
    op.create_index('ix_report_case_status_opened_at', 'report_case', ['status', 'opened_at'], unique=False)
    op.create_table('second_look',
    sa.Column('experience_id', sa.Integer(), nullable=False),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('seen', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['experience_id'], ['experience.id'], name=op.f('fk_second_look_experience_id_experience')),
    sa.PrimaryKeyConstraint('experience_id', name=op.f('pk_second_look'))
    )
    op.create_index('ix_second_look_urgent', 'second_look', ['urgent'], unique=False)
    op.create_table('answer_original',
    sa.Column('answer_id', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['answer.id'], name=op.f('fk_answer_original_answer_id_answer')),
    sa.PrimaryKeyConstraint('answer_id', name=op.f('pk_answer_original'))
    )
    op.create_index(op.f('ix_answer_original_created_at'), 'answer_original', ['created_at'], unique=False)
    op.create_table('appeal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('experience_id', sa.Integer(), nullable=False),
    sa.Column('moderation_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('message', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['experience_id'], ['experience.id'], name=op.f('fk_appeal_experience_id_experience')),
    sa.ForeignKeyConstraint(['moderation_id'], ['moderation.id'], name=op.f('fk_appeal_moderation_id_moderation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_appeal_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appeal')),
    sa.UniqueConstraint('moderation_id', name=op.f('uq_appeal_moderation_id'))
    )
    op.create_index(op.f('ix_appeal_experience_id'), 'appeal', ['experience_id'], unique=False)
    op.create_index('ix_appeal_status_due_at', 'appeal', ['status', 'due_at'], unique=False)
    op.add_column('moderation', sa.Column('kind', sa.String(length=16), nullable=False, server_default=''))
    op.add_column('moderation', sa.Column('told', sa.Text(), nullable=False, server_default=''))
    op.bulk_insert(
        reason,
        [
            {
                "code": code,
                "kind": kind,
                "label": label,
                "author_text": text,
                "source": SOURCE,
                "position": position,
                "active": True,
            }
            for position, (code, kind, label, text) in enumerate(REASONS)
        ],
    )


def downgrade() -> None:
    """Go back."""
    op.drop_column("moderation", "told")
    op.drop_column("moderation", "kind")
    op.drop_table("appeal")
    op.drop_table("answer_original")
    op.drop_table("second_look")
    op.drop_table("report_case")
    op.drop_table("report")
    op.drop_table("fingerprint")
    op.drop_table("claim")
    op.drop_table("spent_proof")
    op.drop_table("moderation_reason")
    op.drop_table("deletion")

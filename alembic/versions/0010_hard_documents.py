"""hard documents: files on their way, what is read and masked, pages, versions, marks, heat

Revision: 0010, after 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('upload',
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('visitor', sa.String(length=64), nullable=False),
    sa.Column('deposit', sa.String(length=36), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('suffix', sa.String(length=8), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('received', sa.Integer(), nullable=False),
    sa.Column('written', sa.Integer(), nullable=False),
    sa.Column('stored', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('uuid', name=op.f('pk_upload'))
    )
    op.create_index(op.f('ix_upload_deposit'), 'upload', ['deposit'], unique=False)
    op.create_index(op.f('ix_upload_updated_at'), 'upload', ['updated_at'], unique=False)
    op.create_table('document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('stage', sa.String(length=16), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('title', sa.String(length=400), nullable=False),
    sa.Column('slug', sa.String(length=100), nullable=False),
    sa.Column('problems', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('hard', sa.Text(), nullable=False),
    sa.Column('wished', sa.Text(), nullable=False),
    sa.Column('form', sa.String(length=180), nullable=False),
    sa.Column('described', sa.Text(), nullable=False),
    sa.Column('structure_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('marks', sa.Integer(), nullable=False),
    sa.Column('readers', sa.Integer(), nullable=False),
    sa.Column('lookers', sa.Integer(), nullable=False),
    sa.Column('told', sa.Text(), nullable=False),
    sa.Column('position', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('handed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['structure_id'], ['structure.id'], name=op.f('fk_document_structure_id_structure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('uuid', name=op.f('uq_document_uuid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_document_stage', 'document', ['stage', 'updated_at', 'id'], unique=False)
    op.create_index('ix_document_structure', 'document', ['structure_id', 'stage', 'position'], unique=False)
    op.create_index('uq_document_position', 'document', ['position'], unique=True)
    op.create_table('annotation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('visitor', sa.String(length=64), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('tone', sa.String(length=16), nullable=False),
    sa.Column('reasons', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('understood', sa.Text(), nullable=False),
    sa.Column('rewrite', sa.Text(), nullable=False),
    sa.Column('start', sa.Integer(), nullable=False),
    sa.Column('end', sa.Integer(), nullable=False),
    sa.Column('exact', sa.Text(), nullable=False),
    sa.Column('prefix', sa.String(length=64), nullable=False),
    sa.Column('suffix', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_annotation_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_annotation')),
    sa.UniqueConstraint('uuid', name=op.f('uq_annotation_uuid')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_annotation_own', 'annotation', ['document_id', 'visitor'], unique=False)
    op.create_index('ix_annotation_public', 'annotation', ['document_id', 'status', 'start', 'id'], unique=False)
    op.create_index(op.f('ix_annotation_updated_at'), 'annotation', ['updated_at'], unique=False)
    op.create_table('document_file',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('suffix', sa.String(length=8), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('stored', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_file_document_id_document')),
    sa.PrimaryKeyConstraint('document_id', 'position', name=op.f('pk_document_file'))
    )
    op.create_index(op.f('ix_document_file_created_at'), 'document_file', ['created_at'], unique=False)
    op.create_table('document_holder',
    sa.Column('visitor', sa.String(length=64), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_holder_document_id_document')),
    sa.PrimaryKeyConstraint('visitor', 'document_id', name=op.f('pk_document_holder'))
    )
    op.create_index(op.f('ix_document_holder_created_at'), 'document_holder', ['created_at'], unique=False)
    op.create_table('document_link',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('nonce', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_link_document_id_document')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_document_link'))
    )
    op.create_index(op.f('ix_document_link_created_at'), 'document_link', ['created_at'], unique=False)
    op.create_index(op.f('ix_document_link_document_id'), 'document_link', ['document_id'], unique=False)
    op.create_table('document_page',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('width', sa.Double(), nullable=False),
    sa.Column('height', sa.Double(), nullable=False),
    sa.Column('stored', sa.String(length=64), nullable=False),
    sa.Column('shown', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_page_document_id_document')),
    sa.PrimaryKeyConstraint('document_id', 'number', name=op.f('pk_document_page'))
    )
    op.create_table('document_reader',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('visitor', sa.String(length=64), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_reader_document_id_document')),
    sa.PrimaryKeyConstraint('document_id', 'visitor', name=op.f('pk_document_reader'))
    )
    op.create_index(op.f('ix_document_reader_created_at'), 'document_reader', ['created_at'], unique=False)
    op.create_table('document_reading',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('masks', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('areas', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('checked', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('choices', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_reading_document_id_document')),
    sa.PrimaryKeyConstraint('document_id', name=op.f('pk_document_reading'))
    )
    op.create_index(op.f('ix_document_reading_created_at'), 'document_reading', ['created_at'], unique=False)
    op.create_table('document_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('blocks', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('sentences', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('regions', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_version_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_version')),
    sa.UniqueConstraint('document_id', 'number', name=op.f('uq_document_version_document_id_number'))
    )
    op.create_table('sentence_heat',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('sentence', sa.Integer(), nullable=False),
    sa.Column('readers', sa.Integer(), nullable=False),
    sa.Column('counts', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_sentence_heat_document_id_document')),
    sa.PrimaryKeyConstraint('document_id', 'version', 'sentence', name=op.f('pk_sentence_heat'))
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("upload")
    op.drop_table("sentence_heat")
    op.drop_table("document_version")
    op.drop_table("document_reading")
    op.drop_table("document_reader")
    op.drop_table("document_page")
    op.drop_table("document_link")
    op.drop_table("document_holder")
    op.drop_table("document_file")
    op.drop_table("annotation")
    op.drop_table("document")

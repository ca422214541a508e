"""Hard documents: what was sent, its masked text and pages, and the marks of its readers.

Originals are files of the store, sealed; what is personal in a reading is sealed too. Both go
when a document is published: what everyone reads is made again from what is left.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class UploadRow(Base):
    """A file on its way: ``received`` bytes of ``size`` are in the store, sealed part by part.

    ``written`` is how long the sealed file under ``stored`` is: what stands beyond does not count.
    ``uuid`` is made by the client, once for each file; ``deposit`` is that of the form it is for.
    """

    __tablename__ = "upload"

    uuid: Mapped[str] = mapped_column(String(36), primary_key=True)
    visitor: Mapped[str] = mapped_column(String(64))
    deposit: Mapped[str] = mapped_column(String(36), index=True)
    position: Mapped[int] = mapped_column(default=0)
    suffix: Mapped[str] = mapped_column(String(8))
    size: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    written: Mapped[int] = mapped_column(default=0)
    stored: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)


class DocumentRow(Base):
    """A hard document; ``uuid`` is made by the client and sends once.

    ``stage`` says who may see it, ``status`` what its administration does with it, and
    ``status_at`` since when, once it moved. ``position`` is what lists are read by, newest first,
    as an experience's. ``version`` is that of the text everyone reads, 0 before there is one.
    """

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_stage", "stage", "updated_at", "id"),
        Index("ix_document_public", "stage", "position"),
        Index("ix_document_status", "stage", "status", "position"),
        Index("uq_document_position", "position", unique=True),
        Index("ix_document_structure", "structure_id", "stage", "position"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    stage: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    status_at: Mapped[datetime | None]
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(400), default="")
    slug: Mapped[str] = mapped_column(String(100), default="")
    problems: Mapped[list[Any]]
    hard: Mapped[str] = mapped_column(Text, default="")
    wished: Mapped[str] = mapped_column(Text, default="")
    form: Mapped[str] = mapped_column(String(180), default="")
    described: Mapped[str] = mapped_column(Text, default="")
    structure_id: Mapped[int | None] = mapped_column(ForeignKey("structure.id"))
    version: Mapped[int] = mapped_column(default=0)
    marks: Mapped[int] = mapped_column(default=0)
    readers: Mapped[int] = mapped_column(default=0)
    lookers: Mapped[int] = mapped_column(default=0)
    told: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    handed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]


class DocumentFileRow(Base):
    """A file as it was sent, sealed in the store under ``stored``; its name is not kept."""

    __tablename__ = "document_file"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    suffix: Mapped[str] = mapped_column(String(8))
    size: Mapped[int]
    stored: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(index=True)


class DocumentReadingRow(Base):
    """What was read of a document, sealed, and what is to be masked in it.

    ``masks`` hold ``[start, end, kind]``, ``areas`` ``[page, left, top, right, bottom, kind]``.
    ``checked`` are the pages its depositor has looked at, ``choices`` what they say of their own
    words. ``revision`` counts the changes of masks: two tabs do not undo each other.
    """

    __tablename__ = "document_reading"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    masks: Mapped[list[Any]]
    areas: Mapped[list[Any]]
    checked: Mapped[list[Any]]
    choices: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(index=True)


class DocumentPageRow(Base):
    """A page and its image: ``stored`` is sealed and seen by few, ``shown`` is what all see."""

    __tablename__ = "document_page"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    width: Mapped[float]
    height: Mapped[float]
    stored: Mapped[str] = mapped_column(String(64), default="")
    shown: Mapped[str] = mapped_column(String(64), default="")


class DocumentVersionRow(Base):
    """A text that everyone reads.

    ``blocks`` hold ``[kind, start, end, level, marker, table, row, column]``, ``sentences``
    ``[start, end, block]``, ``regions`` ``[sentence, page, left, top, right, bottom]``.
    """

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    blocks: Mapped[list[Any]]
    sentences: Mapped[list[Any]]
    regions: Mapped[list[Any]]
    created_at: Mapped[datetime]


class DocumentLinkRow(Base):
    """The private link of whoever sent a document: its hash, and its nonce while shown again."""

    __tablename__ = "document_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    nonce: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime] = mapped_column(index=True)


class DocumentHolderRow(Base):
    """A browser that may see and mask a document: the one that sent it, or opened its link."""

    __tablename__ = "document_holder"

    visitor: Mapped[str] = mapped_column(String(64), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(index=True)


class AnnotationRow(Base):
    """A mark on a passage of a version, with both selectors; private until ``sent_at``."""

    __tablename__ = "annotation"
    __table_args__ = (
        Index("ix_annotation_own", "document_id", "visitor"),
        Index("ix_annotation_public", "document_id", "status", "start", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    version: Mapped[int]
    visitor: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(16))
    tone: Mapped[str] = mapped_column(String(16))
    reasons: Mapped[list[Any]]
    understood: Mapped[str] = mapped_column(Text, default="")
    rewrite: Mapped[str] = mapped_column(Text, default="")
    start: Mapped[int]
    end: Mapped[int]
    exact: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str] = mapped_column(String(64), default="")
    suffix: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]


class DocumentReaderRow(Base):
    """A browser that sent its marks on a document, or chose to look without marking."""

    __tablename__ = "document_reader"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    visitor: Mapped[str] = mapped_column(String(64), primary_key=True)
    sent_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(index=True)


class SentenceHeatRow(Base):
    """How many readers marked a sentence, ``counts`` of them with a tone or a reason.

    Kept with each gesture that changes a public mark, so that a page counts nothing.
    """

    __tablename__ = "sentence_heat"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    sentence: Mapped[int] = mapped_column(primary_key=True)
    readers: Mapped[int]
    counts: Mapped[dict[str, Any]]

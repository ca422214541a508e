"""What the house needs to keep its word: drafts, jobs, the journal, revisions, signs of life."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class DraftRow(Base):
    """What somebody is writing; ``owner`` is a visitor's hash or ``person:<id>``."""

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("owner", "kind", "subject"),
        Index("ix_draft_updated_at", "updated_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(80), default="")
    uuid: Mapped[str] = mapped_column(String(36))
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class JobRow(Base):
    """What must happen later, written in the gesture's transaction."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "done_at", "run_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    payload: Mapped[dict[str, Any]]
    run_at: Mapped[datetime]
    claimed_by: Mapped[str] = mapped_column(String(80), default="")
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]


class JournalRow(Base):
    """Who did what, when, before and after. The database refuses to change or delete a row."""

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_subject", "subject_kind", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
    entry: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[str] = mapped_column(String(64))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]


class RevisionRow(Base):
    """A number per topic, bumped in the transaction of each gesture that changes it."""

    __tablename__ = "revision"

    topic: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)


class HeartbeatRow(Base):
    """When a part that serves nobody, the job worker, was last seen at work."""

    __tablename__ = "heartbeat"

    part: Mapped[str] = mapped_column(String(24), primary_key=True)
    at: Mapped[datetime]


class DeletionRow(Base):
    """What the scheduled deletion of a kind of data last did, and how many in all."""

    __tablename__ = "deletion"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]
    last: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)


class LimitCountRow(Base):
    """How many gestures of a kind came in a window and in the one before (`domain.abuse`).

    The key is a keyed hash of what is counted: it tells neither who nor about what.
    """

    __tablename__ = "limit_count"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime] = mapped_column(index=True)
    current: Mapped[int] = mapped_column(default=0)
    previous: Mapped[int] = mapped_column(default=0)


class SpentProofRow(Base):
    """A proof of work already used: it opens nothing twice."""

    __tablename__ = "spent_proof"

    proof: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)

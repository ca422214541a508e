"""What moderation works with: second looks, claims, reasons, appeals, reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class SecondLookRow(Base):
    """Why a machine asks for a second look at an experience as it reads now (`domain.signals`)."""

    __tablename__ = "second_look"
    __table_args__ = (Index("ix_second_look_urgent", "urgent"),)

    experience_id: Mapped[int] = mapped_column(ForeignKey("experience.id"), primary_key=True)
    urgent: Mapped[bool] = mapped_column(default=False)
    seen: Mapped[list[Any]] = mapped_column(default=list)


class FingerprintRow(Base):
    """The fingerprint of a narrative received lately, and its bands (`domain.fingerprint`)."""

    __tablename__ = "fingerprint"

    experience_id: Mapped[int] = mapped_column(ForeignKey("experience.id"), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
    band_0: Mapped[int] = mapped_column(index=True)
    band_1: Mapped[int] = mapped_column(index=True)
    band_2: Mapped[int] = mapped_column(index=True)
    band_3: Mapped[int] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(index=True)


class ClaimRow(Base):
    """What a moderator holds, until when: nobody else is given it meanwhile."""

    __tablename__ = "claim"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    until: Mapped[datetime]


class ReasonRow(Base):
    """A reason moderation may give, and what the author reads; kept when no longer offered."""

    __tablename__ = "moderation_reason"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    label: Mapped[str] = mapped_column(String(120))
    author_text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    updated_at: Mapped[datetime | None]


class AppealRow(Base):
    """An author's appeal against a decision, once; decided by somebody else, before ``due_at``."""

    __tablename__ = "appeal"
    __table_args__ = (Index("ix_appeal_status_due_at", "status", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    experience_id: Mapped[int] = mapped_column(ForeignKey("experience.id"), index=True)
    moderation_id: Mapped[int] = mapped_column(ForeignKey("moderation.id"), unique=True)
    text: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    message: Mapped[str] = mapped_column(Text, default="")


class ReportRow(Base):
    """What somebody reports of a published text: once a visitor for each version of it.

    One that does not weigh is read as any other, and hides nothing (`services.reports`).
    """

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("kind", "subject_id", "version", "visitor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    visitor: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text, default="")
    weighs: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class ReportCaseRow(Base):
    """A reported text: how many reports, whether it is hidden meanwhile, what was decided."""

    __tablename__ = "report_case"
    __table_args__ = (Index("ix_report_case_status_opened_at", "status", "opened_at"),)

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    experience_id: Mapped[int | None] = mapped_column(ForeignKey("experience.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(String(16))
    reports: Mapped[int] = mapped_column(default=0)
    hidden: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    message: Mapped[str] = mapped_column(Text, default="")


class AnswerOriginalRow(Base):
    """The words of an author's answer before its personal data was masked, sealed."""

    __tablename__ = "answer_original"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(index=True)

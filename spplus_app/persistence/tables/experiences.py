"""Experiences, their versions, replies, the author's contact and private links."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class ExperienceRow(Base):
    """What a citizen tells, as it reads now; ``uuid`` is made by the client and sends once.

    ``position`` is what lists are read by, newest first: microseconds since 1970 of
    ``published_at``, one more where that is taken; none while it is not published.
    ``similar`` is ``similar_base`` (imported, or voted too long ago) and the votes kept here.
    """

    __tablename__ = "experience"
    __table_args__ = (
        Index("ix_experience_status_sent", "status", "sent_at", "id"),
        Index("uq_experience_position", "position", unique=True),
        # Public addresses hold the id: one that was deleted must never name another text.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    status: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(400))
    narrative: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(String(100))
    ressenti: Mapped[str] = mapped_column(String(16))
    posted_as: Mapped[str] = mapped_column(String(64))
    tags: Mapped[dict[str, Any]]
    outside_structure: Mapped[bool] = mapped_column(default=False)
    department: Mapped[str] = mapped_column(String(8), default="")
    country: Mapped[str] = mapped_column(String(8), default="")
    pseudonym: Mapped[str] = mapped_column(String(120), default="")
    version: Mapped[int] = mapped_column(default=1)
    replies: Mapped[int] = mapped_column(default=0)
    similar: Mapped[int] = mapped_column(default=0)
    similar_base: Mapped[int] = mapped_column(default=0)
    tags_metier: Mapped[list[Any]] = mapped_column(default=list)
    position: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]


class ExperienceStructureRow(Base):
    """A structure met in an experience.

    ``published_at`` puts it in the structure's inbox, ``due_at`` is when it becomes late (kept in
    step with the announced delay), ``replied_at`` is the first reply of that structure.
    """

    __tablename__ = "experience_structure"
    __table_args__ = (
        Index("ix_experience_structure_inbox", "structure_id", "replied_at", "published_at"),
    )

    experience_id: Mapped[int] = mapped_column(ForeignKey("experience.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    structure_id: Mapped[int] = mapped_column(ForeignKey("structure.id"))
    channels: Mapped[list[Any]]
    published_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    replied_at: Mapped[datetime | None]


class VersionRow(Base):
    """The text as somebody left it; number 1 is the original, but for words masked since."""

    __tablename__ = "experience_version"
    __table_args__ = (UniqueConstraint("experience_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    experience_id: Mapped[int] = mapped_column(ForeignKey("experience.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(400))
    narrative: Mapped[str] = mapped_column(Text)
    pseudonym: Mapped[str] = mapped_column(String(120), default="")
    by_moderation: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


class OriginalRow(Base):
    """The words of a version before its personal data was masked, sealed (`adapters.sealing`)."""

    __tablename__ = "original"

    experience_id: Mapped[int] = mapped_column(ForeignKey("experience.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(index=True)


class ModerationRow(Base):
    """A decision of moderation; ``kind`` and ``told`` are what the reason was and said that day."""

    __tablename__ = "moderation"

    id: Mapped[int] = mapped_column(primary_key=True)
    experience_id: Mapped[int] = mapped_column(ForeignKey("experience.id"), index=True)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    act: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(40), default="")
    kind: Mapped[str] = mapped_column(String(16), default="")
    told: Mapped[str] = mapped_column(Text, default="")
    message: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


class ReplyRow(Base):
    """What a structure answers, in public; the bases are votes that no row of here holds."""

    __tablename__ = "reply"
    __table_args__ = (Index("ix_reply_experience_published", "experience_id", "published_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    experience_id: Mapped[int] = mapped_column(ForeignKey("experience.id"))
    structure_id: Mapped[int] = mapped_column(ForeignKey("structure.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    politeness: Mapped[str] = mapped_column(String(120))
    signature: Mapped[str] = mapped_column(String(240))
    status: Mapped[str] = mapped_column(String(16))
    rating: Mapped[str] = mapped_column(String(16), default="")
    rated_at: Mapped[datetime | None]
    useful: Mapped[int] = mapped_column(default=0)
    not_useful: Mapped[int] = mapped_column(default=0)
    useful_base: Mapped[int] = mapped_column(default=0)
    not_useful_base: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime]


class AnswerRow(Base):
    """The author's word back to a reply; read by moderation before everyone."""

    __tablename__ = "answer"
    __table_args__ = (Index("ix_answer_status_created", "status", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    experience_id: Mapped[int] = mapped_column(ForeignKey("experience.id"), index=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class ContactRow(Base):
    """The author's address, apart from the text; only a confirmed one is written to."""

    __tablename__ = "contact"

    experience_id: Mapped[int] = mapped_column(ForeignKey("experience.id"), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class PrivateLinkRow(Base):
    """A private follow-up link: only its hash; ``by_mail`` proves the address when opened."""

    __tablename__ = "private_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    experience_id: Mapped[int] = mapped_column(ForeignKey("experience.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    nonce: Mapped[str] = mapped_column(String(64))
    by_mail: Mapped[bool] = mapped_column(default=False)
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class VisitorItemRow(Base):
    """An experience a visitor's browser may follow: it sent it, or opened its private link."""

    __tablename__ = "visitor_item"

    visitor: Mapped[str] = mapped_column(String(64), primary_key=True)
    experience_id: Mapped[int] = mapped_column(
        ForeignKey("experience.id"), primary_key=True, index=True
    )
    by_mail: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class ReplyVoteRow(Base):
    """What a visitor says of a reply, once; the counters of the reply follow."""

    __tablename__ = "reply_vote"

    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id"), primary_key=True)
    visitor: Mapped[str] = mapped_column(String(64), primary_key=True)
    useful: Mapped[bool]
    created_at: Mapped[datetime]


class SimilarVoteRow(Base):
    """A visitor who lived the same, once; the counter of the experience follows."""

    __tablename__ = "similar_vote"

    experience_id: Mapped[int] = mapped_column(ForeignKey("experience.id"), primary_key=True)
    visitor: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime]


class ImportedExperienceRow(Base):
    """Where an experience that was not told here comes from, and what our model does not hold.

    ``digest`` is the print of the row it was last imported from: the same again changes nothing.
    """

    __tablename__ = "imported_experience"
    __table_args__ = (UniqueConstraint("source", "source_id"),)

    experience_id: Mapped[int] = mapped_column(ForeignKey("experience.id"), primary_key=True)
    source: Mapped[str] = mapped_column(String(16))
    source_id: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(64), default="")
    rest: Mapped[dict[str, Any]]
    repaired: Mapped[list[Any]]


class ExperienceFacetsRow(Base):
    """The facets of a published experience, apart from its text: counting reads many of them."""

    __tablename__ = "experience_facets"

    position: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    experience_id: Mapped[int] = mapped_column(ForeignKey("experience.id"), unique=True)
    facets: Mapped[str] = mapped_column(Text)

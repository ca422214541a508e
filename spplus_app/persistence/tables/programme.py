"""The programme: its commitments, version by version, and the figures shown with their date."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class CommitmentRow(Base):
    """One version of a commitment; ``wording`` is empty where it is not known."""

    __tablename__ = "commitment"
    __table_args__ = (UniqueConstraint("number", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    version: Mapped[int]
    family: Mapped[str] = mapped_column(String(40))
    wording: Mapped[str] = mapped_column(Text, default="")
    subject: Mapped[str] = mapped_column(String(120), default="")
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    source: Mapped[str] = mapped_column(Text)


class FigureRow(Base):
    """A measure as it was last made: its value, out of ``n`` cases, since when, made when."""

    __tablename__ = "figure"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    n: Mapped[int]
    value: Mapped[int | None]
    since: Mapped[datetime | None]
    computed_at: Mapped[datetime]

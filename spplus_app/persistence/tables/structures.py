"""Structures, their networks and typologies, and the counts kept for each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, true
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class NetworkRow(Base):
    """A network of structures (réseau)."""

    __tablename__ = "network"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)


class TypologyRow(Base):
    """A kind of structure within a network."""

    __tablename__ = "typology"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))


class StructureRow(Base):
    """A structure; ``path`` is the chain of ids from its root, itself included: ``/12/340/``.

    ``origin`` says which import keeps it: an import only closes structures of its own origin.
    ``hours`` is `OpeningHours.kept`. People only write to those that have ``joined``.
    """

    __tablename__ = "structure"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("structure.id"), index=True)
    # Subtrees are ranges of paths: PostgreSQL must compare bytes, whatever the locale.
    path: Mapped[str] = mapped_column(
        String(400).with_variant(String(400, collation="C"), "postgresql"), default="", index=True
    )
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    typology_id: Mapped[int] = mapped_column(ForeignKey("typology.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    usual_name: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    identifier: Mapped[str] = mapped_column(String(120), default="")
    identifier_kind: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(400), default="")
    postal_code: Mapped[str] = mapped_column(String(20), default="")
    town: Mapped[str] = mapped_column(String(200), default="")
    country: Mapped[str] = mapped_column(String(120), default="France")
    department: Mapped[str] = mapped_column(String(8), default="", index=True)
    region: Mapped[str] = mapped_column(String(8), default="")
    insee_town: Mapped[str] = mapped_column(String(16), default="")
    website: Mapped[str] = mapped_column(String(400), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    served_postal_codes: Mapped[str] = mapped_column(Text, default="")
    served_departments: Mapped[str] = mapped_column(Text, default="")
    active: Mapped[bool] = mapped_column(default=True)
    invented: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[str] = mapped_column(String(16), default="")
    announced_delay_days: Mapped[int | None]
    phone: Mapped[str] = mapped_column(String(30), default="", server_default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    hours: Mapped[str] = mapped_column(String(400), default="", server_default="")
    hours_note: Mapped[str] = mapped_column(String(300), default="", server_default="")
    joined: Mapped[bool] = mapped_column(default=True, server_default=true())
    updated_at: Mapped[datetime]

    @property
    def label(self) -> str:
        """The name people know it by."""
        return self.usual_name or self.name

    @property
    def reachable(self) -> bool:
        """Whether people may write to it: it is open, and belongs to the programme."""
        return self.active and self.joined


class StructureCountRow(Base):
    """Counts people read, kept in the transaction that changes them, rebuilt by ``check``."""

    __tablename__ = "structure_count"

    structure_id: Mapped[int] = mapped_column(ForeignKey("structure.id"), primary_key=True)
    published: Mapped[int] = mapped_column(default=0)
    replied: Mapped[int] = mapped_column(default=0)

"""A claim: what a moderator reads, nobody else is given for a while."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

CLAIM_FOR = timedelta(minutes=15)
"""How long a text stays with who opened it, from their last gesture (starting setting)."""


class ClaimKind(StrEnum):
    """What may be claimed."""

    EXPERIENCE = "experience"
    DOCUMENT = "document"


def first_name(name: str) -> str:
    """Return how colleagues call a person; « quelqu’un » for a name that is empty."""
    return name.split(maxsplit=1)[0].rstrip(",") if name.split() else "quelqu’un"

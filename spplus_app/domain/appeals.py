"""An appeal: a second moderator reads what a first one decided, before a stated day."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

APPEAL_DAYS = 7
"""Days within which an appeal is decided (starting setting)."""
APPEAL_MAX = 2000


class AppealStatus(StrEnum):
    """Where an appeal stands; closed when the decision it contests no longer holds."""

    WAITING = "waiting"
    UPHELD = "upheld"
    REJECTED = "rejected"
    CLOSED = "closed"


def due_at(asked_at: datetime) -> datetime:
    """Return when an appeal must be decided at the latest."""
    return asked_at + timedelta(days=APPEAL_DAYS)

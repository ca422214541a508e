"""A reply: what may be written in it, the delay a structure announces, and what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .dates import days_between

REPLY_MAX = 8000
REPLY_MIN = 10
SIGNATURE_MAX = 120
ANSWER_MAX = 2000
ANSWER_MIN = 3
DEFAULT_DELAY_DAYS = 30
"""Delay where no structure above announces one; shown as « réglage de départ »."""
DELAY_DAYS_MAX = 365

POLITENESS: tuple[str, ...] = (
    "Cordialement,",
    "Bien à vous,",
    "Avec nos meilleures salutations,",
    "Nous vous remercions de votre confiance,",
)


class ReplyStatus(StrEnum):
    """Where a reply stands; hidden while a report is looked at."""

    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    HIDDEN = "hidden"


class AnswerStatus(StrEnum):
    """Where the author's word back stands: read by moderation before everyone."""

    PENDING = "pending"
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


ANSWER_TRANSITIONS: dict[tuple[AnswerStatus, str], AnswerStatus] = {
    (AnswerStatus.PENDING, "publish"): AnswerStatus.PUBLISHED,
    (AnswerStatus.PENDING, "refuse"): AnswerStatus.REFUSED,
    (AnswerStatus.PENDING, "withdraw"): AnswerStatus.WITHDRAWN,
    (AnswerStatus.PUBLISHED, "withdraw"): AnswerStatus.WITHDRAWN,
    (AnswerStatus.PUBLISHED, "refuse"): AnswerStatus.REFUSED,
    (AnswerStatus.PUBLISHED, "hide"): AnswerStatus.HIDDEN,
    (AnswerStatus.HIDDEN, "restore"): AnswerStatus.PUBLISHED,
    (AnswerStatus.HIDDEN, "refuse"): AnswerStatus.REFUSED,
    (AnswerStatus.HIDDEN, "withdraw"): AnswerStatus.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Delay:
    """The delay in which a structure says it replies, in days."""

    days: int
    announced: bool

    @property
    def words(self) -> str:
        """The delay in words, saying when nobody announced it."""
        plural = "s" if self.days > 1 else ""
        told = "" if self.announced else " (réglage de départ)"
        return f"{self.days}\u00a0jour{plural}{told}"


def delay_from(chain: list[int | None]) -> Delay:
    """Return the delay of a structure from its chain of announced delays, itself first.

    The nearest announced delay above holds; none: `DEFAULT_DELAY_DAYS`, not announced.
    """
    for days in chain:
        if days is not None:
            return Delay(days, announced=True)
    return Delay(DEFAULT_DELAY_DAYS, announced=False)


def days_to_reply(published_at: datetime, replied_at: datetime) -> int | None:
    """Return the calendar days a reply took, ``None`` when they are not known.

    A reply imported from a source that does not date it bears the very moment of publication:
    no reply written here ever does.
    """
    return None if replied_at == published_at else days_between(published_at, replied_at)


def due_at(published_at: datetime, delay: Delay) -> datetime:
    """The instant after which an experience without a reply is late."""
    return published_at + timedelta(days=delay.days)


def is_late(published_at: datetime, delay: Delay, now: datetime) -> bool:
    """Whether an experience published then and still without a reply is late now."""
    return now > due_at(published_at, delay)

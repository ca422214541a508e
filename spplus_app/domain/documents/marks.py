"""Where a mark stands, from its reader's own to everyone's: a table of transitions.

Nobody reads a mark before it is public: what hides one, or takes it off, begins with a report.
"""

from __future__ import annotations

from enum import StrEnum
from hashlib import blake2b

from spplus_app.domain.transitions import moved


class Standing(StrEnum):
    """Who reads a mark; whoever made it always does."""

    PRIVATE = "private"
    SENT = "sent"
    HIDDEN = "hidden"
    REMOVED = "removed"


class Step(StrEnum):
    """What moves a mark; its reader may also change its words, or take it back, at any time."""

    SEND = "send"
    HIDE = "hide"
    RESTORE = "restore"
    REMOVE = "remove"


TRANSITIONS: dict[tuple[Standing, Step], Standing] = {
    (Standing.PRIVATE, Step.SEND): Standing.SENT,
    (Standing.SENT, Step.HIDE): Standing.HIDDEN,
    (Standing.HIDDEN, Step.RESTORE): Standing.SENT,
    (Standing.HIDDEN, Step.REMOVE): Standing.REMOVED,
    (Standing.SENT, Step.REMOVE): Standing.REMOVED,
}
"""The allowed transitions; anything else is a `Conflict`."""
_CHANGED = "Cette marque a changé entre-temps. Rechargez la page."


def after(standing: Standing, step: Step) -> Standing:
    """Return where a mark stands after ``step``; raise `Conflict` where the table forbids it."""
    return moved(TRANSITIONS, standing, step, _CHANGED)


def words_version(understood: str, rewrite: str) -> int:
    """Return a number for the words of a mark: the same as long as they read the same.

    A mark keeps no past: what was reported, and what moderation read, is known by this number,
    which a column of 32 bits holds.
    """
    told = f"{understood}\x00{rewrite}".encode()
    return int.from_bytes(blake2b(told, digest_size=4).digest()) >> 1

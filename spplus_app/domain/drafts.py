"""A draft: kept on the server from the first step, for a limited time."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

DRAFT_KEPT_FOR = timedelta(days=90)
"""Retention to start from: 3 months (reference: security, retention)."""
DRAFT_BYTES_MAX = 64_000


class DraftKind(StrEnum):
    """What is being written."""

    EXPERIENCE = "experience"
    REPLY = "reply"
    DOCUMENT = "document"


class Step(StrEnum):
    """The steps to tell an experience, in order."""

    SERVICE = "service"
    STORY = "recit"
    AUTHOR = "vous"
    CHECK = "verification"


STEP_TITLES: dict[Step, str] = {
    Step.SERVICE: "Quel service ?",
    Step.STORY: "Que s’est-il passé ?",
    Step.AUTHOR: "Vous",
    Step.CHECK: "Vérifiez",
}

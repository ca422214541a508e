"""The journal's words: what was done, on what. Never a text a citizen typed."""

from __future__ import annotations

from enum import StrEnum


class Entry(StrEnum):
    """A gesture worth keeping: who, what, when, before and after."""

    EXPERIENCE_SENT = "experience.sent"
    EXPERIENCE_PUBLISHED = "experience.published"
    EXPERIENCE_REFUSED = "experience.refused"
    EXPERIENCE_EDITED = "experience.edited"
    EXPERIENCE_RESENT = "experience.resent"
    EXPERIENCE_WITHDRAWN = "experience.withdrawn"
    ORIGINAL_READ = "original.read"
    ANSWER_SENT = "answer.sent"
    ANSWER_PUBLISHED = "answer.published"
    ANSWER_REFUSED = "answer.refused"
    REPLY_PUBLISHED = "reply.published"
    REPLY_RATED = "reply.rated"
    EMAIL_CONFIRMED = "email.confirmed"
    LINK_OPENED = "link.opened"
    DELAY_ANNOUNCED = "delay.announced"
    STRUCTURES_IMPORTED = "structures.imported"
    EXPERIENCES_IMPORTED = "experiences.imported"
    EXPERIENCES_GENERATED = "experiences.generated"
    EXPERIENCES_REMOVED = "experiences.removed"
    COMMITMENT_REVISED = "commitment.revised"
    PERSON_ADDED = "person.added"
    PERSON_SIGNED_IN = "person.signed_in"
    PERSON_SIGNED_OUT = "person.signed_out"
    PASSWORD_RESET = "password.reset"  # noqa: S105 -- the name of a gesture

"""Reporting a published text: what may be said of it, when it is hidden, what is decided.

A report never judges: it asks a person to read again. Hiding meanwhile is the lesser harm where
somebody may be recognised; elsewhere it takes several people, so that nobody silences alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from .errors import Invalid
from .experiences import bounded_text
from .transitions import moved

WORDS_MAX = 500
"""Longest explanation of a report, in characters."""
HIDDEN_FROM_PERSONAL_DATA = 1
"""Visitors who say « personal data » from whom a text is hidden (réglage de départ)."""
HIDDEN_FROM = 3
"""Distinct visitors, whatever their reasons, from whom a text is hidden (réglage de départ)."""


class Kind(StrEnum):
    """What may be reported."""

    EXPERIENCE = "experience"
    REPLY = "reply"
    ANSWER = "answer"
    DOCUMENT = "document"
    MARK = "mark"


KIND_NAMES: dict[Kind, str] = {
    Kind.EXPERIENCE: "L’expérience",
    Kind.REPLY: "La réponse du service",
    Kind.ANSWER: "La réponse de l’auteur",
    Kind.DOCUMENT: "Le document",
    Kind.MARK: "La marque d’un lecteur",
}
ADDRESSES: dict[Kind, str] = {
    Kind.EXPERIENCE: "experience",
    Kind.REPLY: "reponse",
    Kind.ANSWER: "retour",
    Kind.DOCUMENT: "document",
    Kind.MARK: "marque",
}
"""How an address names each kind: « /signaler/reponse-12 »."""
BY_ADDRESS = {word: kind for kind, word in ADDRESSES.items()}
IN_DOCUMENT = frozenset((Kind.DOCUMENT, Kind.MARK))
"""The kinds that stand in a hard document; the others stand in an experience."""
PAGE = "/signaler"


class ReportReason(StrEnum):
    """Why somebody reports a text."""

    PERSONAL_DATA = "personal_data"
    INSULT = "insult"
    ACCUSATION = "accusation"
    ADVERTISING = "advertising"
    OTHER = "other"


REASON_NAMES: dict[ReportReason, str] = {
    ReportReason.PERSONAL_DATA: "Donnée personnelle",
    ReportReason.INSULT: "Insulte ou discrimination",
    ReportReason.ACCUSATION: "Accusation grave ou fausse",
    ReportReason.ADVERTISING: "Publicité",
    ReportReason.OTHER: "Autre raison",
}
REASON_HINTS: dict[ReportReason, str] = {
    ReportReason.PERSONAL_DATA: "Un nom, un numéro, une adresse : quelqu’un peut être reconnu.",
    ReportReason.INSULT: "Des mots qui blessent, menacent ou rabaissent.",
    ReportReason.ACCUSATION: "Quelqu’un est accusé d’un fait grave, ou d’un fait faux.",
    ReportReason.ADVERTISING: "Une offre, un lien commercial.",
    ReportReason.OTHER: "Dites laquelle ci-dessous.",
}


class CaseStatus(StrEnum):
    """Where the case of a reported text stands; closed when the text left by itself."""

    OPEN = "open"
    KEPT = "kept"
    REMOVED = "removed"
    CLOSED = "closed"


class Decision(StrEnum):
    """What a moderator decides of a reported text."""

    KEEP = "keep"
    REMOVE = "remove"


TRANSITIONS: dict[tuple[CaseStatus, Decision], CaseStatus] = {
    (CaseStatus.OPEN, Decision.KEEP): CaseStatus.KEPT,
    (CaseStatus.OPEN, Decision.REMOVE): CaseStatus.REMOVED,
    # A text that was kept, then reported again: somebody may see what nobody had seen.
    (CaseStatus.KEPT, Decision.REMOVE): CaseStatus.REMOVED,
}
"""The allowed transitions; anything else is a `Conflict`."""
_SETTLED = "Ce signalement est déjà traité. Rechargez la page."


def after(status: CaseStatus, decision: Decision) -> CaseStatus:
    """Return the state after a decision; raise `Conflict` where the table does not allow it."""
    return moved(TRANSITIONS, status, decision, _SETTLED)


def again(status: CaseStatus | None, *, same_version: bool) -> CaseStatus:
    """Return the state of a case when a public text is reported once more.

    ``status`` is ``None`` for a text never reported. What a moderator kept stays kept as long as
    it reads the same; so does what was removed, then published again as it was: an appeal says it.
    """
    if status in {CaseStatus.KEPT, CaseStatus.REMOVED} and same_version:
        return CaseStatus.KEPT
    return CaseStatus.OPEN


def hides(status: CaseStatus, reasons: Iterable[ReportReason]) -> bool:
    """Whether a text is hidden until somebody has read it.

    ``reasons`` are those of each distinct visitor who reported this version of it.
    """
    said = list(reasons)
    if status is not CaseStatus.OPEN:
        return False
    personal = said.count(ReportReason.PERSONAL_DATA)
    return personal >= HIDDEN_FROM_PERSONAL_DATA or len(said) >= HIDDEN_FROM


def accepted(reason: str, words: str) -> tuple[ReportReason, str]:
    """Return the reason and the words of a report; raise `Invalid` for what cannot be accepted."""
    errors: dict[str, str] = {}
    if reason not in set(ReportReason):
        errors["raison"] = "Choisissez une raison."
    words = bounded_text(errors, "mots", words, WORDS_MAX)
    if reason == ReportReason.OTHER and not words and "mots" not in errors:
        errors["mots"] = "Dites en quelques mots ce qui ne va pas."
    if errors:
        raise Invalid(errors)
    return ReportReason(reason), words

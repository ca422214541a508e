"""A hard document: its kinds, what is hard in it, where it stands."""

from __future__ import annotations

from enum import StrEnum

from spplus_app.domain.roles import Right
from spplus_app.domain.transitions import moved

TITLE_MAX = 180
"""Longest title of a document, in characters; as an experience's."""
WORD_MAX = 2000
"""Longest free word on what is hard, or on what could be done (starting value)."""


class Kind(StrEnum):
    """What may be sent (reference: services-publics-plus, Documents and usagers testeurs)."""

    LETTER = "letter"
    EMAIL = "email"
    FORM = "form"


KIND_NAMES: dict[Kind, str] = {
    Kind.LETTER: "Courrier",
    Kind.EMAIL: "Courriel",
    Kind.FORM: "Formulaire",
}


class Problem(StrEnum):
    """What makes a document hard; several may be chosen."""

    DENSE = "dense"
    WORDING = "wording"
    JARGON = "jargon"
    UNREASONED = "unreasoned"
    NEGATIVE = "negative"
    ACRONYMS = "acronyms"


PROBLEM_NAMES: dict[Problem, str] = {
    Problem.DENSE: "contenus trop denses",
    Problem.WORDING: "formulations compliquées",
    Problem.JARGON: "jargon incompréhensible",
    Problem.UNREASONED: "refus sans motif clair",
    Problem.NEGATIVE: "termes négatifs et anxiogènes",
    Problem.ACRONYMS: "sigles obscurs",
}
"""The programme's own words, exact (reference: services-publics-plus, Problem types)."""


class Status(StrEnum):
    """Where a published document stands with its administration."""

    RECEIVED = "received"
    SENT = "sent"
    REWRITING = "rewriting"
    TESTED = "tested"
    REPLACED = "replaced"


STATUS_NAMES: dict[Status, str] = {
    Status.RECEIVED: "Reçu",
    Status.SENT: "Transmis",
    Status.REWRITING: "En réécriture",
    Status.TESTED: "Testé",
    Status.REPLACED: "Remplacé",
}


class Act(StrEnum):
    """What moves a document from one status to the next."""

    SEND = "send"
    TAKE_BACK = "take_back"
    REWRITE = "rewrite"
    SET_ASIDE = "set_aside"
    TEST = "test"
    REPLACE = "replace"


TRANSITIONS: dict[tuple[Status, Act], Status] = {
    (Status.RECEIVED, Act.SEND): Status.SENT,
    # Sent to the wrong administration: it comes back, and is sent again.
    (Status.SENT, Act.TAKE_BACK): Status.RECEIVED,
    (Status.SENT, Act.REWRITE): Status.REWRITING,
    (Status.REWRITING, Act.SET_ASIDE): Status.SENT,
    (Status.REWRITING, Act.TEST): Status.TESTED,
    # An administration may replace a text that nobody tested: the page then says no test.
    (Status.REWRITING, Act.REPLACE): Status.REPLACED,
    (Status.TESTED, Act.REWRITE): Status.REWRITING,
    (Status.TESTED, Act.REPLACE): Status.REPLACED,
    (Status.REPLACED, Act.REWRITE): Status.REWRITING,
}
"""The allowed transitions; anything else is a `Conflict`."""
ACT_RIGHTS: dict[Act, Right] = {
    Act.SEND: Right.MODERATE,
    Act.TAKE_BACK: Right.MODERATE,
    Act.REWRITE: Right.HANDLE_DOCUMENTS,
    Act.SET_ASIDE: Right.HANDLE_DOCUMENTS,
    Act.TEST: Right.HANDLE_DOCUMENTS,
    Act.REPLACE: Right.HANDLE_DOCUMENTS,
}
"""Who moves a document: moderation sends it, its administration does the rest."""
ACT_NAMES: dict[Act, str] = {
    Act.SEND: "Transmettre à l’administration",
    Act.TAKE_BACK: "Reprendre\u00a0: ce n’est pas la bonne administration",
    Act.REWRITE: "Réécrire ce document",
    Act.SET_ASIDE: "Mettre la réécriture de côté",
    Act.TEST: "Dire qu’il a été testé",
    Act.REPLACE: "Dire qu’il est remplacé",
}
_CHANGED = "Ce document a changé entre-temps. Relisez-le avant de continuer."


def after(status: Status, act: Act) -> Status:
    """Return the status after ``act``; raise `Conflict` where the table does not allow it."""
    return moved(TRANSITIONS, status, act, _CHANGED)


def acts(status: Status) -> tuple[Act, ...]:
    """Return what may be done to a document of this status, in the order of the table."""
    return tuple(act for known, act in TRANSITIONS if known is status)

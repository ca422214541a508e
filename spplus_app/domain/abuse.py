"""Against abuse: how often each gesture may be made, and what is answered past that.

Three answers. Most people never meet the second: a proof that costs a machine a little, asked
only while a rate is high. A wave about one service or one text asks for it, and refuses nobody.
Every figure here is a starting setting; `LIMITS_FACTOR` multiplies them all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

TRAP = "remarque"
"""The field that nobody sees: only a program that fills everything fills it."""
STAMP, PROOF = "cachet", "preuve"
"""The fields of when a form was shown, and of the proof that was asked for."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Gesture(StrEnum):
    """What is counted. The values stand in addresses and in signed texts."""

    DEPOSIT = "depot"
    REPORT = "signalement"
    HIDE = "masquage"
    VOTE = "avis"
    SIMILAR = "similaire"
    ANSWER = "reponse"
    MAIL = "courriel"
    DOCUMENT = "document"
    UPLOAD = "fichier"


class Scope(StrEnum):
    """By what it is counted; a signed-in person by their account, and by nothing else."""

    VISITOR = "visitor"
    BLOCK = "block"
    SUBJECT = "subject"
    ACCOUNT = "account"


class Answer(StrEnum):
    """What is answered to one more gesture."""

    ALLOWED = "allowed"
    PROOF = "proof"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Limit:
    """How many within ``window``: without a proof, and at all; ``None`` where nothing bounds it."""

    free: int | None
    most: int | None
    window: timedelta = HOUR

    def times(self, factor: int) -> Limit:
        """The same limit, so many times larger."""
        free = None if self.free is None else self.free * factor
        most = None if self.most is None else self.most * factor
        return replace(self, free=free, most=most)


LIMITS: dict[Gesture, dict[Scope, Limit]] = {
    Gesture.DEPOSIT: {
        Scope.VISITOR: Limit(3, 12),
        # People helped at a counter leave by one address, one after the other.
        Scope.BLOCK: Limit(12, 60),
        Scope.SUBJECT: Limit(30, None),
        Scope.ACCOUNT: Limit(None, 30),
    },
    Gesture.REPORT: {
        Scope.VISITOR: Limit(5, 20),
        Scope.BLOCK: Limit(10, 60),
        Scope.SUBJECT: Limit(10, None),
        Scope.ACCOUNT: Limit(None, 60),
    },
    # Reports that can hide a text: past these, they are read as any other, and hide nothing.
    Gesture.HIDE: {
        Scope.BLOCK: Limit(None, 5, DAY),
        Scope.SUBJECT: Limit(None, 1, DAY),
        Scope.ACCOUNT: Limit(None, 5, DAY),
    },
    Gesture.VOTE: {
        Scope.VISITOR: Limit(30, 120),
        Scope.BLOCK: Limit(60, 600),
        Scope.SUBJECT: Limit(60, None),
        Scope.ACCOUNT: Limit(None, 120),
    },
    Gesture.SIMILAR: {
        Scope.VISITOR: Limit(30, 120),
        Scope.BLOCK: Limit(60, 600),
        Scope.SUBJECT: Limit(120, None),
        Scope.ACCOUNT: Limit(None, 120),
    },
    Gesture.ANSWER: {
        Scope.VISITOR: Limit(None, 20),
        Scope.BLOCK: Limit(None, 120),
        Scope.ACCOUNT: Limit(None, 60),
    },
    Gesture.MAIL: {
        Scope.VISITOR: Limit(None, 6),
        Scope.BLOCK: Limit(None, 30),
        Scope.ACCOUNT: Limit(None, 10),
    },
    # Reading one may take the machine minutes.
    Gesture.DOCUMENT: {
        Scope.VISITOR: Limit(None, 10),
        Scope.BLOCK: Limit(None, 60),
        Scope.ACCOUNT: Limit(None, 30),
    },
    Gesture.UPLOAD: {
        Scope.VISITOR: Limit(None, 60),
        Scope.BLOCK: Limit(None, 300),
        Scope.ACCOUNT: Limit(None, 120),
    },
}
"""The one table of limits."""

PROVABLE = frozenset({Gesture.DEPOSIT, Gesture.REPORT, Gesture.VOTE, Gesture.SIMILAR})
"""Gestures whose forms know how to give a proof (a test compares them with the table)."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many in the window that began at ``since``, and in the one before."""

    since: datetime
    current: int = 0
    previous: int = 0


def began(now: datetime, window: timedelta) -> datetime:
    """Return when the window of this moment began: windows follow one another from 1970."""
    length = window.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // length * length, UTC)


def turned(count: Count | None, now: datetime, window: timedelta) -> Count:
    """Return the count as it stands now, its windows moved on where time has passed."""
    since = began(now, window)
    if count is None or count.since < since - window or count.since > since:
        return Count(since)
    if count.since < since:
        return Count(since, 0, count.current)
    return count


def rate(count: Count, now: datetime, window: timedelta) -> float:
    """Return how many came within one window before now; those of the window before fade away."""
    return count.previous * (1 - (now - count.since) / window) + count.current


def judged(limit: Limit, number: float) -> Answer:
    """Return what is answered when this gesture is the ``number``-th within the window."""
    if limit.most is not None and number > limit.most:
        return Answer.REFUSED
    if limit.free is not None and number > limit.free:
        return Answer.PROOF
    return Answer.ALLOWED


def wait(count: Count, limit: Limit, now: datetime) -> timedelta:
    """Return how long until one more is accepted, where ``limit.most`` refuses it now."""
    assert limit.most is not None
    room, window = limit.most - 1, limit.window
    if count.current <= room and count.previous:
        # What is left of the window before fades: until enough of it is gone.
        gone = 1 - (room - count.current) / count.previous
        return max(window * gone - (now - count.since), timedelta(seconds=1))
    fading = window * (1 - room / count.current) if count.current > room else timedelta()
    return max(count.since + window + fading - now, timedelta(seconds=1))


def french_wait(left: timedelta) -> str:
    """Return a wait in words, rounded up: « 12 secondes », « 3 minutes », « 2 heures »."""
    seconds = math.ceil(left.total_seconds())
    for length, word in ((3600, "heure"), (60, "minute"), (1, "seconde")):
        if seconds > length or length == 1:
            count = max(1, math.ceil(seconds / length))
            return f"{count}\u00a0{word}{'s' if count > 1 else ''}"
    raise AssertionError


_FROM: Mapping[Scope, str] = {
    Scope.VISITOR: "depuis cet appareil",
    Scope.BLOCK: "depuis votre réseau",
    Scope.ACCOUNT: "avec votre compte",
    Scope.SUBJECT: "à ce sujet",
}
KEPT = "Ce que vous avez écrit est gardé."
_TYPED = frozenset({Gesture.DEPOSIT, Gesture.REPORT, Gesture.ANSWER, Gesture.DOCUMENT})


def refusal(gesture: Gesture, scope: Scope, left: timedelta) -> str:
    """Return the sentence of a refusal: why, what becomes of what was typed, when to try again."""
    kept = f" {KEPT}" if gesture in _TYPED else ""
    return (
        f"Beaucoup d’envois sont partis {_FROM[scope]} en peu de temps.{kept} "
        f"Recommencez dans {french_wait(left)}."
    )


TOO_QUICK = (
    "Cet envoi est parti plus vite qu’une personne n’écrit. "
    f"{KEPT} Relisez, puis envoyez à nouveau dans quelques secondes."
)


def wait_asked(gesture: Gesture, left: timedelta) -> str:
    """Return what is said to somebody whose browser gives no proof: waiting is one."""
    kept = f" {KEPT}" if gesture in _TYPED else ""
    return (
        f"Beaucoup d’envois arrivent en ce moment.{kept} "
        f"Attendez {french_wait(left)}, puis appuyez à nouveau sur le bouton."
    )


@dataclass(frozen=True, slots=True)
class Given:
    """What a form says besides its words: the trap, when it was shown, the proof."""

    trap: str = ""
    stamp: str = ""
    proof: str = ""

    @property
    def automatic(self) -> bool:
        """Whether the field that nobody sees was filled."""
        return bool(self.trap.strip())


NOTHING = Given()


def given(fields: Mapping[str, str]) -> Given:
    """Read what a form says besides its words."""
    return Given(fields.get(TRAP, ""), fields.get(STAMP, ""), fields.get(PROOF, ""))

"""Second looks: why a machine asks a person to read a text with care. It never decides.

Looked for in the transaction that receives or changes a text: the queue only reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from ..domain.fingerprint import close, fingerprint
from ..domain.privacy import find
from ..domain.roles import RIGHTS, Right
from ..domain.signals import (
    Danger,
    Help,
    Part,
    Seen,
    Signal,
    duplicate,
    from_findings,
    help_for,
    in_order,
    signals_of,
    urgent,
    wave,
)
from ..persistence import people
from ..persistence import second_looks as rows
from ..persistence.tables import ExperienceRow
from . import clock, mail
from .views import HelpView, LookView

WAVE_FROM = 3
"""Texts nearly the same that make a wave (starting setting)."""
WAVE_DAYS = 7
_TOLD_AT_MOST = 50
"""Texts of a wave that learn of it from those that follow."""


def received(session: Session, row: ExperienceRow, *, automatic: bool = False) -> None:
    """Look at a text that was just sent, and call moderation at once when it is urgent.

    ``automatic``: a program seems to have filled the form; that stays whatever the text becomes.
    """
    value = fingerprint(row.narrative)
    rows.receive(session, row.id, value, clock.now())
    if urgent(_looked(session, row, value, automatic=automatic)):
        _call(session, row)


def look(session: Session, row: ExperienceRow) -> None:
    """Look again at a text that changed; what is seen takes the place of what was before."""
    value = fingerprint(row.narrative)
    rows.change(session, row.id, value)
    _looked(session, row, value)


def _looked(
    session: Session, row: ExperienceRow, value: int, *, automatic: bool = False
) -> list[Seen]:
    sent = [one for one in of(session, row.id) if one.signal is Signal.AUTOMATIC]
    if automatic:
        sent.append(Seen(Signal.AUTOMATIC))
    alone = seen_in(row.title, row.narrative, row.pseudonym)
    seen = in_order([*alone, *sent, *_others(session, row.id, value)])
    rows.keep(session, row.id, [_kept(one) for one in seen], urgent=urgent(seen))
    return seen


def seen_in(title: str, narrative: str, pseudonym: str = "") -> list[Seen]:
    """Return what the words of an experience alone tell, all that is personal included."""
    parts = ((Part.TITLE, title), (Part.NARRATIVE, narrative), (Part.PSEUDONYM, pseudonym))
    named = [one for part, text in parts for one in from_findings(text, part, find(text))]
    return in_order([*signals_of(title, narrative), *named])


def in_text(text: str) -> list[LookView]:
    """Return what an answer still tells of somebody: its author said that it is not personal."""
    return views(from_findings(text, Part.NARRATIVE, find(text)))


def _others(session: Session, experience_id: int, value: int) -> Iterable[Seen]:
    """Yield what other texts nearly the same tell: of the same visitor, and of these days."""
    if value == 0:
        return
    earlier = sum(close(value, other) for other in rows.beside(session, experience_id))
    if earlier:
        yield duplicate(earlier)
    since = clock.now() - timedelta(days=WAVE_DAYS)
    alike = [
        one.experience_id
        for one in rows.near(session, value, since)
        if one.experience_id != experience_id and close(value, one.value)
    ]
    if len(alike) + 1 >= WAVE_FROM:
        told = wave(len(alike) + 1, WAVE_DAYS)
        _tell(session, experience_id, alike, told)
        yield told


def _tell(session: Session, own: int, ids: list[int], told: Seen) -> None:
    """Those of the wave that came first and still wait are to be read with the others.

    What is kept of ``own``, written just after, is held with them, in one order: two texts of one
    wave that change at once never wait for each other.
    """
    for row in rows.pending(session, own, sorted(ids)[:_TOLD_AT_MOST]):
        if row.experience_id != own and all(one["signal"] != Signal.WAVE for one in row.seen):
            row.seen = [*row.seen, _kept(told)]


def _call(session: Session, row: ExperienceRow) -> None:
    """Write to every moderator: the link to the text, never its words."""
    for person in people.holding(session, RIGHTS[Right.MODERATE]):
        mail.queue_alert(session, row, person)


def of(session: Session, experience_id: int) -> list[Seen]:
    """Return what was kept of an experience; nothing when nobody looked at it."""
    return [_read(one) for one in rows.of(session, experience_id) or ()]


def of_row(session: Session, row: ExperienceRow) -> list[LookView]:
    """Return the reasons for a second look at an experience, for moderation to read.

    What came before looks were kept, an import for instance, is looked at now.
    """
    kept = rows.of(session, row.id)
    if kept is None:
        return views(seen_in(row.title, row.narrative, row.pseudonym))
    return views(_read(one) for one in kept)


def several(session: Session, ids: Iterable[int]) -> dict[int, list[LookView]]:
    """Return the reasons for a second look at each of these experiences."""
    kept = rows.several(session, list(ids))
    return {number: views(_read(one) for one in seen) for number, seen in kept.items()}


def views(seen: Iterable[Seen]) -> list[LookView]:
    """Return each reason once, the most urgent first, with all the passages that made it."""
    passages: dict[Signal, dict[str, None]] = {}
    for one in in_order(seen):
        passages.setdefault(one.signal, {}).update({one.detail: None} if one.detail else {})
    return [
        LookView(signal.label, signal.why, signal.urgent, list(quoted))
        for signal, quoted in passages.items()
    ]


def help_in(seen: Iterable[Seen]) -> list[HelpView]:
    """Return whom the author may call, now; nothing when no distress was seen."""
    return [_help(one) for one in help_for(seen)]


def _help(one: Help) -> HelpView:
    return HelpView(list(one.numbers), one.name, one.sentence)


def _kept(one: Seen) -> dict[str, Any]:
    return {
        "signal": one.signal.value,
        "text": one.detail,
        "start": one.start,
        "end": one.end,
        "part": one.part.value,
        "danger": one.danger.value if one.danger else None,
    }


def _read(kept: dict[str, Any]) -> Seen:
    danger = kept["danger"]
    return Seen(
        Signal(kept["signal"]),
        kept["text"],
        kept["start"],
        kept["end"],
        Part(kept["part"]),
        Danger(danger) if danger else None,
    )

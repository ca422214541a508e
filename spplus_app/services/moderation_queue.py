"""What moderation reads: the queue, and one text with its original, its changes and its past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ..domain.dates import french_moment
from ..domain.decisions import status_name
from ..domain.diffs import word_diff
from ..domain.errors import NotFound
from ..domain.experiences import STANDING, Act, Status
from ..domain.journal import Entry
from ..domain.roles import Viewer
from ..domain.signals import Signal
from ..domain.text import excerpt
from ..persistence import experiences, originals, waiting
from ..persistence.experiences import Key
from ..persistence.tables import AnswerRow, ExperienceRow, ModerationRow
from . import claims, clock, follow_up_steps, reading, reasons, record, second_looks
from . import originals as sealed
from .moderation import check
from .texts import Words
from .views import CardView, ExperienceView, LookView, PartView, StepView

PAGE = 20
_RECOGNISABLE = frozenset((Signal.PERSONAL_DATA.label, Signal.NAMED_AGENT.label))
_GESTURES: dict[str, str] = {
    Act.PUBLISH: "Publié",
    Act.REFUSE: "Refusé",
    Act.WITHDRAW: "Retiré par son auteur",
    Act.UPHOLD: "Second avis : l’auteur a raison",
    Act.HIDE: "Signalé, masqué le temps d’une vérification",
    Act.RESTORE: "Signalé, gardé",
}


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for moderation, the longest waiting first; ``urgent`` is to be read now."""

    urgent: tuple[CardView, ...]
    cards: tuple[CardView, ...]
    answers: tuple[CardView, ...]
    total: int
    next_key: Key | None
    held: dict[str, str] = field(default_factory=dict)
    """The number of each text that another moderator reads, and their first name."""


@dataclass(frozen=True, slots=True)
class Original:
    """The words of one version before some were masked."""

    number: int
    date: str
    words: Words


@dataclass(frozen=True, slots=True)
class Item:
    """One experience as moderation reads it: the text, its original, the difference, its past."""

    experience: ExperienceView
    status: str
    status_name: str
    version: int
    waiting_since: str
    changed: bool
    title_diff: list[PartView] = field(default_factory=list)
    narrative_diff: list[PartView] = field(default_factory=list)
    past: list[StepView] = field(default_factory=list)
    may_publish: bool = False
    may_refuse: bool = False
    masked: bool = False
    looks: list[LookView] = field(default_factory=list)
    recognisable: bool = False
    """Whether a machine still finds somebody recognisable: words to mask."""


def queue(session: Session, viewer: Viewer, after_key: Key | None = None) -> Queue:
    """Return one page of the queue; `Refused` to anyone but moderation."""
    check(viewer)
    urgent = waiting.texts(session, None, PAGE, urgent=True)
    beyond = _key(urgent[-1]) if len(urgent) == PAGE else None
    rows = waiting.texts(session, after_key, PAGE + 1, beyond=beyond)
    answers = waiting.answers(session, PAGE)
    about = experiences.several(session, [row.experience_id for row in answers])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    shown = [*urgent, *rows[:PAGE]]
    cards = _cards(session, shown)
    held = claims.holders(session, viewer, [row.id for row in shown])
    return Queue(
        urgent=cards[: len(urgent)],
        cards=cards[len(urgent) :],
        answers=tuple(_answer_card(row, about.get(row.experience_id)) for row in answers),
        total=waiting.count(session),
        next_key=_key(last) if last else None,
        held={str(number): name for number, name in held.items()},
    )


def _key(row: ExperienceRow) -> Key:
    return row.sent_at, row.id


def _cards(session: Session, rows: Sequence[ExperienceRow]) -> tuple[CardView, ...]:
    ids, now = [row.id for row in rows], clock.now()
    met, looks = experiences.met(session, ids), second_looks.several(session, ids)
    cards = []
    for row in rows:
        card = reading.card(row, met.get(row.id, []), now)
        cards.append(
            CardView(
                id=row.id,
                href=f"/espace/moderation/{row.id}",
                title=card.title,
                excerpt=card.excerpt,
                ressenti=card.ressenti,
                services=card.services,
                date=french_moment(row.sent_at),
                iso=row.sent_at.isoformat(),
                state="Corrigée par son auteur" if row.version > 1 else "Nouvelle",
                looks=looks.get(row.id, []),
            )
        )
    return tuple(cards)


def _answer_card(row: AnswerRow, experience: ExperienceRow | None) -> CardView:
    return CardView(
        id=row.id,
        href=f"/espace/moderation/{row.experience_id}",
        title=experience.title if experience else "",
        excerpt=excerpt(row.text, 2000),
        ressenti=experience.ressenti if experience else "",
        services="",
        date=french_moment(row.created_at),
        iso=row.created_at.isoformat(),
        state="Réponse de l’auteur",
        kind="answer",
        looks=second_looks.in_text(row.text),
    )


def item(session: Session, viewer: Viewer, experience_id: int) -> Item:
    """Return one experience for moderation; `NotFound` when there is none."""
    check(viewer)
    row = experiences.get(session, experience_id)
    if row is None:
        raise NotFound("Cette expérience n’existe pas.")
    versions = experiences.versions(session, row.id)
    original = versions[0]
    title_diff = _parts(original.title, row.title)
    narrative_diff = _parts(original.narrative, row.narrative)
    status = Status(row.status)
    decisions = experiences.decisions(session, row.id)
    refusal = follow_up_steps.refusal(session, [one for one in decisions if not one.answer_id])
    looks = second_looks.of_row(session, row)
    return Item(
        experience=reading.experience_view(session, row, clock.now(), every_answer=True),
        status=status.value,
        status_name=status_name(status, refusal.kind),
        version=row.version,
        waiting_since=french_moment(row.sent_at),
        changed=(original.title, original.narrative) != (row.title, row.narrative),
        title_diff=title_diff,
        narrative_diff=narrative_diff,
        past=_past(session, row, decisions),
        may_publish=status is Status.PENDING,
        may_refuse=status in STANDING,
        masked=originals.any_of(session, row.id),
        looks=looks,
        recognisable=any(one.label in _RECOGNISABLE for one in looks),
    )


def originals_read(session: Session, viewer: Viewer, experience_id: int) -> list[Original]:
    """Return the words that were masked, to moderation only; the reading is noted.

    Raises what `originals.unsealed` raises, `SignedOut` and `Refused`.
    """
    check(viewer)
    found = sealed.unsealed(session, experience_id)
    record.journal_entry(session, viewer, Entry.ORIGINAL_READ, ("experience", experience_id))
    return [Original(row.number, french_moment(row.created_at), words) for row, words in found]


def _parts(before: str, now: str) -> list[PartView]:
    return [PartView(part.kind, part.text) for part in word_diff(before, now)]


def _past(
    session: Session, row: ExperienceRow, decisions: Sequence[ModerationRow]
) -> list[StepView]:
    steps = [
        StepView(
            title="Texte reçu"
            if version.number == 1
            else (
                "Retouché par la modération" if version.by_moderation else "Corrigé par son auteur"
            ),
            detail=version.note,
            date=french_moment(version.created_at),
            iso=version.created_at.isoformat(),
        )
        for version in experiences.versions(session, row.id)
    ]
    labels = reasons.names(session) if decisions else {}
    for decision in decisions:
        name = _GESTURES.get(decision.act, "")
        if not name:
            continue  # a version tells it
        if decision.answer_id:
            name = "Réponse de l’auteur : " + name.lower()
        steps.append(
            StepView(
                title=name,
                detail=" — ".join(
                    text for text in (labels.get(decision.reason, ""), decision.message) if text
                ),
                date=french_moment(decision.created_at),
                iso=decision.created_at.isoformat(),
            )
        )
    return sorted(steps, key=lambda step: step.iso)

"""Moderation: the queue, and what a moderator decides about each text, with a trace."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.orm import Session

from ..domain.dates import french_moment
from ..domain.diffs import word_diff
from ..domain.errors import Conflict, Invalid, NotFound, Refused, SignedOut
from ..domain.experiences import (
    PSEUDONYM_MAX,
    STATUS_NAMES,
    Act,
    Status,
    after,
    bounded_line,
    bounded_text,
    raise_if,
    title_and_narrative,
)
from ..domain.journal import Entry
from ..domain.moderation import MESSAGE_MAX, reason
from ..domain.replies import ANSWER_TRANSITIONS, AnswerStatus
from ..domain.roles import Right, Viewer
from ..domain.text import excerpt, slug
from ..persistence import experiences, links
from ..persistence.experiences import Key
from ..persistence.tables import AnswerRow, ExperienceRow, ModerationRow, ReplyRow, VersionRow
from . import clock, follow_up, mail, reading, record, structures
from .views import CardView, ExperienceView, PartView, StepView

PAGE = 30


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for moderation, the longest waiting first."""

    cards: tuple[CardView, ...]
    answers: tuple[CardView, ...]
    total: int
    next_key: Key | None


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


def _check(viewer: Viewer) -> None:
    if not viewer.signed_in:
        raise SignedOut
    if not viewer.may(Right.MODERATE):
        raise Refused


def queue(session: Session, viewer: Viewer, after_key: Key | None = None) -> Queue:
    """Return one page of the queue; `Refused` to anyone but moderation."""
    _check(viewer)
    rows = experiences.waiting(session, after_key, PAGE + 1)
    met = experiences.met(session, [row.id for row in rows[:PAGE]])
    now = clock.now()
    cards = []
    for row in rows[:PAGE]:
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
            )
        )
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Queue(
        cards=tuple(cards),
        answers=tuple(
            _answer_card(session, row) for row in experiences.waiting_answers(session, PAGE)
        ),
        total=experiences.waiting_count(session),
        next_key=(last.sent_at, last.id) if last else None,
    )


def _answer_card(session: Session, row: AnswerRow) -> CardView:
    experience = experiences.get(session, row.experience_id)
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
    )


def item(session: Session, viewer: Viewer, experience_id: int) -> Item:
    """Return one experience for moderation; `NotFound` when there is none."""
    _check(viewer)
    row = experiences.get(session, experience_id)
    if row is None:
        raise NotFound("Cette expérience n’existe pas.")
    versions = experiences.versions(session, row.id)
    original = versions[0]
    title_diff = _parts(original.title, row.title)
    narrative_diff = _parts(original.narrative, row.narrative)
    status = Status(row.status)
    return Item(
        experience=reading.experience_view(session, row, clock.now(), every_answer=True),
        status=status.value,
        status_name=STATUS_NAMES[status],
        version=row.version,
        waiting_since=french_moment(row.sent_at),
        changed=(original.title, original.narrative) != (row.title, row.narrative),
        title_diff=title_diff,
        narrative_diff=narrative_diff,
        past=_past(session, row),
        may_publish=status is Status.PENDING,
        may_refuse=status in {Status.PENDING, Status.PUBLISHED},
    )


def _parts(before: str, now: str) -> list[PartView]:
    return [PartView(part.kind, part.text) for part in word_diff(before, now)]


def _past(session: Session, row: ExperienceRow) -> list[StepView]:
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
    names = {Act.PUBLISH: "Publié", Act.REFUSE: "Refusé", Act.WITHDRAW: "Retiré par son auteur"}
    for decision in experiences.decisions(session, row.id):
        known = reason(decision.reason)
        act = Act(decision.act)
        name = "Réponse de l’auteur : " + names[act].lower() if decision.answer_id else names[act]
        steps.append(
            StepView(
                title=name,
                detail=" — ".join(
                    text for text in (known.label if known else "", decision.message) if text
                ),
                date=french_moment(decision.created_at),
                iso=decision.created_at.isoformat(),
            )
        )
    return sorted(steps, key=lambda step: step.iso)


def _open(session: Session, viewer: Viewer, experience_id: int, version: int) -> ExperienceRow:
    _check(viewer)
    row = experiences.locked(session, experience_id)
    if row is None:
        raise NotFound("Cette expérience n’existe pas.")
    if row.version != version:
        raise Conflict("Le texte a changé pendant votre lecture. Relisez-le avant de décider.")
    return row


def publish(session: Session, viewer: Viewer, experience_id: int, version: int) -> None:
    """Publish the text as it reads now, put it in the inboxes, write to its author."""
    row = _open(session, viewer, experience_id, version)
    row.status = after(Status(row.status), Act.PUBLISH).value
    now = clock.now()
    row.published_at = row.published_at or now
    row.updated_at = now
    for met in experiences.met(session, [row.id]).get(row.id, []):
        delay = structures.chain_delay(session, met.structure)
        met.link.published_at = row.published_at
        met.link.due_at = row.published_at + timedelta(days=delay.days)
        replied = 1 if met.link.replied_at is not None else 0
        experiences.count(session, [met.structure.id], 1, replied)
        record.changed(session, *record.inbox_topics(met.structure.path))
    _decided(session, viewer, row, Act.PUBLISH)
    _tell(session, row, "published", {})
    record.changed(session, record.EXPERIENCES)


def refuse(
    session: Session,
    viewer: Viewer,
    experience_id: int,
    version: int,
    reason_code: str,
    message: str,
) -> None:
    """Refuse the text with a reason its author will read."""
    row = _open(session, viewer, experience_id, version)
    message = _reason(reason_code, message)
    before = Status(row.status)
    row.status = after(before, Act.REFUSE).value
    row.updated_at = clock.now()
    follow_up.unpublish(session, row, before)
    _decided(session, viewer, row, Act.REFUSE, reason_code, message, before)
    _tell(session, row, "refused", {"reason": reason_code, "message": message})


def _reason(code: str, message: str) -> str:
    errors: dict[str, str] = {}
    if reason(code) is None:
        errors["reason"] = "Choisissez le motif que l’auteur lira."
    message = bounded_text(errors, "message", message, MESSAGE_MAX)
    raise_if(errors)
    return message


def text(session: Session, viewer: Viewer, experience_id: int) -> dict[str, str]:
    """Return the fields of a text as it reads now, for moderation to edit."""
    _check(viewer)
    row = experiences.get(session, experience_id)
    if row is None:
        raise NotFound("Cette expérience n’existe pas.")
    return {"title": row.title, "narrative": row.narrative, "pseudonym": row.pseudonym}


def edit(
    session: Session, viewer: Viewer, experience_id: int, version: int, typed: dict[str, str]
) -> None:
    """Change the text with a trace: the original is kept, the author sees why."""
    row = _open(session, viewer, experience_id, version)
    if row.status not in {Status.PENDING, Status.PUBLISHED}:
        raise Conflict("Ce texte n’est plus à relire.")
    errors: dict[str, str] = {}
    title, narrative = title_and_narrative(
        errors, typed.get("title", ""), typed.get("narrative", "")
    )
    pseudonym = bounded_line(errors, "pseudonym", typed.get("pseudonym", ""), PSEUDONYM_MAX)
    note = bounded_line(errors, "note", typed.get("note", ""), 300)
    if not note and "note" not in errors:
        errors["note"] = "Dites pourquoi vous retouchez ce texte : son auteur le lira."
    raise_if(errors)
    if (title, narrative, pseudonym) == (row.title, row.narrative, row.pseudonym):
        raise Invalid({"narrative": "Vous n’avez rien changé au texte."})
    row.title, row.narrative, row.pseudonym, row.slug = title, narrative, pseudonym, slug(title)
    row.version += 1
    row.updated_at = clock.now()
    session.add(
        VersionRow(
            experience_id=row.id,
            number=row.version,
            title=title,
            narrative=narrative,
            pseudonym=pseudonym,
            by_moderation=True,
            person_id=viewer.person_id,
            note=note,
            created_at=clock.now(),
        )
    )
    record.journal_entry(
        session,
        viewer,
        Entry.EXPERIENCE_EDITED,
        ("experience", row.id),
        before={"version": version},
        after={"version": row.version},
    )
    record.changed(session, record.MODERATION, record.experience_topic(row.id))
    if row.status == Status.PUBLISHED:
        record.changed(session, record.EXPERIENCES)


def decide_answer(
    session: Session, viewer: Viewer, answer_id: int, act: str, reason_code: str = ""
) -> None:
    """Publish or refuse the author's word back to a reply."""
    _check(viewer)
    row = session.get(AnswerRow, answer_id, with_for_update=True)
    if row is None:
        raise NotFound("Cette réponse n’existe pas.")
    if act == Act.REFUSE and reason(reason_code) is None:
        raise Invalid({"reason": "Choisissez le motif que l’auteur lira."})
    before = row.status
    try:
        row.status = ANSWER_TRANSITIONS[AnswerStatus(row.status), act].value
    except KeyError:
        raise Conflict("Cette réponse a déjà été relue.") from None
    row.decided_at = clock.now()
    published = row.status == AnswerStatus.PUBLISHED
    session.add(
        ModerationRow(
            experience_id=row.experience_id,
            answer_id=row.id,
            person_id=viewer.person_id,
            act=act,
            reason=reason_code,
            created_at=clock.now(),
        )
    )
    record.journal_entry(
        session,
        viewer,
        Entry.ANSWER_PUBLISHED if published else Entry.ANSWER_REFUSED,
        ("answer", row.id),
        before={"status": before},
        after={"status": row.status, "reason": reason_code},
    )
    record.changed(session, record.MODERATION, record.experience_topic(row.experience_id))
    experience = experiences.get(session, row.experience_id)
    if experience is not None and not published:
        _tell(session, experience, "answer_refused", {"reason": reason_code}, f":{row.id}")
    reply = session.get(ReplyRow, row.reply_id)
    if reply is not None and published:
        met = structures.path_of(session, reply.structure_id)
        record.changed(session, *record.inbox_topics(met))


def _decided(
    session: Session,
    viewer: Viewer,
    row: ExperienceRow,
    act: Act,
    reason_code: str = "",
    message: str = "",
    before: Status = Status.PENDING,
) -> None:
    session.add(
        ModerationRow(
            experience_id=row.id,
            person_id=viewer.person_id,
            act=act.value,
            reason=reason_code,
            message=message,
            created_at=clock.now(),
        )
    )
    entry = Entry.EXPERIENCE_PUBLISHED if act is Act.PUBLISH else Entry.EXPERIENCE_REFUSED
    record.journal_entry(
        session,
        viewer,
        entry,
        ("experience", row.id),
        before={"status": before.value},
        after={"status": row.status, "reason": reason_code, "version": row.version},
    )
    record.changed(session, record.MODERATION, record.experience_topic(row.id))


def _tell(
    session: Session, row: ExperienceRow, template: str, context: dict[str, str], suffix: str = ""
) -> None:
    contact = links.contact(session, row.id)
    link = links.of_experience(session, row.id, by_mail=True)
    if contact is None or contact.confirmed_at is None or link is None:
        return
    mail.queue_mail(
        session,
        template,
        contact.email,
        {"experience_id": row.id, "nonce": link.nonce, "title": row.title, **context},
        key=f"{template}:{row.id}:{row.version}{suffix}",
    )


def tell_reply(session: Session, row: ExperienceRow, reply: ReplyRow, structure: str) -> None:
    """Write to the author that a structure replied, when their address is confirmed."""
    _tell(
        session,
        row,
        "reply",
        {
            "structure": structure,
            "text": reply.text,
            "politeness": reply.politeness,
            "signature": reply.signature,
        },
        f":{reply.id}",
    )

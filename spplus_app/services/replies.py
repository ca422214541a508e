"""Replies: the inbox of a structure and of those above it, drafts, and the reply itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ..domain.drafts import DraftKind
from ..domain.errors import Conflict, Invalid, NotFound
from ..domain.experiences import Status, bounded_line, bounded_text, raise_if
from ..domain.journal import Entry
from ..domain.replies import POLITENESS, REPLY_MAX, REPLY_MIN, SIGNATURE_MAX, ReplyStatus
from ..domain.reports import Kind
from ..domain.roles import Right, Viewer
from ..persistence import drafts as draft_rows
from ..persistence import experiences, inboxes
from ..persistence.experiences import Key, Met
from ..persistence.tables import ExperienceRow, ReplyRow
from . import (
    author_mail,
    clock,
    experience_index,
    inbox_cards,
    masking,
    once,
    reading,
    record,
    report_notices,
    reports,
    scrubbing,
    structures,
)
from .drafts import storable
from .views import CardView, ExperienceView, NoticeView, ServiceView

PAGE = 30
BOXES = ("todo", "late", "replied")


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of an inbox, with the counts of each box."""

    cards: tuple[CardView, ...]
    todo: int
    late: int
    next_key: Key | None


@dataclass(frozen=True, slots=True)
class Opened:
    """An experience opened to reply to it; ``targets`` are the structures one may speak for."""

    experience: ExperienceView
    targets: list[ServiceView] = field(default_factory=list)
    may_reply: bool = False
    notices: list[NoticeView] = field(default_factory=list)


def topics(viewer: Viewer) -> list[str]:
    """The topics that tell this viewer's inbox that something moved."""
    if viewer.roots(Right.READ_INBOX) is None:
        return [record.EXPERIENCES]
    return [
        f"inbox:{grant.path.strip('/').split('/')[-1]}" for grant in viewer.grants if grant.path
    ]


def inbox(session: Session, viewer: Viewer, box: str = "todo", after: Key | None = None) -> Inbox:
    """Return one page of the viewer's inbox: their structures and all below."""
    viewer.must(Right.READ_INBOX)
    if box not in BOXES:
        raise Invalid({"box": "Choisissez une des listes proposées."})
    roots, now = viewer.roots(Right.READ_INBOX), clock.now()
    rows = inboxes.inbox(session, roots, box, now, after, PAGE + 1)
    counts = inboxes.inbox_counts(session, roots, now)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Inbox(
        cards=tuple(inbox_cards.card(row) for row in rows[:PAGE]),
        todo=counts["todo"],
        late=counts["late"],
        next_key=inbox_cards.key(last, box) if last else None,
    )


def _mine(
    session: Session, viewer: Viewer, experience_id: int, right: Right, *, hold: bool = False
) -> tuple[ExperienceRow, list[Met]]:
    viewer.must(right)
    # Held until the end of the gesture: what is read next is what the gesture before it left.
    row = (experiences.locked if hold else experiences.get)(session, experience_id)
    met = experiences.met(session, [row.id]).get(row.id, []) if row is not None else []
    mine = [item for item in met if viewer.may(right, item.structure.path)]
    if row is None or row.status != Status.PUBLISHED or not mine:
        raise NotFound("Cette expérience n’est pas, ou n’est plus, dans votre boîte.")
    return row, mine


def opened(session: Session, viewer: Viewer, experience_id: int) -> Opened:
    """Return an experience of the viewer's inbox, ready to be replied to."""
    row, mine = _mine(session, viewer, experience_id, Right.READ_INBOX)
    now = clock.now()
    targets = [item for item in mine if viewer.may(Right.REPLY, item.structure.path)]
    return Opened(
        experience=reading.experience_view(session, row, now),
        targets=reading.services(targets, now),
        may_reply=bool(targets),
        notices=report_notices.of_structures(session, row.id, {one.structure.id for one in mine}),
    )


def _owner(viewer: Viewer) -> str:
    return f"person:{viewer.person_id}"


def save_draft(
    session: Session, viewer: Viewer, experience_id: int, uuid: str, typed: dict[str, str]
) -> None:
    """Keep what the agent is writing; `Conflict` for a page whose reply has already left."""
    _mine(session, viewer, experience_id, Right.REPLY, hold=True)
    uuid = _uuid(uuid)
    if _sent(session, viewer, experience_id, uuid)[1] is not None:
        raise Conflict("Cette réponse est déjà publiée. Rechargez la page.")
    fields = ("text", "politeness", "signature", "structure")
    draft_rows.store(
        session,
        owner=_owner(viewer),
        kind=DraftKind.REPLY,
        subject=str(experience_id),
        uuid=uuid,
        data={name: storable(typed.get(name, "")) for name in fields},
        now=clock.now(),
    )


def draft(session: Session, viewer: Viewer, experience_id: int) -> dict[str, str]:
    """Return the fields of the agent's draft and its ``uuid``; empty when there is none."""
    viewer.must(Right.REPLY)
    row = draft_rows.find(session, _owner(viewer), DraftKind.REPLY, str(experience_id))
    if row is None:
        return {}
    return {"uuid": row.uuid, **{str(name): str(value) for name, value in row.data.items()}}


def _uuid(value: str) -> str:
    return once.parsed_uuid(value, "text", "Rechargez la page : votre brouillon est gardé.")


def _sender(viewer: Viewer, experience_id: int) -> str:
    return f"{_owner(viewer)}:{experience_id}"


def _sent(
    session: Session, viewer: Viewer, experience_id: int, uuid: str
) -> tuple[str, ReplyRow | None]:
    """Return the UUID under which this person replies, and what they replied under it."""

    def mine(row: ReplyRow) -> bool:
        return (row.person_id, row.experience_id) == (viewer.person_id, experience_id)

    sender = _sender(viewer, experience_id)
    return once.find(lambda u: experiences.reply_by_uuid(session, u), mine, uuid, sender)


def send(
    session: Session, viewer: Viewer, experience_id: int, uuid: str, typed: dict[str, str]
) -> int:
    """Publish a reply at once and write to the author; the same ``uuid`` twice replies once.

    Raises `Invalid`, `Refused`, `NotFound`. Returns the reply's id.
    """
    row, mine = _mine(session, viewer, experience_id, Right.REPLY, hold=True)
    uuid, known = _sent(session, viewer, experience_id, _uuid(uuid))
    if known is not None:
        return known.id
    target, text, politeness, signature = _accepted(typed, mine)
    found = masking.checked({"text": text, "signature": signature}, typed)
    said = (found.texts["text"], politeness, found.texts["signature"])
    reply = _publish(session, viewer, row, uuid, target, *said)
    _tell(session, viewer, row, reply, target, found)
    draft_rows.remove(session, _owner(viewer), DraftKind.REPLY, str(experience_id))
    if found.pieces:  # the draft held them
        scrubbing.ask(session)
    return reply.id


def _publish(
    session: Session,
    viewer: Viewer,
    row: ExperienceRow,
    uuid: str,
    target: Met,
    text: str,
    politeness: str,
    signature: str,
) -> ReplyRow:
    now = clock.now()
    reply = ReplyRow(
        uuid=uuid,
        experience_id=row.id,
        structure_id=target.structure.id,
        person_id=viewer.person_id,
        text=text,
        politeness=politeness,
        signature=signature,
        status=ReplyStatus.PUBLISHED.value,
        published_at=now,
    )
    once.add(session, reply, _sender(viewer, row.id))
    row.replies += 1
    if target.link.replied_at is None:
        target.link.replied_at = now
        experiences.count(session, [target.structure.id], 0, 1)
    if row.replies == 1:
        experience_index.refresh(session, row)
    session.flush()
    return reply


def look_over(
    session: Session, viewer: Viewer, experience_id: int, typed: dict[str, str]
) -> masking.Leaving:
    """Return a reply as it would leave, for its writer only; raises as `send` does."""
    _, mine = _mine(session, viewer, experience_id, Right.REPLY)
    _, text, _, signature = _accepted(typed, mine)
    return masking.leaving({"text": text, "signature": signature}, typed)


def _tell(
    session: Session,
    viewer: Viewer,
    row: ExperienceRow,
    reply: ReplyRow,
    target: Met,
    found: masking.Leaving,
) -> None:
    record.journal_entry(
        session,
        viewer,
        Entry.REPLY_PUBLISHED,
        ("reply", reply.id),
        after={"experience": row.id, "structure": target.structure.code, **found.told},
    )
    if any(one.kept for one in found.pieces):
        reports.read_again(session, Kind.REPLY, reply.id)
    author_mail.tell_reply(session, row, reply, target.structure.label)
    record.changed(
        session,
        record.EXPERIENCES,
        record.experience_topic(row.id),
        *record.inbox_topics(target.structure.path),
    )


def _accepted(typed: dict[str, str], mine: list[Met]) -> tuple[Met, str, str, str]:
    errors: dict[str, str] = {}
    text = bounded_text(errors, "text", typed.get("text", ""), REPLY_MAX)
    if len(text) < REPLY_MIN and "text" not in errors:
        errors["text"] = "Écrivez votre réponse avant de l’envoyer."
    politeness = typed.get("politeness", "")
    if politeness not in POLITENESS:
        errors["politeness"] = "Choisissez une formule de politesse."
    signature = bounded_line(errors, "signature", typed.get("signature", ""), SIGNATURE_MAX)
    if not signature and "signature" not in errors:
        errors["signature"] = "Signez : un service, ou un prénom et une fonction."
    code = typed.get("structure", "")
    target = next((item for item in mine if item.structure.code == code), None)
    if target is None and len(mine) == 1 and not code:
        target = mine[0]
    if target is None:
        errors["structure"] = "Choisissez le service au nom duquel vous répondez."
    raise_if(errors)
    assert target is not None
    return target, text, politeness, signature


def announced(session: Session, viewer: Viewer) -> list[tuple[str, str]]:
    """Return the structures the viewer replies for, with the delay each announces, in words."""
    viewer.must(Right.READ_INBOX)
    return [
        (structure.label, structures.chain_delay(session, structure).words)
        for structure in structures.granted(session, viewer, Right.READ_INBOX)
    ]

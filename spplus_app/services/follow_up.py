"""The author's private page: every step, and what they may do at each."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ..domain.abuse import Gesture
from ..domain.dates import french_date, iso_date
from ..domain.decisions import status_name
from ..domain.errors import Conflict, Invalid, NotFound
from ..domain.experiences import (
    TRANSITIONS,
    Act,
    Status,
    after,
    bounded_text,
    raise_if,
)
from ..domain.journal import Entry
from ..domain.replies import ANSWER_MAX, ANSWER_MIN, AnswerStatus
from ..domain.roles import Viewer
from ..domain.values import ReplyRating
from ..persistence import appeals, experiences, links
from ..persistence.tables import (
    AnswerRow,
    ContactRow,
    ExperienceRow,
    ModerationRow,
    ReplyRow,
)
from . import (
    clock,
    experience_index,
    follow_up_steps,
    limits,
    masking,
    once,
    originals,
    reading,
    reasons,
    record,
    report_notices,
    second_looks,
    texts,
)
from .appeals_read import Asked, asked
from .views import CardView, ExperienceView, NoticeView, StepView


@dataclass(frozen=True, slots=True)
class FollowUp:
    """All that the author sees of their experience."""

    experience: ExperienceView
    status: str
    status_name: str
    steps: list[StepView] = field(default_factory=list)
    refusal: str = ""
    kind: str = ""
    appeal: Asked = field(default_factory=Asked)
    may_correct: bool = False
    may_withdraw: bool = False
    email_hint: str = ""
    email_confirmed: bool = False
    may_confirm: bool = False
    notices: list[NoticeView] = field(default_factory=list)


def mine(session: Session, viewer: Viewer) -> tuple[CardView, ...]:
    """Return what this browser follows, the newest first."""
    now = clock.now()
    ids = [item.experience_id for item in links.items(session, viewer.visitor)]
    found = experiences.several(session, ids)
    rows = [found[experience_id] for experience_id in ids if experience_id in found]
    met = experiences.met(session, found)
    refused = [row.id for row in rows if row.status == Status.REFUSED]
    kinds = {
        number: reasons.kind_of(session, decision)
        for number, decision in experiences.refusals(session, refused).items()
    }
    cards = []
    for row in rows:
        card = reading.card(row, met.get(row.id, []), now)
        cards.append(
            CardView(
                id=row.id,
                href=f"/suivi/{row.id}",
                title=card.title,
                excerpt="",
                ressenti=card.ressenti,
                services=card.services,
                date=french_date(row.created_at),
                iso=iso_date(row.created_at),
                state=status_name(Status(row.status), kinds.get(row.id, "")),
            )
        )
    return tuple(cards)


def forget(session: Session, viewer: Viewer) -> int:
    """Make this browser forget what it follows (shared computer); the links still open."""
    return links.unbind_all(session, viewer.visitor) if viewer.visitor else 0


def _own(session: Session, viewer: Viewer, experience_id: int) -> ExperienceRow:
    row = experiences.locked(session, experience_id)
    if row is None or links.binding(session, viewer.visitor, experience_id) is None:
        raise NotFound("Ouvrez votre lien de suivi pour revoir cette expérience.")
    return row


def _answered(session: Session, viewer: Viewer, reply_id: int) -> tuple[ReplyRow, ExperienceRow]:
    reply = experiences.reply(session, reply_id)
    if reply is None:
        raise NotFound
    return reply, _own(session, viewer, reply.experience_id)


def follow(session: Session, viewer: Viewer, experience_id: int) -> FollowUp:
    """Return the author's page; `NotFound` unless this browser opened the private link."""
    row = experiences.get(session, experience_id)
    binding = links.binding(session, viewer.visitor, experience_id)
    if row is None or binding is None:
        raise NotFound("Ouvrez votre lien de suivi pour revoir cette expérience.")
    status = Status(row.status)
    view = reading.experience_view(session, row, clock.now(), every_answer=True)
    decisions = [d for d in experiences.decisions(session, row.id) if d.answer_id is None]
    contact = links.contact(session, row.id)
    refusal = follow_up_steps.Refusal()
    if status is Status.REFUSED:
        refusal = follow_up_steps.refusal(session, decisions)
    return FollowUp(
        experience=view,
        status=status.value,
        status_name=status_name(status, refusal.kind),
        steps=follow_up_steps.steps(session, row, decisions),
        refusal=refusal.text,
        kind=refusal.kind,
        appeal=asked(session, row, decisions),
        may_correct=(status, Act.RESEND) in TRANSITIONS,
        may_withdraw=(status, Act.WITHDRAW) in TRANSITIONS,
        email_hint=_hint(contact.email) if contact else "",
        email_confirmed=bool(contact and contact.confirmed_at),
        may_confirm=bool(contact and not contact.confirmed_at and binding.by_mail),
        notices=report_notices.of_author(session, row.id),
    )


def _hint(email: str) -> str:
    local, _, domain = email.partition("@")
    return f"{local[:1]}•••@{domain}"


def original(session: Session, viewer: Viewer, experience_id: int) -> dict[str, str]:
    """Return the fields of a refused text, for its author to correct."""
    row = experiences.get(session, experience_id)
    if row is None or links.binding(session, viewer.visitor, experience_id) is None:
        raise NotFound
    return texts.fields_of(row)


def resend(session: Session, viewer: Viewer, experience_id: int, typed: dict[str, str]) -> None:
    """Send a corrected text to moderation again; raises `Invalid`, `Conflict`, `NotFound`."""
    limits.allow(session, Gesture.ANSWER, viewer)
    row = _own(session, viewer, experience_id)
    errors: dict[str, str] = {}
    told = texts.accepted(errors, typed)
    raise_if(errors)
    # What the text already showed was kept by its author, and read by moderation.
    kept = masking.kept_in(texts.words_of(row), row.ressenti)
    words = masking.safe(told, kept, row.ressenti)
    if row.status == Status.PENDING and words == texts.words_of(row):
        return  # pressed twice
    before = row.status
    row.status = after(Status(row.status), Act.RESEND).value
    appeals.close(session, row.id, clock.now())
    texts.change(session, row, words)
    row.sent_at = row.updated_at
    second_looks.received(session, row)
    if words != told:
        originals.keep(session, row, told)
    _moved(session, viewer, row, Entry.EXPERIENCE_RESENT, before)


def withdraw(session: Session, viewer: Viewer, experience_id: int) -> None:
    """Take the experience back: no longer published, no longer to handle."""
    row = _own(session, viewer, experience_id)
    if row.status == Status.WITHDRAWN:
        return  # pressed twice
    before = Status(row.status)
    row.status = after(before, Act.WITHDRAW).value
    row.updated_at = clock.now()
    appeals.close(session, row.id, row.updated_at)
    unpublish(session, row, before)
    session.add(ModerationRow(experience_id=row.id, act=Act.WITHDRAW.value, created_at=clock.now()))
    _moved(session, viewer, row, Entry.EXPERIENCE_WITHDRAWN, before.value)


def unpublish(session: Session, row: ExperienceRow, before: Status) -> None:
    """Take a published experience out of the inboxes, the kept counts and the search.

    One that is only hidden keeps when it would be late: it comes back as it was.
    """
    leaves = row.status != Status.HIDDEN
    if leaves:
        report_notices.settle(session, row)
    if before not in {Status.PUBLISHED, Status.HIDDEN}:
        return
    met = experiences.met(session, [row.id]).get(row.id, [])
    for item in met:
        if leaves:
            item.link.due_at = None
        if before is Status.HIDDEN:  # all the rest went when it was hidden
            continue
        replied = 1 if item.link.replied_at is not None else 0
        experiences.count(session, [item.structure.id], -1, -replied)
        item.link.published_at = None
        record.changed(session, *record.inbox_topics(item.structure.path))
    experience_index.refresh(session, row)
    record.changed(session, record.EXPERIENCES)


def confirm_email(session: Session, viewer: Viewer, experience_id: int) -> None:
    """Confirm the address: only a browser that came by the mail's own link may."""
    _own(session, viewer, experience_id)
    binding = links.binding(session, viewer.visitor, experience_id)
    contact = session.get(ContactRow, experience_id)
    if contact is None or binding is None or not binding.by_mail:
        raise NotFound("Ouvrez le lien reçu par e-mail pour confirmer cette adresse.")
    if contact.confirmed_at is None:
        contact.confirmed_at = clock.now()
        record.journal_entry(session, viewer, Entry.EMAIL_CONFIRMED, ("experience", experience_id))


def rate(session: Session, viewer: Viewer, reply_id: int, rating: str) -> None:
    """Say whether a reply is useful; the author may change their mind."""
    reply, _ = _answered(session, viewer, reply_id)
    if rating not in set(ReplyRating):
        raise Invalid({"rating": "Choisissez « utile » ou « pas utile »."})
    before = reply.rating
    if before == rating:
        return
    reply.rating, reply.rated_at = rating, clock.now()
    record.journal_entry(
        session,
        viewer,
        Entry.REPLY_RATED,
        ("reply", reply_id),
        before={"rating": before},
        after={"rating": rating},
    )
    record.changed(session, record.experience_topic(reply.experience_id))


def answer_back(session: Session, viewer: Viewer, reply_id: int, uuid: str, text: str) -> None:
    """Answer a reply; read by moderation first. The same ``uuid`` twice answers once."""
    limits.allow(session, Gesture.ANSWER, viewer)
    _, row = _answered(session, viewer, reply_id)
    sender = f"reply:{reply_id}"
    uuid, known = once.find(
        lambda u: experiences.answer_by_uuid(session, u),
        lambda sent: sent.reply_id == reply_id,
        once.parsed_uuid(uuid, "answer", "Rechargez la page, puis renvoyez votre réponse."),
        sender,
    )
    if known is not None:
        return
    if row.status != Status.PUBLISHED:
        raise Conflict("Cette expérience n’est plus publiée : la réponse ne partirait pas.")
    errors: dict[str, str] = {}
    text = bounded_text(errors, "answer", text, ANSWER_MAX)
    if len(text) < ANSWER_MIN and "answer" not in errors:
        errors["answer"] = "Écrivez votre réponse avant de l’envoyer."
    raise_if(errors)
    answer = AnswerRow(
        uuid=uuid,
        experience_id=row.id,
        reply_id=reply_id,
        text=text,
        status=AnswerStatus.PENDING.value,
        created_at=clock.now(),
    )
    once.add(session, answer, sender)
    record.journal_entry(session, viewer, Entry.ANSWER_SENT, ("answer", answer.id))
    record.changed(session, record.MODERATION, record.experience_topic(row.id))


def _moved(session: Session, viewer: Viewer, row: ExperienceRow, entry: Entry, before: str) -> None:
    record.journal_entry(
        session,
        viewer,
        entry,
        ("experience", row.id),
        before={"status": before},
        after={"status": row.status, "version": row.version},
    )
    record.changed(session, record.MODERATION, record.experience_topic(row.id))

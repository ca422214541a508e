"""The author's private page: every step, and what they may do at each."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ..domain.abuse import Gesture
from ..domain.dates import french_date, iso_date
from ..domain.decisions import status_name
from ..domain.errors import NotFound
from ..domain.experiences import (
    TRANSITIONS,
    Act,
    Status,
    after,
    raise_if,
)
from ..domain.journal import Entry
from ..domain.moderation import MASKABLE
from ..domain.roles import Viewer
from ..persistence import appeals, experiences, links
from ..persistence.tables import (
    ContactRow,
    ExperienceRow,
    ModerationRow,
)
from . import (
    authorship,
    clock,
    follow_up_steps,
    limits,
    masking,
    originals,
    publication,
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
    """All that the author sees of their experience.

    ``kind`` is that of a refusal, or « hidden »: nothing is decided yet.
    """

    experience: ExperienceView
    status: str
    status_name: str
    steps: list[StepView] = field(default_factory=list)
    refusal: str = ""
    kind: str = ""
    appeal: Asked = field(default_factory=Asked)
    may_correct: bool = False
    may_withdraw: bool = False
    may_mask: bool = False
    version: int = 0
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


def topics(session: Session, viewer: Viewer) -> list[str]:
    """The topics that tell the list of this browser that something moved."""
    followed = links.items(session, viewer.visitor)
    return [record.experience_topic(item.experience_id) for item in followed]


def forget(session: Session, viewer: Viewer) -> int:
    """Make this browser forget what it follows (shared computer); the links still open."""
    return links.unbind_all(session, viewer.visitor) if viewer.visitor else 0


def follow(session: Session, viewer: Viewer, experience_id: int) -> FollowUp:
    """Return the author's page; `NotFound` unless this browser opened the private link."""
    row, binding = authorship.opened(session, viewer, experience_id)
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
        kind=status.value if status is Status.HIDDEN else refusal.kind,
        appeal=asked(session, row, decisions),
        may_correct=(status, Act.RESEND) in TRANSITIONS,
        may_withdraw=(status, Act.WITHDRAW) in TRANSITIONS,
        may_mask=status in MASKABLE,
        version=row.version,
        email_hint=_hint(contact.email) if contact else "",
        email_confirmed=bool(contact and contact.confirmed_at),
        may_confirm=bool(contact and not contact.confirmed_at and binding.by_mail),
        notices=report_notices.of_author(session, row),
    )


def _hint(email: str) -> str:
    local, _, domain = email.partition("@")
    return f"{local[:1]}•••@{domain}"


def original(session: Session, viewer: Viewer, experience_id: int) -> dict[str, str]:
    """Return the fields of a text, for its author to correct."""
    row = authorship.seen(session, viewer, experience_id)
    return texts.fields_of(row)


def resend(session: Session, viewer: Viewer, experience_id: int, typed: dict[str, str]) -> None:
    """Send a corrected text to moderation again, refused or hidden.

    Raises `Invalid`, `Conflict`, `NotFound`, and `TooMany`.
    """
    limits.allow(session, Gesture.ANSWER, viewer)
    row = authorship.held(session, viewer, experience_id)
    errors: dict[str, str] = {}
    told = texts.accepted(errors, typed)
    raise_if(errors)
    # What the text already showed was kept by its author, and read by moderation.
    kept = masking.kept_in(texts.words_of(row), row.ressenti)
    words = masking.safe(told, kept, row.ressenti)
    if row.status == Status.PENDING and words == texts.words_of(row):
        return  # pressed twice
    before = Status(row.status)
    row.status = after(before, Act.RESEND).value
    if before is Status.HIDDEN:
        publication.take_off(session, row, before)
    appeals.close(session, row.id, clock.now())
    texts.change(session, row, words)
    row.sent_at = row.updated_at
    second_looks.received(session, row)
    if words != told:
        originals.keep(session, row, told)
    _moved(session, viewer, row, Entry.EXPERIENCE_RESENT, before.value)


def withdraw(session: Session, viewer: Viewer, experience_id: int) -> None:
    """Take the experience back: no longer published, no longer to handle."""
    row = authorship.held(session, viewer, experience_id)
    if row.status == Status.WITHDRAWN:
        return  # pressed twice
    before = Status(row.status)
    row.status = after(before, Act.WITHDRAW).value
    row.updated_at = clock.now()
    appeals.close(session, row.id, row.updated_at)
    publication.take_off(session, row, before)
    session.add(ModerationRow(experience_id=row.id, act=Act.WITHDRAW.value, created_at=clock.now()))
    _moved(session, viewer, row, Entry.EXPERIENCE_WITHDRAWN, before.value)


def confirm_email(session: Session, viewer: Viewer, experience_id: int) -> None:
    """Confirm the address: only a browser that came by the mail's own link may."""
    authorship.held(session, viewer, experience_id)
    binding = links.binding(session, viewer.visitor, experience_id)
    contact = session.get(ContactRow, experience_id)
    if contact is None or binding is None or not binding.by_mail:
        raise NotFound("Ouvrez le lien reçu par e-mail pour confirmer cette adresse.")
    if contact.confirmed_at is None:
        contact.confirmed_at = clock.now()
        record.journal_entry(session, viewer, Entry.EMAIL_CONFIRMED, ("experience", experience_id))


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

"""An author's appeal: once a decision, read by somebody else, before a day that is told."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..domain.abuse import Gesture
from ..domain.appeals import APPEAL_MAX, AppealStatus, due_at
from ..domain.dates import french_date, french_moment
from ..domain.errors import Conflict, NotFound, Refused
from ..domain.experiences import Act, Status, bounded_text, raise_if
from ..domain.journal import Entry
from ..domain.moderation import MESSAGE_MAX
from ..domain.roles import Viewer
from ..persistence import appeals, experiences, links
from ..persistence.tables import AppealRow, ExperienceRow, ModerationRow
from . import (
    author_mail,
    claims,
    clock,
    experience_index,
    limits,
    moderation,
    reasons,
    record,
    texts,
)
from .appeals_read import AGAINST, against

PAGE = 30


@dataclass(frozen=True, slots=True)
class AppealView:
    """An appeal as moderation reads it; ``mine`` when the viewer made the decision."""

    id: int = 0
    href: str = ""
    title: str = ""
    text: str = ""
    decision: str = ""
    told: str = ""
    asked: str = ""
    due: str = ""
    iso: str = ""
    late: bool = False
    mine: bool = False
    alone: bool = False
    of_edit: bool = False


def ask(session: Session, viewer: Viewer, experience_id: int, decision_id: int, text: str) -> None:
    """Ask a second moderator; asked twice about one decision, it is asked once.

    ``decision_id`` is the decision the author read; ``text`` is optional. Raises `NotFound`,
    `Invalid`, and `Conflict` where there is nothing to appeal, or another decision since.
    """
    limits.allow(session, Gesture.ANSWER, viewer)
    row = experiences.locked(session, experience_id)
    if row is None or links.binding(session, viewer.visitor, experience_id) is None:
        raise NotFound("Ouvrez votre lien de suivi pour revoir cette expérience.")
    decision = against(row, experiences.decisions(session, row.id))
    if decision is None or decision.id != decision_id:
        raise Conflict("Cette décision a changé entre-temps. Relisez la page avant de continuer.")
    if appeals.of_decision(session, decision.id) is not None:
        return  # pressed twice
    errors: dict[str, str] = {}
    text = bounded_text(errors, "texte", text, APPEAL_MAX)
    raise_if(errors)
    now = clock.now()
    appeal = AppealRow(
        experience_id=row.id,
        moderation_id=decision.id,
        text=text,
        status=AppealStatus.WAITING.value,
        created_at=now,
        due_at=due_at(now),
    )
    session.add(appeal)
    session.flush()
    record.journal_entry(
        session,
        viewer,
        Entry.APPEAL_MADE,
        ("experience", row.id),
        after={"appeal": appeal.id, "due_at": appeal.due_at.isoformat()},
    )
    record.changed(session, record.MODERATION, record.experience_topic(row.id))


def waiting(session: Session, viewer: Viewer) -> list[AppealView]:
    """Return the appeals to decide, the first due first, those one may not decide too."""
    moderation.check(viewer)
    return [_view(session, viewer, *found) for found in appeals.waiting(session, PAGE)]


def of_experience(session: Session, viewer: Viewer, experience_id: int) -> AppealView:
    """Return the appeal that waits about a text; an empty one when there is none."""
    moderation.check(viewer)
    row = experiences.get(session, experience_id)
    appeal = appeals.newest(session, experience_id) if row is not None else None
    if row is None or appeal is None or appeal.status != AppealStatus.WAITING:
        return AppealView()
    decision = session.get_one(ModerationRow, appeal.moderation_id)
    return _view(session, viewer, appeal, decision, row)


def _view(
    session: Session,
    viewer: Viewer,
    appeal: AppealRow,
    decision: ModerationRow,
    row: ExperienceRow,
) -> AppealView:
    mine = decision.person_id == viewer.person_id
    known = reasons.known(session, decision.reason)
    return AppealView(
        id=appeal.id,
        href=f"/espace/moderation/{row.id}",
        title=row.title,
        text=appeal.text,
        decision=known.label if known else "Retouche d’un texte publié",
        told="\n\n".join(filter(None, (reasons.told(session, decision), decision.message))),
        asked=french_moment(appeal.created_at),
        due=french_date(appeal.due_at),
        iso=appeal.due_at.isoformat(),
        late=clock.now() > appeal.due_at,
        mine=mine,
        alone=mine and appeals.other_moderators(session, viewer.person_id) == 0,
        of_edit=decision.act == Act.EDIT,
    )


def uphold(session: Session, viewer: Viewer, appeal_id: int, message: str = "") -> None:
    """Decide for the author: a refused text is published, an edited one reads as before.

    Raises `Refused` to who made the decision, `Conflict` once decided.
    """
    appeal, decision, row = _open(session, viewer, appeal_id, AppealStatus.UPHELD)
    if appeal.status == AppealStatus.UPHELD:
        return  # pressed twice
    message = _message(message)
    if decision.act == Act.EDIT:
        _give_back(session, viewer, row)
    else:
        moderation.show(session, viewer, row, Act.UPHOLD)
    _end(session, viewer, appeal, AppealStatus.UPHELD, message)
    author_mail.tell(session, row, "appeal_upheld", {"message": message}, f":{appeal.id}")


def reject(session: Session, viewer: Viewer, appeal_id: int, message: str) -> None:
    """Keep the decision, and tell the author why.

    Raises `Invalid` without a message, `Refused` to who made the decision, `Conflict`.
    """
    appeal, _, row = _open(session, viewer, appeal_id, AppealStatus.REJECTED)
    if appeal.status == AppealStatus.REJECTED:
        return  # pressed twice
    message = _message(message, "Dites à l’auteur pourquoi la décision est maintenue.")
    _end(session, viewer, appeal, AppealStatus.REJECTED, message)
    author_mail.tell(session, row, "appeal_rejected", {"message": message}, f":{appeal.id}")


def _open(
    session: Session, viewer: Viewer, appeal_id: int, wanted: AppealStatus
) -> tuple[AppealRow, ModerationRow, ExperienceRow]:
    moderation.check(viewer)
    appeal = appeals.locked(session, appeal_id)
    if appeal is None:
        raise NotFound("Cette demande de second avis n’existe pas.")
    decision = session.get_one(ModerationRow, appeal.moderation_id)
    if decision.person_id == viewer.person_id:
        raise Refused("Vous avez pris cette décision : une autre personne doit la relire.")
    row = experiences.locked(session, appeal.experience_id)
    assert row is not None  # its appeal refers to it
    if appeal.status == wanted and appeal.person_id == viewer.person_id:
        return appeal, decision, row
    if appeal.status != AppealStatus.WAITING or AGAINST.get(Status(row.status)) != decision.act:
        raise Conflict("Cette demande n’attend plus de second avis.")
    claims.renew(session, viewer, row.id)
    return appeal, decision, row


def _message(message: str, required: str = "") -> str:
    errors: dict[str, str] = {}
    message = bounded_text(errors, "message", message, MESSAGE_MAX)
    if required and not message and not errors:
        errors["message"] = required
    raise_if(errors)
    return message


def _give_back(session: Session, viewer: Viewer, row: ExperienceRow) -> None:
    """Give an edited text the words it had before; words masked since stay masked."""
    versions = experiences.versions(session, row.id)
    last = next((one for one in reversed(versions) if one.by_moderation), None)
    before = next((one for one in versions if last and one.number == last.number - 1), None)
    words = texts.Words(before.title, before.narrative, before.pseudonym) if before else None
    if words is not None and words != texts.words_of(row):
        kept = texts.change(session, row, words)
        kept.by_moderation, kept.person_id = True, viewer.person_id
        kept.note = "Second avis : votre texte d’avant la retouche est rétabli."
        experience_index.refresh(session, row)
    session.add(
        ModerationRow(
            experience_id=row.id,
            person_id=viewer.person_id,
            act=Act.UPHOLD.value,
            created_at=clock.now(),
        )
    )
    claims.decided(session, row.id)
    record.changed(session, record.EXPERIENCES)


def _end(
    session: Session, viewer: Viewer, appeal: AppealRow, status: AppealStatus, message: str
) -> None:
    appeal.status, appeal.message = status.value, message
    appeal.person_id, appeal.decided_at = viewer.person_id, clock.now()
    claims.decided(session, appeal.experience_id)
    upheld = status is AppealStatus.UPHELD
    record.journal_entry(
        session,
        viewer,
        Entry.APPEAL_UPHELD if upheld else Entry.APPEAL_REJECTED,
        ("experience", appeal.experience_id),
        before={"appeal": appeal.id, "status": AppealStatus.WAITING.value},
        after={"appeal": appeal.id, "status": status.value},
    )
    topic = record.experience_topic(appeal.experience_id)
    record.changed(session, record.MODERATION, topic)

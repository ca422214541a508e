"""An author's appeal: once a decision, read by somebody else, before a day that is told."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..domain.abuse import Gesture
from ..domain.appeals import APPEAL_MAX, AppealStatus, due_at
from ..domain.dates import french_date, french_moment
from ..domain.errors import Conflict, NotFound, Refused
from ..domain.experiences import Act, bounded_text, raise_if
from ..domain.journal import Entry
from ..domain.moderation import MESSAGE_MAX
from ..domain.roles import RIGHTS, Right, Viewer
from ..persistence import appeals, experiences, people
from ..persistence.tables import AppealRow, ExperienceRow, ModerationRow, VersionRow
from . import (
    author_mail,
    authorship,
    claims,
    clock,
    experience_index,
    limits,
    moderation,
    reasons,
    record,
    texts,
)
from .appeals_read import against, appealable

PAGE = 30
_CHANGES: dict[str, str] = {
    Act.EDIT: "Retouche d’un texte publié",
    Act.MASK: "Mots masqués dans un texte publié",
}
MASK_STAYS = (
    "Les mots masqués ne sont plus dans votre texte, et n’y reviennent pas : quelqu’un pouvait "
    "être reconnu. Vous pouvez retirer votre texte, ou le raconter à nouveau avec d’autres mots."
)
"""What the author reads when an appeal against a mask is upheld: it is not lifted."""


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
    of_mask: bool = False


def ask(session: Session, viewer: Viewer, experience_id: int, decision_id: int, text: str) -> None:
    """Ask a second moderator; asked twice about one decision, it is asked once.

    ``decision_id`` is the decision the author read; ``text`` is optional. Raises `NotFound`,
    `Invalid`, and `Conflict` where there is nothing to appeal, or another decision since.
    """
    limits.allow(session, Gesture.ANSWER, viewer)
    row = authorship.held(session, viewer, experience_id)
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
    alone = _alone(session, viewer)
    return [_view(session, viewer, *found, alone) for found in appeals.waiting(session, PAGE)]


def of_experience(session: Session, viewer: Viewer, experience_id: int) -> AppealView:
    """Return the appeal that waits about a text; an empty one when there is none."""
    moderation.check(viewer)
    row = experiences.get(session, experience_id)
    appeal = appeals.newest(session, experience_id) if row is not None else None
    if row is None or appeal is None or appeal.status != AppealStatus.WAITING:
        return AppealView()
    decision = session.get_one(ModerationRow, appeal.moderation_id)
    return _view(session, viewer, appeal, decision, row, _alone(session, viewer))


def _alone(session: Session, viewer: Viewer) -> bool:
    """Whether nobody else moderates."""
    moderators = people.holding(session, RIGHTS[Right.MODERATE])
    return all(one.id == viewer.person_id for one in moderators)


def _view(
    session: Session,
    viewer: Viewer,
    appeal: AppealRow,
    decision: ModerationRow,
    row: ExperienceRow,
    alone: bool,
) -> AppealView:
    mine = decision.person_id == viewer.person_id
    known = reasons.known(session, decision.reason)
    return AppealView(
        id=appeal.id,
        href=f"/espace/moderation/{row.id}",
        title=row.title,
        text=appeal.text,
        decision=known.label if known else _CHANGES.get(decision.act, ""),
        told="\n\n".join(filter(None, (reasons.told(session, decision), decision.message))),
        asked=french_moment(appeal.created_at),
        due=french_date(appeal.due_at),
        iso=appeal.due_at.isoformat(),
        late=clock.now() > appeal.due_at,
        mine=mine,
        alone=mine and alone,
        of_edit=decision.act == Act.EDIT,
        of_mask=decision.act == Act.MASK,
    )


def uphold(session: Session, viewer: Viewer, appeal_id: int, message: str = "") -> None:
    """Decide for the author: a refused text is published, an edited one reads as before.

    Words that were masked are not put back, and the author is told so.

    Raises `Refused` to who made the decision, `Conflict` once decided.
    """
    appeal, decision, row = _open(session, viewer, appeal_id, AppealStatus.UPHELD)
    if appeal.status == AppealStatus.UPHELD:
        return  # pressed twice
    message = _message(message)
    kept = MASK_STAYS if decision.act == Act.MASK else ""
    if decision.act == Act.REFUSE:
        moderation.show(session, viewer, row, Act.UPHOLD)
    else:
        if decision.act == Act.EDIT:
            _give_back(session, viewer, row, decision)
        _noted(session, viewer, row, kept)
    _end(session, viewer, appeal, AppealStatus.UPHELD, message)
    said = "\n\n".join(filter(None, (kept, message)))
    author_mail.tell(session, row, "appeal_upheld", {"message": said}, f":{appeal.id}")


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
    found = appeals.get(session, appeal_id)
    # The experience is held before its appeal, as by its author's gestures.
    row = experiences.locked(session, found.experience_id) if found is not None else None
    appeal = appeals.locked(session, appeal_id)
    if appeal is None or row is None:
        raise NotFound("Cette demande de second avis n’existe pas.")
    decision = session.get_one(ModerationRow, appeal.moderation_id)
    if decision.person_id == viewer.person_id:
        raise Refused("Vous avez pris cette décision : une autre personne doit la relire.")
    if appeal.status == wanted and appeal.person_id == viewer.person_id:
        return appeal, decision, row
    if appeal.status != AppealStatus.WAITING or not appealable(row, decision):
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


def _give_back(
    session: Session, viewer: Viewer, row: ExperienceRow, decision: ModerationRow
) -> None:
    """Give a text the words it had before this edit; words masked since stay masked."""
    versions = {one.number: one for one in experiences.versions(session, row.id)}
    edits = [number for number, one in versions.items() if _made(one, decision)]
    before = versions.get(max(edits, default=0) - 1)
    if before is None:
        return
    words = texts.Words(before.title, before.narrative, before.pseudonym)
    if words != texts.words_of(row):
        kept = texts.change(session, row, words)
        kept.by_moderation, kept.person_id = True, viewer.person_id
        kept.note = "Second avis : votre texte d’avant la retouche est rétabli."
        experience_index.refresh(session, row)


def _made(version: VersionRow, decision: ModerationRow) -> bool:
    """Whether a version may be the one that this decision to edit made."""
    told = (version.person_id, version.note) == (decision.person_id, decision.message)
    return version.by_moderation and told and version.created_at <= decision.created_at


def _noted(session: Session, viewer: Viewer, row: ExperienceRow, told: str) -> None:
    session.add(
        ModerationRow(
            experience_id=row.id,
            person_id=viewer.person_id,
            act=Act.UPHOLD.value,
            message=told,
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

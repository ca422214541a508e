"""What the author reads of the past of their experience: every step and its date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ..domain.appeals import AppealStatus
from ..domain.dates import french_moment
from ..domain.decisions import OUTCOMES, kind_of
from ..domain.experiences import Act
from ..persistence import appeals, experiences
from ..persistence.tables import ExperienceRow, ModerationRow, VersionRow
from . import reasons
from .views import StepView

_CLOSED = "Votre demande de second avis est close : la décision contestée ne tient plus"
_HIDDEN = "Votre texte est signalé, et masqué le temps d’une vérification"


@dataclass(frozen=True, slots=True)
class Refusal:
    """The last refusal, as its author reads it: its kind, its reason and moderation's words."""

    kind: str = ""
    text: str = ""


def refusal(session: Session, decisions: list[ModerationRow]) -> Refusal:
    """Return what the author reads of the last refusal, in the words of that day."""
    last = next((d for d in reversed(decisions) if d.act == Act.REFUSE), None)
    if last is None:
        return Refusal()
    told = filter(None, (reasons.told(session, last), last.message))
    return Refusal(reasons.kind_of(session, last), "\n\n".join(told))


def steps(session: Session, row: ExperienceRow, decisions: list[ModerationRow]) -> list[StepView]:
    """Return everything that happened to an experience, oldest first."""
    moments: list[tuple[datetime, StepView]] = []

    def add(moment: datetime, title: str, text: str = "", kind: str = "done") -> None:
        step = StepView(title, text, french_moment(moment), moment.isoformat(), kind)
        moments.append((moment, step))

    names = reasons.names(session) if decisions else {}
    for version in experiences.versions(session, row.id):
        add(version.created_at, _version(version), version.note)
    for decision in decisions:
        if decision.act == Act.PUBLISH:
            sent_on = "" if row.outside_structure else " et transmise au service"
            add(decision.created_at, f"Votre expérience est publiée{sent_on}")
        elif decision.act == Act.REFUSE:
            outcome = OUTCOMES[kind_of(reasons.kind_of(session, decision))]
            label = names.get(decision.reason, "")
            add(decision.created_at, outcome.step, label, "stopped")
        elif decision.act == Act.UPHOLD:
            add(decision.created_at, "Le second avis vous donne raison", decision.message)
        elif decision.act == Act.HIDE:
            add(decision.created_at, _HIDDEN, kind="stopped")
        elif decision.act == Act.RESTORE:
            add(decision.created_at, "La modération a relu et gardé votre texte", decision.message)
        elif decision.act == Act.WITHDRAW:
            add(decision.created_at, "Vous avez retiré votre expérience", kind="stopped")
    for reply, structure in experiences.replies(session, row.id):
        add(reply.published_at, f"{structure.label} vous a répondu")
        if reply.rated_at is not None:
            add(reply.rated_at, f"Vous avez jugé la réponse : {reply.rating}")
    for answer in experiences.answers(session, row.id):
        add(answer.created_at, "Vous avez répondu au service")
    _appealed(session, row, add)
    moments.sort(key=lambda item: item[0])
    return [step for _, step in moments]


def _version(version: VersionRow) -> str:
    if version.number == 1:
        return "Vous avez envoyé votre expérience"
    if version.by_moderation:
        return "La modération a retouché votre texte"
    # Masking leaves a note, correcting does not.
    masked = "Vous avez masqué des mots"
    return masked if version.note else "Vous avez corrigé et renvoyé votre texte"


def _appealed(session: Session, row: ExperienceRow, add: Callable[..., None]) -> None:
    appeal = appeals.newest(session, row.id)
    if appeal is None:
        return
    add(appeal.created_at, "Vous avez demandé un second avis")
    if appeal.status == AppealStatus.CLOSED and appeal.decided_at is not None:
        add(appeal.decided_at, _CLOSED)
    elif appeal.status == AppealStatus.REJECTED and appeal.decided_at is not None:
        add(appeal.decided_at, "Le second avis maintient la décision", kind="stopped")

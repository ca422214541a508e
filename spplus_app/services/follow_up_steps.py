"""What the author reads of the past of their experience: every step and its date."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ..domain.dates import french_moment
from ..domain.experiences import Act
from ..domain.moderation import reason
from ..persistence import experiences
from ..persistence.tables import ExperienceRow, ModerationRow
from .views import StepView

_HIDDEN = "Votre texte est signalé, et masqué le temps d’une vérification"


def refusal(decisions: list[ModerationRow]) -> str:
    """Return what the author reads of the last refusal: its reason, then moderation's words."""
    last = next((d for d in reversed(decisions) if d.act == Act.REFUSE), None)
    if last is None:
        return ""
    known = reason(last.reason)
    return "\n\n".join(text for text in (known.author_text if known else "", last.message) if text)


def steps(session: Session, row: ExperienceRow, decisions: list[ModerationRow]) -> list[StepView]:
    """Return everything that happened to an experience, oldest first."""
    moments: list[tuple[datetime, StepView]] = []

    def add(moment: datetime, title: str, text: str = "", kind: str = "done") -> None:
        step = StepView(title, text, french_moment(moment), moment.isoformat(), kind)
        moments.append((moment, step))

    for version in experiences.versions(session, row.id):
        if version.number == 1:
            add(version.created_at, "Vous avez envoyé votre expérience")
        elif version.by_moderation:
            add(version.created_at, "La modération a retouché votre texte", version.note)
        else:
            add(version.created_at, "Vous avez corrigé et renvoyé votre texte")
    for decision in decisions:
        if decision.act == Act.PUBLISH:
            sent_on = "" if row.outside_structure else " et transmise au service"
            add(decision.created_at, f"Votre expérience est publiée{sent_on}")
        elif decision.act == Act.REFUSE:
            known = reason(decision.reason)
            add(
                decision.created_at,
                "Votre texte n’est pas publié en l’état",
                known.label if known else "",
                "stopped",
            )
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
    moments.sort(key=lambda item: item[0])
    return [step for _, step in moments]

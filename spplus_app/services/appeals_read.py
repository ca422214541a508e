"""What an author reads of an appeal: what they may ask, what they asked, what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..domain.appeals import AppealStatus, due_at
from ..domain.dates import french_date
from ..domain.experiences import Act, Status
from ..persistence import appeals
from ..persistence.tables import ExperienceRow, ModerationRow
from . import clock

_CHANGED = frozenset({Act.EDIT, Act.MASK})
AGAINST: dict[Status, frozenset[Act]] = {
    Status.REFUSED: frozenset({Act.REFUSE}),
    Status.PUBLISHED: _CHANGED,
    Status.HIDDEN: _CHANGED,
}
"""What may be appealed, by where the experience stands: a refusal, or words changed in public."""
_ENDS = (Act.REFUSE, *_CHANGED, Act.PUBLISH, Act.UPHOLD)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the author reads of an appeal; ``decision`` is the one they may appeal, 0 for none."""

    decision: int = 0
    promised: str = ""
    asked: str = ""
    due: str = ""
    late: bool = False
    rejected: str = ""
    message: str = ""


def appealable(row: ExperienceRow, decision: ModerationRow) -> bool:
    """Whether this decision may be appealed where the experience stands."""
    return decision.act in AGAINST.get(Status(row.status), ())


def against(row: ExperienceRow, decisions: Sequence[ModerationRow]) -> ModerationRow | None:
    """Return the decision that the author of this text may appeal."""
    made = [one for one in decisions if one.answer_id is None and one.act in _ENDS]
    if made and appealable(row, made[-1]):
        return made[-1]
    return None


def asked(session: Session, row: ExperienceRow, decisions: Sequence[ModerationRow]) -> Asked:
    """Return what the author of a text reads of an appeal, or may ask; no right is decided here."""
    decision = against(row, decisions)
    if decision is None:
        return Asked()
    appeal = appeals.of_decision(session, decision.id)
    now = clock.now()
    if appeal is None:
        return Asked(decision.id, promised=french_date(due_at(now)))
    if appeal.status == AppealStatus.WAITING:
        return Asked(
            asked=french_date(appeal.created_at),
            due=french_date(appeal.due_at),
            late=now > appeal.due_at,
        )
    if appeal.status == AppealStatus.REJECTED and appeal.decided_at is not None:
        return Asked(rejected=french_date(appeal.decided_at), message=appeal.message)
    return Asked()

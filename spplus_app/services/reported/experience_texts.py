"""An experience, a reply, an author's word back, as texts that may be reported."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy.orm import Session

from ...domain.dates import french_date
from ...domain.errors import NotFound
from ...domain.experiences import Act, Status
from ...domain.replies import AnswerStatus, ReplyStatus
from ...domain.reports import Kind
from ...domain.roles import Viewer
from ...persistence import experiences, reports
from ...persistence.tables import AnswerRow, ExperienceRow, ReplyRow, StructureRow
from .. import answers_back, hiding, moderation, reading, record
from .text import GONE, Reported, why


class _Around(Reported):
    """What stands in an experience: the experience itself, or what was said of it."""

    experience: ExperienceRow

    @property
    def experience_id(self) -> int:
        return self.experience.id

    @property
    def version(self) -> int:
        return 1  # only an experience has several

    @property
    def about(self) -> str:
        return self.experience.title

    @property
    def href(self) -> str:
        return reading.href(self.experience)

    @property
    def desk(self) -> str:
        if self.experience.status == Status.PUBLISHED:
            return self.href
        return f"/espace/moderation/{self.experience.id}"

    @property
    def topic(self) -> str:
        return record.experience_topic(self.experience.id)

    def hold(self, session: Session) -> None:
        if experiences.locked(session, self.experience.id) is None:
            raise NotFound(GONE)


@dataclass(frozen=True)
class _Experience(_Around):
    """What a citizen told."""

    kind: ClassVar[Kind] = Kind.EXPERIENCE
    id: int
    experience: ExperienceRow

    @classmethod
    def several(cls, session: Session, numbers: Collection[int]) -> dict[int, Reported]:
        found = experiences.several(session, numbers)
        return {number: cls(number, row) for number, row in found.items()}

    @property
    def version(self) -> int:
        return self.experience.version

    @property
    def hidden(self) -> bool:
        return self.experience.status == Status.HIDDEN

    @property
    def published(self) -> bool:
        return self.experience.status == Status.PUBLISHED

    @property
    def public(self) -> bool:
        return self.published

    @property
    def title(self) -> str:
        return self.experience.title

    @property
    def about(self) -> str:
        return ""

    @property
    def paragraphs(self) -> list[str]:
        signature = [self.experience.pseudonym] if self.experience.pseudonym else []
        return [*reading.paragraphs(self.experience.narrative), *signature]

    def hide(self, session: Session, viewer: Viewer) -> None:
        hiding.hide_experience(session, viewer, self.experience)

    def restore(self, session: Session, viewer: Viewer, message: str) -> None:
        hiding.restore_experience(session, viewer, self.experience, message)

    def remove(self, session: Session, viewer: Viewer, reason: str, message: str) -> str:
        moderation.refuse(session, viewer, self.id, self.version, reason, message)
        return message


@dataclass(frozen=True)
class _Reply(_Around):
    """What an administration answered."""

    kind: ClassVar[Kind] = Kind.REPLY
    id: int
    experience: ExperienceRow
    reply: ReplyRow
    structure: StructureRow

    @classmethod
    def several(cls, session: Session, numbers: Collection[int]) -> dict[int, Reported]:
        found = reports.replies(session, numbers)
        about = experiences.several(session, [row.experience_id for row, _ in found.values()])
        return {
            number: cls(number, about[row.experience_id], row, structure)
            for number, (row, structure) in found.items()
        }

    def hold(self, session: Session) -> None:
        super().hold(session)
        session.refresh(self.reply)  # read before the experience was held

    @property
    def hidden(self) -> bool:
        return self.reply.status == ReplyStatus.HIDDEN

    @property
    def published(self) -> bool:
        return self.reply.status == ReplyStatus.PUBLISHED

    @property
    def public(self) -> bool:
        return self.published and self.experience.status == Status.PUBLISHED

    @property
    def title(self) -> str:
        return f"La réponse de {self.structure.label}"

    @property
    def paragraphs(self) -> list[str]:
        return [*reading.paragraphs(self.reply.text), self.reply.signature]

    @property
    def unmasked(self) -> str:
        return "\n\n".join(self.paragraphs)

    def hide(self, session: Session, viewer: Viewer) -> None:
        hiding.move_reply(session, viewer, self.experience, self.reply, Act.HIDE)

    def restore(self, session: Session, viewer: Viewer, message: str) -> None:
        hiding.move_reply(session, viewer, self.experience, self.reply, Act.RESTORE)

    def remove(self, session: Session, viewer: Viewer, reason: str, message: str) -> str:
        told = why(session, reason, message)
        hiding.move_reply(session, viewer, self.experience, self.reply, Act.REFUSE)
        return told


@dataclass(frozen=True)
class _Answer(_Around):
    """An author's word back to a reply."""

    kind: ClassVar[Kind] = Kind.ANSWER
    id: int
    experience: ExperienceRow
    reply: ReplyRow
    answer: AnswerRow

    @classmethod
    def several(cls, session: Session, numbers: Collection[int]) -> dict[int, Reported]:
        found = reports.answers(session, numbers)
        replies = reports.replies(session, [row.reply_id for row in found.values()])
        about = experiences.several(session, [row.experience_id for row in found.values()])
        return {
            number: cls(number, about[row.experience_id], replies[row.reply_id][0], row)
            for number, row in found.items()
        }

    def hold(self, session: Session) -> None:
        super().hold(session)
        for row in (self.reply, self.answer):  # read before the experience was held
            session.refresh(row)

    @property
    def hidden(self) -> bool:
        return self.answer.status == AnswerStatus.HIDDEN

    @property
    def published(self) -> bool:
        return self.answer.status == AnswerStatus.PUBLISHED

    @property
    def public(self) -> bool:
        above = self.reply.status == ReplyStatus.PUBLISHED
        return self.published and above and self.experience.status == Status.PUBLISHED

    @property
    def title(self) -> str:
        return f"La réponse de l’auteur du {french_date(self.answer.created_at)}"

    @property
    def paragraphs(self) -> list[str]:
        return reading.paragraphs(self.answer.text)

    @property
    def unmasked(self) -> str:
        return self.answer.text

    def hide(self, session: Session, viewer: Viewer) -> None:
        hiding.move_answer(session, viewer, self.experience, self.answer, Act.HIDE)

    def restore(self, session: Session, viewer: Viewer, message: str) -> None:
        hiding.move_answer(session, viewer, self.experience, self.answer, Act.RESTORE, message)

    def remove(self, session: Session, viewer: Viewer, reason: str, message: str) -> str:
        told = why(session, reason, message)
        answers_back.decide_answer(session, viewer, self.id, "refuse", reason, reported=True)
        return told


KINDS: tuple[type[Reported], ...] = (_Experience, _Reply, _Answer)

"""A text that may be reported, whatever its kind: where it stands, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..domain.dates import french_date
from ..domain.errors import NotFound
from ..domain.experiences import Status
from ..domain.replies import AnswerStatus, ReplyStatus
from ..domain.reports import BY_ADDRESS, Kind
from ..persistence import experiences, reports
from ..persistence.tables import AnswerRow, ExperienceRow, ReplyRow, StructureRow
from . import reading

GONE = "Ce texte n’est plus publié. Il n’y a rien à signaler."


@dataclass(frozen=True, slots=True)
class Reported:
    """A text with the experience it belongs to; ``reply`` and ``answer`` where it is one."""

    kind: Kind
    id: int
    experience: ExperienceRow
    reply: ReplyRow | None = None
    structure: StructureRow | None = None
    answer: AnswerRow | None = None

    @property
    def version(self) -> int:
        """The version that is read: only an experience has several."""
        return self.experience.version if self.kind is Kind.EXPERIENCE else 1

    @property
    def hidden(self) -> bool:
        """Whether this very text is hidden while a report is looked at."""
        own = {
            Kind.EXPERIENCE: self.experience.status == Status.HIDDEN,
            Kind.REPLY: self.reply is not None and self.reply.status == ReplyStatus.HIDDEN,
            Kind.ANSWER: self.answer is not None and self.answer.status == AnswerStatus.HIDDEN,
        }
        return own[self.kind]

    @property
    def published(self) -> bool:
        """Whether this very text is published, be what it belongs to hidden."""
        own = {
            Kind.EXPERIENCE: self.experience.status == Status.PUBLISHED,
            Kind.REPLY: self.reply is not None and self.reply.status == ReplyStatus.PUBLISHED,
            Kind.ANSWER: self.answer is not None and self.answer.status == AnswerStatus.PUBLISHED,
        }
        return own[self.kind]

    @property
    def public(self) -> bool:
        """Whether everyone reads it now: what it belongs to is published too."""
        above = self.reply is None or self.reply.status == ReplyStatus.PUBLISHED
        return self.published and above and self.experience.status == Status.PUBLISHED

    @property
    def title(self) -> str:
        """How the text is named in a sentence."""
        if self.answer is not None:
            return f"La réponse de l’auteur du {french_date(self.answer.created_at)}"
        if self.reply is not None and self.structure is not None:
            return f"La réponse de {self.structure.label}"
        return self.experience.title

    @property
    def paragraphs(self) -> list[str]:
        """What it says."""
        if self.answer is not None:
            return reading.paragraphs(self.answer.text)
        if self.reply is not None:
            return [*reading.paragraphs(self.reply.text), self.reply.signature]
        signature = [self.experience.pseudonym] if self.experience.pseudonym else []
        return [*reading.paragraphs(self.experience.narrative), *signature]


def kind_of(word: str) -> Kind:
    """Return the kind that an address or an event names; raise `NotFound` for another word."""
    found = BY_ADDRESS.get(word) or next((kind for kind in Kind if kind == word), None)
    if found is None:
        raise NotFound(GONE)
    return found


def find(session: Session, kind: Kind, number: int, *, hold: bool = False) -> Reported:
    """Return a text, its experience held until the end of the gesture where asked.

    Raises `NotFound` for a text that does not exist.
    """
    answer = reply = structure = None
    experience_id = number
    if kind is Kind.ANSWER:
        answer = reports.answers(session, _known([number])).get(number)
        reply_id = answer.reply_id if answer is not None else 0
        reply, structure = reports.replies(session, _known([reply_id])).get(reply_id, (None, None))
    elif kind is Kind.REPLY:
        reply, structure = reports.replies(session, _known([number])).get(number, (None, None))
    if kind is not Kind.EXPERIENCE:
        experience_id = reply.experience_id if reply is not None else 0
    row = (experiences.locked if hold else experiences.get)(session, experience_id)
    if row is None:
        raise NotFound(GONE)
    for one in (reply, answer):
        if hold and one is not None:  # read before the experience was held
            session.refresh(one)
    return Reported(kind, number, row, reply, structure, answer)


def _known(numbers: list[int]) -> list[int]:
    return [one for one in numbers if experiences.known_id(one)]

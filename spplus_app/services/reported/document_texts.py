"""A document and a reader's mark, as texts that may be reported.

A mark is reported for its words: one without any says nothing that could name or hurt somebody.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy.orm import Session

from ...domain.documents.marks import Standing, words_version
from ...domain.documents.marks import Step as MarkStep
from ...domain.documents.stages import Stage, Step
from ...domain.errors import NotFound
from ...domain.reports import Kind
from ...domain.roles import Viewer
from ...domain.text import excerpt
from ...persistence import documents, marks
from ...persistence.tables import AnnotationRow, DocumentRow
from ..documents import hiding, moderation, texts
from ..documents.listing import public_href
from .text import GONE, Reported, why

TEXT_SHOWN = 3000
"""Characters of a document that are shown of it: the rest, and its pages, where it is read."""


class _AroundDocument(Reported):
    """What stands in a document: the document itself, or a mark on it."""

    document: DocumentRow

    @property
    def href(self) -> str:
        return public_href(self.document)

    @property
    def desk(self) -> str:
        return self.href  # moderation reads it there also once it is hidden

    @property
    def topic(self) -> str:
        return texts.topic(self.document.id)

    def hold(self, session: Session) -> None:
        if documents.locked(session, self.document.id) is None:
            raise NotFound(GONE)


@dataclass(frozen=True)
class _Document(_AroundDocument):
    """A difficult document, as everyone reads it."""

    kind: ClassVar[Kind] = Kind.DOCUMENT
    id: int
    document: DocumentRow
    text: str

    @classmethod
    def several(cls, session: Session, numbers: Collection[int]) -> dict[int, Reported]:
        found = documents.several(session, numbers)
        read = documents.beginnings(session, found, TEXT_SHOWN + 1)
        return {number: cls(number, row, read.get(number, "")) for number, row in found.items()}

    @property
    def version(self) -> int:
        return self.document.version

    @property
    def hidden(self) -> bool:
        return self.document.stage == Stage.HIDDEN

    @property
    def published(self) -> bool:
        return self.document.stage == Stage.PUBLISHED

    @property
    def public(self) -> bool:
        return self.published

    @property
    def title(self) -> str:
        return self.document.title

    @property
    def paragraphs(self) -> list[str]:
        cut = len(self.text) > TEXT_SHOWN
        text = f"{self.text[:TEXT_SHOWN]}…" if cut else self.text
        lines = [self.document.hard, self.document.wished, *text.splitlines()]
        return [one for one in lines if one.strip()]

    def hide(self, session: Session, viewer: Viewer) -> None:
        hiding.move_document(session, viewer, self.document, Step.HIDE)

    def restore(self, session: Session, viewer: Viewer, message: str) -> None:
        hiding.move_document(session, viewer, self.document, Step.RESTORE)

    def remove(self, session: Session, viewer: Viewer, reason: str, message: str) -> str:
        told = why(session, reason, message)
        moderation.put_aside(session, viewer, self.document, told)
        return told


@dataclass(frozen=True)
class _Mark(_AroundDocument):
    """What a reader wrote of a passage, once sent."""

    kind: ClassVar[Kind] = Kind.MARK
    id: int
    document: DocumentRow
    mark: AnnotationRow

    @classmethod
    def several(cls, session: Session, numbers: Collection[int]) -> dict[int, Reported]:
        found = marks.several(session, numbers)
        return {number: cls(number, row, mark) for number, (mark, row) in found.items()}

    def hold(self, session: Session) -> None:
        super().hold(session)
        if marks.read_again(session, self.id) is None:
            raise NotFound(GONE)

    @property
    def version(self) -> int:
        return words_version(self.mark.understood, self.mark.rewrite)

    @property
    def hidden(self) -> bool:
        return self.mark.status == Standing.HIDDEN

    @property
    def published(self) -> bool:
        return self.mark.status == Standing.SENT

    @property
    def public(self) -> bool:
        said = bool(self.mark.understood or self.mark.rewrite)
        return said and self.published and self.document.stage == Stage.PUBLISHED

    @property
    def title(self) -> str:
        return f"Une marque sur «\u00a0{excerpt(self.mark.exact, 80)}\u00a0»"

    @property
    def about(self) -> str:
        return self.document.title

    @property
    def paragraphs(self) -> list[str]:
        told = (("A compris", self.mark.understood), ("Écrirait", self.mark.rewrite))
        return [f"{label}\u00a0: {words}" for label, words in told if words]

    def hide(self, session: Session, viewer: Viewer) -> None:
        hiding.move_mark(session, viewer, self.document, self.mark, MarkStep.HIDE)

    def restore(self, session: Session, viewer: Viewer, message: str) -> None:
        hiding.move_mark(session, viewer, self.document, self.mark, MarkStep.RESTORE)

    def remove(self, session: Session, viewer: Viewer, reason: str, message: str) -> str:
        told = why(session, reason, message)
        hiding.move_mark(session, viewer, self.document, self.mark, MarkStep.REMOVE)
        return told


KINDS: tuple[type[Reported], ...] = (_Document, _Mark)

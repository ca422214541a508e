"""A text that may be reported: where it stands, what it says, what is done with it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from typing import ClassVar

from sqlalchemy.orm import Session

from ...domain.experiences import bounded_text, raise_if
from ...domain.moderation import MESSAGE_MAX
from ...domain.reports import Kind
from ...domain.roles import Viewer
from .. import reasons

GONE = "Ce texte n’est plus publié. Il n’y a rien à signaler."


class Reported(ABC):
    """A text that may be reported, with what it belongs to.

    What moves it decides no right, and raises `Conflict` where it is not as it was.
    """

    kind: ClassVar[Kind]
    id: int

    @classmethod
    @abstractmethod
    def several(cls, session: Session, numbers: Collection[int]) -> dict[int, Reported]:
        """Return these texts, wherever they stand, read together; unknown ones are absent."""

    @abstractmethod
    def hold(self, session: Session) -> None:
        """Hold it until the end of the gesture, read again; `NotFound` when it went meanwhile."""

    @property
    @abstractmethod
    def version(self) -> int:
        """What is read now: the same number as long as it reads the same."""

    @property
    @abstractmethod
    def hidden(self) -> bool:
        """Whether this very text is hidden while a report is looked at."""

    @property
    @abstractmethod
    def published(self) -> bool:
        """Whether this very text is published, be what it belongs to hidden."""

    @property
    @abstractmethod
    def public(self) -> bool:
        """Whether everyone reads it now: what it belongs to is published too."""

    @property
    @abstractmethod
    def title(self) -> str:
        """How the text is named in a sentence."""

    @property
    @abstractmethod
    def paragraphs(self) -> list[str]:
        """What it says."""

    @property
    @abstractmethod
    def href(self) -> str:
        """Where everyone reads it."""

    @property
    @abstractmethod
    def desk(self) -> str:
        """Where moderation reads it, hidden or not."""

    @property
    @abstractmethod
    def topic(self) -> str:
        """The topic of the pages that show it."""

    @property
    def about(self) -> str:
        """The title of what it belongs to; empty where it stands by itself."""
        return ""

    @property
    def experience_id(self) -> int | None:
        """The experience it belongs to, where it does."""
        return None

    @property
    def unmasked(self) -> str:
        """What was published without being masked first: a machine may see personal words in it."""
        return ""

    @abstractmethod
    def hide(self, session: Session, viewer: Viewer) -> None:
        """Hide it, published, from everyone but who wrote it."""

    @abstractmethod
    def restore(self, session: Session, viewer: Viewer, message: str) -> None:
        """Put it back as it was; ``message`` is for who wrote it, where the text keeps one."""

    @abstractmethod
    def remove(self, session: Session, viewer: Viewer, reason: str, message: str) -> str:
        """Take it off for good; return what its case keeps of the words its author reads.

        Raises `Invalid` (« reason », « message »).
        """


def bounded(message: str) -> str:
    """Return what moderation says to an author; raise `Invalid` (« message ») for too much."""
    errors: dict[str, str] = {}
    message = bounded_text(errors, "message", message, MESSAGE_MAX)
    raise_if(errors)
    return message


def why(session: Session, reason: str, message: str) -> str:
    """Return the words that an author reads: why, then what a moderator adds."""
    label = reasons.offered(session, reason).label
    return "\n\n".join(part for part in (label, bounded(message)) if part)

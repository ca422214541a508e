"""The tables. One module a noun; importing this package knows them all."""

from .base import Base
from .experiences import (
    AnswerRow,
    ContactRow,
    ExperienceRow,
    ExperienceStructureRow,
    ModerationRow,
    PrivateLinkRow,
    ReplyRow,
    VersionRow,
    VisitorItemRow,
)
from .people import GrantRow, PasswordResetRow, PersonRow, SessionRow, ThrottleRow
from .programme import CommitmentRow, FigureRow
from .structures import NetworkRow, StructureCountRow, StructureRow, TypologyRow
from .system import DraftRow, JobRow, JournalRow, RevisionRow

__all__ = [
    "AnswerRow",
    "Base",
    "CommitmentRow",
    "ContactRow",
    "DraftRow",
    "ExperienceRow",
    "ExperienceStructureRow",
    "FigureRow",
    "GrantRow",
    "JobRow",
    "JournalRow",
    "ModerationRow",
    "NetworkRow",
    "PasswordResetRow",
    "PersonRow",
    "PrivateLinkRow",
    "ReplyRow",
    "RevisionRow",
    "SessionRow",
    "StructureCountRow",
    "StructureRow",
    "ThrottleRow",
    "TypologyRow",
    "VersionRow",
    "VisitorItemRow",
]

"""The tables. One module a noun; importing this package knows them all."""

from .base import Base
from .experiences import (
    AnswerRow,
    ContactRow,
    ExperienceFacetsRow,
    ExperienceRow,
    ExperienceStructureRow,
    ImportedExperienceRow,
    ModerationRow,
    OriginalRow,
    PrivateLinkRow,
    ReplyRow,
    ReplyVoteRow,
    SimilarVoteRow,
    VersionRow,
    VisitorItemRow,
)
from .people import GrantRow, PasswordResetRow, PersonRow, SessionRow, ThrottleRow
from .programme import CommitmentRow, FigureRow
from .structures import NetworkRow, StructureCountRow, StructureRow, TypologyRow
from .system import DraftRow, HeartbeatRow, JobRow, JournalRow, RevisionRow

__all__ = [
    "AnswerRow",
    "Base",
    "CommitmentRow",
    "ContactRow",
    "DraftRow",
    "ExperienceFacetsRow",
    "ExperienceRow",
    "ExperienceStructureRow",
    "FigureRow",
    "GrantRow",
    "HeartbeatRow",
    "ImportedExperienceRow",
    "JobRow",
    "JournalRow",
    "ModerationRow",
    "NetworkRow",
    "OriginalRow",
    "PasswordResetRow",
    "PersonRow",
    "PrivateLinkRow",
    "ReplyRow",
    "ReplyVoteRow",
    "RevisionRow",
    "SessionRow",
    "SimilarVoteRow",
    "StructureCountRow",
    "StructureRow",
    "ThrottleRow",
    "TypologyRow",
    "VersionRow",
    "VisitorItemRow",
]

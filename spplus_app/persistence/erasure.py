"""Taking an author out of what is kept: rows deleted, words blanked, ids never freed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from ..domain.drafts import DraftKind
from .mail import about
from .tables import (
    AnswerOriginalRow,
    AnswerRow,
    AppealRow,
    ClaimRow,
    ContactRow,
    DraftRow,
    ExperienceRow,
    FingerprintRow,
    ImportedExperienceRow,
    JobRow,
    JournalRow,
    ModerationRow,
    OriginalRow,
    PrivateLinkRow,
    ReplyRow,
    ReplyVoteRow,
    ReportCaseRow,
    ReportRow,
    SecondLookRow,
    SimilarVoteRow,
    VersionRow,
    VisitorItemRow,
)


def author(session: Session, experience_id: int) -> None:
    """Delete what ties an experience to somebody: address, links, browsers, mails, sealed words."""
    for table in (ContactRow, PrivateLinkRow, VisitorItemRow, OriginalRow, FingerprintRow):
        session.execute(delete(table).where(table.experience_id == experience_id))
    answers = select(AnswerRow.id).where(AnswerRow.experience_id == experience_id)
    session.execute(delete(AnswerOriginalRow).where(AnswerOriginalRow.answer_id.in_(answers)))
    mails(session, experience_id)


def mails(session: Session, experience_id: int) -> None:
    """Delete the mails about an experience: none that waits will leave."""
    session.execute(delete(JobRow).where(about(session, experience_id)))


def said_about(session: Session, experience_id: int) -> None:
    """Blank what its author and moderation wrote to each other; the decisions stay, dated."""
    session.execute(
        update(ModerationRow).where(ModerationRow.experience_id == experience_id).values(message="")
    )
    session.execute(
        update(AppealRow)
        .where(AppealRow.experience_id == experience_id)
        .values(text="", message="")
    )


def versions(session: Session, experience_id: int, *, but: int | None) -> None:
    """Blank the words of every version, except those of number ``but``, which loses its name."""
    own = VersionRow.experience_id == experience_id
    session.execute(update(VersionRow).where(own).values(pseudonym="", note=""))
    past = own if but is None else and_(own, VersionRow.number != but)
    session.execute(update(VersionRow).where(past).values(title="", narrative=""))


def answers(session: Session, experience_id: int, now: datetime, *, published: bool) -> None:
    """Blank the author's words back, the published ones only where ``published``."""
    own = AnswerRow.experience_id == experience_id
    blanked = own if published else and_(own, AnswerRow.status != "published")
    session.execute(
        update(AnswerRow).where(blanked).values(text="", status="withdrawn", decided_at=now)
    )


def reports(session: Session, experience_id: int, *, every: bool) -> None:
    """Blank what others reported of it; where ``every``, also what nobody has judged yet.

    What is still to judge about a text that stays keeps its words until it is judged.
    """
    _reports(session, ReportCaseRow.experience_id == experience_id, every=every)


def reports_of(session: Session, kind: str, subjects: Collection[int] | Select[int]) -> None:
    """Delete what others reported of texts that are no more; decisions stay, without a word."""
    own = and_(ReportCaseRow.kind == kind, ReportCaseRow.subject_id.in_(subjects))
    _reports(session, own, every=True)


def _reports(session: Session, own: ColumnElement[bool], *, every: bool) -> None:
    open_ = ReportCaseRow.decided_at.is_(None)
    judged = own if every else and_(own, ~open_)
    about = exists().where(
        judged,
        ReportCaseRow.kind == ReportRow.kind,
        ReportCaseRow.subject_id == ReportRow.subject_id,
    )
    if every:
        session.execute(delete(ReportRow).where(about))
        session.execute(delete(ReportCaseRow).where(own, open_))
    session.execute(update(ReportRow).where(about).values(text=""))
    session.execute(update(ReportCaseRow).where(judged).values(message=""))


def replies(session: Session, experience_id: int) -> None:
    """Blank the replies and stop showing them; what others thought of them goes too."""
    own = ReplyRow.experience_id == experience_id
    ids = select(ReplyRow.id).where(own)
    session.execute(delete(ReplyVoteRow).where(ReplyVoteRow.reply_id.in_(ids)))
    session.execute(
        update(ReplyRow)
        .where(own)
        .values(
            text="",
            signature="",
            status="unpublished",
            useful=0,
            not_useful=0,
            useful_base=0,
            not_useful_base=0,
        )
    )


def around(session: Session, experience_id: int) -> None:
    """Delete what only served a text that is no more: votes, second look, claim, replies begun."""
    imported(session, experience_id)
    session.execute(delete(SimilarVoteRow).where(SimilarVoteRow.experience_id == experience_id))
    second_look(session, experience_id)
    subject = ClaimRow.subject_id == experience_id
    session.execute(delete(ClaimRow).where(ClaimRow.kind == "experience", subject))
    begun = DraftRow.subject == str(experience_id)
    session.execute(delete(DraftRow).where(DraftRow.kind == DraftKind.REPLY.value, begun))


def imported(session: Session, experience_id: int) -> None:
    """Forget the columns that came with an imported text beside what is shown of it.

    Its source and number stay, so that it is known and never brought again.
    """
    session.execute(
        update(ImportedExperienceRow)
        .where(ImportedExperienceRow.experience_id == experience_id)
        .values(rest={}, repaired=[])
    )


def second_look(session: Session, experience_id: int) -> None:
    """Delete why a second look was asked for."""
    session.execute(delete(SecondLookRow).where(SecondLookRow.experience_id == experience_id))


def draft_of(session: Session, uuid: str) -> None:
    """Delete a draft of the text that was sent under this UUID."""
    session.execute(delete(DraftRow).where(DraftRow.uuid == uuid))


def noted(session: Session, experience_id: int, entry: str) -> bool:
    """Whether the journal says that this was done to an experience."""
    query = select(JournalRow.id).where(
        JournalRow.subject_kind == "experience",
        JournalRow.subject_id == str(experience_id),
        JournalRow.entry == entry,
    )
    return session.scalar(query.limit(1)) is not None


def unpublished_since(session: Session, before: datetime, limit: int) -> list[int]:
    """Return experiences refused or withdrawn that nobody changed since ``before``.

    Those that were imported are left to their source; one whose appeal waits is not over.
    """
    row = ExperienceRow
    waits: ColumnElement[bool] = exists().where(
        AppealRow.experience_id == row.id, AppealRow.decided_at.is_(None)
    )
    imported = exists().where(ImportedExperienceRow.experience_id == row.id)
    over = or_(row.status == "refused", row.status == "withdrawn")
    query = select(row.id).where(over, row.updated_at < before, ~waits, ~imported)
    return list(session.scalars(query.order_by(row.id).limit(limit)))

"""What is deleted once its time is over."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, delete, exists, func, or_, update
from sqlalchemy.orm import Session

from .tables import (
    AnswerRow,
    ClaimRow,
    ContactRow,
    ExperienceRow,
    FingerprintRow,
    LimitCountRow,
    PasswordResetRow,
    PrivateLinkRow,
    ReplyRow,
    ReplyVoteRow,
    ReportRow,
    SessionRow,
    SimilarVoteRow,
    SpentProofRow,
    ThrottleRow,
    VisitorItemRow,
)
from .tables.base import Base


def _delete(session: Session, table: type[Base], where: ColumnElement[bool]) -> int:
    result = session.execute(delete(table).where(where))
    return int(getattr(result, "rowcount", 0))


def sessions(session: Session, before: datetime) -> int:
    """Delete the sessions begun, or revoked, before this moment."""
    over = or_(SessionRow.created_at < before, SessionRow.revoked_at < before)
    return _delete(session, SessionRow, over)


def throttles(session: Session, before: datetime) -> int:
    """Delete the counts of failures that did not move since this moment."""
    return _delete(session, ThrottleRow, ThrottleRow.last_at < before)


def limits(session: Session, before: datetime) -> int:
    """Delete the counters whose window began before this moment."""
    return _delete(session, LimitCountRow, LimitCountRow.since < before)


def proofs(session: Session, before: datetime) -> int:
    """Delete the spent proofs that no longer held before this moment anyway."""
    return _delete(session, SpentProofRow, SpentProofRow.expires_at < before)


def resets(session: Session, before: datetime) -> int:
    """Delete the requests for another password made before this moment, used or not."""
    return _delete(session, PasswordResetRow, PasswordResetRow.created_at < before)


def addresses(session: Session, before: datetime) -> int:
    """Delete the addresses with which nothing was exchanged since this moment.

    An exchange: the author gave or confirmed the address, sent or answered; moderation decided;
    a service replied.
    """
    experience = ContactRow.experience_id
    since = (
        ContactRow.created_at >= before,
        ContactRow.confirmed_at >= before,
        exists().where(ExperienceRow.id == experience, ExperienceRow.updated_at >= before),
        exists().where(ReplyRow.experience_id == experience, ReplyRow.published_at >= before),
        exists().where(AnswerRow.experience_id == experience, AnswerRow.created_at >= before),
    )
    return _delete(session, ContactRow, ~func.coalesce(or_(*since), False))


def receipts(session: Session, before: datetime) -> int:
    """Take the nonce of the links shown on receipts before this moment: only the hash stays.

    Links sent by mail keep theirs: each later mail about the experience holds the same link.
    """
    over = (
        PrivateLinkRow.by_mail.is_(False)
        & (PrivateLinkRow.created_at < before)
        & (PrivateLinkRow.nonce != "")
    )
    result = session.execute(update(PrivateLinkRow).where(over).values(nonce=""))
    return int(getattr(result, "rowcount", 0))


def claims(session: Session, before: datetime) -> int:
    """Delete what moderators held until this moment at most."""
    return _delete(session, ClaimRow, ClaimRow.until < before)


def followed(session: Session, before: datetime) -> int:
    """Delete what browsers followed since before this moment: the private link opens it again."""
    return _delete(session, VisitorItemRow, VisitorItemRow.created_at < before)


def votes(session: Session, before: datetime) -> int:
    """Delete which browsers gave their opinion before this moment; the counts stay.

    What is deleted goes to the base of each count: counting again finds the same.
    """
    lived, judged = SimilarVoteRow, ReplyVoteRow
    gone = session.execute(
        delete(lived).where(lived.created_at < before).returning(lived.experience_id)
    ).all()
    for number, count in sorted(Counter(number for (number,) in gone).items()):
        row = ExperienceRow
        session.execute(
            update(row).where(row.id == number).values(similar_base=row.similar_base + count)
        )
    said = session.execute(
        delete(judged).where(judged.created_at < before).returning(judged.reply_id, judged.useful)
    ).all()
    for (number, useful), count in sorted(Counter((one[0], one[1]) for one in said).items()):
        base = ReplyRow.useful_base if useful else ReplyRow.not_useful_base
        session.execute(update(ReplyRow).where(ReplyRow.id == number).values({base: base + count}))
    return len(gone) + len(said)


def fingerprints(session: Session, before: datetime) -> int:
    """Delete the fingerprints of the texts received before this moment."""
    return _delete(session, FingerprintRow, FingerprintRow.created_at < before)


def reports(session: Session, before: datetime) -> int:
    """Take the words and the browser of the reports made before this moment; return how many."""
    anonymous = cast(ReportRow.id, String)  # the browser is part of what makes a report unique
    over = (ReportRow.created_at < before) & (ReportRow.visitor != anonymous)
    result = session.execute(update(ReportRow).where(over).values(visitor=anonymous, text=""))
    return int(getattr(result, "rowcount", 0))

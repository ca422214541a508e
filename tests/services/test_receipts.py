"""A receipt's link is gone for good after a day; a stranger's address is left in peace."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain.errors import NotFound
from spplus_app.domain.retention import ADDRESS_KEPT_FOR
from spplus_app.persistence.tables import ContactRow, ExperienceRow, JobRow, PrivateLinkRow
from spplus_app.services import answers_back, clock, experiences, housekeeping, tokens
from tests import factories


def _link(session: Session, experience_id: int) -> PrivateLinkRow:
    query = select(PrivateLinkRow).where(
        PrivateLinkRow.experience_id == experience_id, PrivateLinkRow.by_mail.is_(False)
    )
    return session.scalars(query).one()


def test_the_link_of_an_old_receipt_cannot_be_written_again_but_still_opens(
    session: Session,
) -> None:
    author = factories.visitor()
    number = factories.sent(session, author).id
    token = experiences.receipt(session, author, number).token
    assert housekeeping.forget_receipts(session) == {"receipts": 0}
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert housekeeping.forget_receipts(session) == {"receipts": 1}
        session.expire_all()
        assert _link(session, number).nonce == ""
        with pytest.raises(NotFound):
            experiences.receipt(session, author, number)
        assert tokens.hash_token(token) == _link(session, number).token_hash
        assert experiences.open_link(session, factories.visitor("another"), token) == number


def test_a_strangers_address_receives_a_few_confirmations_a_day(session: Session) -> None:
    for turn in range(experiences.CONFIRMATIONS_A_DAY + 2):
        factories.sent(session, factories.visitor(f"v{turn}"), email="inconnu@example.org")
    queued = session.scalars(select(JobRow).where(JobRow.key.startswith("follow_up:"))).all()
    assert len(queued) == experiences.CONFIRMATIONS_A_DAY


def _addresses(session: Session, at: datetime) -> int:
    """Forget, at this moment, what is to be forgotten; return how many addresses were."""
    with clock.at(at):
        return housekeeping.forget_addresses(session)["addresses"]


def test_an_address_is_forgotten_a_year_after_the_last_exchange(session: Session) -> None:
    where = factories.tree(session)
    author = factories.visitor()
    with factories.at():
        factories.sent(session, author, where.office, email="calme@example.org")
        row = factories.published(session, author, where.office, email="lea@example.org")
    with factories.at(100):
        reply = factories.replied(session, row, where.office)
    with factories.at(200):
        answers_back.answer_back(session, author, reply, str(uuid4()), "Merci à vous.")
    year = ADDRESS_KEPT_FOR.days
    assert _addresses(session, factories.later(year)) == 0
    # Nothing was said about the first one since it was sent.
    assert _addresses(session, factories.later(year, seconds=1)) == 1
    assert _addresses(session, factories.later(year + 200)) == 0
    assert session.scalars(select(ContactRow.email)).all() == ["lea@example.org"]
    assert _addresses(session, factories.later(year + 200, seconds=1)) == 1
    assert session.get(ExperienceRow, row.id) is not None

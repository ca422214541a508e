"""Documents handed over, as moderation takes them: the one that waits longest, in few queries."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from spplus_app.persistence import reading as read
from spplus_app.persistence import unit_of_work
from spplus_app.services import clock
from spplus_app.services.documents import claims, deposit, masking, moderation
from tests import factories
from tests.persistence.test_queries import recorded

ME = factories.visitor("depositor")


def _handed(session: Session, name: str) -> int:
    typed = {"kind": "form", "problem-jargon": "oui", "described": f"Le formulaire {name}."}
    number = deposit.send(session, ME, str(uuid4()), typed)
    masking.check_page(session, ME, number, 0)
    masking.hand_over(session, ME, number)
    return number


def test_what_moderation_works_on_stays_where_it_waits(engine: Engine) -> None:
    start = clock.now()
    numbers = []
    for hour, name in enumerate(("de la CAF", "de l’école")):
        with clock.at(start + timedelta(hours=hour)), unit_of_work(engine) as session:
            numbers.append(_handed(session, name))
    with clock.at(start + timedelta(hours=3)), unit_of_work(engine) as session:
        moderator = factories.moderator(session)
        masking.keep_words(session, moderator, numbers[0], "la CAF", True)
        assert [one.id for one in moderation.queue(session, moderator)] == numbers
        assert claims.next_one(session, moderator) == numbers[0]


def test_the_queue_asks_as_much_for_many_documents_as_for_one(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        _handed(session, "de la CAF")
        moderator = factories.moderator(session)

    def asked() -> int:
        with read(engine) as session, recorded(engine) as statements:
            assert moderation.queue(session, moderator)
        return len(statements)

    once = asked()
    with unit_of_work(engine) as session:
        for name in ("de l’école", "de la mairie", "des impôts"):
            _handed(session, name)
    assert asked() == once

"""Claims: nobody is given what another reads, deciding is for who holds, time frees it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from spplus_app.domain.claims import CLAIM_FOR, first_name
from spplus_app.domain.errors import Conflict, NotFound, Refused, SignedOut
from spplus_app.domain.roles import NOBODY, RIGHTS, Right, Role, Viewer
from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import ClaimRow, ExperienceRow, SecondLookRow
from spplus_app.services import claims, clock, moderation, moderation_masking, moderation_queue
from tests import factories as make

AUTHOR = make.visitor("author")
MODERATORS, ITEMS = 10, 200
EDITED = {"title": "Titre", "narrative": make.NARRATIVE, "pseudonym": "", "note": "Plus court."}
GESTURES = {
    "hold": lambda s, v, row: claims.hold(s, v, row.id),
    "next": lambda s, v, row: claims.next_one(s, v),
    "release": lambda s, v, row: claims.release(s, v, row.id),
}
DECISIONS = {
    "publish": lambda s, v, row: moderation.publish(s, v, row.id, 1),
    "refuse": lambda s, v, row: moderation.refuse(s, v, row.id, 1, "insult", ""),
    "edit": lambda s, v, row: moderation.edit(s, v, row.id, 1, EDITED),
    "mask": lambda s, v, row: moderation_masking.mask(
        s, v, row.id, 1, {"piece_1": "guichet", "kind_1": "chosen"}
    ),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", GESTURES)
def test_only_moderation_claims(session: Session, name: str, role: Role) -> None:
    where = make.structure(session, "A")
    row = make.sent(session, AUTHOR, where)
    viewer = make.person(session, make.granted(role, where))
    if role in RIGHTS[Right.MODERATE]:
        GESTURES[name](session, viewer, row)
    else:
        with pytest.raises(Refused):
            GESTURES[name](session, viewer, row)
        assert not session.scalars(select(ClaimRow)).all()
    for signed_out in (NOBODY, AUTHOR):
        with pytest.raises(SignedOut):
            GESTURES[name](session, signed_out, row)


@pytest.mark.parametrize("name", DECISIONS)
def test_what_another_holds_is_not_decided(session: Session, name: str) -> None:
    row = make.sent(session, AUTHOR)
    holder, other = make.moderator(session), make.moderator(session)
    assert claims.hold(session, holder, row.id) == ""
    assert claims.hold(session, other, row.id) == "Dominique"
    with pytest.raises(Conflict, match="Dominique lit ce texte"):
        DECISIONS[name](session, other, row)
    assert (row.status, row.version) == ("pending", 1)
    shown = moderation_queue.queue(session, other)
    assert shown.held == {str(row.id): "Dominique"}
    assert moderation_queue.queue(session, holder).held == {}
    DECISIONS[name](session, holder, row)
    kept = session.scalars(select(ClaimRow)).all()
    # An edit is a step of reading: the text stays with who reads it.
    assert bool(kept) is (name in {"edit", "mask"})


def test_a_claim_ends_and_each_gesture_renews_it(session: Session) -> None:
    row = make.sent(session, AUTHOR)
    holder, other = make.moderator(session), make.moderator(session)
    minutes = CLAIM_FOR.total_seconds() / 60
    with make.at(0):
        claims.hold(session, holder, row.id)
    with make.at(0, minutes=minutes - 1):
        assert claims.next_one(session, other) is None
        moderation.edit(session, holder, row.id, 1, EDITED)
    with make.at(0, minutes=minutes + 1):
        assert claims.hold(session, other, row.id) == "Dominique"
    with make.at(0, minutes=2 * minutes):
        assert moderation_queue.queue(session, other).held == {}
        assert claims.next_one(session, other) == row.id
        assert claims.hold(session, holder, row.id) == "Dominique"


def test_the_next_is_the_oldest_that_nobody_reads(session: Session) -> None:
    first, second = make.moderator(session), make.moderator(session)
    rows = []
    for place in range(4):
        with make.at(place):
            rows.append(make.sent(session, make.visitor(str(place))).id)
    look = session.get(SecondLookRow, rows[3])
    assert look is not None
    look.urgent = True
    session.flush()
    with make.at(5):
        taken = [claims.next_one(session, who) for who in (first, second, first)]
        assert taken == [rows[3], rows[0], rows[1]]
        claims.release(session, first, rows[0])  # the second's: it stays theirs
        claims.release(session, first, rows[1])
        assert claims.next_one(session, second) == rows[1]
        assert claims.next_one(session, first) == rows[2]
        assert claims.next_one(session, first) is None


def test_what_is_not_there_is_not_claimed(session: Session) -> None:
    viewer = make.moderator(session)
    for number in (0, -1, 2**31, 2**70):
        with pytest.raises(NotFound):
            claims.hold(session, viewer, number)
    assert first_name("") == first_name("  ") == "quelqu’un"
    assert first_name("Karim Benali") == "Karim"


def test_ten_moderators_are_never_given_the_same(engine: Engine) -> None:
    """Ten threads take two hundred texts: each is given once, and all are."""
    with unit_of_work(engine) as session:
        viewers = [make.moderator(session) for _ in range(MODERATORS)]
        model = make.sent(session, AUTHOR)
        values = {
            column.name: getattr(model, column.name)
            for column in ExperienceRow.__table__.columns
            if column.name not in {"id", "uuid"}
        }
        session.add_all(ExperienceRow(**values, uuid=f"u{n}") for n in range(ITEMS - 1))
    together = Barrier(MODERATORS)

    def work(viewer: Viewer) -> list[int]:
        together.wait()
        found: list[int] = []
        while True:
            with unit_of_work(engine) as session:
                given = claims.next_one(session, viewer)
                if given is None:
                    return found
                found.append(given)

    with ThreadPoolExecutor(MODERATORS) as pool:
        shares = list(pool.map(work, viewers))
    given = [number for share in shares for number in share]
    assert len(given) == len(set(given)) == ITEMS
    with unit_of_work(engine) as session:
        held = session.scalars(select(ClaimRow)).all()
        assert len(held) == ITEMS
        assert all(row.until > clock.now() for row in held)

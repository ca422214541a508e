"""Signing in, sessions, grants, accounts, reset links: on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from spplus_app.adapters import password_hash
from spplus_app.domain.errors import Conflict, Invalid, NotFound, Refused, TooMany
from spplus_app.domain.roles import Grant, Right, Role, Viewer
from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import (
    GrantRow,
    JobRow,
    JournalRow,
    NetworkRow,
    PasswordResetRow,
    PersonRow,
    SessionRow,
    StructureRow,
    TypologyRow,
)
from spplus_app.services import clock, identity, password_reset, throttle, tokens

NOW = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
EMAIL = "awa.martin@exemple.fr"
PASSWORD = "un petit vélo dans la cour"
ANOTHER = "trois hiboux sur un mur gris"
HERE = "a" * 64


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def person(session: Session) -> int:
    return identity.add_person(session, None, EMAIL, "Awa", PASSWORD, [Grant(Role.MODERATOR)])


@pytest.fixture
def argon2_runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The Argon2 verifications made, each for real: work is counted, not timed."""
    password_hash.prepare()
    runs: list[str] = []
    real = password_hash._HASHER.verify

    class Counting:
        def __getattr__(self, name: str) -> object:
            return getattr(type(self).hasher, name)

        hasher = password_hash._HASHER

        def verify(self, stored: str, password: bytes) -> bool:
            runs.append(stored)
            return real(stored, password)

    monkeypatch.setattr(password_hash, "_HASHER", Counting())
    return runs


def _signed_in(session: Session, old: str = "") -> identity.SignedIn:
    done = identity.sign_in(session, EMAIL, PASSWORD, HERE, old)
    assert isinstance(done, identity.SignedIn)
    return done


def _viewer(session: Session, done: identity.SignedIn, visitor: str = "") -> Viewer:
    session.flush()
    return identity.viewer_for(session, tokens.hash_token(done.token), visitor)


def test_signing_in_opens_a_session_stored_by_its_hash(session: Session, person: int) -> None:
    done = _signed_in(session)
    row = session.scalars(select(SessionRow)).one()
    assert row.token_hash == tokens.hash_token(done.token) != done.token
    viewer = _viewer(session, done, "v" * 64)
    assert viewer.person_id == person and viewer.person_name == "Awa"
    assert viewer.visitor == "v" * 64 and viewer.may(Right.MODERATE)
    entries = [(row.entry, row.subject_id) for row in session.scalars(select(JournalRow))]
    assert ("person.signed_in", str(person)) in entries


def test_the_address_is_read_whatever_its_case_and_spaces(session: Session, person: int) -> None:
    done = identity.sign_in(session, "  Awa.MARTIN@exemple.fr ", PASSWORD, HERE)
    assert isinstance(done, identity.SignedIn)


@pytest.mark.parametrize("email", [EMAIL, "personne@exemple.fr", "", "\x00", "\ud800", "é" * 300])
def test_a_wrong_password_and_an_unknown_account_get_the_same_answer_for_the_same_work(
    session: Session, person: int, argon2_runs: list[str], email: str
) -> None:
    assert identity.sign_in(session, email, "un mot de passe faux", HERE) == identity.NotSignedIn(
        identity.WRONG
    )
    assert len(argon2_runs) == 1


def test_a_closed_account_and_one_without_password_answer_alike(
    session: Session, person: int, argon2_runs: list[str]
) -> None:
    identity.add_person(session, None, "sans@exemple.fr", "Sans", None, [])
    assert identity.sign_in(session, "sans@exemple.fr", "", HERE).message == identity.WRONG  # type: ignore[union-attr]
    session.get_one(PersonRow, person).active = False
    session.flush()
    assert identity.sign_in(session, EMAIL, PASSWORD, HERE) == identity.NotSignedIn(identity.WRONG)
    assert len(argon2_runs) == 2


def test_a_session_ends_when_idle_when_old_when_revoked_when_the_account_is_closed(
    session: Session, person: int
) -> None:
    done = _signed_in(session)
    row = session.scalars(select(SessionRow)).one()
    with clock.at(NOW + identity.IDLE):
        assert _viewer(session, done).signed_in
    with clock.at(NOW + identity.IDLE + timedelta(seconds=1)):
        assert _viewer(session, done, "v") == Viewer(visitor="v")
    row.seen_at = NOW + identity.LIFE
    with clock.at(NOW + identity.LIFE):
        assert _viewer(session, done).signed_in
    with clock.at(NOW + identity.LIFE + timedelta(seconds=1)):
        assert not _viewer(session, done).signed_in
    account = session.get_one(PersonRow, person)
    account.active = False
    assert not _viewer(session, done).signed_in
    account.active = True
    assert _viewer(session, done).signed_in
    assert identity.sign_out(session, tokens.hash_token(done.token))
    assert not _viewer(session, done).signed_in
    assert not identity.sign_out(session, tokens.hash_token(done.token))


def test_a_revoked_grant_is_gone_at_the_next_gesture(session: Session, person: int) -> None:
    done = _signed_in(session)
    assert _viewer(session, done).may(Right.MODERATE)
    session.scalars(select(GrantRow)).one().revoked_at = NOW
    viewer = _viewer(session, done)
    assert viewer.signed_in and not viewer.may(Right.MODERATE)


def test_grants_carry_the_place_of_their_structure_in_the_tree(session: Session) -> None:
    structure = _structure(session)
    held = [Grant(Role.AGENT, structure), Grant(Role.MODERATOR)]
    identity.add_person(session, None, EMAIL, "Awa", PASSWORD, held)
    viewer = _viewer(session, _signed_in(session))
    assert viewer.grants == (Grant(Role.AGENT, structure, "/7/12/"), Grant(Role.MODERATOR))
    assert viewer.may(Right.REPLY, "/7/12/9/") and not viewer.may(Right.REPLY, "/7/")


def test_the_viewer_is_read_in_one_query(session: Session, person: int) -> None:
    done = _signed_in(session)
    session.flush()
    session.expire_all()
    seen: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    assert _viewer(session, done).signed_in
    assert len(seen) == 1


def test_signing_in_again_revokes_the_session_before(session: Session, person: int) -> None:
    first = _signed_in(session)
    second = _signed_in(session, tokens.hash_token(first.token))
    assert not _viewer(session, first).signed_in and _viewer(session, second).signed_in


def test_signing_out_everywhere_says_which_sockets_to_close(session: Session, person: int) -> None:
    both = [_signed_in(session), _signed_in(session)]
    hashes = identity.sign_out_everywhere(session, person)
    assert set(hashes) == {tokens.hash_token(one.token) for one in both}
    assert not any(_viewer(session, one).signed_in for one in both)
    assert identity.sign_out_everywhere(session, person) == ()


def test_a_session_is_touched_once_a_minute_and_never_revived(
    session: Session, person: int
) -> None:
    done = _signed_in(session)
    number = _viewer(session, done).session_id
    assert number is not None
    assert not identity.touch(session, number)
    with clock.at(NOW + timedelta(minutes=20)):
        assert identity.touch(session, number)
        assert not identity.touch(session, number)
    with clock.at(NOW + timedelta(minutes=45)):
        session.expire_all()
        assert _viewer(session, done).signed_in
    with clock.at(NOW + timedelta(minutes=51)):
        assert not identity.touch(session, number)
    with clock.at(NOW + timedelta(hours=13)):
        assert not identity.touch(session, number)


def test_old_parameters_are_replaced_at_sign_in(session: Session, person: int) -> None:
    from argon2 import PasswordHasher

    row = session.get_one(PersonRow, person)
    row.password_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    _signed_in(session)
    assert not password_hash.outdated(row.password_hash)
    assert password_hash.verify(row.password_hash, PASSWORD)
    _signed_in(session)


# Slowing down


def test_waiting_doubles_from_the_sixth_try_up_to_fifteen_minutes() -> None:
    waits = [throttle.wait_after(n, 5).total_seconds() for n in range(20)]
    assert waits[:5] == [0] * 5 and waits[5:9] == [2, 4, 8, 16] and waits[-1] == 900
    assert throttle.wait_after(10**9, 5) == throttle.LONGEST


@pytest.mark.parametrize("email", [EMAIL, "personne@exemple.fr"])
def test_an_account_slows_down_alike_whether_or_not_it_exists(
    session: Session, person: int, argon2_runs: list[str], email: str
) -> None:
    for _ in range(5):
        assert not identity.sign_in(session, email, "faux", HERE).too_many  # type: ignore[union-attr]
    refused = identity.sign_in(session, email, PASSWORD, "b" * 64)
    assert refused == identity.NotSignedIn(
        "Trop d’essais. Attendez 2\u00a0secondes, puis recommencez.", too_many=True
    )
    assert len(argon2_runs) == 5
    with clock.at(NOW + timedelta(seconds=2)):
        later = identity.sign_in(session, email, PASSWORD, "b" * 64)
        assert isinstance(later, identity.SignedIn) == (email == EMAIL)


def test_an_address_slows_down_whatever_the_account(session: Session, person: int) -> None:
    for n in range(throttle.ADDRESS_FREE):
        identity.begin_sign_in(session, f"personne{n}@exemple.fr", HERE)
    with pytest.raises(TooMany):
        identity.begin_sign_in(session, EMAIL, HERE)
    identity.begin_sign_in(session, EMAIL, "b" * 64)


def test_a_success_forgets_the_failures_of_the_account_and_a_day_those_of_anyone(
    session: Session, person: int
) -> None:
    for _ in range(4):
        identity.sign_in(session, EMAIL, "faux", HERE)
    _signed_in(session)
    for _ in range(5):
        assert not identity.sign_in(session, EMAIL, "faux", HERE).too_many  # type: ignore[union-attr]
    with clock.at(NOW + timedelta(hours=25)):
        for _ in range(5):
            assert not identity.sign_in(session, EMAIL, "faux", HERE).too_many  # type: ignore[union-attr]


def test_failures_are_kept_though_the_gesture_fails(engine: Engine) -> None:
    for _ in range(5):
        with unit_of_work(engine) as session:
            attempt = identity.begin_sign_in(session, EMAIL, HERE)
        assert not identity.verify(attempt, "faux")
    with pytest.raises(TooMany), unit_of_work(engine) as session:
        identity.begin_sign_in(session, EMAIL, HERE)


def test_a_crowd_of_tries_at_one_instant_is_counted_whole(engine: Engine) -> None:
    admitted: list[bool] = []
    start = threading.Barrier(12)

    def attempt() -> None:
        with clock.at(NOW):
            start.wait()
            try:
                with unit_of_work(engine) as session:
                    identity.begin_sign_in(session, EMAIL, HERE)
                admitted.append(True)
            except TooMany:
                admitted.append(False)

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(admitted) == [False] * 7 + [True] * 5


# Accounts


def test_only_the_command_line_makes_accounts(session: Session, person: int) -> None:
    viewer = _viewer(session, _signed_in(session))
    with pytest.raises(Refused):
        identity.add_person(session, viewer, "autre@exemple.fr", "Autre", PASSWORD, [])
    with pytest.raises(Conflict):
        identity.add_person(session, None, EMAIL.upper(), "Autre", PASSWORD, [])


@pytest.mark.parametrize(
    ("field", "email", "name", "password", "held"),
    [
        ("email", "pas une adresse", "Awa", PASSWORD, []),
        ("email", "a@b.fr\r\nBcc: x@y.fr", "Awa", PASSWORD, []),
        ("name", EMAIL, " ", PASSWORD, []),
        ("name", EMAIL, "A\x00", PASSWORD, []),
        ("name", EMAIL, "A" * 121, PASSWORD, []),
        ("password", EMAIL, "Awa", "court", []),
        ("password", EMAIL, "Awa", "awa.martin!12", []),
        ("structure", EMAIL, "Awa", PASSWORD, [Grant(Role.AGENT)]),
        ("structure", EMAIL, "Awa", PASSWORD, [Grant(Role.MODERATOR, 1)]),
        ("structure", EMAIL, "Awa", PASSWORD, [Grant(Role.AGENT, 999)]),
    ],
)
def test_an_account_is_refused_field_by_field(
    session: Session, field: str, email: str, name: str, password: str, held: list[Grant]
) -> None:
    with pytest.raises(Invalid) as refused:
        identity.add_person(session, None, email, name, password, held)
    assert field in refused.value.errors
    assert session.scalars(select(PersonRow)).first() is None


def test_the_journal_of_an_account_holds_no_address_and_no_secret(
    session: Session, person: int
) -> None:
    done = _signed_in(session)
    session.flush()
    kept = " ".join(str((r.before, r.after, r.actor)) for r in session.scalars(select(JournalRow)))
    for private in (EMAIL, "Awa", PASSWORD, done.token, tokens.hash_token(done.token), HERE):
        assert private not in kept


# Another password


def _asked(session: Session) -> str:
    password_reset.ask_reset(session, EMAIL, HERE)
    session.flush()
    row = session.scalars(select(PasswordResetRow).where(PasswordResetRow.used_at.is_(None))).one()
    return tokens.derive(password_reset.PURPOSE, row.nonce)


def test_a_reset_link_works_once_and_closes_every_session(session: Session, person: int) -> None:
    done = _signed_in(session)
    token = _asked(session)
    assert password_reset.holds(session, token)
    changed = password_reset.reset_password(session, token, ANOTHER)
    assert changed.session_hashes == (tokens.hash_token(done.token),)
    assert not _viewer(session, done).signed_in
    assert identity.sign_in(session, EMAIL, PASSWORD, HERE) == identity.NotSignedIn(identity.WRONG)
    assert isinstance(identity.sign_in(session, EMAIL, ANOTHER, HERE), identity.SignedIn)
    assert not password_reset.holds(session, token)
    with pytest.raises(NotFound):
        password_reset.reset_password(session, token, PASSWORD)


def test_a_reset_link_holds_thirty_minutes_and_the_last_one_asked_counts(
    session: Session, person: int
) -> None:
    first = _asked(session)
    second = _asked(session)
    with pytest.raises(NotFound):
        password_reset.reset_password(session, first, ANOTHER)
    with clock.at(NOW + timedelta(minutes=30)), pytest.raises(NotFound):
        password_reset.reset_password(session, second, ANOTHER)
    with clock.at(NOW + timedelta(minutes=29)):
        password_reset.reset_password(session, second, ANOTHER)


def test_a_password_that_is_refused_leaves_the_link_open(session: Session, person: int) -> None:
    token = _asked(session)
    for weak in ("court", "motdepasse1234", "a" * 300):
        with pytest.raises(Invalid) as refused:
            password_reset.reset_password(session, token, weak)
        assert "password" in refused.value.errors
    password_reset.reset_password(session, token, ANOTHER)


def test_asking_writes_a_mail_for_an_account_only_and_the_job_holds_no_secret(
    session: Session, person: int
) -> None:
    password_reset.ask_reset(session, "personne@exemple.fr", HERE)
    assert session.scalars(select(JobRow)).first() is None
    token = _asked(session)
    payload = str(session.scalars(select(JobRow)).one().payload)
    assert token not in payload and tokens.hash_token(token) not in payload
    assert EMAIL not in payload


@pytest.mark.parametrize("email", [EMAIL, "personne@exemple.fr"])
def test_asking_again_and_again_slows_down_alike(session: Session, person: int, email: str) -> None:
    for _ in range(throttle.RESET_FREE):
        password_reset.ask_reset(session, email, HERE)
    with pytest.raises(TooMany):
        password_reset.ask_reset(session, email, HERE)


def _structure(session: Session) -> int:
    network = NetworkRow(name="Mairies")
    session.add(network)
    session.flush()
    typology = TypologyRow(code="mairie", network_id=network.id, name="Mairie")
    session.add(typology)
    session.flush()
    row = StructureRow(
        code="m",
        network_id=network.id,
        typology_id=typology.id,
        name="Mairie",
        path="/7/12/",
        updated_at=NOW,
    )
    session.add(row)
    session.flush()
    return row.id

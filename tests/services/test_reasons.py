"""Reasons: the starting ones, who may revise them, and what authors were told stays."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain.errors import Invalid, NotFound, Refused, SignedOut
from spplus_app.domain.ledger import CODE_MAX, reason_name
from spplus_app.domain.moderation import AUTHOR_TEXT_MAX, LABEL_MAX, REASONS, ReasonKind
from spplus_app.domain.roles import NOBODY, RIGHTS, Right, Role
from spplus_app.persistence.tables import JobRow, JournalRow, ModerationRow, ReasonRow
from spplus_app.services import follow_up, jobs, mail, moderation, reasons
from tests import factories as make

AUTHOR = make.visitor("author")
NEW = {
    "label": "Texte écrit par une machine",
    "kind": "correct",
    "author_text": "Racontez avec vos mots à vous, puis renvoyez votre texte.",
}
GESTURES = {
    "every": lambda s, v: reasons.every(s, v),
    "add": lambda s, v: reasons.add(s, v, NEW),
    "edit": lambda s, v: reasons.edit(s, v, "insult", NEW),
    "withdraw": lambda s, v: reasons.offer(s, v, "insult", active=False),
    "offer": lambda s, v: reasons.offer(s, v, "insult", active=True),
}


def team(session: Session):  # type: ignore[no-untyped-def]
    """Somebody of the programme team."""
    return make.person(session, (Role.PROGRAMME, None))


def test_the_table_starts_from_the_starting_values(session: Session) -> None:
    rows = session.scalars(select(ReasonRow).order_by(ReasonRow.position)).all()
    assert [
        (row.code, row.label, row.author_text, row.kind, row.source, row.active) for row in rows
    ] == [(one.code, one.label, one.author_text, one.kind, one.source, True) for one in REASONS]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", GESTURES)
def test_only_who_may_revise_does(session: Session, name: str, role: Role) -> None:
    where = make.structure(session, "A")
    viewer = make.person(session, make.granted(role, where))
    if role in RIGHTS[Right.EDIT_REASONS]:
        GESTURES[name](session, viewer)
    else:
        with pytest.raises(Refused):
            GESTURES[name](session, viewer)
        assert not session.scalars(select(JournalRow)).all()
    for signed_out in (NOBODY, AUTHOR):
        with pytest.raises(SignedOut):
            GESTURES[name](session, signed_out)


def test_a_reason_is_added_once_with_a_code_of_its_own(session: Session) -> None:
    viewer = team(session)
    code = reasons.add(session, viewer, NEW)
    assert code == "texte_ecrit_par_une_machine"
    assert reasons.add(session, viewer, NEW) == code
    assert len(reasons.every(session, viewer)) == len(REASONS) + 1
    same_slug = {**NEW, "label": "Texte écrit par une machine !"}
    assert reasons.add(session, viewer, same_slug) == f"{code}_2"
    with pytest.raises(Invalid) as refused:
        reasons.add(session, viewer, {**NEW, "author_text": "Autre chose."})
    assert set(refused.value.errors) == {"label"}
    lines = session.scalars(select(JournalRow.subject_id).order_by(JournalRow.id)).all()
    assert list(lines) == [code, f"{code}_2"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("label", ""),
        ("label", "a" * (LABEL_MAX + 1)),
        ("label", "nul \x00"),
        ("author_text", " "),
        ("author_text", "a" * (AUTHOR_TEXT_MAX + 1)),
        ("kind", ""),
        ("kind", "delete"),
    ],
)
def test_a_reason_has_its_bounds(session: Session, field: str, value: str) -> None:
    viewer = team(session)
    for gesture in (reasons.add, lambda s, v, t: reasons.edit(s, v, "insult", t)):
        with pytest.raises(Invalid) as refused:
            gesture(session, viewer, {**NEW, field: value})
        assert set(refused.value.errors) == {field}


def test_a_place_is_a_number(session: Session) -> None:
    viewer = team(session)
    for wrong in ("x", "-1", "1.5", "²"):
        with pytest.raises(Invalid) as refused:
            reasons.edit(session, viewer, "insult", {**NEW, "position": wrong})
        assert set(refused.value.errors) == {"position"}
    reasons.edit(session, viewer, "duplicate", {**NEW, "position": "1"})
    assert {one.code for one in reasons.every(session, viewer)[:2]} == {
        "duplicate",
        "personal_data",
    }
    for code in ("", "nope", "\x00", "x" * 500):
        with pytest.raises(NotFound):
            reasons.edit(session, viewer, code, NEW)


def test_what_an_author_read_stays_as_they_read_it(session: Session) -> None:
    row = make.sent(session, AUTHOR, email="c@exemple.fr")
    _confirm(session, row.id)
    before = reasons.known(session, "insult")
    assert before is not None
    moderation.refuse(session, make.moderator(session), row.id, 1, "insult", "")
    reasons.edit(session, team(session), "insult", {**NEW, "kind": "refuse"})
    reasons.offer(session, team(session), "insult", active=False)
    page = follow_up.follow(session, AUTHOR, row.id)
    assert (page.refusal, page.kind) == (before.author_text, before.kind)
    assert page.status_name == "À corriger"
    job = session.scalars(select(JobRow).order_by(JobRow.id.desc()).limit(1)).one()
    told = mail.compose(session, jobs.Job(job.id, job.kind, job.payload)).letter
    assert before.author_text in str(told) and "à corriger" in told.subject
    # A decision of before this was kept reads what the reason says now.
    decision = session.scalars(select(ModerationRow)).one()
    decision.told = decision.kind = ""
    session.flush()
    page = follow_up.follow(session, AUTHOR, row.id)
    assert (page.refusal, page.kind) == (NEW["author_text"], "refuse")


def _confirm(session: Session, experience_id: int) -> None:
    from spplus_app.persistence import links
    from spplus_app.services import clock

    contact = links.contact(session, experience_id)
    assert contact is not None
    contact.confirmed_at = clock.now()


def test_a_withdrawn_reason_is_kept_and_no_longer_offered(session: Session) -> None:
    viewer, judge = team(session), make.moderator(session)
    reasons.offer(session, viewer, "insult", active=False)
    reasons.offer(session, viewer, "insult", active=False)
    offered = {one.code for rows in reasons.choices(session).values() for one in rows}
    assert offered == {one.code for one in REASONS} - {"insult"}
    row = make.sent(session, AUTHOR)
    with pytest.raises(Invalid) as refused:
        moderation.refuse(session, judge, row.id, 1, "insult", "")
    assert set(refused.value.errors) == {"reason"}
    assert reasons.every(session, viewer)[-1].code == "insult"
    assert (
        len(session.scalars(select(JournalRow).where(JournalRow.subject_id == "insult")).all()) == 1
    )
    reasons.offer(session, viewer, "insult", active=True)
    moderation.refuse(session, judge, row.id, 1, "insult", "")


def test_one_reason_at_least_stays(session: Session) -> None:
    viewer = team(session)
    for one in REASONS[1:]:
        reasons.offer(session, viewer, one.code, active=False)
    with pytest.raises(Invalid):
        reasons.offer(session, viewer, REASONS[0].code, active=False)


@pytest.mark.parametrize(
    ("kind", "state"),
    [("correct", "À corriger"), ("refuse", "Refusée"), ("redirect", "À adresser ailleurs")],
)
def test_each_kind_is_told_in_its_words(session: Session, kind: str, state: str) -> None:
    row = make.sent(session, AUTHOR, email="c@exemple.fr")
    _confirm(session, row.id)
    code = next(one.code for one in REASONS if one.kind == ReasonKind(kind))
    moderation.refuse(session, make.moderator(session), row.id, 1, code, "Un mot.")
    assert follow_up.follow(session, AUTHOR, row.id).status_name == state
    assert [card.state for card in follow_up.mine(session, AUTHOR)] == [state]
    job = session.scalars(select(JobRow).order_by(JobRow.id.desc()).limit(1)).one()
    letter = mail.compose(session, jobs.Job(job.id, job.kind, job.payload)).letter
    assert ("Défenseur des droits" in str(letter.blocks[4:])) is (kind == "redirect")


def test_a_code_holds_in_the_name_under_which_it_is_counted(session: Session) -> None:
    viewer = team(session)
    label = "Un motif dont le nom est bien trop long pour un code"
    codes = [reasons.add(session, viewer, {**NEW, "label": label + end}) for end in ("", " ?")]
    assert codes[1].endswith("_2") and all(len(one) <= CODE_MAX for one in codes)
    assert len({reason_name(one) for one in codes}) == 2

"""The commitments: written by the migration letter for letter, revised without losing anything."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain.commitments import Family, Revision
from spplus_app.domain.errors import Conflict, Invalid
from spplus_app.persistence import commitments as rows
from spplus_app.persistence import revisions
from spplus_app.persistence.tables import JournalRow
from spplus_app.services import clock, commitments, record

KNOWN = {
    "Plus proche": [
        "Dans le respect mutuel, vous êtes accueillis avec bienveillance et avez le droit à "
        "l'erreur",
        "Vous pouvez facilement entrer en contact avec vos services publics",
        "Vous bénéficiez d'un accompagnement adapté à votre situation personnelle",
    ],
    "Plus efficace": [
        "Votre demande est traitée dans les délais annoncés",
        "Vous disposez d'une information claire, simple et accessible",
        "Vous avez accès à nos résultats de qualité de service",
    ],
    "Plus simple": ["Votre avis est pris en compte pour améliorer le service rendu"],
}
WORDING = "Nos gestes respectent la nature"
REVISION = Revision(8, Family.SIMPLER, WORDING, "", date(2027, 5, 1), "Une page du programme")


def said(session: Session, *moment: int) -> dict[str, list[str]]:
    """The wordings by family, at this moment."""
    with clock.at(datetime(*moment, tzinfo=UTC)):  # type: ignore[arg-type, misc]
        view = commitments.current(session)
    return {family.name: [one.wording for one in family.commitments] for family in view.families}


def test_the_wording_is_the_programme_s_own(session: Session) -> None:
    view = commitments.current(session)
    assert said(session, 2026, 3, 2, 9) == KNOWN
    numbers = [one.number for family in view.families for one in family.commitments]
    assert numbers == [1, 2, 3, 4, 5, 6, 7]
    assert (view.count, view.since) == (8, "En vigueur depuis 2023.")
    assert len(view.sources) == 1 and view.sources[0]


def test_what_is_not_known_is_said_and_never_invented(session: Session) -> None:
    assert commitments.current(session).unknown == [
        "Le huitième engagement porte sur l’éco-responsabilité\u202f; "
        "sa formulation exacte n’est pas connue de ce site."
    ]


def test_a_revision_holds_from_its_day_in_paris(session: Session) -> None:
    before = revisions.numbers(session, [record.PROGRAMME]).get(record.PROGRAMME, 0)
    made = commitments.revise(session, REVISION)
    assert made.version == 2
    assert said(session, 2027, 4, 30, 21, 59) == KNOWN
    told = said(session, 2027, 4, 30, 22, 0)
    assert told["Plus simple"] == [*KNOWN["Plus simple"], WORDING]
    with clock.at(datetime(2027, 6, 1, tzinfo=UTC)):
        view = commitments.current(session)
    assert view.unknown == []
    assert view.since == "En vigueur depuis 2023, révisés en 2027."
    assert view.sources[1] == REVISION.source
    assert revisions.numbers(session, [record.PROGRAMME])[record.PROGRAMME] == before + 1


def test_every_version_is_kept_and_the_gesture_is_in_the_journal(session: Session) -> None:
    commitments.revise(session, REVISION)
    versions = [one for one in rows.every(session) if one.number == 8]
    assert [(one.version, one.valid_until) for one in versions] == [
        (1, date(2027, 4, 30)),
        (2, None),
    ]
    line = session.scalars(select(JournalRow).order_by(JournalRow.id.desc())).first()
    assert line is not None
    assert (line.entry, line.subject_id) == ("commitment.revised", "8")
    assert line.after == {"version": 2, "valid_from": "2027-05-01"}


def test_a_wrong_revision_changes_nothing(session: Session) -> None:
    before = rows.every(session)
    early = Revision(1, Family.CLOSER, WORDING, "", date(2023, 1, 1), "x")
    with pytest.raises(Conflict):
        commitments.revise(session, early)
    with pytest.raises(Invalid):
        commitments.revise(session, Revision(8, Family.SIMPLER, "", "", date(2027, 1, 1), "x"))
    assert rows.every(session) == before

"""Second looks: what a machine asks to be read with care, kept with the text, never a decision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from spplus_app.domain.fingerprint import fingerprint
from spplus_app.domain.jobs import JobKind
from spplus_app.domain.letters import as_text
from spplus_app.domain.retention import FINGERPRINT_KEPT_FOR
from spplus_app.domain.roles import Role, Viewer
from spplus_app.persistence import generated, revisions
from spplus_app.persistence import second_looks as persistence
from spplus_app.persistence.tables import (
    ExperienceRow,
    FingerprintRow,
    GrantRow,
    JobRow,
    PersonRow,
    SecondLookRow,
)
from spplus_app.services import (
    clock,
    follow_up,
    housekeeping,
    jobs,
    mail,
    masking,
    moderation,
    moderation_queue,
    second_looks,
    visitor_copy,
)
from spplus_app.settings import settings
from tests import factories as make

DISTRESS = (
    "Depuis que mon allocation est coupée je n’y arrive plus, personne ne répond au guichet et "
    "j’ai envie de mourir. Je ne sais plus à qui parler de mon dossier."
)
STORY = (
    "Le guichet de la mairie était fermé mardi matin, sans une affiche, et j’ai perdu une matinée "
    "de travail pour un acte de naissance que personne ne pouvait me donner."
)
OTHER = (
    "La préfecture demande un justificatif de domicile traduit par un interprète assermenté, alors "
    "que le formulaire accepte une attestation de l’hébergeur en français."
)


def _kept(session: Session, row: ExperienceRow) -> list[dict[str, Any]]:
    session.flush()
    kept = session.get(SecondLookRow, row.id, populate_existing=True)
    assert kept is not None
    return kept.seen


def _signals(session: Session, row: ExperienceRow) -> list[str]:
    return [one["signal"] for one in _kept(session, row)]


def _moderator(session: Session) -> Viewer:
    viewer = make.moderator(session)
    assert viewer.person_id is not None
    session.add(
        GrantRow(person_id=viewer.person_id, role=Role.MODERATOR.value, created_at=make.START)
    )
    session.flush()
    return viewer


def _alerts(session: Session) -> list[JobRow]:
    query = select(JobRow).where(JobRow.kind == JobKind.MAIL.value).order_by(JobRow.id)
    return [row for row in session.scalars(query) if row.payload["template"] == "alert"]


def test_distress_is_kept_with_its_place_and_calls_moderation_at_once(session: Session) -> None:
    moderators = [_moderator(session), _moderator(session)]
    make.agent(session, make.structure(session, "A"))
    row = make.sent(session, make.visitor(), narrative=DISTRESS)
    (seen,) = _kept(session, row)
    assert (seen["signal"], seen["part"], seen["danger"]) == ("distress", "narrative", "suicide")
    assert DISTRESS[seen["start"] : seen["end"]] == seen["text"] == "envie de mourir"
    assert [job.payload["person_id"] for job in _alerts(session)] == [
        viewer.person_id for viewer in moderators
    ]
    for job in _alerts(session):
        made = mail.compose(session, jobs.Job(job.id, job.kind, job.payload))
        text = as_text(made.letter)
        assert f"{settings().public_url}/espace/moderation/{row.id}" in text
        for words in ("mourir", "allocation", row.title):
            assert words not in f"{text} {made.letter.subject} {job.payload}"
    assert row.status == "pending"


def test_nobody_is_called_for_what_is_not_urgent_nor_once_it_was_read(session: Session) -> None:
    moderator = _moderator(session)
    make.sent(session, make.visitor(), narrative=STORY)
    assert _alerts(session) == []
    row = make.sent(session, make.visitor(), narrative=DISTRESS)
    (job,) = _alerts(session)
    moderation.publish(session, moderator, row.id, row.version)
    with pytest.raises(mail.NotToSend):
        mail.compose(session, jobs.Job(job.id, job.kind, job.payload))


@pytest.mark.parametrize("gone", ["inactive", "revoked"])
def test_who_is_no_longer_of_moderation_is_not_called(session: Session, gone: str) -> None:
    moderator = _moderator(session)
    make.sent(session, make.visitor(), narrative=DISTRESS)
    (job,) = _alerts(session)
    if gone == "inactive":
        person = session.get(PersonRow, moderator.person_id)
        assert person is not None
        person.active = False
    else:
        (grant,) = session.scalars(select(GrantRow)).all()
        grant.revoked_at = make.START
    session.flush()
    with pytest.raises(mail.NotToSend):
        mail.compose(session, jobs.Job(job.id, job.kind, job.payload))
    make.sent(session, make.visitor("other"), narrative=DISTRESS)
    assert len(_alerts(session)) == 1


def test_what_the_author_kept_is_a_reason_wherever_it_stands(session: Session) -> None:
    viewer = make.visitor()
    uuid = make.draft(
        session,
        viewer,
        narrative=f"{STORY} La conseillère Nathalie Lefebvre a refusé. Je suis Léa Durand.",
        pseudonym="Léa Durand",
        ressenti="Négatif",
    )
    masking.say(session, viewer, uuid, masking.KEEP, "Léa Durand")
    masking.say(session, viewer, uuid, masking.KEEP, "Nathalie Lefebvre")
    row = session.get(ExperienceRow, make.experiences.send(session, viewer, uuid))
    assert row is not None
    assert [(one["signal"], one["part"], one["text"]) for one in _kept(session, row)] == [
        ("personal_data", "narrative", "Léa Durand"),
        ("personal_data", "pseudonym", "Léa Durand"),
        ("named_agent", "narrative", "Nathalie Lefebvre"),
    ]


def test_a_change_of_the_text_is_looked_at_again(session: Session) -> None:
    moderator = _moderator(session)
    row = make.sent(session, make.visitor(), narrative=f"{STORY} Bande de connards.")
    assert "insult" in _signals(session, row)
    typed = {"title": row.title, "narrative": STORY, "pseudonym": "", "note": "Un mot retiré."}
    moderation.edit(session, moderator, row.id, row.version, typed)
    assert _signals(session, row) == []
    moderation.refuse(session, moderator, row.id, row.version, "off_topic", "")
    follow_up.resend(session, make.visitor(), row.id, typed | {"narrative": DISTRESS})
    assert _signals(session, row) == ["distress"]
    assert len(_alerts(session)) == 1
    kept = session.get(FingerprintRow, row.id, populate_existing=True)
    assert kept is not None and kept.value == fingerprint(DISTRESS)


def test_the_same_text_from_the_same_person_is_told_to_moderation(session: Session) -> None:
    author = make.visitor()
    first = make.sent(session, author, narrative=STORY)
    make.sent(session, make.visitor("stranger"), narrative=OTHER)
    again = make.sent(session, author, narrative=f"Bonjour, {STORY} Merci.")
    assert _signals(session, first) == []
    (seen,) = _kept(session, again)
    assert (seen["signal"], seen["text"]) == ("duplicate", "1\u00a0texte déjà reçu")
    follow_up.withdraw(session, author, first.id)
    follow_up.withdraw(session, author, again.id)
    assert _signals(session, make.sent(session, author, narrative=STORY)) == ["wave"]


def test_a_wave_is_told_of_every_text_that_still_waits(session: Session) -> None:
    rows = [make.sent(session, make.visitor(f"v{n}"), narrative=STORY) for n in range(2)]
    assert [_signals(session, row) for row in rows] == [[], []]
    moderation.publish(session, make.moderator(session), rows[0].id, rows[0].version)
    third = make.sent(session, make.visitor("v3"), narrative=STORY)
    assert [_signals(session, row) for row in (*rows, third)] == [[], ["wave"], ["wave"]]
    assert _kept(session, third)[0]["text"] == "3\u00a0textes en 7\u00a0jours"


def test_texts_received_long_ago_make_no_wave(session: Session) -> None:
    with make.at(0):
        make.sent(session, make.visitor("a"), narrative=STORY)
        make.sent(session, make.visitor("b"), narrative=STORY)
    with make.at(8):
        assert _signals(session, make.sent(session, make.visitor("c"), narrative=STORY)) == []


def test_a_text_without_any_telling_word_has_no_fingerprint(session: Session) -> None:
    rows = [make.sent(session, make.visitor(), narrative="et " * 40) for _ in range(3)]
    assert fingerprint(rows[0].narrative) == 0
    assert session.scalars(select(FingerprintRow)).all() == []
    assert "wave" not in _signals(session, rows[2])


def test_fingerprints_go_when_their_time_is_over(session: Session) -> None:
    row = make.sent(session, make.visitor(), narrative=STORY)
    assert housekeeping.forget_fingerprints(session) == {"fingerprints": 0}
    with clock.at(clock.now() + FINGERPRINT_KEPT_FOR + timedelta(hours=1)):
        assert housekeeping.forget_fingerprints(session) == {"fingerprints": 1}
    session.expire_all()
    typed = {"title": row.title, "narrative": OTHER, "pseudonym": "", "note": "Un mot."}
    moderation.edit(session, make.moderator(session), row.id, row.version, typed)
    session.flush()
    assert session.scalars(select(FingerprintRow)).all() == []


def test_the_queue_shows_what_is_urgent_first_and_why(session: Session) -> None:
    moderator = make.moderator(session)
    before = [make.sent(session, make.visitor(f"v{n}"), narrative=OTHER) for n in range(2)]
    urgent = make.sent(session, make.visitor("u"), narrative=DISTRESS)
    queue = moderation_queue.queue(session, moderator)
    assert [card.id for card in queue.urgent] == [urgent.id]
    assert [card.id for card in queue.cards] == [row.id for row in before]
    assert queue.total == 3
    (look,) = queue.urgent[0].looks
    assert (look.label, look.urgent) == ("Détresse ou danger", True)
    item = moderation_queue.item(session, moderator, urgent.id)
    assert item.looks[0].passages == ["envie de mourir"] and item.looks[0].why
    moderation.publish(session, moderator, urgent.id, urgent.version)
    assert moderation_queue.queue(session, moderator).urgent == ()


def test_what_nobody_looked_at_is_looked_at_when_it_is_read(session: Session) -> None:
    row = make.sent(session, make.visitor(), narrative=f"{STORY} Rappelez-moi.")
    row.narrative += " Tél. 06 12 34 56 78."
    session.flush()
    kept = session.get(SecondLookRow, row.id)
    assert kept is not None
    session.delete(kept)
    session.flush()
    (look,) = moderation_queue.item(session, make.moderator(session), row.id).looks
    assert look.passages == ["06 12 34 56 78"]


def test_the_author_is_shown_whom_to_call_before_and_after_sending(session: Session) -> None:
    viewer = make.visitor()
    uuid = make.draft(session, viewer, narrative=DISTRESS)
    before = visitor_copy.preview(session, viewer)["help"]
    assert [one["numbers"] for one in before] == [["3114"], ["17", "112"]]
    make.experiences.send(session, viewer, uuid)
    assert visitor_copy.receipt(session, viewer)["help"] == before
    calm = make.visitor("calm")
    uuid = make.draft(session, calm, narrative=STORY)
    assert visitor_copy.preview(session, calm)["help"] == []
    make.experiences.send(session, calm, uuid)
    assert visitor_copy.receipt(session, calm)["help"] == []


def test_the_pages_that_show_the_queue_are_told(session: Session) -> None:
    def number() -> int:
        return revisions.numbers(session, ["moderation"]).get("moderation", 0)

    before = number()
    make.sent(session, make.visitor(), narrative=DISTRESS)
    assert number() > before


def test_what_hangs_on_an_experience_goes_with_it(session: Session) -> None:
    row = make.sent(session, make.visitor(), narrative=DISTRESS)
    session.flush()
    generated.remove(session, [row.id])
    for table in (SecondLookRow, FingerprintRow, ExperienceRow):
        assert session.scalar(select(func.count()).select_from(table)) == 0


def test_reasons_are_told_once_each_the_most_urgent_first() -> None:
    found = second_looks.views(
        second_looks.seen_in("Tél 06 12 34 56 78", f"{DISTRESS} Tél 07 12 34 56 78")
    )
    assert [(one.label, one.passages) for one in found] == [
        ("Détresse ou danger", ["envie de mourir"]),
        ("Donnée personnelle", ["06 12 34 56 78", "07 12 34 56 78"]),
    ]


def test_every_urgent_text_is_reached(session: Session) -> None:
    moderator = make.moderator(session)
    calm = make.sent(session, make.visitor("calm"), narrative=OTHER)
    many = moderation_queue.PAGE + 3
    urgent = [make.sent(session, make.visitor(f"u{n}"), narrative=DISTRESS) for n in range(many)]
    first = moderation_queue.queue(session, moderator)
    reached = [card.id for card in (*first.urgent, *first.cards)]
    assert sorted(reached) == sorted(row.id for row in (calm, *urgent))
    assert [card.id for card in first.cards] == [calm.id, *(row.id for row in urgent[-3:])]
    assert all(look.urgent for card in first.cards[1:] for look in card.looks[:1])


def test_what_is_held_of_a_wave_is_held_in_one_order(session: Session) -> None:
    rows = [make.sent(session, make.visitor(f"v{n}"), narrative=STORY) for n in range(3)]
    ids = [row.id for row in rows]
    moderation.publish(session, make.moderator(session), ids[1], 1)
    session.flush()
    found = persistence.pending(session, ids[1], [ids[2], ids[0]])
    assert [one.experience_id for one in found] == ids, "its own look among those of the others"


def test_only_recent_texts_are_read_to_find_a_wave(session: Session) -> None:
    with make.at(0):
        make.sent(session, make.visitor("a"), narrative=STORY)
    with make.at(9):
        second = make.sent(session, make.visitor("b"), narrative=STORY)
    value = fingerprint(STORY)
    near = persistence.near(session, value, make.later(8))
    assert [one.experience_id for one in near] == [second.id]

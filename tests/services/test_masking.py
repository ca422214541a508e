"""Personal data masked before it is sent: what the author chooses, what is sealed, who reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.adapters.sealing import WrongKey, seal, unseal
from spplus_app.domain.errors import Invalid, NotFound, Refused, SignedOut
from spplus_app.domain.experiences import TITLE_MAX
from spplus_app.domain.retention import ORIGINAL_KEPT_FOR
from spplus_app.domain.roles import NOBODY, Viewer
from spplus_app.persistence.tables import ExperienceRow, JournalRow, OriginalRow, VersionRow
from spplus_app.services import (
    clock,
    experiences,
    follow_up,
    housekeeping,
    masking,
    moderation,
    moderation_queue,
    visitor_copy,
)
from tests import factories as make

NARRATIVE = (
    "Je suis Léa Durand, née le 3 mars 1978. Mme Lefebvre, au guichet, a refusé mon dossier.\n\n"
    "Rappelez-moi au 06 12 34 56 78. J’habite à Nîmes."
)
SAFE = (
    "Je suis [nom], née le [date de naissance]. Mme [nom], au guichet, a refusé mon dossier.\n\n"
    "Rappelez-moi au [téléphone]. J’habite à Nîmes."
)
PRIVATE = ("Durand", "3 mars 1978", "Lefebvre", "06 12 34 56 78")


def _draft(session: Session) -> tuple[Viewer, str]:
    viewer = make.visitor()
    uuid = make.draft(
        session,
        viewer,
        make.structure(session, "A"),
        narrative=NARRATIVE,
        title="Dossier refusé à Léa Durand",
        pseudonym="Léa Durand",
    )
    return viewer, uuid


def _sent(session: Session, viewer: Viewer, uuid: str) -> ExperienceRow:
    row = session.get(ExperienceRow, experiences.send(session, viewer, uuid))
    assert row is not None
    session.flush()
    return row


def test_what_is_found_is_masked_in_the_preview_and_in_all_that_is_stored(
    session: Session,
) -> None:
    viewer, uuid = _draft(session)
    seen = visitor_copy.preview(session, viewer)
    assert (seen["title"], seen["paragraphs"]) == ("Dossier refusé à [nom]", SAFE.split("\n\n"))
    assert seen["signature"] == ""
    assert [one["text"] for one in seen["found"]] == [
        "Léa Durand",
        "3 mars 1978",
        "Lefebvre",
        "06 12 34 56 78",
    ]
    row = _sent(session, viewer, uuid)
    assert (row.title, row.narrative, row.pseudonym) == ("Dossier refusé à [nom]", SAFE, "")
    (version,) = session.scalars(select(VersionRow)).all()
    (original,) = session.scalars(select(OriginalRow)).all()
    stored = f"{row.slug} {version.title} {version.narrative} {version.pseudonym}"
    for private in PRIVATE:
        assert private not in stored and private.encode() not in original.sealed


def test_what_the_author_keeps_is_published_and_shown_to_moderation(session: Session) -> None:
    viewer, uuid = _draft(session)
    masking.say(session, viewer, uuid, masking.KEEP, "Léa  DURAND")
    masking.say(session, viewer, uuid, masking.KEEP, "Lefebvre")
    masking.say(session, viewer, uuid, masking.MASK, "lefebvre")
    row = _sent(session, viewer, uuid)
    assert row.title == "Dossier refusé à Léa Durand" and row.pseudonym == "Léa Durand"
    assert row.narrative == SAFE.replace("Je suis [nom]", "Je suis Léa Durand")
    item = moderation_queue.item(session, make.moderator(session), row.id)
    assert [(one.label, one.passages) for one in item.looks] == [
        ("Donnée personnelle", ["Léa Durand"])
    ]
    assert item.masked


def test_more_words_are_masked_wherever_they_stand(session: Session) -> None:
    viewer, uuid = _draft(session)
    masking.say(session, viewer, uuid, masking.ADD, "à nîmes")
    assert visitor_copy.preview(session, viewer)["paragraphs"][1].endswith("J’habite [masqué].")
    masking.say(session, viewer, uuid, masking.DROP, "À  Nîmes")
    assert visitor_copy.preview(session, viewer)["paragraphs"][1].endswith("J’habite à Nîmes.")


@pytest.mark.parametrize("words", ["", "Marseille", "\x00", "Durand"])
def test_words_that_are_not_there_are_refused_in_a_sentence(session: Session, words: str) -> None:
    viewer, uuid = _draft(session)
    with pytest.raises(Invalid) as refused:
        masking.say(session, viewer, uuid, masking.ADD, words)
    assert refused.value.errors["piece"].endswith(".")


def test_a_piece_that_was_not_found_is_not_kept(session: Session) -> None:
    viewer, uuid = _draft(session)
    masking.say(session, viewer, uuid, masking.KEEP, "n’importe quoi")
    masking.say(session, viewer, uuid, "autre geste", "Léa Durand")
    assert all(not one["kept"] for one in visitor_copy.preview(session, viewer)["found"])


def test_in_a_praise_an_agent_keeps_a_first_name_unless_its_author_hides_it(
    session: Session,
) -> None:
    viewer = make.visitor()
    thanks = "Au guichet, Madame Sophie Martin m’a aidée. Merci à Sandrine aussi, à la mairie."
    uuid = make.draft(session, viewer, narrative=thanks, ressenti="Positif")
    seen = visitor_copy.preview(session, viewer)
    first = thanks.replace("Madame Sophie Martin", "Sophie")
    assert seen["paragraphs"] == [first]
    assert [(one["text"], one["word"]) for one in seen["found"]] == [
        ("Madame Sophie Martin", "Sophie")
    ]
    masking.say(session, viewer, uuid, masking.ADD, "Sophie")
    hidden = thanks.replace("Madame Sophie Martin", "[agent]")
    assert visitor_copy.preview(session, viewer)["paragraphs"] == [hidden]
    masking.say(session, viewer, uuid, masking.DROP, "Sophie")
    row = _sent(session, viewer, uuid)
    assert row.narrative == first
    moderation.refuse(session, make.moderator(session), row.id, row.version, "off_topic", "")
    follow_up.resend(session, viewer, row.id, follow_up.original(session, viewer, row.id))
    assert row.narrative == first


def test_where_it_is_no_praise_an_agent_is_told_by_what_they_are(session: Session) -> None:
    viewer = make.visitor()
    told = "Au guichet, Madame Sophie Martin a refusé. La conseillère Nathalie Petit aussi."
    make.draft(session, viewer, narrative=told, ressenti="Négatif")
    assert visitor_copy.preview(session, viewer)["paragraphs"] == [
        "Au guichet, Madame [agent] a refusé. La conseillère [nom] aussi."
    ]


def test_nothing_is_sealed_when_nothing_is_masked(session: Session) -> None:
    make.sent(session, make.visitor(), make.structure(session, "A"))
    assert session.scalars(select(OriginalRow)).all() == []


def test_moderation_alone_reads_the_original_and_leaves_a_trace(session: Session) -> None:
    viewer, uuid = _draft(session)
    row = _sent(session, viewer, uuid)
    for other, refusal in (
        (NOBODY, SignedOut),
        (viewer, SignedOut),
        (make.agent(session, make.structure(session, "B")), Refused),
    ):
        with pytest.raises(refusal):
            moderation_queue.originals_read(session, other, row.id)
    moderator = make.moderator(session)
    (read,) = moderation_queue.originals_read(session, moderator, row.id)
    assert read.words.narrative == NARRATIVE and read.words.pseudonym == "Léa Durand"
    traces = session.scalars(select(JournalRow).where(JournalRow.entry == "original.read")).all()
    assert [(one.subject_kind, one.subject_id) for one in traces] == [("experience", str(row.id))]


def test_the_original_goes_when_its_time_is_over_once_it_was_judged(session: Session) -> None:
    viewer, uuid = _draft(session)
    row = _sent(session, viewer, uuid)
    with clock.at(clock.now() + ORIGINAL_KEPT_FOR + timedelta(days=1)):
        assert housekeeping.forget_originals(session)["originals"] == 0
        row.status = "refused"
        session.flush()
        assert housekeeping.forget_originals(session)["originals"] == 1
    with pytest.raises(NotFound):
        moderation_queue.originals_read(session, make.moderator(session), row.id)


def test_another_key_opens_nothing_and_an_older_one_still_does() -> None:
    first, second = (f"{letter * 43}=" for letter in "AB")
    sealed = seal("mots", first)
    assert unseal(sealed, f"{second},{first}") == "mots"
    with pytest.raises(WrongKey):
        unseal(sealed, second)
    with pytest.raises(WrongKey):
        unseal(sealed[:-1] + b"x", first)


def test_a_correction_is_masked_too_and_what_was_kept_stays(session: Session) -> None:
    viewer, uuid = _draft(session)
    masking.say(session, viewer, uuid, masking.KEEP, "Léa Durand")
    row = _sent(session, viewer, uuid)
    moderation.refuse(session, make.moderator(session), row.id, row.version, "personal_data", "")
    typed = follow_up.original(session, viewer, row.id)
    typed["narrative"] = f"{SAFE.replace('[nom]', 'Léa Durand', 1)} Tél. 07 11 22 33 44."
    for _ in range(2):
        follow_up.resend(session, viewer, row.id, typed)
    assert row.narrative == typed["narrative"].replace("07 11 22 33 44", "[téléphone]")
    assert (row.version, row.pseudonym) == (2, "Léa Durand")
    read = moderation_queue.originals_read(session, make.moderator(session), row.id)
    assert [one.number for one in read] == [1, 2]
    assert "07 11 22 33 44" in read[1].words.narrative


def test_a_title_that_grows_under_its_masks_is_still_a_title(session: Session) -> None:
    viewer = make.visitor()
    uuid = make.draft(session, viewer, title="a@b.fr " * 25)
    row = _sent(session, viewer, uuid)
    assert row.title.startswith("[adresse e-mail] [adresse") and row.title.endswith("…")
    assert len(row.title) <= TITLE_MAX
    moderation.publish(session, make.moderator(session), row.id, row.version)
    assert "@" not in row.title

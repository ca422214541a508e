"""Words masked by moderation: sealed, readable nowhere else, and told without being said."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain.errors import Conflict, Invalid, Refused, SignedOut
from spplus_app.domain.experiences import TITLE_MAX
from spplus_app.domain.privacy import Kind
from spplus_app.domain.privacy.masks import replaced
from spplus_app.domain.roles import NOBODY, RIGHTS, Right, Role
from spplus_app.persistence.tables import (
    Base,
    ExperienceRow,
    JournalRow,
    OriginalRow,
    VersionRow,
)
from spplus_app.services import (
    experiences,
    follow_up,
    moderation,
    moderation_masking,
    moderation_queue,
    originals,
)
from tests import factories as make

AUTHOR = make.visitor("author")
STORY = {
    "title": "Une réponse de Zébulonne au guichet",
    "narrative": "J’ai vu ZÉBULONNE mardi. Le bureau de Zébulonne\nau troisième étage était fermé.",
    "pseudonym": "Zébulonne",
}
ASKED = {
    "piece_1": "zébulonne",
    "kind_1": "person",
    "piece_2": "troisième  étage",
    "kind_2": "address",
}


def _sent(session: Session) -> ExperienceRow:
    row = make.sent(session, AUTHOR, make.structure(session, "A"), **STORY)
    assert "Zébulonne" in row.title
    return row


def test_the_words_are_replaced_everywhere(session: Session) -> None:
    row, viewer = _sent(session), make.moderator(session)
    moderation_masking.mask(session, viewer, row.id, 1, ASKED)
    assert row.title == "Une réponse de [nom] au guichet"
    assert row.narrative == "J’ai vu [nom] mardi. Le bureau de [nom]\nau [adresse] était fermé."
    assert (row.pseudonym, row.version, row.status) == ("", 2, "pending")
    assert "zebulonne" not in row.slug
    moderation.publish(session, viewer, row.id, 2)
    assert experiences.public(session, row.id).edited
    notes = [step.detail for step in follow_up.follow(session, AUTHOR, row.id).steps]
    assert "Mots masqués\u00a0: nom, adresse." in notes


def test_nothing_masked_stays_readable(session: Session) -> None:
    row, viewer = _sent(session), make.moderator(session)
    retouched = {
        "title": row.title,
        "narrative": row.narrative + " Merci.",
        "pseudonym": row.pseudonym,
        "note": "Un mot de plus.",
    }
    moderation.edit(session, viewer, row.id, 1, retouched)
    moderation_masking.mask(session, viewer, row.id, 2, ASKED)
    moderation.publish(session, viewer, row.id, 3)
    session.flush()
    for table in Base.metadata.sorted_tables:
        for found in session.execute(select(table)).mappings():
            assert "bulonne" not in str(dict(found)).lower(), table.name
    item = moderation_queue.item(session, viewer, row.id)
    assert "bulonne" not in str(item).lower() and item.masked
    assert "bulonne" not in str(follow_up.follow(session, AUTHOR, row.id)).lower()
    assert "bulonne" not in str(follow_up.original(session, AUTHOR, row.id)).lower()
    # What is sealed says it all, to moderation, whose reading is noted.
    sealed = originals.unsealed(session, row.id)
    assert [kept.number for kept, _ in sealed] == [1, 2]
    assert all(words.pseudonym == "Zébulonne" for _, words in sealed)
    last = session.scalars(select(JournalRow).where(JournalRow.entry == "experience.masked")).one()
    assert last.after == {"version": 3, "masked": 2}


def test_what_was_sealed_at_sending_is_not_sealed_again(session: Session) -> None:
    narrative = "Appelez-moi au 06 12 34 56 78, demandez le bureau bleu de la mairie."
    row = make.sent(session, AUTHOR, narrative=narrative)
    viewer = make.moderator(session)
    assert "[téléphone]" in row.narrative
    moderation_masking.mask(
        session, viewer, row.id, 1, {"piece_1": "bureau bleu", "kind_1": "chosen"}
    )
    assert [words.narrative for _, words in originals.unsealed(session, row.id)] == [narrative]
    version = session.scalars(select(VersionRow).where(VersionRow.number == 1)).one()
    assert "bureau bleu" not in version.narrative
    # « téléphone » is a word of a mask, not of the text.
    with pytest.raises(Invalid):
        moderation_masking.mask(
            session, viewer, row.id, 2,
            {"piece_1": "téléphone", "kind_1": "chosen"},
        )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({}, {"piece_1"}),
        ({"piece_1": "  ", "kind_1": "person"}, {"piece_1"}),
        ({"piece_1": "Zébulonne", "kind_1": ""}, {"kind_1"}),
        ({"piece_1": "Zébulonne", "kind_1": "x"}, {"kind_1"}),
        ({"piece_1": "Zébul", "kind_1": "person"}, {"piece_1"}),
        ({"piece_1": "Durand", "kind_1": "person"}, {"piece_1"}),
        ({"piece_1": "a" * 5000, "kind_1": "person"}, {"piece_1"}),
        ({"piece_1": "\x00", "kind_1": "person"}, {"piece_1"}),
        ({**ASKED, "piece_3": "Durand", "kind_3": "person"}, {"piece_3"}),
    ],
)
def test_words_that_are_not_there_mask_nothing(
    session: Session, typed: dict[str, str], fields: set[str]
) -> None:
    row = _sent(session)
    with pytest.raises(Invalid) as refused:
        moderation_masking.mask(session, make.moderator(session), row.id, 1, typed)
    assert set(refused.value.errors) == fields
    assert row.version == 1 and not session.scalars(select(OriginalRow)).all()


@pytest.mark.parametrize("role", Role)
def test_only_moderation_masks(session: Session, role: Role) -> None:
    where = make.structure(session, "B")
    row = _sent(session)
    viewer = make.person(session, make.granted(role, where))
    if role in RIGHTS[Right.MODERATE]:
        moderation_masking.mask(session, viewer, row.id, 1, ASKED)
        with pytest.raises(Conflict):  # pressed twice: the version on the screen is the old one
            moderation_masking.mask(session, viewer, row.id, 1, ASKED)
    else:
        with pytest.raises(Refused):
            moderation_masking.mask(session, viewer, row.id, 1, ASKED)
    for nobody in (NOBODY, AUTHOR):
        with pytest.raises(SignedOut):
            moderation_masking.mask(session, nobody, row.id, 1, ASKED)


def test_only_what_is_read_or_published_is_masked(session: Session) -> None:
    row, viewer = _sent(session), make.moderator(session)
    moderation.refuse(session, viewer, row.id, 1, "insult", "")
    with pytest.raises(Conflict):
        moderation_masking.mask(session, viewer, row.id, 1, ASKED)


def test_a_published_text_masked_is_found_without_the_words(session: Session) -> None:
    row, viewer = _sent(session), make.moderator(session)
    moderation.publish(session, viewer, row.id, 1)
    found = make.Search(q="zébulonne")
    assert make.listed(session, found) == [row.id]
    moderation_masking.mask(session, viewer, row.id, 1, ASKED)
    assert make.listed(session, found) == []
    assert experiences.public(session, row.id).title == "Une réponse de [nom] au guichet"


def test_replacing_takes_whole_words_the_longest_first() -> None:
    person, place = Kind.PERSON, Kind.ADDRESS
    asked = [("Martin", person), ("rue Martin", place), ("nom", Kind.CHOSEN)]
    assert replaced("Rue  martin, M. Martin, Martinet.", asked) == "[adresse], M. [nom], Martinet."
    assert replaced("Un nom.", asked) == "Un [masqué]."
    assert replaced("l'agent d’accueil", [("l’agent d'accueil", person)]) == "[nom]"
    assert replaced("(a+b)", [("a+b", Kind.CHOSEN)]) == "([masqué])"


def test_a_title_that_grows_stays_a_title(session: Session) -> None:
    row = make.sent(session, AUTHOR, title=" ".join(["Lo"] * 60))
    asked = {"piece_1": "Lo", "kind_1": "nir"}
    moderation_masking.mask(session, make.moderator(session), row.id, 1, asked)
    assert len(row.title) <= TITLE_MAX and "Lo" not in row.title


def test_the_plain_word_of_an_agent_is_left_alone() -> None:
    assert replaced("Un agent, [agent].", [("agent", Kind.PERSON)]) == "Un [nom], [agent]."

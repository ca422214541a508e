"""What a depositor may do with their document, and what those who work on it see of it."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from spplus_app.adapters import file_store
from spplus_app.domain.documents.annotations import Tone, Why
from spplus_app.domain.documents.search import DocumentSearch
from spplus_app.domain.documents.stages import Stage
from spplus_app.domain.documents.values import Status
from spplus_app.domain.errors import Conflict, Gone, Invalid, NotFound, Refused, SignedOut
from spplus_app.domain.journal import Entry
from spplus_app.domain.roles import NOBODY, Role, Viewer
from spplus_app.persistence import documents as rows
from spplus_app.persistence.tables import (
    AnnotationRow,
    Base,
    DocumentHolderRow,
    DocumentPageRow,
    DocumentReaderRow,
    DocumentRow,
    DocumentVersionRow,
    JournalRow,
)
from spplus_app.services import clock
from spplus_app.services.documents import (
    deposit,
    inbox,
    listing,
    marks,
    places,
    rights,
    statuses,
    texts,
)
from tests import documents, factories

pytestmark = pytest.mark.usefixtures("var")
ME, OTHER, READER = (factories.visitor(one) for one in ("me", "other", "reader"))
TYPED = {"kind": "letter", "problem-jargon": "oui", "hard": "Je bute sur « indu »."}
ERASE = {"mot": "effacer"}


@pytest.fixture
def row(session: Session) -> DocumentRow:
    """A published document of mine, with a page, marked by a reader and begun by another."""
    made = documents.published(session)
    made.hard = "Je bute sur « indu »."
    rows.hold(session, ME.visitor, made.id, clock.now())
    shown = file_store.put(places.store(), b"an image")
    session.add(DocumentPageRow(document_id=made.id, number=0, width=1, height=1, shown=shown))
    _mark(session, READER, made, "indu de prestations", understood="On me réclame de l’argent")
    marks.send(session, READER, made.id)
    _mark(session, OTHER, made, "délai imparti")
    return made


def _mark(session: Session, who: Viewer, row: DocumentRow, words: str, **told: str) -> None:
    given = documents.mark(words, Tone.UNCLEAR, Why.VOCABULARY, **told)
    marks.put(session, who, row.id, str(uuid4()), given)


def _journal(session: Session, entry: Entry) -> int:
    query = select(func.count()).where(JournalRow.entry == entry.value)
    return int(session.scalar(query) or 0)


# ---- The depositor ----------------------------------------------------------------------------


def test_withdrawn_nobody_reads_it_any_more(session: Session, row: DocumentRow) -> None:
    for who in (OTHER, NOBODY, factories.moderator(session)):
        with pytest.raises(NotFound):
            rights.withdraw(session, who, row.id)
    rights.withdraw(session, ME, row.id)
    rights.withdraw(session, ME, row.id)
    with pytest.raises(NotFound):
        texts.published(session, row.id)
    assert listing.results(session, DocumentSearch(q="indu")).cards == ()
    assert _journal(session, Entry.DOCUMENT_WITHDRAWN) == 1


def test_what_was_sent_goes_with_what_is_withdrawn(session: Session) -> None:
    number = deposit.send(session, ME, str(uuid4()), {**TYPED, "form": "Cerfa 12485"})
    rights.withdraw(session, ME, number)
    assert rows.read(session, number) is None
    row = session.get_one(DocumentRow, number)
    row.stage = Stage.REFUSED.value
    with pytest.raises(Conflict):
        rights.withdraw(session, ME, number)


def test_erased_no_word_of_it_is_left_and_it_says_so(session: Session, row: DocumentRow) -> None:
    with pytest.raises(Invalid) as refused:
        rights.erase(session, ME, row.id, {"mot": "oui"})
    assert list(refused.value.errors) == ["mot"]
    for who in (OTHER, NOBODY, factories.moderator(session)):
        with pytest.raises(NotFound):
            rights.erase(session, who, row.id, ERASE)
    rights.erase(session, ME, row.id, ERASE)
    with pytest.raises(Gone):
        texts.published(session, row.id)
    for table in (DocumentVersionRow, DocumentPageRow, DocumentReaderRow, DocumentHolderRow):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    left = [
        str(tuple(one))
        for name, table in Base.metadata.tables.items()
        if name != "journal"
        for one in session.execute(select(table))
    ]
    for words in ("prestations", "bute", "délai imparti", ME.visitor, READER.visitor):
        assert not [one for one in left if words in one], words
    kept = session.scalars(select(AnnotationRow)).all()
    assert [(one.understood, one.exact) for one in kept] == [("On me réclame de l’argent", "")]
    assert listing.results(session, DocumentSearch()).cards == ()


def test_erased_twice_by_the_same_browser_is_no_refusal(session: Session, row: DocumentRow) -> None:
    proof = {"preuve": rights.proof(ME, row.id)}
    rights.erase(session, ME, row.id, ERASE | proof)
    rights.erase(session, ME, row.id, ERASE | proof)
    with pytest.raises(NotFound):
        rights.erase(session, OTHER, row.id, ERASE | proof)
    assert _journal(session, Entry.DOCUMENT_ERASED) == 1


def test_what_is_kept_of_me_is_told_to_me_and_to_nobody_else(
    session: Session, row: DocumentRow
) -> None:
    _mark(session, ME, row, "indu")
    told = json.dumps(rights.export(session, ME, row.id), ensure_ascii=False)
    for words in ("Je bute sur", "indu de prestations", "jargon incompréhensible", '"indu"'):
        assert words in told
    assert "On me réclame" not in told and READER.visitor not in told
    assert _journal(session, Entry.DOCUMENT_EXPORTED) == 1
    for who in (OTHER, NOBODY, factories.moderator(session)):
        with pytest.raises(NotFound):
            rights.export(session, who, row.id)


def test_what_is_sealed_is_told_to_its_depositor(session: Session) -> None:
    number = deposit.send(session, ME, str(uuid4()), {**TYPED, "described": "Une lettre verte"})
    told = rights.export(session, ME, number)
    assert told["vos mots"]["description"] == "Une lettre verte"
    assert told["étape"] == "À vérifier par vous"


# ---- Those who work on it ---------------------------------------------------------------------


def test_an_inbox_shows_what_was_sent_there_with_its_hottest_sentences(session: Session) -> None:
    where = factories.tree(session)
    row = documents.published(session, where.office)
    for number in range(3):
        reader = factories.visitor(f"reader {number}")
        _mark(session, reader, row, "indu de prestations")
        if number == 0:
            _mark(session, reader, row, "délai imparti")
        given = documents.mark("salutations", Tone.CLEAR)
        marks.put(session, reader, row.id, str(uuid4()), given)
        marks.send(session, reader, row.id)
    agent = factories.agent(session, where.office)
    assert inbox.inbox(session, agent).rows == ()  # not sent to it yet
    moderator = factories.moderator(session)
    assert [one.card.id for one in inbox.inbox(session, moderator).rows] == [row.id]
    statuses.move(session, moderator, row.id, "send")
    assert inbox.inbox(session, moderator).rows == ()
    shown = inbox.inbox(session, agent).rows[0]
    assert shown.marks == "7 marques, de 3 personnes"
    assert [(one.text.split()[0], one.told) for one in shown.hot] == [
        ("Vous", "3 personnes"),
        ("Sauf", "1 personne"),
    ]
    assert [one.act for one in shown.acts] == ["rewrite"]


def test_who_sees_which_documents(session: Session) -> None:
    where = factories.tree(session)
    row = documents.published(session, where.office)
    row.status = Status.SENT.value
    unknown = documents.published(session)
    seen = {
        "office": factories.agent(session, where.office),
        "above": factories.person(session, (Role.MANAGER, where.top)),
        "everywhere": factories.person(session, (Role.PROGRAMME, None)),
        "beside": factories.agent(session, where.other_office),
        "moderation": factories.moderator(session),
    }
    told = {
        name: [one.card.id for one in inbox.inbox(session, who).rows] for name, who in seen.items()
    }
    assert told == {
        "office": [row.id],
        "above": [row.id],
        "everywhere": [row.id],
        "beside": [],
        "moderation": [unknown.id],
    }
    assert inbox.inbox(session, seen["everywhere"]).rows[0].acts == []
    assert inbox.inbox(session, seen["moderation"]).rows[0].unknown
    with pytest.raises(SignedOut):
        inbox.inbox(session, factories.visitor())
    with pytest.raises(Refused):
        inbox.inbox(session, factories.person(session))


def test_pages_of_an_inbox_follow_one_another(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "PAGE", 2)
    moderator = factories.moderator(session)
    every = []
    for day in range(3):
        with clock.at(factories.later(day * 24)):
            every.append(documents.published(session).id)
    first = inbox.inbox(session, moderator)
    rest = inbox.inbox(session, moderator, first.next_key)
    assert [one.card.id for one in (*first.rows, *rest.rows)] == every[::-1]
    assert rest.next_key is None

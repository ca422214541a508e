"""The list of documents: the same answers on both databases; and what moves a document."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from spplus_app.domain.documents.search import DocumentSearch, parse, parse_key
from spplus_app.domain.documents.stages import Stage
from spplus_app.domain.documents.values import ACT_RIGHTS, TRANSITIONS, Act, Status
from spplus_app.domain.errors import Conflict, Invalid, NotFound, Refused, SignedOut
from spplus_app.domain.journal import Entry
from spplus_app.domain.roles import NOBODY, Right, Role, Viewer
from spplus_app.persistence import document_search, revisions, unit_of_work
from spplus_app.persistence.tables import DocumentRow, DocumentVersionRow, JournalRow
from spplus_app.services import clock, integrity, record
from spplus_app.services.documents import index, listing, moderation, statuses
from tests import documents, factories


def found(session: Session, **asked: str) -> list[int]:
    """The documents of the first page of a search, in order."""
    return [one.id for one in listing.results(session, DocumentSearch(**asked)).cards]


def at(days: int, session: Session, *args: object, **named: object) -> DocumentRow:
    """A document published so many days after the first."""
    with clock.at(factories.START + timedelta(days=days)):
        return documents.published(session, *args, **named)  # type: ignore[arg-type]


# ---- The list ---------------------------------------------------------------------------------


def test_words_are_found_in_any_form_in_the_title_and_in_the_text(session: Session) -> None:
    one = at(0, session, None, "Vos droits ont été suspendus.", title="Notification de refus")
    two = at(1, session, None, "Nous rejetons votre demande.", title="Décision")
    at(2, session, None, "Rien à voir.", title="Autre")
    assert found(session, q="REFUS") == [one.id]
    assert found(session, q="droit notifications") == [one.id]
    assert found(session, q="demandes") == [two.id]
    assert found(session, q="droit demande") == []
    assert found(session, q="!!! ') OR 1=1 -- \" * NEAR( {title}:") == []
    assert listing.total(session, DocumentSearch(q="refus")).told == "1 document"
    assert listing.total(session, DocumentSearch(q="introuvable")).told == "Aucun document"


def test_words_that_were_found_are_shown_where_they_stand(session: Session) -> None:
    far = "Rien ici. " * 400 + "Vos droits ont été suspendus. " + "Rien là. " * 400
    one = at(0, session, None, far, title="Notification de refus")
    two = at(1, session, None, "Autre chose.", title="Décision")
    two.hard = "Quels droits ?"
    index.refresh(session, two)
    session.flush()
    second, first = listing.results(session, DocumentSearch(q="droit")).cards
    assert (first.id, second.id) == (one.id, two.id)
    assert [run.text for run in first.found if run.hit] == ["droits"]
    assert len("".join(run.text for run in first.found)) < 300
    assert [run.text for run in second.found if run.hit] == ["droits"]
    (card,) = listing.results(session, DocumentSearch(q="refus")).cards
    assert [(run.text, run.hit) for run in card.title_runs] == [
        ("Notification de ", False),
        ("refus", True),
    ]
    assert card.found == [], "in its title alone"
    (*_, card) = listing.results(session, DocumentSearch()).cards
    assert card.title_runs == card.found == []


def test_each_value_of_a_filter_is_counted(session: Session) -> None:
    for rank in range(3):
        row = at(rank, session)
        row.problems = ["jargon", "acronyms"] if rank else ["jargon"]
        row.kind = "email" if rank == 2 else "letter"
        index.refresh(session, row)
    session.flush()
    told = listing.numbers(session, DocumentSearch())
    assert (told.told, told.note) == ("3 documents", "")
    assert told.values == {
        "probleme=jargon": "3",
        "probleme=sigles": "2",
        "statut=recu": "3",
        "sorte=courrier": "2",
        "sorte=courriel": "1",
    }
    # The others with this filter, and this filter as if it were not in use.
    told = listing.numbers(session, DocumentSearch(sorte="courriel"))
    assert told.told == "1 document"
    assert told.values == {
        "probleme=jargon": "1",
        "probleme=sigles": "1",
        "statut=recu": "1",
        "sorte=courrier": "2",
        "sorte=courriel": "1",
    }
    told = listing.numbers(session, DocumentSearch(q="introuvable", probleme="jargon"))
    assert (told.told, told.values) == ("Aucun document", {})


def test_past_ten_thousand_the_newest_are_counted(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "COUNT_MAX", 2)
    for rank in range(3):
        row = at(rank, session)
        row.kind = "email" if rank == 0 else "letter"
    session.flush()
    told = listing.numbers(session, DocumentSearch())
    assert told.told == "Plus de 2 documents" and "les 2 plus récents" in told.note
    assert told.values["sorte=courrier"] == "2" and "sorte=courriel" not in told.values


def test_what_the_depositor_said_is_found_too(session: Session) -> None:
    row = documents.published(session)
    row.form, row.described, row.hard = "Cerfa 12485", "Une lettre verte", "Je bute sur « indu »"
    index.refresh(session, row)
    for words in ("12485", "verte", "buter"):
        assert found(session, q=words) == [row.id]


def test_filters_and_what_depends_on_a_service(session: Session) -> None:
    where = factories.tree(session)
    below = at(0, session, where.office)
    beside = at(1, session, where.stranger)
    unknown = at(2, session)
    beside.kind, beside.problems = "form", ["acronyms", "dense"]
    beside.status = Status.REWRITING.value
    index.refresh(session, beside)
    assert found(session) == [unknown.id, beside.id, below.id]
    assert found(session, service="TOP") == found(session, service="OFFICE") == [below.id]
    assert found(session, service="STRANGER") == [beside.id]
    assert found(session, service="NOWHERE") == []
    assert found(session, probleme="sigles") == [beside.id]
    assert found(session, probleme="jargon") == [unknown.id, below.id]
    assert found(session, statut="en-reecriture", sorte="formulaire") == [beside.id]
    assert found(session, statut="recu", sorte="formulaire") == []
    assert listing.total(session, DocumentSearch(sorte="courrier")).told == "2 documents"


def test_pages_follow_one_another_and_lose_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    every = [at(day, session, title="Lettre de relance").id for day in range(5)][::-1]
    for asked in (DocumentSearch(), DocumentSearch(q="relance")):
        seen: list[int] = []
        after: int | None = None
        for _ in range(3):
            page = listing.results(session, asked, after)
            seen += [one.id for one in page.cards]
            after = page.next_key
        assert (seen, after) == (every, None)


def test_an_address_says_all_and_what_is_odd_asks_for_nothing() -> None:
    asked = DocumentSearch("indu", "sans-motif", "caf-99x", "transmis", "courriel")
    assert parse({**asked.fields, "tri": "x"}) == asked
    assert parse({"service": "caf-99x", "service_choisi": "cpam-99x"}).service == "cpam-99x"
    odd = {"probleme": "x", "service": "!", "statut": "<b>", "sorte": "e", "q": "a\x00b"}
    assert parse(odd) == DocumentSearch()
    assert (parse_key({"apres": "12"}), parse_key({"apres": "-1"})) == (12, None)


def test_a_card_says_where_it_comes_from_what_is_hard_and_who_marked_it(session: Session) -> None:
    where = factories.tree(session)
    row = documents.published(session, where.office, title="Indu")
    row.readers, row.problems = 3, ["jargon", "acronyms"]
    card = listing.results(session, DocumentSearch()).cards[0]
    assert (card.title, card.structure, card.kind) == ("Indu", where.office.label, "Courrier")
    assert card.problems == "jargon incompréhensible, sigles obscurs"
    assert (card.status_name, card.readers) == ("Reçu", "3 personnes l’ont marqué")
    assert card.href == f"/documents/{row.id}-indu"
    unknown = documents.published(session)
    assert listing.results(session, DocumentSearch()).cards[0].id == unknown.id
    assert (
        listing.results(session, DocumentSearch()).cards[0].structure == "Administration inconnue"
    )


# ---- The index in step ------------------------------------------------------------------------


def _kept(session: Session, words: str) -> bool:
    """Whether the tables of the index hold these words."""
    if session.get_bind().dialect.name == "sqlite":
        rows = session.execute(text("SELECT title || ' ' || body FROM document_search"))
    else:
        rows = session.execute(text("SELECT CAST(terms AS text) FROM document_search"))
    return any(words in str(one[0]) for one in rows)


@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.PUBLISHED])
def test_what_is_not_published_is_not_in_the_index(session: Session, stage: Stage) -> None:
    row = documents.published(session)
    assert _kept(session, "prestat")
    row.stage = stage.value
    index.refresh(session, row)
    assert not _kept(session, "prestat")
    assert found(session) == found(session, q="indu") == []
    assert row.position is None
    row.stage = Stage.PUBLISHED.value
    index.refresh(session, row)
    assert found(session, q="indu") == [row.id]


def test_words_masked_later_leave_the_index(session: Session) -> None:
    row = documents.published(session, None, "Madame Belkacemi habite ici.")
    assert found(session, q="Belkacemi") == [row.id]
    session.scalars(select(DocumentVersionRow)).one().text = "[nom] habite ici."
    index.refresh(session, row)
    assert found(session, q="Belkacemi") == [] and not _kept(session, "belkacem")


def test_a_refused_document_leaves_the_list(session: Session) -> None:
    row = documents.published(session)
    moderation.refuse(session, factories.moderator(session), row.id, "Ce n’est pas une lettre.")
    assert found(session) == [] and not _kept(session, "prestat")


def test_integrity_finds_what_the_index_misses_and_puts_it_back(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        row = documents.published(session)
        assert index.differing(session) == []
        document_search.remove(session, [row.position or 0])
        assert index.differing(session) == [row.id]
        assert index.fill(session) == 1 and index.fill(session) == 0
        document_search.remove(session, [row.position or 0])
        told = [one for one in integrity.check(session, repair=True) if one.wrong]
        assert "Index de recherche" in [one.title for one in told]
        assert index.differing(session) == [] and index.rebuild(session) == 1


# ---- What moves a document --------------------------------------------------------------------


def _people(session: Session) -> dict[str, Viewer]:
    where = factories.tree(session)
    documents.published(session, where.office)
    return {
        "nobody": NOBODY,
        "visitor": factories.visitor(),
        "agent": factories.agent(session, where.office),
        "manager above": factories.person(session, (Role.MANAGER, where.top)),
        "agent beside": factories.agent(session, where.other_office),
        "stranger": factories.agent(session, where.stranger),
        "moderator": factories.moderator(session),
        "programme": factories.person(session, (Role.PROGRAMME, None)),
    }


HOLDERS = {
    Right.MODERATE: {"moderator"},
    Right.HANDLE_DOCUMENTS: {"agent", "manager above"},
}


@pytest.mark.parametrize("act", Act)
def test_each_act_is_its_holders_and_nobody_else_s(session: Session, act: Act) -> None:
    people = _people(session)
    row = session.scalars(select(DocumentRow)).one()
    status = next(known for known, made in TRANSITIONS if made is act)
    for name, viewer in people.items():
        row.status = status.value
        index.refresh(session, row)
        may = name in HOLDERS[ACT_RIGHTS[act]]
        if may:
            assert statuses.move(session, viewer, row.id, act) is TRANSITIONS[status, act]
        else:
            refusal = Refused if viewer.signed_in else SignedOut
            with pytest.raises(refusal):
                statuses.move(session, viewer, row.id, act)
            assert row.status == status.value


def test_a_document_moves_from_received_to_replaced(session: Session) -> None:
    people = _people(session)
    row = session.scalars(select(DocumentRow)).one()
    office = row.structure_id
    with clock.at(factories.START + timedelta(days=9)):
        assert statuses.move(session, people["moderator"], row.id, "send") is Status.SENT
    assert row.status_at == factories.START + timedelta(days=9)
    for act in ("rewrite", "test", "replace"):
        statuses.move(session, people["agent"], row.id, act)
        statuses.move(session, people["agent"], row.id, act)  # twice moves once
    assert found(session, statut="remplace") == [row.id] and found(session, statut="recu") == []
    told = session.scalars(
        select(JournalRow).where(JournalRow.entry == Entry.DOCUMENT_MOVED.value)
    ).all()
    assert [(one.before["status"], one.after["status"]) for one in told] == [
        ("received", "sent"),
        ("sent", "rewriting"),
        ("rewriting", "tested"),
        ("tested", "replaced"),
    ]
    topics = [record.DOCUMENTS, f"document:{row.id}", f"inbox:{office}"]
    assert all(revisions.numbers(session, topics)[one] for one in topics)
    with pytest.raises(Conflict):
        statuses.move(session, people["agent"], row.id, "set_aside")
    with pytest.raises(Invalid):
        statuses.move(session, people["agent"], row.id, "burn")


def test_moderation_says_whose_an_unknown_document_is(session: Session) -> None:
    where = factories.tree(session)
    moderator = factories.moderator(session)
    row = documents.published(session)
    for code in ("", "NOWHERE"):
        with pytest.raises(Invalid) as refused:
            statuses.move(session, moderator, row.id, "send", code)
        assert list(refused.value.errors) == ["structure"]
    agent = factories.agent(session, where.office)
    assert statuses.allowed(agent, row, None) == ()
    statuses.move(session, moderator, row.id, "send", "OFFICE")
    assert row.structure_id == where.office.id and found(session, service="BRANCH") == [row.id]
    assert statuses.allowed(agent, row, where.office) == (Act.REWRITE,)
    # The wrong one: it comes back, and goes to another.
    statuses.move(session, moderator, row.id, "take_back")
    statuses.move(session, moderator, row.id, "send", "STRANGER")
    assert statuses.allowed(agent, row, where.stranger) == ()


@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.PUBLISHED])
def test_what_is_not_published_does_not_move(session: Session, stage: Stage) -> None:
    row = documents.published(session)
    row.stage = stage.value
    with pytest.raises(NotFound):
        statuses.move(session, factories.moderator(session), row.id, "send")

"""Reports of documents and of readers' marks: hidden, put back exactly, removed, remembered."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, inspect, select
from sqlalchemy.orm import Session

from spplus_app.domain.documents.annotations import Tone, Why
from spplus_app.domain.documents.search import DocumentSearch
from spplus_app.domain.documents.stages import Stage
from spplus_app.domain.errors import Conflict, Invalid, NotFound
from spplus_app.domain.reports import CaseStatus, Decision, Kind, ReportReason
from spplus_app.persistence import documents as document_rows
from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import (
    AnnotationRow,
    DocumentRow,
    JournalRow,
    ReportCaseRow,
    ReportRow,
    SentenceHeatRow,
)
from spplus_app.services import clock, ledger, report_queue, reports, sitemap
from spplus_app.services.documents import (
    collection,
    following,
    housekeeping,
    inbox,
    index,
    listing,
    marks,
    others,
    rights,
    statuses,
    view,
)
from tests import documents
from tests import factories as make

OWNER, OTHER = make.visitor("owner"), make.visitor("other")
READERS = [make.visitor(f"reader {number}") for number in range(5)]
DATA, INSULT = ReportReason.PERSONAL_DATA.value, ReportReason.INSULT.value


def _case(session: Session, kind: Kind, number: int) -> ReportCaseRow:
    session.flush()
    session.expire_all()
    return session.get_one(ReportCaseRow, (kind.value, number))


def _mark(session: Session, row: DocumentRow, words: str = "indu", **told: str) -> int:
    """A mark of `OWNER`, sent; return its id."""
    told = told or {"understood": "Je dois payer", "rewrite": "Vous devez 412 euros"}
    given = documents.mark(words, Tone.WORRYING, Why.VOCABULARY, **told)
    made = marks.put(session, OWNER, row.id, str(uuid4()), given)
    with suppress(Invalid):
        marks.send(session, OWNER, row.id)
    return made.id


def _columns(one: Any) -> dict[str, Any]:
    return {column.key: getattr(one, column.key) for column in inspect(type(one)).columns}


def _marked(session: Session, row: DocumentRow, number: int) -> dict[str, Any]:
    """All that hiding a mark moves, and that restoring must bring back."""
    session.flush()
    session.expire_all()
    heat = session.scalars(select(SentenceHeatRow).order_by(SentenceHeatRow.sentence))
    return {
        "row": _columns(session.get_one(AnnotationRow, number)),
        "document": _columns(session.get_one(DocumentRow, row.id)),
        "heat": [_columns(one) for one in heat],
        "told": others.others(session, OTHER, row.id),
        "words": [one.understood for one in others.on_sentence(session, OTHER, row.id, 1).marks],
        "linked": collection.collection(session, row.id, ""),
        "page": view.public(session, row.id),
    }


@pytest.fixture
def row(session: Session) -> DocumentRow:
    """A document that `OTHER` looks at without marking."""
    made = documents.published(session)
    others.look(session, OTHER, made.id)
    return made


def test_a_mark_leaves_heat_words_and_linked_data_then_everything_comes_back(
    session: Session, row: DocumentRow
) -> None:
    _mark(session, row, "salutations", understood="Au revoir")
    number = _mark(session, row)
    before = _marked(session, row, number)
    assert before["words"] == ["Je dois payer"]
    reports.report(session, READERS[0], Kind.MARK, number, DATA, "")
    case = _case(session, Kind.MARK, number)
    assert (case.status, case.hidden, case.experience_id) == ("open", True, None)
    hidden = _marked(session, row, number)
    assert (hidden["words"], hidden["told"].marks) == ([], 1)
    assert [one.sentence for one in hidden["told"].heat] == [3]
    assert "Je dois payer" not in str(hidden["linked"]) and hidden["linked"]["total"] == 1
    with pytest.raises(NotFound):
        collection.annotation(session, row.id, number, "")
    mine = next(one for one in marks.own(session, OWNER, row.id) if one.id == number)
    assert (mine.understood, mine.sent) == ("Je dois payer", False)
    assert "vous seul la voyez" in mine.told
    judge = make.moderator(session)
    (told,) = report_queue.cases(session, judge).waiting
    assert told.paragraphs == [
        "A compris\u00a0: Je dois payer",
        "Écrirait\u00a0: Vous devez 412 euros",
    ]
    assert (told.about, told.kind_name) == (row.title, "La marque d’un lecteur")
    reports.decide(session, judge, Kind.MARK, number, told.version, Decision.KEEP)
    assert _marked(session, row, number) == before
    assert [one.told for one in marks.own(session, OWNER, row.id)] == ["", ""]


def test_a_mark_that_was_kept_stays_until_its_words_change(
    session: Session, row: DocumentRow
) -> None:
    number = _mark(session, row)
    judge = make.moderator(session)
    reports.report(session, READERS[0], Kind.MARK, number, DATA, "")
    version = report_queue.cases(session, judge).waiting[0].version
    reports.decide(session, judge, Kind.MARK, number, version, Decision.KEEP)
    reports.report(session, READERS[1], Kind.MARK, number, DATA, "")
    assert _case(session, Kind.MARK, number).status == "kept"
    assert report_queue.cases(session, judge).kept[0].state == "Signalé, gardé"
    uuid = session.get_one(AnnotationRow, number).uuid
    changed = documents.mark("indu", Tone.CLEAR, understood="Je dois payer")
    assert marks.put(session, OWNER, row.id, uuid, changed).sent
    reports.report(session, READERS[1], Kind.MARK, number, DATA, "")
    assert _case(session, Kind.MARK, number).hidden
    same = documents.mark("indu", understood="Je dois payer", rewrite="Vous devez 412 euros")
    kept = marks.put(session, OWNER, row.id, uuid, same)
    assert not kept.sent and "masquée" in kept.told  # changing words puts nothing back
    with pytest.raises(Conflict):
        reports.decide(session, judge, Kind.MARK, number, version + 1, Decision.KEEP)


def test_a_mark_that_is_removed_is_its_readers_only_who_reads_why(
    session: Session, row: DocumentRow
) -> None:
    number = _mark(session, row)
    for reader in READERS[:3]:
        assert others.others(session, OTHER, row.id).marks == 1
        reports.report(session, reader, Kind.MARK, number, INSULT, "")
    judge = make.moderator(session)
    version = report_queue.cases(session, judge).waiting[0].version
    with pytest.raises(Invalid):
        reports.decide(session, judge, Kind.MARK, number, version, Decision.REMOVE)
    reports.decide(
        session, judge, Kind.MARK, number, version, Decision.REMOVE, "insult", "Sans insulte."
    )
    (mine,) = marks.own(session, OWNER, row.id)
    assert "retirée" in mine.told and "Sans insulte." in mine.told
    assert others.on_sentence(session, OTHER, row.id, 1).marks == []
    assert others.others(session, OTHER, row.id).marks == 0
    uuid = session.get_one(AnnotationRow, number).uuid
    marks.put(session, OWNER, row.id, uuid, documents.mark("indu", understood="Autre chose"))
    assert others.on_sentence(session, OTHER, row.id, 1).marks == []
    with pytest.raises(NotFound):
        reports.report(session, READERS[4], Kind.MARK, number, INSULT, "")
    entries = session.scalars(select(JournalRow.entry).where(JournalRow.subject_kind == "mark"))
    assert [one for one in entries if one.startswith("mark.")] == ["mark.hidden", "mark.removed"]


def test_a_mark_taken_off_is_forgotten_after_a_year_and_its_decision_stays(
    session: Session, row: DocumentRow
) -> None:
    number = _mark(session, row)
    judge = make.moderator(session)
    with make.at(1):
        reports.report(session, READERS[0], Kind.MARK, number, DATA, "Un nom.")
        version = report_queue.cases(session, judge).waiting[0].version
        gone = (session, judge, Kind.MARK, number, version, Decision.REMOVE)
        reports.decide(*gone, "personal_data", "Un nom.")
    with make.at(365):
        assert housekeeping.forget(session)["removed_marks"] == 0
    with make.at(368):
        assert housekeeping.forget(session)["removed_marks"] == 1
    assert session.get(AnnotationRow, number) is None
    kept = _case(session, Kind.MARK, number)
    assert (kept.status, kept.message) == ("removed", "")
    assert list(session.scalars(select(ReportRow))) == []


def test_a_mark_taken_back_takes_its_case_along(session: Session, row: DocumentRow) -> None:
    number = _mark(session, row)
    reports.report(session, READERS[0], Kind.MARK, number, DATA, "Un nom.")
    uuid = session.get_one(AnnotationRow, number).uuid
    marks.remove(session, OWNER, row.id, uuid)
    assert others.others(session, OTHER, row.id).marks == 0
    assert report_queue.cases(session, make.moderator(session)).total == 0
    assert list(session.scalars(select(ReportRow))) == []
    with pytest.raises(NotFound):
        reports.report(session, READERS[1], Kind.MARK, number, DATA, "")


def test_only_words_that_everyone_reads_are_reported(session: Session, row: DocumentRow) -> None:
    given = documents.mark("indu", understood="Pour moi")
    private = marks.put(session, OWNER, row.id, str(uuid4()), given).id
    silent = marks.put(session, READERS[0], row.id, str(uuid4()), documents.mark("indu")).id
    marks.send(session, READERS[0], row.id)
    tries: tuple[Callable[[], object], ...] = (
        lambda: reports.report(session, READERS[1], Kind.MARK, private, DATA, ""),
        lambda: reports.report(session, READERS[1], Kind.MARK, silent, DATA, ""),
        lambda: report_queue.asked(session, "marque", private),
        lambda: report_queue.asked(session, "marque", 10**12),
        lambda: report_queue.asked(session, "document", 10**12),
    )
    for one in tries:
        with pytest.raises(NotFound):
            one()


# ---- Documents -------------------------------------------------------------------------------


def _shown(session: Session, row: DocumentRow, agent: Any) -> dict[str, Any]:
    """All that hiding a document moves, and that restoring must bring back."""
    session.flush()
    session.expire_all()
    return {
        "row": _columns(session.get_one(DocumentRow, row.id)),
        "listed": [one.id for one in listing.results(session, DocumentSearch()).cards],
        "found": [one.id for one in listing.results(session, DocumentSearch(q="indu")).cards],
        "index": index.differing(session),
        "site map": [one.path for one in sitemap.addresses(session, "documents", 0)],
        "inbox": [one.card.id for one in inbox.inbox(session, agent).rows],
    }


def _held(session: Session, where: Any = None) -> DocumentRow:
    """A published document that `OWNER` sent."""
    row = documents.published(session, where)
    document_rows.hold(session, OWNER.visitor, row.id, clock.now())
    return row


def test_a_document_leaves_everything_then_comes_back_as_it_was(session: Session) -> None:
    where = make.structure(session, "A")
    agent, judge = make.agent(session, where), make.moderator(session)
    row = _held(session, where)
    statuses.move(session, judge, row.id, "send")
    number = _mark(session, row)
    before = _shown(session, row, agent)
    assert before["listed"] == before["found"] == before["inbox"] == [row.id]
    reports.report(session, READERS[0], Kind.DOCUMENT, row.id, DATA, "")
    hidden = _shown(session, row, agent)
    assert (hidden["listed"], hidden["found"], hidden["inbox"]) == ([], [], [])
    assert (hidden["index"], hidden["site map"]) == ([], [])
    reads: tuple[Callable[[], object], ...] = (
        lambda: view.public(session, row.id),
        lambda: view.read(session, row.id),
        lambda: view.image(session, row.id, 1),
        lambda: collection.collection(session, row.id, ""),
        lambda: marks.own(session, OWNER, row.id),
        lambda: others.others(session, OTHER, row.id),
        lambda: reports.report(session, READERS[1], Kind.MARK, number, DATA, ""),
    )
    for one in reads:
        with pytest.raises(NotFound):
            one()
    sent = following.follow(session, OWNER, row.id)
    assert sent.stage_name == "Signalé, masqué le temps d’une vérification"
    (told,) = report_queue.cases(session, judge).waiting
    assert told.hidden and any("indu de prestations" in one for one in told.paragraphs)
    assert view.public(session, row.id, judge).title == row.title
    reports.decide(session, judge, Kind.DOCUMENT, row.id, 1, Decision.KEEP, message="Bien lu.")
    assert _shown(session, row, agent) == before
    (notice,) = following.follow(session, OWNER, row.id).notices
    assert "gardé" in notice.text and notice.message == ["Bien lu."]
    reports.report(session, READERS[1], Kind.DOCUMENT, row.id, DATA, "")
    assert _case(session, Kind.DOCUMENT, row.id).status == "kept"
    assert view.public(session, row.id)


def test_a_document_removed_tells_its_depositor_why(session: Session) -> None:
    row = _held(session)
    number = _mark(session, row)
    reports.report(session, READERS[0], Kind.MARK, number, INSULT, "")
    reports.report(session, READERS[0], Kind.DOCUMENT, row.id, DATA, "")
    judge = make.moderator(session)
    gone = (session, judge, Kind.DOCUMENT, row.id, 1, Decision.REMOVE)
    with pytest.raises(Invalid):
        reports.decide(*gone)
    reports.decide(*gone, "personal_data", "Un nom se lit page 2.")
    sent = following.follow(session, OWNER, row.id)
    assert sent.stage == Stage.REFUSED
    assert sent.told == "Donnée personnelle ou personne reconnaissable\n\nUn nom se lit page 2."
    assert _case(session, Kind.DOCUMENT, row.id).status == CaseStatus.REMOVED
    # What was reported on it waits for nobody.
    assert _case(session, Kind.MARK, number).status == CaseStatus.CLOSED
    assert report_queue.cases(session, judge).total == 0
    with pytest.raises(NotFound):
        view.public(session, row.id)
    counted = {one.name: one.value for one in ledger.measure(session)}
    assert (counted["ledger.reported"], counted["ledger.reported_removed"]) == (2, 1)


def test_a_depositor_who_takes_back_or_erases_closes_the_case(session: Session) -> None:
    row = _held(session)
    number = _mark(session, row)
    reports.report(session, READERS[0], Kind.MARK, number, DATA, "Un nom.")
    reports.report(session, READERS[0], Kind.DOCUMENT, row.id, DATA, "Un nom.")
    rights.withdraw(session, OWNER, row.id)
    for kind, one in ((Kind.DOCUMENT, row.id), (Kind.MARK, number)):
        assert _case(session, kind, one).status == CaseStatus.CLOSED
    judge = make.moderator(session)
    assert report_queue.cases(session, judge).total == 0
    rights.erase(session, OWNER, row.id, {"mot": "EFFACER"})
    assert list(session.scalars(select(ReportRow))) == []
    assert list(session.scalars(select(AnnotationRow))) == []  # nobody had read it again
    other = _held(session)
    reports.report(session, READERS[0], Kind.DOCUMENT, other.id, DATA, "Un nom.")
    rights.erase(session, OWNER, other.id, {"mot": "EFFACER"})
    assert session.get(ReportCaseRow, ("document", other.id)) is None


def test_many_reports_of_a_mark_at_once_hide_it_once(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        row = documents.published(session)
        number = _mark(session, row)
        _mark(session, row, "salutations", understood="Au revoir")
        document_id = row.id

    def say(index: int) -> None:
        with suppress(NotFound), unit_of_work(engine) as session:  # hidden meanwhile
            reports.report(session, make.visitor(f"v{index % 6}"), Kind.MARK, number, INSULT, "")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(say, range(18)))
    with unit_of_work(engine) as session:
        assert _case(session, Kind.MARK, number).reports == 3
        assert session.get_one(DocumentRow, document_id).marks == 1
        hidden = select(JournalRow).where(JournalRow.entry == "mark.hidden")
        assert len(list(session.scalars(hidden))) == 1

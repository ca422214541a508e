"""A published document as its page shows it, sentence by sentence, and its marks as linked data."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from spplus_app.domain.documents import heat as rules
from spplus_app.domain.documents.annotations import Tone, Why
from spplus_app.domain.documents.json_ld import PAGE_SIZE
from spplus_app.domain.documents.stages import Stage
from spplus_app.domain.errors import Gone, Invalid, NotFound
from spplus_app.persistence import marks as rows
from spplus_app.persistence.tables import DocumentPageRow, DocumentRow, SentenceHeatRow
from spplus_app.services.documents import collection, marks, others, sentence, texts, view
from tests import documents, factories

ONE, TWO = factories.visitor("one"), factories.visitor("two")


@pytest.fixture
def row(session: Session) -> DocumentRow:
    return documents.published(session, factories.structure(session, "HERE"))


def _put(session: Session, row: DocumentRow, reader: str, words: str, tone: Tone, *why: Why) -> str:
    viewer = factories.visitor(reader)
    given = documents.mark(words, tone, *why)
    made = marks.put(session, viewer, row.id, str(uuid4()), given)
    marks.send(session, viewer, row.id)
    return made.uuid


def test_what_is_told_of_a_document_is_what_everyone_may_know(
    session: Session, row: DocumentRow
) -> None:
    shown = view.public(session, row.id)
    assert (shown.href, shown.status_name, shown.kind) == (
        f"/documents/{row.id}-indu",
        "Reçu",
        "Courrier",
    )
    assert shown.problems == ["jargon incompréhensible"] and shown.service
    assert shown.readers_told == "Personne n’a encore envoyé ses marques sur ce document."
    _put(session, row, "one", "indu", Tone.UNCLEAR)
    others.look(session, TWO, row.id)
    told = view.public(session, row.id).readers_told
    assert told.startswith("1 personne a envoyé ses marques") and "1 autre l" in told


@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.PUBLISHED])
def test_only_what_is_published_is_told(session: Session, row: DocumentRow, stage: Stage) -> None:
    row.stage = stage.value
    session.flush()
    kind = Gone if stage is Stage.ERASED else NotFound
    for asked in (
        lambda: view.public(session, row.id),
        lambda: view.read(session, row.id),
        lambda: view.image(session, row.id, 1),
        lambda: sentence.own(session, ONE, row.id, 0),
        lambda: collection.collection(session, row.id, "http://x"),
        lambda: collection.annotation(session, row.id, 1, "http://x"),
    ):
        with pytest.raises(kind):
            asked()


def test_a_page_without_a_masked_image_shows_none(session: Session, row: DocumentRow) -> None:
    session.add(
        DocumentPageRow(document_id=row.id, number=0, width=595, height=842, stored="f" * 32)
    )
    session.flush()
    (page,) = view.public(session, row.id).pages
    assert (page.number, page.src, page.width, page.height) == (1, "", 620, 877)
    with pytest.raises(NotFound):
        view.image(session, row.id, 1)


def test_a_form_marks_a_sentence_then_the_next_and_takes_it_back(
    session: Session, row: DocumentRow
) -> None:
    fields = {"geste": "garder", "ton": "unclear", "motif-length": "oui", "compris": "Rien."}
    assert sentence.said(session, ONE, row.id, 1, fields) == 2
    mine = sentence.own(session, ONE, row.id, 1)
    assert mine.mark is not None and mine.marks == 1
    assert (mine.mark.tone, mine.mark.reasons, mine.mark.understood) == (
        "unclear",
        ["length"],
        "Rien.",
    )
    again = sentence.said(session, ONE, row.id, 1, {"geste": "garder", "ton": "worrying"})
    changed = sentence.own(session, ONE, row.id, 1)
    assert again == 2 and changed.marks == 1 and changed.mark is not None
    assert (changed.mark.uuid, changed.mark.tone) == (mine.mark.uuid, "worrying")
    assert sentence.said(session, ONE, row.id, 1, {"geste": "effacer"}) == 1
    assert sentence.own(session, ONE, row.id, 1).mark is None
    last = 3
    assert sentence.said(session, ONE, row.id, last, fields) == last
    for at in (-1, last + 1):
        with pytest.raises(NotFound):
            sentence.said(session, ONE, row.id, at, fields)
    with pytest.raises(Invalid):
        sentence.said(session, ONE, row.id, 0, {"geste": "garder"})


def test_heat_kept_gesture_by_gesture_is_what_a_whole_count_gives(
    session: Session, row: DocumentRow
) -> None:
    """Only the sentences that a gesture touched are counted again: the others stay true."""
    whole = documents.text(*documents.LETTER).text
    first = _put(session, row, "one", "indu de prestations", Tone.UNCLEAR, Why.VOCABULARY)
    _put(session, row, "two", whole[20:190], Tone.WORRYING, Why.TONE, Why.LOST)
    _put(session, row, "three", "salutations", Tone.CLEAR)
    _put(session, row, "one", "récupération", Tone.WORRYING)
    # The mark moves from one sentence to another: both are counted again.
    moved = documents.mark("Madame", Tone.CLEAR)
    marks.put(session, ONE, row.id, first, moved)
    marks.remove(session, factories.visitor("three"), row.id, _uuid(session, row, "three"))
    kept = [
        (one.sentence, one.readers, one.counts) for one in rows.heat(session, row.id, row.version)
    ]
    _, text = texts.text_of(session, row)
    sent = [
        rules.Sent(visitor, start, end, Tone(tone), tuple(Why(one) for one in reasons))
        for visitor, start, end, tone, reasons in rows.told(
            session, row.id, row.version, (0, len(text.text))
        )
    ]
    counted = [
        (one.sentence, one.readers, {k.value: n for k, n in (*one.tones, *one.reasons)})
        for one in rules.heat(text, sent)
    ]
    assert kept == counted and len(kept) == 3


def _uuid(session: Session, row: DocumentRow, reader: str) -> str:
    return marks.own(session, factories.visitor(reader), row.id)[0].uuid


def test_a_gesture_counts_no_sentence_it_did_not_touch(session: Session, row: DocumentRow) -> None:
    _put(session, row, "one", "indu", Tone.UNCLEAR)
    session.execute(delete(SentenceHeatRow))
    _put(session, row, "two", "salutations", Tone.CLEAR)
    assert [one.sentence for one in rows.heat(session, row.id, row.version)] == [3]


def test_heat_is_told_for_a_part_of_the_text_only(session: Session, row: DocumentRow) -> None:
    _put(session, row, "one", "indu", Tone.UNCLEAR)
    _put(session, row, "one", "salutations", Tone.CLEAR)
    found = others.others(session, ONE, row.id, range(2, 4))
    assert [one.sentence for one in found.heat] == [3]


def test_public_marks_are_linked_data_with_addresses_that_resolve(
    session: Session, row: DocumentRow
) -> None:
    for at in range(3):
        _put(session, row, f"reader {at}", "indu", Tone.UNCLEAR, Why.VOCABULARY)
    marks.put(session, TWO, row.id, str(uuid4()), documents.mark("Sauf"))
    told = collection.collection(session, row.id, "http://x")
    assert told["id"] == f"http://x/documents/{row.id}/annotations.jsonld"
    assert (told["type"], told["total"]) == ("AnnotationCollection", 3)
    items = told["first"]["items"]
    assert len(items) == 3, "a private mark is nobody else’s"
    first = items[0]["id"]
    assert first.startswith(f"http://x/documents/{row.id}/annotations/")
    one = collection.annotation(session, row.id, int(first.rsplit("/", 1)[1]), "http://x")
    assert one == {"@context": told["@context"]} | items[0]
    page = collection.collection(session, row.id, "http://x", 0)
    assert (page["type"], page["items"]) == ("AnnotationPage", items)
    with pytest.raises(NotFound):
        collection.collection(session, row.id, "http://x", 1)
    private = marks.own(session, TWO, row.id)[0].uuid
    hidden = rows.by_uuid(session, private)
    assert hidden is not None
    with pytest.raises(NotFound):
        collection.annotation(session, row.id, hidden.id, "http://x")


def test_pages_of_the_collection_follow_each_other(
    session: Session, row: DocumentRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert PAGE_SIZE > 2
    for module in (
        "spplus_app.services.documents.collection",
        "spplus_app.domain.documents.json_ld",
    ):
        monkeypatch.setattr(f"{module}.PAGE_SIZE", 2)
    for at in range(3):
        _put(session, row, f"reader {at}", "indu", Tone.UNCLEAR)
    first, second = (collection.collection(session, row.id, "http://x", at) for at in (0, 1))
    assert first["next"] == second["id"] and second["prev"] == first["id"]
    assert (len(first["items"]), len(second["items"]), second["startIndex"]) == (2, 1, 2)

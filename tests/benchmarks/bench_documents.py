"""The longest document with ten thousand marks: opened, marked, and the mark seen by another.

On an empty database of each kind, made for the bench. Nothing here fails because a machine is slow.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from spplus_app.api.first_paint import reading as painter
from spplus_app.api.first_paint.paint import Ask
from spplus_app.domain.documents import heat, stored
from spplus_app.domain.documents.annotations import Annotation, Mark, Tone, Why
from spplus_app.domain.documents.canonical import Canonical, canonical
from spplus_app.domain.documents.reading import Block, BlockKind, Reading
from spplus_app.domain.documents.selectors import select
from spplus_app.domain.documents.sizes import CHARACTERS_MAX
from spplus_app.persistence import documents as rows
from spplus_app.persistence import marks as kept
from spplus_app.persistence import reading, unit_of_work
from spplus_app.persistence.tables import AnnotationRow, DocumentReaderRow
from spplus_app.services import clock
from spplus_app.services.documents import marks, others, view
from tests import documents, factories
from tests.benchmarks import asked, figures
from tests.benchmarks.filled import KINDS
from tests.benchmarks.timing import Times

MARKS, EACH, ROUNDS = 10_000, 20, 30
"""Marks in all, of one reader, and how often each thing is timed."""
SENTENCE = "Vous avez perçu un indu au titre de la période {at}, que nous récupérerons sans délai. "
ME, OTHER = factories.visitor("me"), factories.visitor("other")
TARGETS = {"opened: service and first HTML": "1000", "a mark stored, then seen by another": "500"}


@pytest.mark.bench
def bench_documents(engine: Engine, kind: str) -> None:
    """Open it, mark it, look at it again."""
    with unit_of_work(engine) as session:
        document_id, text = _written(session)
    size, taken = _measured(engine, document_id, text)
    table = [[name, TARGETS.get(name, ""), one.told()] for name, one in taken.items()]
    above = (
        f"{len(text.text)} characters, {len(text.sentences)} sentences, {MARKS} public marks of "
        f"{MARKS // EACH} readers. Milliseconds: median · 95th percentile, then the same in "
        f"processor time. The first HTML of a part is {size} bytes of content before compression."
    )
    head = ["", "target", "median · p95 (processor)"]
    figures.publish(f"Documents: {KINDS[kind]}", {above: figures.table(head, table)})


def _measured(engine: Engine, document_id: int, text: Canonical) -> tuple[int, dict[str, Times]]:
    opened, heated = Times(), Times()
    put, seen = Times(), Times()
    size = 0
    pick = Random(asked.SEED)

    def first_html() -> None:
        nonlocal size
        with reading(engine) as session:
            href = view.public(session, document_id).href
            size = len(str(painter.one(session, Ask(href)).body).encode())

    def others_seen() -> None:
        with reading(engine) as session:
            read = view.read(session, document_id, pick.randint(1, 8))
            assert read is not None
            others.others(session, OTHER, document_id, read.part.sentences)
            marks.own(session, OTHER, document_id)

    def marked(at: int) -> None:
        one = text.sentences[at]
        given = Annotation(select(text.text, one.start, one.end), Mark(Tone.WORRYING, (Why.TONE,)))
        with unit_of_work(engine) as session:
            marks.put(session, ME, document_id, str(uuid4()), given)

    def seen_by_another(at: int) -> None:
        marked(at)
        with reading(engine) as session:
            found = others.others(session, OTHER, document_id, range(at, at + 1)).heat
            told = others.on_sentence(session, OTHER, document_id, at).marks
        assert found and told

    for at in pick.sample(range(len(text.sentences)), 2 * ROUNDS):
        opened.take(first_html)
        heated.take(others_seen)
        put.take(lambda at=at: marked(at))
        seen.take(lambda at=at: seen_by_another((at + 1) % len(text.sentences)))
    return size, {
        "opened: service and first HTML": opened,
        "one's own marks and the heat of a part": heated,
        "a mark stored, once sent": put,
        "a mark stored, then seen by another": seen,
    }


def _written(session: Session) -> tuple[int, Canonical]:
    """Write the longest document, its marks and its heat."""
    sentences = [SENTENCE.format(at=at) for at in range(CHARACTERS_MAX // len(SENTENCE))]
    blocks = ["".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5)]
    text = canonical(Reading(tuple(Block(BlockKind.PARAGRAPH, one) for one in blocks)))
    row = documents.published(session)
    version = rows.version(session, row.id, 1)
    assert version is not None
    parts = stored.version_parts(text)
    version.text, version.blocks = parts.text, parts.blocks
    version.sentences, version.regions = parts.sentences, parts.regions
    pick, now, sent = Random(asked.SEED), clock.now(), []
    for number in range(MARKS):
        one = text.sentences[pick.randrange(len(text.sentences))]
        tone, why = pick.choice(list(Tone)), pick.choice(list(Why))
        reader = factories.visitor(f"reader {number // EACH}").visitor
        sent.append((heat.Sent(reader, one.start, one.end, tone, (why,)), text.text))
    session.execute(
        insert(AnnotationRow),
        [
            {
                "uuid": str(uuid4()),
                "document_id": row.id,
                "version": 1,
                "visitor": one.reader,
                "status": kept.SENT,
                "tone": one.tone.value,
                "reasons": [why.value for why in one.reasons],
                "understood": "",
                "rewrite": "",
                "start": one.start,
                "end": one.end,
                "exact": words[one.start : one.end],
                "prefix": "",
                "suffix": "",
                "created_at": now,
                "updated_at": now,
                "sent_at": now,
            }
            for one, words in sent
        ],
    )
    found = [
        (one.sentence, one.readers, {k.value: n for k, n in (*one.tones, *one.reasons)})
        for one in heat.heat(text, [one for one, _ in sent])
    ]
    kept.keep_heat(session, row.id, 1, found, range(len(text.sentences)))
    row.marks, row.readers = MARKS, MARKS // EACH
    for viewer, moment in ((ME, "sent_at"), (OTHER, "looked_at")):
        line = DocumentReaderRow(document_id=row.id, visitor=viewer.visitor, created_at=now)
        setattr(line, moment, now - timedelta(hours=1))
        session.add(line)
    session.flush()
    return row.id, text

"""What a moderator waits for: the queue and one text, beside databases of each size.

Texts that wait, each with its second look, are added for the bench and taken away after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import islice
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from spplus_app.domain.roles import Grant, Role, Viewer
from spplus_app.domain.text import slug
from spplus_app.persistence import generated, reading, unit_of_work
from spplus_app.persistence.experiences import Key
from spplus_app.persistence.tables import (
    ExperienceRow,
    ExperienceStructureRow,
    SecondLookRow,
    StructureRow,
)
from spplus_app.services import clock, experiences, moderation_queue, second_looks, texts
from tests.benchmarks import asked, figures
from tests.benchmarks.filled import KINDS, Filled
from tests.benchmarks.timing import Call, Times, interleaved

WAITING = 2_000
READ_BEFORE = 5_000
"""Published texts that were urgent in their time."""
MODERATOR = Viewer(person_id=1, grants=(Grant(Role.MODERATOR),))
TARGETS = {"the queue, first page": "20", "a later page of the queue": "20"}
NARRATIVES = (
    "Le guichet était fermé mardi, sans une affiche, et j’ai perdu une matinée de travail.",
    "Personne ne répond depuis deux mois. Je n’y arrive plus, j’ai envie de mourir.",
    "Au guichet, Mme Lefebvre m’a reçue et tout s’est réglé en dix minutes, sans attendre.",
    "Bande de connards ! J’ATTENDS DEPUIS TROIS MOIS UN PAPIER QUI NE VIENT JAMAIS, MERCI BIEN.",
    "Écrivez-moi au 06 12 34 56 78 ou lisez https://exemple.com, je raconte tout en détail.",
)
HOW_OFTEN = (60, 1, 20, 5, 14)
"""How often each of them is told in a text that waits."""


@dataclass(slots=True)
class Column:
    """What was seen at one size."""

    name: str
    times: dict[str, Times]


_seen: dict[str, list[Column]] = {kind: [] for kind in KINDS}


@pytest.mark.bench
@pytest.mark.samples
def bench_moderation(base: Filled) -> None:
    """Ask for the queue and for texts that wait, write how long it took."""
    with _waiting(base) as ids:
        columns = _seen[base.kind]
        columns.append(Column(base.name, interleaved(_families(base, ids))))
    rows = [
        [name, TARGETS.get(name, ""), *(one.times[name].told() for one in columns)]
        for name in columns[0].times
    ]
    above = (
        f"{WAITING} texts wait, each with its second look, some of them urgent; "
        f"{READ_BEFORE} published ones were urgent in their time. "
        "Milliseconds: median · 95th percentile, then the same in processor time of the process "
        "that asks. The target is for the 95th percentile at a million."
    )
    head = ["", "target", *(one.name for one in columns)]
    figures.publish(f"Moderation: {KINDS[base.kind]}", {above: figures.table(head, rows)})


def _families(base: Filled, ids: Sequence[int]) -> dict[str, list[Call]]:
    def each(works: Sequence[Callable[[Session], object]]) -> list[Call]:
        def call(work: Callable[[Session], object]) -> Call:
            def run() -> object:
                with reading(base.engine) as session:
                    return work(session)

            return run

        return [call(work) for work in works]

    with reading(base.engine) as session:
        keys = list(islice(_keys(session), asked.EACH))
        public = _published(session, asked.EACH)
    queue, item = moderation_queue.queue, moderation_queue.item
    picked = Random(asked.SEED).sample(list(ids), asked.EACH)
    return {
        "the queue, first page": each([partial(queue, viewer=MODERATOR)] * asked.EACH),
        "a later page of the queue": each(
            [partial(queue, viewer=MODERATOR, after_key=key) for key in keys]
        ),
        "one text to read": each(
            [partial(item, viewer=MODERATOR, experience_id=one) for one in picked]
        ),
        "for comparison: one published text": each(
            [partial(experiences.public, experience_id=one) for one in public]
        ),
    }


def _keys(session: Session) -> Iterator[Key]:
    """Where each page of the queue begins, the first but one and those after."""
    key = moderation_queue.queue(session, MODERATOR).next_key
    while key is not None:
        yield key
        key = moderation_queue.queue(session, MODERATOR, key).next_key


def _published(session: Session, count: int) -> list[int]:
    query = select(ExperienceRow.id).where(ExperienceRow.status == "published").limit(count)
    return list(session.scalars(query))


@contextmanager
def _waiting(base: Filled) -> Iterator[list[int]]:
    """Texts that wait, looked at as when they are sent; gone afterwards."""
    rng = Random(asked.SEED)
    with unit_of_work(base.engine) as session:
        where = list(session.scalars(select(StructureRow.id).limit(50)))
        rows = [_text(session, rng, rng.choice(where)) for _ in range(WAITING)]
        ids = [row.id for row in rows]
        urgent = next(row for row in map(partial(session.get, SecondLookRow), ids) if row.urgent)
        before = _published(session, READ_BEFORE)
        session.add_all(
            SecondLookRow(experience_id=one, urgent=True, seen=urgent.seen) for one in before
        )
    if base.kind == "postgresql":
        with base.engine.begin() as connection:
            connection.execute(text("ANALYZE experience, second_look"))
    try:
        yield ids
    finally:
        with unit_of_work(base.engine) as session:
            generated.remove(session, ids)
            session.execute(delete(SecondLookRow).where(SecondLookRow.experience_id.in_(before)))


def _text(session: Session, rng: Random, structure_id: int) -> ExperienceRow:
    sent_at = clock.now() - timedelta(minutes=rng.randrange(7 * 24 * 60))
    title = f"Ce qui m’est arrivé ce jour-là, {rng.randrange(999)}"
    row = ExperienceRow(
        uuid=str(uuid4()),
        status="pending",
        title=title,
        narrative="\n\n".join(rng.choices(NARRATIVES, HOW_OFTEN, k=3)),
        slug=slug(title),
        ressenti="Négatif",
        posted_as="La personne concernée",
        tags={},
        version=1,
        created_at=sent_at,
        sent_at=sent_at,
        updated_at=sent_at,
    )
    session.add(row)
    session.flush()
    session.add(
        ExperienceStructureRow(
            experience_id=row.id, position=0, structure_id=structure_id, channels=[]
        )
    )
    texts.keep(session, row)
    second_looks.look(session, row)
    return row

"""Filling a database with generated experiences, and taking them out again.

Each batch is one transaction, counts and search index included: cut short, the site is whole.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from random import Random

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from ...domain.errors import Refused
from ...domain.journal import Entry
from ...domain.replies import delay_from
from ...domain.roles import NOBODY
from ...persistence import bulk, generated, integrity, search, unit_of_work
from ...persistence import reading as reading_only
from ...persistence.search import Indexed
from ...services import clock, record
from ...settings import settings
from .. import texts
from .draw import Batch, Target, World, draw
from .fragments import fragments

BATCH = 10_000
SOURCE = generated.SOURCE
_AHEAD = 2
"""Batches drawn before the one that is stored."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; ``processes`` draw texts beside the one that stores (0: in turn)."""

    count: int
    replied: float = 0.75
    seed: int = 1
    force: bool = False
    processes: int = 0


def generate(wanted: Wanted, engine: Engine | None = None, progress: Progress | None = None) -> int:
    """Add generated experiences over the structures in use; return how many.

    `Refused` on an official site, or beside what people told, unless ``wanted.force``.
    """
    with unit_of_work(engine) as session:
        _check(session, force=wanted.force)
        offset = generated.last(session)
        world = _world(session, wanted)
        places = bulk.Positions(session)
    done = 0
    for batch in _batches(world, offset, wanted):
        with unit_of_work(engine) as session:
            _store(session, batch, offset + done, places)
        done += len(batch.experiences)
        if progress is not None:
            progress("Expériences", done, wanted.count)
    with unit_of_work(engine) as session:
        _tell(session, Entry.EXPERIENCES_GENERATED, done)
    return done


def remove(engine: Engine | None = None, progress: Progress | None = None) -> int:
    """Take out every generated experience, with all that people did with it; return how many."""
    with reading_only(engine) as session:
        ids = generated.ids(session)
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        with unit_of_work(engine) as session:
            search.remove(session, generated.positions_of(session, some))
            bulk.count_many(session, generated.counted(session, some))
            generated.remove(session, some)
        if progress is not None:
            progress("Retrait", start + len(some), len(ids))
    with unit_of_work(engine) as session:
        _tell(session, Entry.EXPERIENCES_REMOVED, len(ids))
    return len(ids)


def _check(session: Session, *, force: bool) -> None:
    if force:
        return
    if settings().official:
        raise Refused(
            "Ce site est officiel : des expériences inventées n’y ont pas leur place. "
            "Si vous en êtes certain, ajoutez --force."
        )
    told = generated.told_by_people(session, [story.uuid for story in texts.stories()])
    if told:
        raise Refused(
            f"Cette base contient déjà {told} expériences qui n’ont pas été inventées. "
            "Prenez une autre base, ou ajoutez --force."
        )


def _world(session: Session, wanted: Wanted) -> World:
    delays, known = integrity.announced(session), fragments()
    targets = []
    for row in generated.targets(session):
        chain = [delays.get(one) for one in reversed(row.path_ids)]
        theme = known.themes.index(known.theme_of(row.network, row.typology))
        targets.append(
            Target(
                row.id,
                row.network_id,
                row.path_ids,
                row.department,
                row.town,
                theme,
                delay_from(chain).days,
            )
        )
    Random(wanted.seed).shuffle(targets)  # noqa: S311 -- nothing secret is drawn
    # National bodies are met the most: the nearer to its root, the sooner in the list.
    targets.sort(key=lambda one: (len(one.path_ids) > 1, False))
    return World(tuple(targets), clock.now(), wanted.count, wanted.replied, wanted.seed)


def _batches(world: World, offset: int, wanted: Wanted) -> Iterator[Batch]:
    pieces = [(first, min(BATCH, wanted.count - first)) for first in range(0, wanted.count, BATCH)]
    if wanted.processes == 0 or len(pieces) == 1:
        for first, size in pieces:
            yield draw(world, offset, first, size)
        return
    # Started anew, not forked: a fork would share the database's connections.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(wanted.processes, mp_context=context) as pool:
        waiting: deque[Future[Batch]] = deque()
        for first, size in pieces:
            waiting.append(pool.submit(draw, world, offset, first, size))
            if len(waiting) > wanted.processes + _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _store(session: Session, batch: Batch, serial: int, places: bulk.Positions) -> None:
    ids = bulk.new_ids(session, len(batch.experiences))
    moves: dict[int, tuple[int, int]] = {}
    origins = []
    for place, (row, number) in enumerate(zip(batch.experiences, ids, strict=True)):
        row["id"] = batch.versions[place]["experience_id"] = number
        row["position"] = places.take(row["position"])
        origins.append(generated.origin(number, serial + place + 1))
    for row in (*batch.structures, *batch.replies):
        row["experience_id"] = ids[row["experience_id"]]
    for row in batch.structures:
        published, replied = moves.get(row["structure_id"], (0, 0))
        moves[row["structure_id"]] = (published + 1, replied + (row["replied_at"] is not None))
    bulk.add_experiences(
        session, batch.experiences, batch.versions, batch.structures, batch.replies, origins
    )
    bulk.count_many(session, moves)
    search.put(
        session,
        [
            Indexed(row["position"], row["id"], one)
            for row, one in zip(batch.experiences, batch.documents, strict=True)
        ],
    )


def _tell(session: Session, entry: Entry, count: int) -> None:
    if count:
        record.journal_entry(
            session, NOBODY, entry, ("experiences", SOURCE), after={"count": count}
        )
        record.changed(session, record.EXPERIENCES, record.STRUCTURES)

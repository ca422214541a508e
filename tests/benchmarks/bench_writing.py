"""Deposit, publication and reply, beside one bare INSERT of the same row, committed, in turn.

Nothing here fails because a machine is slow.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from spplus_app.domain.roles import Viewer
from spplus_app.persistence import reading, unit_of_work
from spplus_app.persistence.engine import _prepare_sqlite
from spplus_app.persistence.tables import ExperienceRow, StructureRow
from spplus_app.services import experiences, moderation, replies
from tests import factories
from tests.benchmarks import figures
from tests.benchmarks.filled import KINDS, Filled
from tests.benchmarks.timing import Times, at

ROUNDS = 100
WARM = 10
"""Rounds before those that count."""
BARE = "one bare INSERT, committed"


_seen: dict[str, list[list[str]]] = {kind: [] for kind in KINDS}


@pytest.mark.bench
@pytest.mark.samples
def bench_writing(base: Filled) -> None:
    """Write a hundred times on a database of each kind and size; tell the ratios."""
    rows = _seen[base.kind]
    rows += [[base.name, *row] for row in _rows(_measured(base))]
    head = ["experiences", "what", "median · p95 (processor)", "beside the bare INSERT"]
    above = (
        "Milliseconds of a whole gesture, its transaction committed to disk; the ratio is of "
        "medians, over the bare INSERTs made in turn with the gestures. Target: 3 at most."
    )
    figures.publish(f"Writing: {KINDS[base.kind]}", {above: figures.table(head, rows)})


def _rows(taken: dict[str, Times]) -> list[list[str]]:
    floor = at(taken[BARE].wall, 0.5)
    return [[name, one.told(), f"{at(one.wall, 0.5) / floor:.1f} ×"] for name, one in taken.items()]


@dataclass(frozen=True, slots=True)
class _People:
    moderator: Viewer
    agent: Viewer
    where: StructureRow


def _measured(base: Filled) -> dict[str, Times]:
    taken = {name: Times() for name in (BARE, "deposit", "publication", "reply")}
    with unit_of_work(base.engine) as session:
        people = _people(session)
    bare = _bare(base)
    for number in range(WARM + ROUNDS):
        if number == WARM:
            taken = {name: Times() for name in taken}
        _round(base.engine, people, bare, taken)
    return taken


def _people(session: Session) -> _People:
    """A moderator, and an agent of a structure that stands below others."""
    where = session.scalars(
        select(StructureRow)
        .where(StructureRow.active, StructureRow.parent_id.is_not(None))
        .order_by(StructureRow.id)
        .limit(1)
    ).one()
    return _People(factories.moderator(session), factories.agent(session, where), where)


def _round(
    engine: Engine, people: _People, bare: Callable[[], object], taken: dict[str, Times]
) -> None:
    author = factories.visitor(uuid4().hex)
    sent: list[int] = []
    with unit_of_work(engine) as session:
        told = {"email": f"{uuid4().hex}@exemple.fr", "title": f"Deux heures d’attente, {uuid4()}"}
        uuid = factories.draft(session, author, people.where, **told)

    def deposit() -> None:
        with unit_of_work(engine) as session:
            sent.append(experiences.send(session, author, uuid))

    def publish() -> None:
        with unit_of_work(engine) as session:
            moderation.publish(session, people.moderator, sent[0], 1)

    def reply() -> None:
        with unit_of_work(engine) as session:
            replies.send(session, people.agent, sent[0], str(uuid4()), factories.REPLY)

    for name, call in (("deposit", deposit), ("publication", publish), ("reply", reply)):
        taken[name].take(call)
        taken[BARE].take(bare)


def _bare(base: Filled) -> Callable[[], object]:
    """Return what inserts a row of an experience through the driver, and commits it."""
    with reading(base.engine) as session:
        model = session.scalars(select(ExperienceRow).limit(1)).one()
        columns = [one.name for one in ExperienceRow.__table__.columns if one.name != "id"]
        values = {name: getattr(model, name) for name in columns}
    values |= {"status": "floor", "position": None, "tags": "{}", "tags_metier": "[]"}
    values |= {name: datetime.now(UTC) for name, one in values.items() if isinstance(one, datetime)}
    lite = base.kind == "sqlite"
    marks = ", ".join(["?" if lite else "%s"] * len(columns))
    names = ", ".join(f'"{name}"' for name in columns)
    query = f"INSERT INTO experience ({names}) VALUES ({marks})"
    if lite:
        values = {k: str(v) if isinstance(v, datetime) else v for k, v in values.items()}
    run = (_sqlite if lite else _postgresql)(base, query)

    def insert() -> None:
        run([str(uuid4()) if name == "uuid" else values[name] for name in columns])

    return insert


def _sqlite(base: Filled, query: str) -> Callable[[list[Any]], None]:
    connection = sqlite3.connect(base.path)
    _prepare_sqlite(connection, None)

    def run(values: list[Any]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(query, values)
        connection.execute("COMMIT")

    return run


def _postgresql(base: Filled, query: str) -> Callable[[list[Any]], None]:
    address = base.engine.url.set(drivername="postgresql").render_as_string()
    connection = psycopg.connect(address)

    def run(values: list[Any]) -> None:
        connection.execute(query, values)  # type: ignore[call-overload]
        connection.commit()

    return run

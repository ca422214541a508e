"""What is kept is compared with what it is kept from, and built again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text, update
from sqlalchemy.orm import Session

from spplus_app.demo.load import load
from spplus_app.persistence import integrity as kept
from spplus_app.persistence import reading, revisions, unit_of_work
from spplus_app.persistence.tables import (
    ExperienceRow,
    ExperienceStructureRow,
    GrantRow,
    StructureCountRow,
    StructureRow,
)
from spplus_app.services import integrity, record


@pytest.fixture
def loaded(engine: Engine, var: Path) -> Engine:
    """A database with the demonstration: every kind of row, by the services themselves."""
    load(engine)
    return engine


def wrong(engine: Engine, *, repair: bool = False) -> dict[str, tuple[int, bool]]:
    """Return what a check finds, by title: how many, and whether it was repaired."""
    with unit_of_work(engine) if repair else reading(engine) as session:
        found = integrity.check(session, repair=repair)
    assert len(found) == len(integrity.CHECKS)
    return {one.title: (one.wrong, one.repaired) for one in found if one.wrong}


def test_what_the_services_wrote_agrees(loaded: Engine) -> None:
    assert wrong(loaded) == {}
    with reading(loaded) as session:
        assert kept.kept_counts(session) == kept.true_counts(session) != {}


def _counts(session: Session) -> None:
    session.execute(update(StructureCountRow).values(published=StructureCountRow.published + 1))


def _replies(session: Session) -> None:
    session.execute(update(ExperienceRow).where(ExperienceRow.id == 1).values(replies=9))


def _paths(session: Session) -> None:
    session.execute(
        update(StructureRow).where(StructureRow.parent_id.is_not(None)).values(path="/0/")
    )


def _inboxes(session: Session) -> None:
    link = ExperienceStructureRow
    opened = session.scalars(select(link).where(link.due_at.is_not(None))).first()
    assert opened is not None
    opened.published_at = opened.due_at = None


def _late(session: Session) -> None:
    link = ExperienceStructureRow
    waiting = session.scalars(
        select(link).where(link.due_at.is_not(None), link.replied_at.is_(None))
    ).first()
    assert waiting is not None and waiting.due_at is not None
    waiting.due_at += timedelta(days=1)


@pytest.mark.parametrize(
    ("harm", "title"),
    [
        (_counts, "Comptes par structure"),
        (_replies, "Nombre de réponses"),
        (_paths, "Arbre des structures"),
        (_inboxes, "Boîtes des structures"),
        (_late, "Boîtes des structures"),
    ],
)
def test_what_differs_is_told_and_built_again(
    loaded: Engine, harm: Callable[[Session], None], title: str
) -> None:
    with unit_of_work(loaded) as session:
        harm(session)
    # A delay is inherited along the path: where paths are wrong, what is late is told too.
    assert next(iter(wrong(loaded))) == title
    with reading(loaded) as session:
        before = revisions.numbers(session, [record.STRUCTURES])
    assert wrong(loaded, repair=True)[title][1]
    assert wrong(loaded) == {}
    with reading(loaded) as session:
        assert revisions.numbers(session, [record.STRUCTURES]) != before


def test_a_loop_and_lost_versions_are_told_never_guessed(loaded: Engine) -> None:
    with unit_of_work(loaded) as session:
        root = session.scalars(select(StructureRow).where(StructureRow.parent_id.is_(None))).first()
        assert root is not None
        root.parent_id = root.id
        session.execute(update(ExperienceRow).where(ExperienceRow.id == 1).values(version=7))
        session.execute(update(GrantRow).values(structure_id=None))
    found = wrong(loaded, repair=True)
    assert set(found) == {"Arbre des structures", "Versions des textes", "Habilitations"}
    assert not any(repaired for _, repaired in found.values())


def test_orphans_are_found_where_the_database_let_them(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        with reading(engine) as session:
            assert kept.orphans(session) == kept.database_faults(session) == []
        return
    with engine.connect() as connection:
        # Another program, or an old file: foreign keys are each connection's own choice.
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        connection.execute(
            text("INSERT INTO contact VALUES (99, 'a@b.example', NULL, '2026-01-01')")
        )
        connection.commit()
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
    assert wrong(engine, repair=True) == {"Lignes orphelines": (1, False)}


def test_progress_is_told_to_the_end(engine: Engine) -> None:
    told: list[tuple[str, int, int]] = []
    with reading(engine) as session:
        integrity.check(session, progress=lambda *step: told.append(step))
    assert [done for _, done, _ in told] == list(range(len(integrity.CHECKS) + 1))

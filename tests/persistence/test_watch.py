"""Topics that moved, seen from elsewhere: nothing lost, nothing told for no reason."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping

import pytest
from sqlalchemy import Engine, create_engine, event, text

from spplus_app.persistence import revisions, unit_of_work, watch
from spplus_app.persistence.watch import Subscription, Watcher

SOON = 20.0


@pytest.fixture
async def watcher(engine: Engine) -> AsyncIterator[Watcher]:
    made = Watcher(engine, interval=0.05)
    yield made
    await made.aclose()


def bump(engine: Engine, *topics: str) -> None:
    with unit_of_work(engine) as session:
        revisions.bump(session, topics)


async def told(subscription: Subscription) -> set[str]:
    async with asyncio.timeout(SOON):
        return await anext(subscription)


async def looked(watcher: Watcher, engine: Engine) -> None:
    """Wait until a look that began after this call has ended."""
    with watcher.subscribe({"probe": -1}) as probe:
        assert await told(probe) == {"probe"}


async def test_a_topic_that_moves_is_told_and_only_it(engine: Engine, watcher: Watcher) -> None:
    bump(engine, "b")
    known = watcher.snapshot(["a", "b"])
    assert known == {"a": 0, "b": 1}
    with watcher.subscribe(known) as moves:
        bump(engine, "a", "elsewhere")
        assert await told(moves) == {"a"}
        bump(engine, "a", "b")
        assert await told(moves) == {"a", "b"}
        bump(engine, "b")
        assert await told(moves) == {"b"}


async def test_what_moved_between_the_read_and_the_first_look_is_told(
    engine: Engine, watcher: Watcher
) -> None:
    known = watcher.snapshot(["a"])
    bump(engine, "a")
    with watcher.subscribe(known) as moves:
        assert await told(moves) == {"a"}
    # Also when somebody else already watches the topic and has been told.
    known = watcher.snapshot(["a"])
    with watcher.subscribe(known) as first:
        bump(engine, "a")
        assert await told(first) == {"a"}
        with watcher.subscribe(known) as second:
            assert await told(second) == {"a"}


async def test_nothing_is_told_without_a_move(engine: Engine, watcher: Watcher) -> None:
    bump(engine, "a")
    with watcher.subscribe(watcher.snapshot(["a", "never"])) as moves:
        await looked(watcher, engine)
        await looked(watcher, engine)
        assert await moves.next(0) == set()


async def test_several_moves_before_the_reader_comes_back_are_told_once(
    engine: Engine, watcher: Watcher
) -> None:
    with watcher.subscribe(watcher.snapshot(["a"])) as moves:
        for _ in range(3):
            bump(engine, "a")
            await looked(watcher, engine)
        assert await told(moves) == {"a"}
        await looked(watcher, engine)
        assert await moves.next(0) == set()


async def test_a_gesture_undone_is_not_told(engine: Engine, watcher: Watcher) -> None:
    with watcher.subscribe(watcher.snapshot(["a"])) as moves:
        with pytest.raises(RuntimeError), unit_of_work(engine) as session:
            revisions.bump(session, ["a"])
            raise RuntimeError
        await looked(watcher, engine)
        assert await moves.next(0) == set()


async def test_a_page_that_shows_something_else(engine: Engine, watcher: Watcher) -> None:
    with watcher.subscribe(watcher.snapshot(["a", "b"])) as moves:
        known = watcher.snapshot(["b", "c"])
        bump(engine, "a", "c")
        moves.show(known)
        assert set(moves.topics) == {"b", "c"}
        assert await told(moves) == {"c"}
        bump(engine, "b")
        assert await told(moves) == {"b"}


async def test_closing_ends_the_loop_and_the_looks(engine: Engine, watcher: Watcher) -> None:
    moves = watcher.subscribe(watcher.snapshot(["a"]))

    async def read() -> list[set[str]]:
        return [moved async for moved in moves]

    reader = asyncio.create_task(read())
    await looked(watcher, engine)
    moves.close()
    async with asyncio.timeout(SOON):
        assert await reader == []
    # Begun again after everything was closed, even while the last look ends.
    with watcher.subscribe(watcher.snapshot(["a"])) as again:
        bump(engine, "a")
        assert await told(again) == {"a"}


async def test_changes_follow_the_topics_asked_for(engine: Engine, watcher: Watcher) -> None:
    asked: Mapping[str, int] | Collection[str] = watcher.snapshot(["a"])
    bump(engine, "a")
    changes = watcher.changes(lambda: asked, interval=0.05)
    async with asyncio.timeout(SOON):
        assert await anext(changes) == {"a"}
        # Names alone: the first sight is never a change.
        bump(engine, "b")
        asked = ["b", "c"]
        following = asyncio.ensure_future(anext(changes))
        while not any({"b", "c"} == set(s.topics) for s in watcher._subscriptions):
            await asyncio.sleep(0)
        await looked(watcher, engine)
        bump(engine, "a", "c")
        assert await following == {"c"}
    await changes.aclose()


async def test_a_database_that_does_not_answer_for_a_while(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "LONGEST_WAIT", 0.05)
    watcher = Watcher(engine, interval=0.05)
    down, refused = True, asyncio.Event()
    loop = asyncio.get_running_loop()

    def refuse(*_: object) -> None:
        if down:
            loop.call_soon_threadsafe(refused.set)
            raise ConnectionError("down")

    known = watcher.snapshot(["a"])
    event.listen(engine, "before_cursor_execute", refuse)
    with watcher.subscribe(known) as moves:
        async with asyncio.timeout(SOON):
            await refused.wait()
            down = False
            bump(engine, "a")
            assert await told(moves) == {"a"}
    event.remove(engine, "before_cursor_execute", refuse)
    await watcher.aclose()


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_postgresql_calls_and_is_called_back_after_a_cut(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "LISTENING_INTERVAL", 600.0)
    # Without the call this would wait ten minutes.
    watcher = Watcher(engine, interval=600.0)
    cut = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND query LIKE 'LISTEN%'"
    )
    other = create_engine(engine.url)

    async def listening(cutting: bool) -> None:
        """Wait until somebody listens on the database; cut the line if asked."""
        query = cut if cutting else text(cut.text.replace("pg_terminate_backend(pid)", "pid"))
        async with asyncio.timeout(SOON):
            while True:
                with other.connect() as connection:
                    if connection.scalar(query):
                        return
                await asyncio.sleep(0.02)

    with watcher.subscribe(watcher.snapshot(["a"])) as moves:
        for _ in range(2):
            await listening(cutting=False)
            bump(engine, "a")
            assert await told(moves) == {"a"}
        await listening(cutting=True)
        bump(engine, "a")
        assert await told(moves) == {"a"}
    await watcher.aclose()
    other.dispose()

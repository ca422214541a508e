"""What a reader waits for in the services, on databases of each size, beside raw queries.

Sizes: SPPLUS_BENCH_SIZES. Nothing here fails because a machine is slow.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain.search import Condition, Key, Rank, Search, Sort
from spplus_app.persistence import reading, search_postgresql, search_sqlite
from spplus_app.persistence.tables import ExperienceFacetsRow
from spplus_app.services import experiences, search, structures
from tests.benchmarks import asked, figures
from tests.benchmarks.bench_structure_search import keystrokes
from tests.benchmarks.filled import KINDS, Filled, sizes
from tests.benchmarks.timing import Call, Times, interleaved

TARGETS = {
    "first list": "5",
    "a later page of the list": "",
    "filters, newest first": "30",
    "words and filters, newest first": "30",
    "words and filters, by relevance": "120",
    "counts of filters": "150",
    "counts of words and filters": "150",
    "structures suggested": "15",
    "one experience": "",
    "experiences that look like it": "",
    "floor: words, newest first, raw index": "",
    "words, newest first": "30",
}
LIKE = "floor: one word, plain LIKE (at the smallest size only)"


@dataclass(slots=True)
class Column:
    """What was seen at one size."""

    name: str
    facts: dict[str, str]
    times: dict[str, Times]


_seen: dict[str, list[Column]] = {kind: [] for kind in KINDS}


@pytest.mark.bench
@pytest.mark.samples
def bench_reading(base: Filled) -> None:
    """Ask the same of a database of each kind and size, write how long it took."""
    families = _families(base)
    if base.count == min(sizes()):
        families[LIKE] = _likes(base)
    columns = _seen[base.kind]
    columns.append(Column(base.name, _facts(base), interleaved(families)))
    _publish(base.kind, columns)


def _publish(kind: str, columns: Sequence[Column]) -> None:
    head = [one.name for one in columns]
    made = [[name, *(one.facts[name] for one in columns)] for name in columns[0].facts]
    rows = [
        [
            name,
            TARGETS.get(name, ""),
            *(one.times[name].told() if name in one.times else "" for one in columns),
        ]
        for name in columns[0].times
    ]
    above = (
        "Milliseconds: median · 95th percentile, then the same in processor time of the process "
        "that asks. " + ("" if kind == "sqlite" else "The server's own is not in it. ")
    ) + "The target is for the 95th percentile at a million."
    tables = {
        "Made by `spplus`, on the wall (processor seconds):": figures.table(["", *head], made),
        above: figures.table(["", "target", *head], rows),
    }
    figures.publish(f"Reading: {KINDS[kind]}", tables)


def _facts(base: Filled) -> dict[str, str]:
    made = base.making
    return {
        "referential imported": f"{made.imported:.1f} s ({made.imported_cpu:.1f})",
        "experiences generated": f"{made.generated:.0f} s ({made.generated_cpu:.0f})",
        "a second": f"{made.rate:.0f}",
        "database": f"{base.size():.0f} MB",
    }


def _families(base: Filled) -> dict[str, list[Call]]:
    def each(work: Callable[[Session, Any], object], arguments: Sequence[Any]) -> list[Call]:
        def call(argument: Any) -> Call:
            def run() -> object:
                with reading(base.engine) as session:
                    return work(session, argument)

            return run

        return [call(argument) for argument in arguments]

    with reading(base.engine) as session:
        structures.warm(session)
        words, filters, both = (
            asked.searches(session, kind) for kind in ("words", "filters", "both")
        )
        keys, ids = _places(session, base.count)
    relevant = [replace(one, tri=Sort.RELEVANCE.value) for one in both]
    return {
        "first list": each(search.results, [Search()] * asked.EACH),
        "a later page of the list": each(lambda s, key: search.results(s, Search(), key), keys),
        "filters, newest first": each(search.results, filters),
        "words, newest first": each(search.results, words),
        "floor: words, newest first, raw index": _raw(base, words),
        "words and filters, newest first": each(search.results, both),
        "words and filters, by relevance": each(search.results, relevant),
        "counts of filters": each(search.counts, [Search(), *filters]),
        "counts of words and filters": each(search.counts, both),
        "structures suggested": each(structures.suggest, keystrokes()),
        "one experience": each(experiences.public, ids),
        "experiences that look like it": each(search.similar, ids),
    }


def _places(session: Session, count: int) -> tuple[list[Key], list[int]]:
    """Return keys of pages of the list, and ids of experiences, all over it."""
    rng, row = Random(asked.SEED), ExperienceFacetsRow
    every = session.execute(
        select(row.position, row.experience_id).order_by(row.position.desc())
    ).all()
    places = [rng.randrange(count) for _ in range(asked.EACH)]
    return [Key(Rank.ANYWHERE, every[one][0]) for one in places], [every[one][1] for one in places]


def _raw(base: Filled, words: Sequence[Search]) -> list[Call]:
    """The index asked for the same words through the driver: positions only, nothing shown."""
    if base.kind == "sqlite":
        run = _sqlite(base)
        query = (
            "SELECT rowid FROM experience_fts WHERE experience_fts MATCH ? "
            "ORDER BY rowid DESC LIMIT 21"
        )
        return [run(query, search_sqlite._words(_condition(one), Rank.ANYWHERE)) for one in words]
    run = _postgresql(base)
    query = (
        "SELECT position FROM experience_search WHERE terms @@ CAST(%s AS tsquery) "
        "ORDER BY position DESC LIMIT 21"
    )
    return [
        run(query, " & ".join(search_postgresql._words(_condition(one), Rank.ANYWHERE)))
        for one in words
    ]


def _condition(one: Search) -> Condition:
    return one.condition()


def _likes(base: Filled) -> list[Call]:
    rng = Random(asked.SEED)
    mark, run = ("?", _sqlite(base)) if base.kind == "sqlite" else ("%s", _postgresql(base))
    query = (
        "SELECT id FROM experience WHERE status = 'published' "
        f"AND title || ' ' || narrative LIKE {mark} ORDER BY position DESC LIMIT 21"
    )
    return [run(query, f"%{asked.words(rng, 1)}%") for _ in range(asked.EACH)]


Run = Callable[[str, str], Call]


def _sqlite(base: Filled) -> Run:
    connection = sqlite3.connect(base.path)
    for pragma in ("cache_size=-32000", "mmap_size=268435456"):
        connection.execute(f"PRAGMA {pragma}").close()
    return lambda query, value: lambda: connection.execute(query, [value]).fetchall()


def _postgresql(base: Filled) -> Run:
    address = base.engine.url.set(drivername="postgresql").render_as_string()
    connection = psycopg.connect(address, autocommit=True)
    return lambda query, value: lambda: connection.execute(query, [value]).fetchall()  # type: ignore[call-overload]

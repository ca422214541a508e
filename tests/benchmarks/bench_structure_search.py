"""Search as one types, beside a plain SQL ``LIKE`` on the same machine and in the same run.

Nothing here fails because a machine is slow.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from spplus_app.adapters.csv_files import read_table
from spplus_app.domain.structure_import import read
from spplus_app.domain.structure_index import Searchable
from spplus_app.domain.structure_search import StructureIndex
from spplus_app.domain.structures import StructureRecord
from spplus_app.domain.text import fold, words
from tests.benchmarks import figures
from tests.benchmarks.timing import interleaved, number

TYPED = (
    "prefecture nimes",
    "caf gard",
    "cpam 30",
    "france service ales",
    "prefecure nimse",
    "caisse d'allocations familiales lyon",
    "pole emploi saint etienne",
    "service des impots des particuliers paris 15",
    "tribunal judiciaire rennes",
    "69003",
)


def searchable(one: StructureRecord) -> Searchable:
    return Searchable(
        code=one.code,
        name=one.name,
        usual_name=one.usual_name,
        typology=one.typology,
        network=one.network,
        town=one.town,
        postal_code=one.postal_code,
        department=one.department,
        country=one.country,
        served=one.served_departments,
    )


def keystrokes() -> list[str]:
    """Return what stands in the field after each key, from the second on."""
    return [text[:length] for text in TYPED for length in range(2, len(text) + 1)]


def floor(entries: Sequence[Searchable]) -> Callable[[str], object]:
    """Return a search by ``LIKE`` on one folded column: no mistakes, no order, no ranking."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE s (code TEXT, folded TEXT)")
    base.executemany(
        "INSERT INTO s VALUES (?, ?)", [(one.code, fold(" ".join(one[1:]))) for one in entries]
    )

    def search(typed: str) -> object:
        found = words(typed)
        like = " AND ".join("folded LIKE ?" for _ in found) or "1"
        query = f"SELECT code FROM s WHERE {like} LIMIT 8"
        return base.execute(query, [f"%{word}%" for word in found]).fetchall()

    return search


_tables: dict[str, list[str]] = {}


@pytest.mark.bench
@pytest.mark.samples
@pytest.mark.parametrize("count", [14_763, 50_000])
def bench_structure_search(samples: Path, count: int) -> None:
    """Write how long every keystroke of ten searches takes."""
    table = read_table(samples / "structures/export-structures.csv.gz")
    records = list(read(table.headings, table.rows).records.values())
    while len(records) < count:
        # Other codes, the same words: the lists each word leads to grow as they would.
        more = records[: count - len(records)]
        records += [replace(one, code=f"{one.code}-{len(records)}") for one in more]
    entries = [searchable(one) for one in records if one.active]
    start = time.perf_counter()
    index = StructureIndex.build(entries)
    built = time.perf_counter() - start
    typed = keystrokes()
    asked = {"search": index.search, "floor: SQL `LIKE`, no mistake allowed": floor(entries)}
    seen = interleaved(
        {name: [partial(search, text) for text in typed] for name, search in asked.items()}
    )
    rows = [[name, one.told(), number(max(one.wall))] for name, one in seen.items()]
    _tables[
        f"{len(entries)} structures in use, index made in {built:.2f} s. Milliseconds for each of "
        f"{len(typed)} keystrokes: median · 95th percentile (processor). Target: 15 at most."
    ] = figures.table(["", "median · p95 (processor)", "worst"], rows)
    figures.publish("Structures found while typing", _tables)

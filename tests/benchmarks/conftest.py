"""The databases to measure: each is made once, for every bench that wants one of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.filled import KINDS, Filled, filled, sizes


@pytest.fixture(scope="session", params=[f"{kind}-{count}" for kind in KINDS for count in sizes()])
def base(request: pytest.FixtureRequest, samples: Path) -> Iterator[Filled]:
    """A filled database of each kind and size in turn; the next is made when this one is gone."""
    kind, _, count = str(request.param).partition("-")
    referential = samples / "structures/export-structures.csv.gz"
    with filled(kind, int(count), referential) as made:
        yield made

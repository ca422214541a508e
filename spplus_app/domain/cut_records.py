"""Records that an unquoted line end cut over several rows: put together by counting columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cut:
    """A record, the number of its first row, and how many rows it was found on."""

    row: int
    cells: list[str]
    rows: int = 1


def rejoin(rows: Iterable[Sequence[str]], width: int) -> Iterator[Cut]:
    """Return records of ``width`` cells where rows can be put together, others as they are.

    The last cell of a row goes on in the first of the next. A row that is whole by itself ends
    what was being put together: it is never swallowed by a broken record above it.
    """
    waiting: Cut | None = None
    for number, cells in enumerate(rows, start=2):
        one = Cut(number, list(cells))
        if waiting is not None:
            joined = _joined(waiting, one)
            if len(one.cells) < width and len(joined.cells) <= width:
                waiting = joined
            else:
                yield waiting
                waiting = one if any(one.cells) else None
        elif any(one.cells):
            waiting = one
        if waiting is not None and len(waiting.cells) >= width:
            yield waiting
            waiting = None
    if waiting is not None:
        yield waiting


def _joined(first: Cut, second: Cut) -> Cut:
    # A blank line is a row of no cell: it is a line of the text that goes on.
    start, *others = second.cells or [""]
    cells = [*first.cells[:-1], f"{first.cells[-1]}\n{start}", *others]
    return Cut(first.row, cells, first.rows + second.row - first.row - first.rows + 1)

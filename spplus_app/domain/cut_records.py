"""Records cut in pieces for want of quotes: put together by counting columns.

A line end within a text cuts a record over several rows, the « ; » of a « &nbsp; » cuts a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_CUT_ENTITY = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|apos|laquo|raquo|rsquo|hellip|[a-zA-Z](?:grave|acute|circ|uml|cedil)|#[0-9]{2,5})$"
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A record, the number of its first row, how many rows it was found on, cells put together."""

    row: int
    cells: list[str]
    rows: int = 1
    glued: bool = False


def rejoin(rows: Iterable[Sequence[str]], width: int) -> Iterator[Cut]:
    """Return records of ``width`` cells where rows can be put together, others as they are.

    The last cell of a row goes on in the first of the next. A row that is whole by itself ends
    what was being put together: it is never swallowed by a broken record above it.
    """
    waiting: Cut | None = None
    for number, raw in enumerate(rows, start=2):
        cells = list(raw) if len(raw) == width else _glued(raw)
        one = Cut(number, cells, glued=len(cells) != len(raw))
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


def _glued(cells: Sequence[str]) -> list[str]:
    whole: list[str] = []
    for cell in cells:
        if whole and _CUT_ENTITY.search(whole[-1]):
            whole[-1] += f";{cell}"
        else:
            whole.append(cell)
    return whole


def _joined(first: Cut, second: Cut) -> Cut:
    # A blank line is a row of no cell: it is a line of the text that goes on.
    start, *others = second.cells or [""]
    cells = [*first.cells[:-1], f"{first.cells[-1]}\n{start}", *others]
    return Cut(first.row, cells, second.row - first.row + 1, first.glued or second.glued)

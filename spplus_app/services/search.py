"""Searching the published experiences: rows first, counts after."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from ..domain.experiences import Status
from ..domain.highlight import passage, runs
from ..domain.search import COUNT_MAX, Condition, Key, Rank, Search, Sort
from ..domain.search_index import NETWORK, REPLIED, facet
from ..domain.terms import terms
from ..persistence import experiences, search, structures
from ..persistence.tables import ExperienceRow
from . import clock, reading
from .views import CardView, RunView

PAGE = 20
SIMILAR = 3
"""How many experiences are shown beside one that they look like."""
_CANDIDATES = 40
_CLOSE = 3
"""Below, two experiences share a word by chance."""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results, and where the next begins (``None`` at the end)."""

    cards: tuple[CardView, ...]
    next_key: Key | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many match, and how many of them bear each value of each filter.

    Past `COUNT_MAX` matches, ``more`` is true and only the newest `COUNT_MAX` are counted.
    ``values`` maps a filter to its values' numbers; a filter in use is counted as if it were not.
    """

    total: int = 0
    more: bool = False
    values: dict[str, dict[str, int]] = field(default_factory=dict)


def results(session: Session, asked: Search, after: Key | None = None) -> Results:
    """Return one page of the experiences asked for, in the order asked for."""
    condition = asked.condition(_structure_id(session, asked))
    keys = _keys(session, asked, condition, after)
    page = keys[:PAGE]
    rows = experiences.at_positions(session, [key.position for key in page])
    met = experiences.met(session, [row.id for row in rows.values()])
    now = clock.now()
    wanted = frozenset(term for group in condition.words for term in group)
    cards = tuple(
        _card(reading.card(row, met.get(row.id, []), now), row, wanted)
        for key in page
        if (row := rows.get(key.position)) is not None
    )
    return Results(cards, page[-1] if len(keys) > PAGE else None)


def _keys(session: Session, asked: Search, condition: Condition, after: Key | None) -> list[Key]:
    """Return where the rows of a page stand, one more than a page holds when there are more."""
    if asked.sort is Sort.DATE:
        before = after.position if after else None
        found = search.find(session, condition, before=before, limit=PAGE + 1)
        return [Key(Rank.ANYWHERE, position) for position in found]
    keys: list[Key] = []
    above: Rank | None = None
    for rank in Rank:
        if after is None or rank >= after.rank:
            before = after.position if after is not None and rank is after.rank else None
            found = search.find(
                session,
                condition,
                rank=rank,
                above=above,
                before=before,
                limit=PAGE + 1 - len(keys),
            )
            keys += [Key(rank, position) for position in found]
        if len(keys) > PAGE:
            break
        above = rank
    return keys


def _card(card: CardView, row: ExperienceRow, wanted: frozenset[str]) -> CardView:
    if not wanted:
        return card
    shown = passage(row.narrative, wanted)
    return replace(
        card,
        excerpt=shown,
        title_runs=[RunView(text, hit) for text, hit in runs(row.title, wanted)],
        excerpt_runs=[RunView(text, hit) for text, hit in runs(shown, wanted)],
    )


def total(session: Session, asked: Search) -> Counts:
    """Count what matches, without what each filter would leave: a tenth of the work."""
    condition = asked.condition(_structure_id(session, asked))
    found = search.count(session, condition, COUNT_MAX + 1)
    return Counts(min(found, COUNT_MAX), found > COUNT_MAX)


def counts(session: Session, asked: Search) -> Counts:
    """Count what matches, and what each filter would leave."""
    structure_id = _structure_id(session, asked)
    condition = asked.condition(structure_id)
    found, facets = search.facets(session, condition, COUNT_MAX)
    values = _tally(facets)
    for name in asked.filters:
        if name in _COUNTED.values():
            without = asked.condition(structure_id, leave=name)
            values[name] = _tally(search.facets(session, without, COUNT_MAX)[1]).get(name, {})
    more = found == COUNT_MAX and search.count(session, condition, COUNT_MAX + 1) > COUNT_MAX
    return Counts(found, more, values)


_COUNTED: dict[str, str] = {
    "n": "reseau",
    "d": "departement",
    "r": "region",
    "f": "ressenti",
    "c": "canal",
    "t": "theme",
    REPLIED: "reponse",
}


def _tally(facets: str) -> dict[str, dict[str, int]]:
    """Return how often each facet stands there, by filter and value as addresses name them."""
    values: dict[str, dict[str, int]] = {}
    for one, times in Counter(facets.split()).items():
        group, _, value = one.partition("=")
        if group == REPLIED:
            value = "avec" if value == "1" else "sans"
        values.setdefault(_COUNTED[group], {})[value.upper() if group in "dr" else value] = times
    return values


def similar(session: Session, experience_id: int) -> list[CardView]:
    """Return published experiences that look like this one, the closest first.

    Close: enough words of its title stand in theirs (twice as telling) or in their text; a
    network in common counts as a word. Chosen among the newest `_CANDIDATES` of each network.
    """
    row = experiences.get(session, experience_id)
    if row is None or row.status != Status.PUBLISHED:
        return []
    met = experiences.met(session, [row.id]).get(row.id, [])
    networks = {item.structure.network_id for item in met}
    wanted = set(terms(row.title))
    found = _candidates(session, wanted, networks)
    rows = experiences.at_positions(session, [one for one in found if one != row.position])
    around = experiences.met(session, [other.id for other in rows.values()])
    close = {
        position: _closeness(other, wanted)
        + any(one.structure.network_id in networks for one in around.get(other.id, []))
        for position, other in rows.items()
    }
    best = sorted(
        (position for position in rows if close[position] >= _CLOSE),
        key=lambda position: (-close[position], -position),
    )[:SIMILAR]
    now = clock.now()
    return [reading.card(rows[one], around.get(rows[one].id, []), now) for one in best]


def _closeness(row: ExperienceRow, wanted: set[str]) -> int:
    in_title = wanted & set(terms(row.title))
    return len(in_title) + len(wanted & (set(terms(row.narrative)) | in_title))


def _candidates(session: Session, wanted: set[str], networks: set[int]) -> list[int]:
    if not wanted:
        return []
    asked = tuple(sorted(wanted))
    found: set[int] = set()
    for facets in (*((facet(NETWORK, one),) for one in sorted(networks)), ()):
        condition = Condition(words=(asked,), facets=facets)
        found.update(search.find(session, condition, rank=Rank.STRONG, limit=_CANDIDATES))
    return sorted(found)


def _structure_id(session: Session, asked: Search) -> int | None:
    if not asked.service:
        return None
    row = structures.by_code(session, asked.service)
    return row.id if row is not None else None

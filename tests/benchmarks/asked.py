"""What is asked of every database: the same searches, drawn once for all from generated texts."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.demo.generate.draw import Target, World, draw
from spplus_app.demo.generate.fragments import fragments
from spplus_app.domain import geography
from spplus_app.domain.search import Search
from spplus_app.domain.search_index import RESSENTI_CODES, TAG_CODES
from spplus_app.domain.terms import query_words, tokens
from spplus_app.domain.values import CHANNEL_FIELDS
from spplus_app.persistence.tables import NetworkRow, StructureRow

EACH = 60
"""Searches of one kind."""
SEED = 20
_TEXTS = 3000


@cache
def vocabulary() -> dict[str, list[str]]:
    """The words of generated texts, by how many of them bear each: over 8 %, over 0.5 %, fewer."""
    themes = len(fragments().themes)
    targets = tuple(
        Target(number, 1, (number,), "30", "Nîmes", number % themes, 30) for number in range(1, 400)
    )
    batch = draw(World(targets, datetime(2026, 3, 1, tzinfo=UTC), _TEXTS, 0.75, 1), 0, 0, _TEXTS)
    seen: Counter[str] = Counter()
    for row in batch.experiences:
        text = f"{row['title']} {row['narrative']}"
        found = {text[one.start : one.end].casefold() for one in tokens(text)}
        seen.update(word for word in found if word.isalpha())
    shares = {word: times / _TEXTS for word, times in sorted(seen.items())}
    return {
        "frequent": [word for word, share in shares.items() if share > 0.08],
        "medium": [word for word, share in shares.items() if 0.005 < share <= 0.08],
        "rare": [word for word, share in shares.items() if share <= 0.005],
    }


def words(rng: Random, count: int) -> str:
    """Draw words to search: as often frequent, medium and rare ones."""
    known = vocabulary()
    return " ".join(rng.choice(known[rng.choice(list(known))]) for _ in range(count))


def searches(session: Session, kind: str) -> list[Search]:
    """Return the searches of a kind: ``words``, ``filters``, or ``both`` (words and filters)."""
    rng, found = Random(f"{SEED}:{kind}"), list[Search]()
    chosen = _Filters(session, rng)
    for number in range(EACH):
        fields = chosen.some(1 + number % 3) if kind != "words" else {}
        asked = words(rng, 1 + number % 3) if kind != "filters" else ""
        found.append(Search(q=asked, **fields))
    assert all(query_words(one.q) for one in found if one.q)
    return found


class _Filters:
    """Draws filters that some experiences pass: structures from the top of the tree to its feet."""

    def __init__(self, session: Session, rng: Random) -> None:
        row = StructureRow
        codes = session.scalars(select(row.code).where(row.active).order_by(row.id)).all()
        networks = session.scalars(select(NetworkRow.id).order_by(NetworkRow.id)).all()
        days = [date(2026, 11, 1) - timedelta(days=30 * month) for month in range(36)]
        self._rng = rng
        self._values: dict[str, list[str]] = {
            "reseau": [str(number) for number in networks],
            "service": [*codes[:40], *codes[::400]],
            "departement": [one.code for one in geography.departments()],
            "region": [one.code for one in geography.regions()],
            "ressenti": list(RESSENTI_CODES.values()),
            "canal": list(CHANNEL_FIELDS.values()),
            "theme": list(TAG_CODES.values()),
            "reponse": ["avec", "sans"],
            "du": [day.isoformat() for day in days],
        }

    def some(self, count: int) -> dict[str, str]:
        names = self._rng.sample(list(self._values), count)
        return {name: self._rng.choice(self._values[name]) for name in names}

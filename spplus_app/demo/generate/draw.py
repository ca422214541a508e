"""What is drawn of each generated experience: dates, places, ressentis, replies, counters.

A batch depends on its seed and the number of its first experience only: batches may be made in
any order, by several processes, and are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import accumulate
from math import exp
from random import Random
from typing import Any
from uuid import UUID

from ...domain import geography
from ...domain.experiences import Status
from ...domain.replies import POLITENESS, ReplyStatus
from ...domain.search_index import Document, Place, document, position_of
from ...domain.text import slug
from ...domain.values import Channel, GeneralTag, PostedAs, ReplyRating, Ressenti
from .fragments import fragments, some
from .texts import Subject, Writer

SPAN = timedelta(days=4 * 365)
"""How far back the oldest experience is."""
_UUIDS = 0x67656E65726174658000 << 48
"""The UUIDs follow each other: an index of them grows at its end, as with dates."""
_FELT = ((Ressenti.NEGATIVE, 0.66), (Ressenti.POSITIVE, 0.9), (Ressenti.NEUTRAL, 1.0))
_CHANNELS = tuple(
    zip(
        Channel,
        accumulate((0.42, 0.14, 0.14, 0.09, 0.11, 0.06, 0.01, 0.02, 0.01)),
        strict=True,
    )
)
_LONELY = 0.04
"""Share of experiences that name no structure."""


@dataclass(frozen=True, slots=True)
class Target:
    """A structure that experiences may be about; ``theme`` is the number of its theme."""

    id: int
    network_id: int
    path_ids: tuple[int, ...]
    department: str
    town: str
    theme: int
    delay_days: int


@dataclass(frozen=True, slots=True)
class World:
    """Where and when experiences are drawn: the first targets are met far more often."""

    targets: tuple[Target, ...]
    now: datetime
    total: int
    replied: float
    seed: int


@dataclass(slots=True)
class Batch:
    """The rows of many experiences; each names its experience by its place in the batch."""

    experiences: list[dict[str, Any]] = field(default_factory=list)
    versions: list[dict[str, Any]] = field(default_factory=list)
    structures: list[dict[str, Any]] = field(default_factory=list)
    replies: list[dict[str, Any]] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)


def draw(world: World, offset: int, first: int, size: int) -> Batch:
    """Return ``size`` experiences, the ``first`` being counted from 0 among all of this run.

    ``offset`` is how many were generated before this run.
    """
    rng = Random(f"{world.seed}:{offset + first}")  # noqa: S311 -- nothing secret is drawn
    one = _Drawing(world, rng)
    for number in range(first, first + size):
        one.add(number, offset + number)
    return one.batch


@cache
def _weights(count: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / (rank + 1) ** 0.9 for rank in range(count)))


class _Drawing:
    def __init__(self, world: World, rng: Random) -> None:
        self.world, self.rng, self.batch = world, rng, Batch()
        self.known = fragments()
        self.writer = Writer(self.known, rng)
        self.departments = [one.code for one in geography.departments()]

    def add(self, number: int, serial: int) -> None:
        """Draw one experience."""
        rng, known = self.rng, self.known
        met = self._met()
        chance = rng.random()
        felt = next(name for name, up_to in _FELT if chance < up_to)
        theme = known.themes[met[0].theme] if met else known.themes[-1]
        channels = self._channels()
        subject = Subject(theme, met[0].town if met else "", channels, felt)
        fill = self.writer.filler(subject)
        published = self._moment(number)
        row = {
            "uuid": _uuid(serial, 0),
            "status": Status.PUBLISHED.value,
            "title": self.writer.title(subject, fill),
            "narrative": self.writer.narrative(subject, fill),
            "ressenti": felt.value,
            "posted_as": rng.choices(list(PostedAs), (90, 8, 2))[0].value,
            "tags": self._tags(felt),
            "tags_metier": [some(rng, theme.tags)] if rng.random() < 0.5 else [],
            "outside_structure": not met,
            "department": self._department(met),
            "country": "",
            "pseudonym": some(rng, known.pseudonyms) if rng.random() < 0.8 else "",
            "version": 1,
            "similar": int(exp(rng.random() ** 3 * 5)) - 1,
            "position": position_of(published),
            "published_at": published,
            "updated_at": published,
        }
        row["slug"] = slug(str(row["title"]))
        row["sent_at"] = row["created_at"] = published - timedelta(hours=2 + 70 * rng.random())
        replies = [self._reply(row, one, subject, serial) for one in met]
        row["replies"] = sum(reply is not None for reply in replies)
        self._store(row, met, replies, channels, felt)

    def _met(self) -> list[Target]:
        rng, targets = self.rng, self.world.targets
        if not targets or rng.random() < _LONELY:
            return []
        found = rng.choices(targets, cum_weights=_weights(len(targets)))
        while rng.random() < 0.07 and len(found) < 3:
            other = targets[int(rng.random() * len(targets))]
            if other not in found:
                found.append(other)
        return found

    def _moment(self, number: int) -> datetime:
        # More of them lately than at first; each within its own slice of time, so in order.
        share = ((number + self.rng.random()) / self.world.total) ** 0.75
        return (
            self.world.now - SPAN + timedelta(microseconds=int(share * (SPAN.days * 864 * 10**8)))
        )

    def _channels(self) -> tuple[Channel, ...]:
        chance, wanted = self.rng.random(), 1 + int(self.rng.random() ** 2 * 2.4)
        found = {next(name for name, up_to in _CHANNELS if chance <= up_to)}
        while len(found) < wanted:
            found.add(self.rng.choice(_CHANNELS)[0])
        return tuple(one for one in Channel if one in found)

    def _tags(self, felt: Ressenti) -> dict[str, str]:
        given = {}
        for tag, share in zip(GeneralTag, (0.7, 0.35, 0.2, 0.6, 0.5), strict=True):
            if self.rng.random() < share:
                given[tag.value] = felt.value
        return given

    def _department(self, met: Sequence[Target]) -> str:
        rng = self.rng
        if met and met[0].department and rng.random() < 0.8:
            return met[0].department
        return "" if rng.random() < 0.1 else rng.choice(self.departments)

    def _reply(
        self, row: dict[str, Any], target: Target, subject: Subject, serial: int
    ) -> dict[str, Any] | None:
        rng = self.rng
        replied = row["published_at"] + timedelta(days=exp(rng.gauss(1.9, 0.9)))
        if rng.random() > self.world.replied or replied > self.world.now:
            return None
        fill = self.writer.filler(subject)
        chance = rng.random()
        rating = ReplyRating.USEFUL if chance < 0.08 else ReplyRating.NOT_USEFUL
        return {
            "uuid": _uuid(serial, target.id),
            "structure_id": target.id,
            "text": self.writer.reply(subject, fill, str(row["pseudonym"])),
            "politeness": rng.choice(POLITENESS),
            "signature": some(rng, self.known.replies.signatures),
            "status": ReplyStatus.PUBLISHED.value,
            "rating": rating.value if chance < 0.12 else "",
            "useful": int(exp(rng.random() ** 3 * 3)) - 1,
            "not_useful": int(exp(rng.random() ** 4 * 2)) - 1,
            "published_at": replied,
        }

    def _store(
        self,
        row: dict[str, Any],
        met: Sequence[Target],
        replies: Sequence[dict[str, Any] | None],
        channels: tuple[Channel, ...],
        felt: Ressenti,
    ) -> None:
        batch, place = self.batch, len(self.batch.experiences)
        batch.experiences.append(row)
        names = ("title", "narrative", "pseudonym", "created_at")
        batch.versions.append({"number": 1} | {name: row[name] for name in names})
        for position, (target, reply) in enumerate(zip(met, replies, strict=True)):
            batch.structures.append(
                {
                    "experience_id": place,
                    "position": position,
                    "structure_id": target.id,
                    "channels": [[channel.value, felt.value] for channel in channels],
                    "published_at": row["published_at"],
                    "due_at": row["published_at"] + timedelta(days=target.delay_days),
                    "replied_at": reply["published_at"] if reply else None,
                }
            )
            if reply:
                batch.replies.append({"experience_id": place, **reply})
        batch.documents.append(
            document(
                title=row["title"],
                narrative=row["narrative"],
                ressenti=row["ressenti"],
                department=row["department"],
                tags=row["tags"],
                places=[
                    Place(one.network_id, one.path_ids, one.department, channels) for one in met
                ],
                replied=row["replies"] > 0,
            )
        )


def _uuid(serial: int, structure_id: int) -> str:
    return str(UUID(int=_UUIDS | serial << 24 | structure_id))

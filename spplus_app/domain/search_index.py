"""What the search keeps of a published experience: its terms by rank, and facets to filter by.

A term stands in one place only: ``title`` when the title bears it, ``strong`` when the narrative
bears it twice or more, ``body`` otherwise. Relevance is then a rule one can say in a sentence, the
same on both databases: all the words in the title first, then all of them in the title or
repeated, then anywhere; within each, the newest first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from . import geography
from .terms import terms
from .values import CHANNEL_FIELDS, TAG_FIELDS, Channel, GeneralTag, Ressenti

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

NETWORK, STRUCTURE, DEPARTMENT, REGION = "n", "s", "d", "r"
RESSENTI, CHANNEL, TAG, REPLIED = "f", "c", "t", "a"
RESSENTI_CODES: dict[Ressenti, str] = {
    Ressenti.POSITIVE: "positif",
    Ressenti.NEUTRAL: "neutre",
    Ressenti.NEGATIVE: "negatif",
}
"""How a facet and an address name each ressenti."""


@dataclass(frozen=True, slots=True)
class Place:
    """A structure met: its network, the ids from its root to itself, its department."""

    network_id: int
    path_ids: tuple[int, ...]
    department: str
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What is stored of one experience: terms and facets, each list in order, without doubles."""

    title: tuple[str, ...]
    strong: tuple[str, ...]
    body: tuple[str, ...]
    facets: tuple[str, ...]

    @property
    def counted(self) -> tuple[str, ...]:
        """The facets that are counted beside filters: all but the structures of the tree."""
        return tuple(one for one in self.facets if not one.startswith(f"{STRUCTURE}="))


def facet(group: str, value: object) -> str:
    """Return a facet as it is stored: ``d=30``; no term of a text holds « = »."""
    return f"{group}={str(value).lower()}"


def position_of(moment: datetime) -> int:
    """Return the number lists are read by: microseconds since 1970, UTC."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def document(
    *,
    title: str,
    narrative: str,
    ressenti: str,
    department: str,
    tags: Mapping[str, object],
    places: Iterable[Place],
    replied: bool,
) -> Document:
    """Return what the search keeps of an experience."""
    counted = Counter(terms(narrative))
    in_title = set(terms(title))
    strong = {term for term, times in counted.items() if times > 1} - in_title
    facets = {facet(REPLIED, int(replied)), facet(RESSENTI, RESSENTI_CODES[Ressenti(ressenti)])}
    facets |= {facet(TAG, TAG_FIELDS[GeneralTag(name)]) for name, felt in tags.items() if felt}
    departments = {department}
    for place in places:
        facets.add(facet(NETWORK, place.network_id))
        facets |= {facet(STRUCTURE, one) for one in place.path_ids}
        facets |= {facet(CHANNEL, CHANNEL_FIELDS[Channel(one)]) for one in place.channels}
        departments.add(place.department)
    for code in departments - {""}:
        facets.add(facet(DEPARTMENT, code))
        known = geography.department(code)
        if known is not None:
            facets.add(facet(REGION, known.region.code))
    return Document(
        title=tuple(sorted(in_title)),
        strong=tuple(sorted(strong)),
        body=tuple(sorted(counted.keys() - in_title - strong)),
        facets=tuple(sorted(facets)),
    )

"""A search of experiences: read from an address, written in one, and what it asks of the index."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from typing import Any
from urllib.parse import urlencode

from . import geography
from .dates import PARIS
from .search_index import (
    CHANNEL,
    DEPARTMENT,
    NETWORK,
    REGION,
    REPLIED,
    RESSENTI,
    RESSENTI_CODES,
    STRUCTURE,
    TAG,
    TAG_CODES,
    facet,
    position_of,
)
from .structures import CODE
from .terms import query_words
from .text import ForbiddenCharacter, clean_line
from .values import CHANNEL_FIELDS

WORDS_MAX = 200
"""Characters kept of what is typed."""
COUNT_MAX = 10_000
"""Up to how many matches are counted one by one; beyond, « plus de 10 000 »."""

_KEY = re.compile(r"([123])-([0-9]{1,17})", re.ASCII)


class Sort(StrEnum):
    """The order of the results, as an address names it."""

    DATE = "date"
    RELEVANCE = "pertinence"


class Rank(IntEnum):
    """Where the words stand, the best first."""

    TITLE = 1
    STRONG = 2
    ANYWHERE = 3


@dataclass(frozen=True, slots=True)
class Key:
    """Where a page of results ends: rank and position of its last row."""

    rank: Rank
    position: int

    def format(self) -> str:
        """The key as an address holds it."""
        return f"{self.rank.value}-{self.position}"


@dataclass(frozen=True, slots=True)
class Condition:
    """What the index is asked for.

    ``words`` are alternatives of terms, one of each must stand; ``facets`` must all stand;
    ``since`` and ``until`` bound positions (included, excluded).
    """

    words: tuple[tuple[str, ...], ...] = ()
    facets: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What a person asks; empty fields ask for nothing. Names are those of the address."""

    q: str = ""
    reseau: str = ""
    service: str = ""
    departement: str = ""
    region: str = ""
    ressenti: str = ""
    canal: str = ""
    theme: str = ""
    reponse: str = ""
    du: str = ""
    au: str = ""
    tri: str = ""

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The words asked for, each as its alternative terms."""
        return query_words(self.q)

    @property
    def sort(self) -> Sort:
        """The order asked for; without words there is nothing to be relevant to."""
        by_date = self.tri != Sort.RELEVANCE or not self.words
        return Sort.DATE if by_date else Sort.RELEVANCE

    @property
    def filters(self) -> dict[str, str]:
        """The filters in use, by name, in the order of the page; words and order are none."""
        return {name: value for name, value in self.fields.items() if name not in {"q", "tri"}}

    @property
    def fields(self) -> dict[str, str]:
        """Every field of the form that asks for something, by name."""
        named = {one.name: str(getattr(self, one.name)) for one in fields(self)}
        return {name: value for name, value in named.items() if value}

    def without(self, name: str) -> Search:
        """Return this search without one of its filters."""
        empty: dict[str, Any] = {name: ""}
        return replace(self, **empty)

    def query(self, after: Key | None = None) -> str:
        """Return the query of the address, « ? » included; nothing where nothing is asked."""
        pairs = {"q": self.q} if self.q else {}
        pairs |= self.filters
        if self.tri == Sort.RELEVANCE:
            pairs["tri"] = self.tri
        if after is not None:
            pairs["apres"] = after.format()
        return f"?{urlencode(pairs)}" if pairs else ""

    def condition(self, structure_id: int | None = None, *, leave: str = "") -> Condition:
        """Return what the index is asked for; ``leave`` names a filter to leave out.

        ``structure_id`` is the id of the structure whose code is ``service``, 0 for none.
        """
        asked = self.without(leave) if leave else self
        found = [
            facet(group, value)
            for name, group in FACET_GROUPS.items()
            if (value := str(getattr(asked, name)))
        ]
        if asked.service:
            found.append(facet(STRUCTURE, structure_id or 0))
        if asked.reponse:
            found.append(facet(REPLIED, int(asked.reponse == "avec")))
        return Condition(
            words=asked.words,
            facets=tuple(found),
            since=_midnight(asked.du),
            until=_midnight(asked.au, days=1),
        )


FACET_GROUPS: dict[str, str] = {
    "reseau": NETWORK,
    "departement": DEPARTMENT,
    "region": REGION,
    "ressenti": RESSENTI,
    "canal": CHANNEL,
    "theme": TAG,
}
"""The filters whose value is that of a facet; ``service`` and ``reponse`` are told apart."""


def parse(query: Mapping[str, object]) -> Search:
    """Return the search of an address; what cannot be read asks for nothing."""
    asked = {one.name: line(query.get(one.name, "")) for one in fields(Search)}
    # A service picked in the search of services takes the place of the one in use.
    asked["service"] = line(query.get("service_choisi", "")) or asked["service"]
    region, department = asked["region"].upper(), geography.department(asked["departement"])
    known = {
        "reseau": re.fullmatch(r"[0-9]{1,9}", asked["reseau"], re.ASCII) is not None,
        "service": CODE.fullmatch(asked["service"]) is not None,
        "departement": department is not None,
        "region": any(one.code == region for one in geography.regions()),
        "ressenti": asked["ressenti"] in RESSENTI_CODES.values(),
        "canal": asked["canal"] in CHANNEL_FIELDS.values(),
        "theme": asked["theme"] in TAG_CODES.values(),
        "reponse": asked["reponse"] in {"avec", "sans"},
        "du": _day(asked["du"]) is not None,
        "au": _day(asked["au"]) is not None,
        "tri": asked["tri"] in set(Sort),
        "q": True,
    }
    kept = {name: value if known[name] else "" for name, value in asked.items()}
    kept["departement"] = department.code if department else ""
    kept["region"] = region if known["region"] else ""
    return Search(**kept)


def parse_key(query: Mapping[str, object]) -> Key | None:
    """Return where the page of an address begins; anything odd begins at the beginning."""
    found = _KEY.fullmatch(line(query.get("apres", "")))
    return Key(Rank(int(found[1])), int(found[2])) if found else None


def line(value: object) -> str:
    """Return a field of an address as one line; nothing for what no line may hold."""
    try:
        return clean_line(str(value)[: WORDS_MAX * 2])[:WORDS_MAX]
    except ForbiddenCharacter:
        return ""


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:
        return None
    return day if day is not None and 2000 <= day.year < 2200 else None


def _midnight(text: str, days: int = 0) -> int | None:
    """Return the position of a day's first instant in France, ``days`` later."""
    day = _day(text)
    if day is None:
        return None
    first = datetime.combine(day + timedelta(days=days), time(), PARIS)
    return position_of(first.astimezone(UTC))

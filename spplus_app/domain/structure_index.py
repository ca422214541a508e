"""What the search keeps of the structures: the words of each, and where each word leads."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .geography import department, department_of_postal_code
from .structure_words import added_words, content
from .structures import FRANCE, place_name
from .text import fold

_NAME, _TOWN, _POSTAL, _KIND, _DEPARTMENT, _SERVED, _NETWORK = 1.0, 0.9, 0.9, 0.85, 0.8, 0.7, 0.4
_ADDED = 0.9
"""Weight of a word in a field, and of a word added by `structure_words`."""
_WITH_DISTRICTS = ("750", "6900", "130")
_FUZZY_LENGTHS = range(3, 15)


class Searchable(NamedTuple):
    """An active structure, as the search reads it; ``served`` are department codes."""

    code: str
    name: str
    usual_name: str
    typology: str
    network: str
    town: str
    postal_code: str
    department: str
    country: str
    served: str

    @property
    def label(self) -> str:
        """The name people know it by."""
        return self.usual_name or self.name

    @property
    def place(self) -> str:
        """Where it is: « Nîmes (30) »."""
        return place_name(self.town, self.department, self.country)


@dataclass(frozen=True, slots=True)
class Near:
    """Where a town's name most often leads: a department, and one of its postal codes."""

    department: str
    postal_code: str


class Words:
    """The vocabulary: every word, the structures that bear it with its weight, its look-alikes."""

    def __init__(self, postings: Mapping[str, Mapping[int, float]]) -> None:
        self.postings = postings
        self.ordered = sorted(postings)
        letters = [word for word in self.ordered if not word[0].isdigit()]
        self.by_length: dict[int, list[str]] = {}
        for word in letters:
            self.by_length.setdefault(len(word), []).append(word)
        self.beginnings: dict[int, list[str]] = {
            length: sorted({word[:length] for word in letters if len(word) >= length})
            for length in _FUZZY_LENGTHS
        }

    def starting_with(self, beginning: str) -> Iterator[str]:
        """Yield the words that begin so, in order."""
        for place in range(bisect_left(self.ordered, beginning), len(self.ordered)):
            word = self.ordered[place]
            if not word.startswith(beginning):
                return
            yield word


@dataclass(frozen=True, slots=True)
class Index:
    """Everything the search reads; ``entries`` stand in the order that settles ties."""

    entries: tuple[Searchable, ...]
    words: Words
    labels: tuple[tuple[str, ...], ...]
    kinds: tuple[tuple[str, ...], ...]
    towns: Mapping[str, Near]


def build(rows: Iterable[Searchable]) -> Index:
    """Return the index of ``rows``; short names stand first where nothing else decides."""
    entries = tuple(sorted(rows, key=_order))
    postings: dict[str, dict[int, float]] = {}
    towns: dict[str, Counter[tuple[str, str]]] = {}
    kinds: dict[str, tuple[str, ...]] = {}
    labels = []
    for place, entry in enumerate(entries):
        labels.append(tuple(dict.fromkeys(content(entry.label))))
        if entry.typology not in kinds:
            kinds[entry.typology] = tuple(dict.fromkeys(content(entry.typology)))
        for word, weight in _weights(entry).items():
            postings.setdefault(word, {})[place] = weight
        if entry.department:
            for word in content(entry.town):
                where = (entry.department, entry.postal_code)
                towns.setdefault(word, Counter())[where] += 1
    near = {word: found for word, seen in towns.items() if (found := _near(seen)) is not None}
    ordered_kinds = tuple(kinds[entry.typology] for entry in entries)
    return Index(entries, Words(postings), tuple(labels), ordered_kinds, near)


def _order(entry: Searchable) -> tuple[int, str, str]:
    return (len(content(entry.label)), fold(entry.label), entry.code)


def _near(seen: Counter[tuple[str, str]]) -> Near | None:
    # A word of towns everywhere (« saint », « mont ») leads nowhere in particular.
    departments: Counter[str] = Counter()
    for (code, _), times in seen.items():
        departments[code] += times
    code, times = departments.most_common(1)[0]
    if times * 2 < departments.total():
        return None
    postal_code = max(
        (where for where in seen if where[0] == code), key=lambda where: (seen[where], where)
    )[1]
    return Near(code, postal_code)


def _weights(entry: Searchable) -> dict[str, float]:
    """Return the words of a structure, each with its best weight."""
    found: dict[str, float] = {}

    def add(text: str, weight: float, *, known_as: bool = True) -> None:
        sequence = content(text)
        for word in sequence:
            found[word] = max(weight, found.get(word, 0.0))
        for word in added_words(sequence) if known_as else ():
            found[word] = max(weight * _ADDED, found.get(word, 0.0))

    add(entry.name, _NAME)
    add(entry.usual_name, _NAME)
    add(entry.town, _TOWN)
    add(entry.typology, _KIND)
    add(entry.network, _NETWORK)
    add(entry.postal_code, _POSTAL, known_as=False)
    add(_district(entry.postal_code), _POSTAL, known_as=False)
    if entry.country != FRANCE:
        add(entry.country, _TOWN)
    # Where INSEE and the postal code disagree, people may think of either.
    of_code = department_of_postal_code(entry.postal_code)
    add(_department_words(entry.department), _DEPARTMENT, known_as=False)
    if of_code is not None and entry.department not in {"2A", "2B"}:
        add(_department_words(of_code.code), _DEPARTMENT, known_as=False)
    for code in entry.served.split():
        add(_department_words(code), _SERVED, known_as=False)
    return found


def _department_words(code: str) -> str:
    where = department(code)
    return f"{where.code} {where.name}" if where else ""


def _district(postal_code: str) -> str:
    """Return how people name a district of Paris, Lyon or Marseille: « 15 15e 15eme »."""
    if not postal_code.startswith(_WITH_DISTRICTS) or postal_code[-2:] in {"", "00"}:
        return ""
    number = int(postal_code[-2:])
    return f"{number} {number}e {number}eme" if number <= 20 else ""

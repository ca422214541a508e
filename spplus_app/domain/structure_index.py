"""What the search keeps of the structures: the words of each, and where each word leads."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .communes import Position, communes, key
from .geography import department, department_of_postal_code
from .structure_words import added_words, content
from .structures import FRANCE, place_name, town_name
from .text import fold

_NAME, _TOWN, _POSTAL, _KIND, _DEPARTMENT, _SERVED, _NETWORK = 1.0, 0.9, 0.9, 0.85, 0.8, 0.7, 0.4
_ADDED = 0.9
"""Weight of a word in a field, and of a word added by `structure_words`."""
_WITH_DISTRICTS = ("750", "6900", "130")
_FUZZY_LENGTHS = range(3, 15)
_LOOK_ALIKES = 24


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
    """Where a town is: its department, a postal code of it, and its position when known."""

    department: str
    postal_code: str
    at: Position | None = None


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
    positions: tuple[Position | None, ...]
    towns: Mapping[str, Near]
    """Words of the towns that the list of communes does not have."""


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
    return Index(
        entries=entries,
        words=Words(postings),
        labels=tuple(labels),
        kinds=tuple(kinds[entry.typology] for entry in entries),
        positions=tuple(position(entry) for entry in entries),
        towns=near,
    )


def position(entry: Searchable) -> Position | None:
    """Return where a structure is: the commune of its name, else the first of its postal code."""
    if entry.country != FRANCE:
        return None
    commune = communes().find(town_name(entry.town), entry.department)
    if commune is None:
        found = communes().by_postal_code.get(entry.postal_code, ())
        commune = found[0] if found else None
    return commune.at if commune else None


def town_of(typed: Sequence[str]) -> Near | None:
    """Return the town that these words are, by name or postal code; the largest of its name."""
    known = communes()
    found = known.by_name.get(key(" ".join(typed)), ())
    if not found and len(typed) == 1:
        found = known.by_postal_code.get(typed[0], ())
    if not found:
        return None
    return Near(found[0].department, " ".join(found[0].postal_codes[:1]), found[0].at)


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


def alike(word: str, among: Iterable[str], mistakes: int) -> list[tuple[str, float]]:
    """Return the words of ``among`` within ``mistakes`` of ``word``, with their likeness.

    A mistake is a letter too many, missing, wrong, or two neighbours exchanged. One in the first
    letter is rarer: it counts a little more.
    """
    found = process.extract(
        word,
        among,
        scorer=OSA.distance,  # type: ignore[arg-type]  # its stub names its arguments
        score_cutoff=mistakes,
        limit=_LOOK_ALIKES,
    )
    return [
        (term, 0.85 - 0.15 * distance - (0.1 if term[0] != word[0] else 0.0))
        for term, distance, _ in found
    ]

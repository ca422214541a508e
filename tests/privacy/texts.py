"""Five hundred texts made of the sentences, contexts and values of this folder.

Offsets are exact because a text is put together piece by piece. Two halves share no context and
no clean sentence: what a finder was mended on says nothing about REPORT.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from tests.privacy.contexts import BLOCKS, CONTEXTS, PERSONS
from tests.privacy.scoring import Example, Expected
from tests.privacy.sentences import CLEAN
from tests.privacy.values import Values

COUNT = 500
WITHOUT = 0.2
"""The share of texts in which there is nothing to find."""

_SLOT = re.compile(r"\{(\w+)\}")


class Half(Enum):
    """Which half of the sentences, and from which seed; the value is their parity."""

    TUNE = 0
    REPORT = 1

    def of(self, lines: Sequence[str]) -> Sequence[str]:
        """This half of a list."""
        return lines[self.value :: 2]


@dataclass(frozen=True, slots=True)
class Carrier:
    """A sentence with slots, and the role of the persons it names."""

    sentence: str
    role: str = ""


def carriers(half: Half) -> dict[str, list[Carrier]]:
    """The sentences of a half, by what they carry; persons and blocks are kinds like others."""
    made = {kind: [Carrier(one) for one in half.of(lines)] for kind, lines in CONTEXTS.items()}
    for role, lines in PERSONS.items():
        made[f"person {role}"] = [Carrier(one, role) for one in half.of(lines)]
    made["block"] = [Carrier(one, "author") for one in half.of(BLOCKS)]
    return made


def unaccented(text: str) -> str:
    """The same letters without accents, as many of them."""
    return "".join(unicodedata.normalize("NFD", sign)[0] for sign in text)


def mistyped(text: str, chance: random.Random) -> str:
    """The text with one letter left out, doubled, or swapped with the next one."""
    places = [at for at in range(1, len(text) - 1) if text[at - 1 : at + 2].isalpha()]
    if not places:
        return text
    at = chance.choice(places)
    swapped = text[at + 1] + text[at]
    return chance.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + swapped + text[at + 2 :],
        )
    )


def _kept(text: str) -> str:
    return text


_REGISTERS: Sequence[tuple[float, Callable[[str], str]]] = (
    (0.74, _kept),
    (0.86, str.lower),
    (0.97, unaccented),
    (1.0, str.upper),
)


def _register(chance: random.Random) -> Callable[[str], str]:
    drawn = chance.random()
    return next(way for limit, way in _REGISTERS if drawn <= limit)


@dataclass(slots=True)
class Maker:
    """Puts texts together from one half and one seed."""

    half: Half
    chance: random.Random
    values: Values

    def filled(self, carrier: Carrier, at: int) -> Example:
        """A carrier with its values, its offsets counted from ``at``."""
        way = _register(self.chance)
        wrong = self.chance.random() < 0.1
        text, expected = "", []
        for here, piece in enumerate(_SLOT.split(carrier.sentence)):
            if here % 2 == 0:
                text += way(mistyped(piece, self.chance) if wrong else piece)
                continue
            kind = "person" if piece == "title" else piece
            value = way(self.values.makers[piece]())
            role = carrier.role if kind == "person" else ""
            start = at + len(text)
            expected.append(Expected(start, start + len(value), (kind,), role))
            text += value
        return Example(text, tuple(expected))

    def text(self, carried: Sequence[Carrier]) -> Example:
        """A text: clean sentences, with the carriers where chance puts them."""
        lines = list(self.half.of(CLEAN))
        clean = self.chance.sample(lines, self.chance.randint(2, 5))
        pieces = [Carrier(one) for one in clean]
        for one in carried:
            pieces.insert(self.chance.randint(0, len(pieces)), one)
        text, expected = "", []
        for piece in pieces:
            # Who writes no full stop begins a new line.
            by = (" ", " ", " ", "\n", "  ", "\r\n") if text.endswith((*".!?,",)) else ("\n",)
            text += self.chance.choice(by) if text else ""
            made = self.filled(piece, len(text))
            text += made.text
            expected += made.expected
        return Example(text, tuple(expected))


def written(
    kind_of: Mapping[str, Sequence[str]], people: Mapping[str, Sequence[str]], seed: int, times: int
) -> list[Example]:
    """Texts of the first half's clean sentences with each of these carriers, ``times`` times."""
    maker = Maker(Half.TUNE, random.Random(seed), Values(seed))
    carried = [Carrier(one) for lines in kind_of.values() for one in lines]
    carried += [Carrier(one, role) for role, lines in people.items() for one in lines]
    return [maker.text([one]) for _ in range(times) for one in carried]


def generated(half: Half, count: int = COUNT) -> list[Example]:
    """Texts of a half, always the same; a fifth of them have nothing personal.

    Every kind is as frequent as another, persons three times: author, third party, agent.
    """
    seed = 1000 + half.value
    maker = Maker(half, random.Random(seed), Values(seed))
    every = carriers(half)
    made = []
    for _ in range(count):
        kinds: list[str] = []
        if maker.chance.random() >= WITHOUT:
            kinds = maker.chance.sample(sorted(every), maker.chance.choice((1, 1, 2, 2, 3, 4)))
        made.append(maker.text([maker.chance.choice(every[kind]) for kind in kinds]))
    return made

"""What others made of a sentence, as HTML: how many, with which tones and why, their words.

Told to whoever may read it (`services.documents.others`); `assets/marking.js` writes the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import htpy as h

from ..domain.documents.annotations import TONE_NAMES, WHY_NAMES, Tone
from ..domain.documents.heat import Heat
from ..domain.reports import ADDRESSES, PAGE, Kind
from ..domain.text import excerpt
from . import words
from .html import icon

NBSP = "\u00a0"
SHAPES: dict[Tone, str] = {
    Tone.CLEAR: "check",
    Tone.UNCLEAR: "question",
    Tone.WORRYING: "warning",
}
"""The shape of each tone: it is never told by its colour alone."""
NAMED = 60
"""Characters of a mark by which a link to report it is told from another."""
CLOSED = (
    "Les marques des autres restent cachées jusqu’à ce que vous ayez envoyé les vôtres : ce que "
    "d’autres ont trouvé difficile ne doit pas vous le souffler."
)


@dataclass(frozen=True, slots=True)
class Word:
    """What another reader wrote of a sentence: it may be reported."""

    id: int
    tone: str
    understood: str
    rewrite: str


@dataclass(frozen=True, slots=True)
class Others:
    """What others made of that sentence, for whoever may read it."""

    open: bool = False
    heat: Heat | None = None
    words: Sequence[Word] = field(default_factory=tuple)


CLOSED_TO_ME = Others()


def tone_word(tone: Tone) -> h.Fragment:
    """A tone: its shape, then its word."""
    return h.fragment[icon(SHAPES[tone]), h.span[TONE_NAMES[tone]]]


def others(found: Others) -> h.Element:
    """What others made of this sentence; closed, or nothing yet, said in words."""
    return h.section(class_="others", id="autres", aria_labelledby="autres-titre", tabindex="-1")[
        h.h2(id="autres-titre")["Ce que d’autres y trouvent"],
        h.div(class_="others__body stack--tight")[_others(found)],
    ]


def _others(found: Others) -> h.Node:
    if not found.open:
        return h.p[CLOSED]
    if found.heat is None:
        return h.p["Personne n’a marqué cette phrase."]
    return [heat(found.heat), [_word(one) for one in found.words]]


def heat(found: Heat) -> h.Element:
    """How many readers marked a sentence, with which tones and why."""
    readers = f"{found.readers} lecteurs" if found.readers > 1 else "1 lecteur"
    return h.div(class_="stack--tight")[
        h.p[h.strong[readers]],
        h.ul(class_="plain-list cluster")[
            [
                h.li(class_=f"heat heat--{tone.value}")[tone_word(tone), f"{NBSP}: {number}"]
                for tone, number in found.tones
            ]
        ],
        h.p(class_="fr-hint-text")[
            ", ".join(f"{WHY_NAMES[why]} ({number})" for why, number in found.reasons)
        ]
        if found.reasons
        else None,
    ]


def _word(one: Word) -> h.Element:
    return h.div(class_="others__mark stack--tight")[
        h.p(class_=f"heat heat--{one.tone}")[tone_word(Tone(one.tone))],
        h.p[h.strong[f"A compris{NBSP}: "], one.understood] if one.understood else None,
        h.p[h.strong[f"Écrirait{NBSP}: "], one.rewrite] if one.rewrite else None,
        _report(one),
    ]


def _report(one: Word) -> h.Element:
    """Report these words: a mark says in hidden ones which it is."""
    name = excerpt(one.understood or one.rewrite, NAMED)
    return h.p(class_="fr-hint-text no-print")[
        h.a(href=f"{PAGE}/{ADDRESSES[Kind.MARK]}-{one.id}", rel="nofollow")[
            words.REPORT_MARK,
            h.span(class_="fr-sr-only")[words.REPORTED_MARK, name, words.REPORTED_END],
        ]
    ]

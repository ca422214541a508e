"""What speaks of distress or danger, and what threatens.

What is missed costs more than what is seen in vain: a help number shown to somebody who did not
need it does no harm. So idioms are let through (« mourir de rire », « tuer le temps », « en finir
avec ce dossier »), grief is not danger, and the rest is left to the person who reads. A list of
expressions never sees all: people who read the queue must not lean on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from . import distress_patterns, threat_patterns
from .reading import Reading
from .values import Danger, Seen, Signal

HEAD = 4
"""Letters of the beginnings of words by which a rule is chosen: most texts have none of them."""

_SOME_WORDS = re.compile(r"<(\d)>")
_PIECES = distress_patterns.PIECES | threat_patterns.PIECES
_PIECE = re.compile(r"<([A-Z_]+)>")


class Rule(NamedTuple):
    """A pattern, the beginnings of words without which it cannot match, and what it says."""

    heads: frozenset[str]
    pattern: re.Pattern[str]
    danger: Danger | None


def _expanded(pattern: str) -> str:
    while _PIECE.search(pattern):
        pattern = _PIECE.sub(lambda piece: _PIECES[piece[1]], pattern)
    return _SOME_WORDS.sub(r"(?:[a-z0-9]{1,30} ){0,\1}", pattern)


def _rules(table: tuple[tuple[str, str], ...], danger: Danger | None) -> list[Rule]:
    return [
        Rule(frozenset(heads.split()), re.compile(rf"\b(?:{_expanded(pattern)})"), danger)
        for heads, pattern in table
    ]


RULES: tuple[Rule, ...] = (
    *_rules(distress_patterns.SUICIDE, Danger.SUICIDE),
    *_rules(distress_patterns.VIOLENCE, Danger.VIOLENCE),
    *_rules(distress_patterns.CHILD, Danger.CHILD),
    *_rules(distress_patterns.IMMEDIATE, Danger.IMMEDIATE),
    *_rules(threat_patterns.THREAT, None),
)


def dangers(reading: Reading) -> Iterator[Seen]:
    """Yield what speaks of distress or danger, each with its `Danger`, and what threatens."""
    heads = {word[:HEAD] for word in reading.words}
    for rule in RULES:
        if not heads.isdisjoint(rule.heads):
            signal = Signal.THREAT if rule.danger is None else Signal.DISTRESS
            for match in rule.pattern.finditer(reading.spoken):
                yield reading.seen_spoken(signal, match, rule.danger)

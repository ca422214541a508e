"""Agents named in a text: thanked by their first name, otherwise told by what they are.

An agent has a right to be left in peace, and a thank-you that names nobody thanks nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .kinds import AGENT_WORD, Finding, Role
from .name_contexts import COURTESY_BEFORE, JOB_BEFORE
from .name_words import Token, following
from .reading import Reading

_NEAR = 60
_THANKED = "Cela ressemble au nom d’un agent\u00a0: son prénom peut rester dans un remerciement."


def named(reading: Reading, one: Finding, praise: bool) -> Finding | None:
    """Return a person found, with what takes the place of their name when they are an agent.

    Nothing for the first name alone of an agent in a ``praise``.
    """
    if one.role is not Role.AGENT:
        return one
    left = reading.before(one.start, _NEAR)
    courtesy = COURTESY_BEFORE.search(left)
    tokens = [word for word in following(reading.text, one.start) if word.end <= one.end]
    first = _first_name(tokens) if praise else None
    if first is None:
        told = JOB_BEFORE.search(left)
        return replace(one, instead="" if told else AGENT_WORD)
    if len(tokens) > 1:
        end = reading.low_at(one.start)
        start = reading.at(end - len(left) + courtesy.start()) if courtesy else one.start
        return replace(one, start=start, reason=_THANKED, instead=first.text)
    return replace(one, instead=AGENT_WORD) if courtesy else None


def _first_name(tokens: Sequence[Token]) -> Token | None:
    """« MARTIN Sophie » and « Durand Sophie » are Sophie; « S. Martin » tells no first name."""
    if any(word.text.endswith(".") for word in tokens):
        return None
    quiet = [word for word in tokens if not word.shout] or list(tokens)
    for word in (*(one for one in quiet if not one.surname), quiet[0]):
        if word.first:
            return word
    return quiet[-1] if quiet[-1].first else None

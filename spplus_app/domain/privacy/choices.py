"""What an author says of what was found: « ce n’est pas personnel », or more words to mask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..text import fold
from . import find
from .kinds import AGENT_WORD, Finding, Kind
from .masks import pattern

PIECES_MAX = 60
PIECE_MAX = 300


@dataclass(frozen=True, slots=True)
class Choices:
    """``kept``: pieces (see `key`) that are not personal; ``hidden``: words to mask as well."""

    kept: frozenset[str] = field(default_factory=frozenset)
    hidden: tuple[str, ...] = ()


def key(piece: str) -> str:
    """Return a piece of a text as it is compared: « Léa  Durand » is « lea durand »."""
    return " ".join(fold(piece).split())


def found(text: str, hidden: Sequence[str] = (), *, praise: bool = False) -> list[Finding]:
    """Return what is found in a text, and each place of the words to mask as well.

    The first name that a ``praise`` would show is masked too when its author asks for it.
    """
    findings = find(text, praise=praise)
    for words in filter(str.strip, hidden):
        for match in re.finditer(pattern(words), text, re.IGNORECASE):
            findings = [_hidden(one, match) for one in findings]
            if all(match.end() <= one.start or one.end <= match.start() for one in findings):
                reason = "Vous avez choisi de le masquer."
                findings.append(Finding(match.start(), match.end(), Kind.CHOSEN, reason))
    return sorted(findings, key=lambda one: one.start)


def _hidden(one: Finding, match: re.Match[str]) -> Finding:
    apart = match.end() <= one.start or one.end <= match.start()
    return one if apart or not one.shows else replace(one, instead=AGENT_WORD)


def to_mask(text: str, choices: Choices, *, praise: bool = False) -> list[Finding]:
    """Return what is masked in a text: all that is found, but what its author keeps."""
    return [
        one
        for one in found(text, choices.hidden, praise=praise)
        if one.kind is Kind.CHOSEN or key(text[one.start : one.end]) not in choices.kept
    ]

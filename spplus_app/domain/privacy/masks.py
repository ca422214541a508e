"""Words that a person asks to mask, each by the plain word of its kind, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .kinds import AGENT_WORD, WORDS, Kind

_MASKED = re.compile("|".join(re.escape(word) for word in (*WORDS.values(), AGENT_WORD)))


def pattern(piece: str) -> str:
    """Return what finds these words whole, in any case, however they are spaced."""
    words = (re.sub("['’]", "['’]", re.escape(word)) for word in piece.split())
    spaced = r"\s+".join(words)
    return rf"(?<!\w){spaced}(?!\w)"


def replaced(text: str, pieces: Sequence[tuple[str, Kind]]) -> str:
    """Return the text with each piece replaced; the longest first, what is masked left alone."""
    for piece, kind in sorted(pieces, key=lambda one: -len(one[0])):
        parts: list[str] = []
        at = 0
        # « nom » is a word of « [nom] »: what stands in the place of words is no word to mask.
        for done in [*_MASKED.finditer(text), None]:
            end = done.start() if done else len(text)
            part = text[at:end]
            parts.append(re.sub(pattern(piece), WORDS[kind], part, flags=re.IGNORECASE))
            if done:
                parts.append(done[0])
                at = done.end()
        text = "".join(parts)
    return text

"""The words that follow each other in a text, and those of them that make a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text import fold
from .lexicon import is_first_name, is_ordinary, is_public, is_surname
from .wording import listed

LETTERS = r"[^\W\d_]+"
_WORD = re.compile(rf"{LETTERS}(?:[-’']{LETTERS})*\.?")
_PARTICLES = listed("de, du, des, d, da, dos, di, la, le, el, al, ben, bin, van, von, abou")
_NEVER = listed(
    "a, au, aux, avec, ce, cette, chez, dans, depuis, elle, en, est, et, il, je, ma, mais, mes, "
    "moi, mon, ne, nous, on, ont, ou, par, pas, pour, qu, que, qui, sa, sans, ses, son, sont, "
    "sur, un, une, vous"
)
_LONGEST = 5
_SHOUTED = 4

Span = tuple[int, int]


class Token:
    """A word of a text, and what it can be."""

    __slots__ = ("capital", "end", "first", "ordinary", "shout", "start", "surname", "text")

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start = text, start
        self.end = start + len(text)
        self.capital = text[0].isupper()
        self.shout = len(text) > 1 and text.isupper()
        self.first, self.surname = is_first_name(text), is_surname(text)
        self.ordinary = is_ordinary(text)

    @property
    def named(self) -> bool:
        """Whether the word is a name, whatever else it is."""
        return self.first or self.surname

    @property
    def telling(self) -> bool:
        """Whether the word is a name, and nothing else."""
        return self.named and not self.ordinary


def following(text: str, at: int) -> list[Token]:
    """Return the words that follow each other from here, with one space between."""
    tokens: list[Token] = []
    while len(tokens) < _LONGEST:
        match = _WORD.match(text, at)
        if match is None:
            break
        word = match.group()
        stops = word.endswith(".") and len(word) > 2
        tokens.append(Token(word.rstrip(".") if stops else word, at))
        at = match.end()
        if stops or text[at : at + 1] != " ":
            break
        at += 1
    return tokens


def taken(tokens: Sequence[Token], *, lower: bool) -> list[Token]:
    """Return the first words that make a name.

    Words in capitals, initials and small words between; in lower case too with ``lower``, if they
    are names and nothing else. Amid words all in capitals, only what is a name counts.
    """
    shouted = sum(token.shout for token in tokens) >= _SHOUTED
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if not _belongs(token, after, kept, lower=lower) or (shouted and kept and not token.named):
            break
        kept.append(token)
    while kept and (fold(kept[-1].text) in _PARTICLES or _is_initial(kept[-1])):
        kept.pop()
    return kept


def _belongs(token: Token, after: Token | None, kept: Sequence[Token], *, lower: bool) -> bool:
    folded = fold(token.text)
    if folded in _NEVER and not _is_initial(token):
        return False
    if folded in _PARTICLES or _is_initial(token):
        return after is not None and (
            (after.capital and not after.ordinary) or (lower and after.telling)
        )
    if token.ordinary:
        beside = bool(kept) and kept[-1].first and token.surname
        return token.capital and (beside if kept else token.named)
    return len(token.text.rstrip(".")) > 1 and (token.capital or (lower and token.telling))


def _is_initial(token: Token) -> bool:
    return len(token.text) == 2 and token.text.endswith(".")


def is_pair(tokens: Sequence[Token]) -> bool:
    """Whether these words are a first name and a surname, in either order, one of them telling."""
    if len(tokens) < 2:
        return False
    ends = (tokens[0], tokens[-1])
    crossed = (ends[0].first and ends[1].surname) or (ends[0].surname and ends[1].first)
    return crossed and any(one.telling for one in ends)


def is_title_of_office(token: Token) -> bool:
    """Whether this word after « Monsieur » opens an office: « le Maire », « la Préfète »."""
    folded = fold(token.text)
    if folded in {"le", "la", "les"} or folded[:2] in {"l'", "l’"}:
        return True
    return token.ordinary and not (token.capital and token.surname)


def span(tokens: Sequence[Token]) -> Span | None:
    """Return where these words stand; nowhere when they name somebody known of all."""
    if not tokens or is_public([token.text for token in tokens]):
        return None
    return tokens[0].start, tokens[-1].end

"""The words that follow each other in a text, and those of them that make a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..text import fold
from .lexicon import (
    is_administrative,
    is_first_name,
    is_frequent,
    is_given,
    is_ordinary,
    is_place,
    is_public,
    is_surname,
)
from .wording import listed

LETTERS = r"[^\W\d_]{1,40}"
"""A word, or a part of one; bounded, so that no text takes longer than its length tells."""
_WORD = re.compile(rf"{LETTERS}(?:[-’']{LETTERS}){{0,4}}\.?")
_PARTICLES = listed("de, du, des, d, da, dos, di, la, le, el, al, ben, bin, van, von, abou")
_NEVER = listed(
    "a, au, aux, avec, ce, cette, chez, dans, depuis, elle, en, est, et, il, je, ma, mais, mes, "
    "moi, mon, ne, nous, on, ont, ou, par, pas, pour, qu, que, qui, sa, sans, ses, son, sont, "
    "sur, un, une, vous"
)
_ADJECTIVES = listed(
    "bon, bonne, beau, bel, belle, deux, quatre, six, mille, sans, durant, doux, fort, gentil, "
    "grand, grande, gros, jeune, juste, si, seule, loin, long, moins, non, nouveau, nouvel, plus, "
    "re, avant, bien, en, pendant, parfait, pret, tort, trop, vite, vu, reste, arrive, "
    "demeure, va, "
    "vais, saura, sauve, cherche, touche, marche, porte, coupe, casse, trouve, touche, demeurant, "
    "vivant, vienne, devienne, soyez, malade, sourd, innocent, tetu, heureux, vieux, vieille, "
    "courant, debout, certain, celle, ours, passe, avril, mai, mars, juin, juillet, janvier, "
    "fevrier, "
    "courante, bonjour, bravo, arrive, aime, aimee, bas, haut, hier, lors, puis"
)
"""Words that follow a name in lower case more often than they are one."""
_WISHES = listed("bon, bonne, bonjour, bravo, mille, sans, si, durant, deux, moins, plus, re")
"""Surnames, but said to somebody when they follow a first name: « Sophie Bonne journée »."""
_LONGEST = 5
_SHOUTED = 4

Span = tuple[int, int]


_LONG = 40


def _known(text: str) -> tuple[str, bool, bool, bool, bool]:
    # Beyond that length it is no word: it is not worth a place among those remembered.
    return _looked_up(text) if len(text) <= _LONG else (text, False, False, False, False)


@lru_cache(maxsize=20_000)
def _looked_up(text: str) -> tuple[str, bool, bool, bool, bool]:
    return fold(text), is_first_name(text), is_surname(text), is_ordinary(text), is_given(text)


class Token:
    """A word of a text, and what it can be."""

    __slots__ = (
        *("capital", "end", "first", "folded", "given", "ordinary", "shout", "start"),
        *("surname", "text"),
    )

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start = text, start
        self.end = start + len(text)
        self.capital = text[0].isupper()
        self.shout = len(text) > 1 and text.isupper()
        self.folded, self.first, self.surname, self.ordinary, self.given = _known(text)

    @property
    def named(self) -> bool:
        """Whether the word is a name, whatever else it is."""
        return self.first or self.surname

    @property
    def telling(self) -> bool:
        """Whether the word is a name, and nothing else."""
        return self.named and (not self.ordinary or (self.given and self.capital))

    @property
    def strange(self) -> bool:
        """Whether no list has the word: with a capital beside a first name, a surname."""
        return (
            len(self.text) > 2
            and "." not in self.text
            and not (self.named or self.ordinary or is_frequent(self.folded))
        )


def may_begin(text: str, at: int) -> bool:
    """Whether the word here can be the first of a name: it costs less than reading on."""
    match = _WORD.match(text, at)
    if match is None:
        return False
    word = match.group()
    if word[0].isupper():
        return True
    folded, first, surname, _, _ = _known(word)
    return first or surname or folded in _PARTICLES or len(word) == 2


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
        if not _belongs(token, after, kept, lower=lower):
            break
        between = token.folded in _PARTICLES and after is not None and after.surname
        if shouted and kept and not (token.named or between):
            break
        kept.append(token)
    while kept and (kept[-1].folded in _PARTICLES or _is_initial(kept[-1])):
        kept.pop()
    return kept


def _belongs(token: Token, after: Token | None, kept: Sequence[Token], *, lower: bool) -> bool:
    if token.folded in _NEVER and not _is_initial(token):
        return False
    if token.folded in _PARTICLES or _is_initial(token):
        named = after is not None and (
            (after.surname and (_is_initial(token) or bool(kept))) or are_one_surname(token, after)
        )
        return after is not None and (
            (after.capital and (named or not after.ordinary))
            or (lower and (after.telling or (named and _is_initial(token))))
        )
    if token.ordinary and not (token.given and token.capital):
        # « geneviève pages », « L. Léger »: beside a first name, a surname that is a word too.
        beside = bool(kept) and (
            (kept[-1].first and kept[-1].telling) or _is_initial(kept[-1]) or kept[-1].first
        )
        if token.capital and kept:
            return beside and token.surname and token.folded not in _WISHES
        if token.capital:
            return token.named
        if not kept:
            return lower and token.given and after is not None and (after.telling or after.strange)
        return lower and beside and token.surname and token.folded not in _ADJECTIVES
    return len(token.text.rstrip(".")) > 1 and (
        token.capital or (lower and (token.telling or (token.strange and _after_first(kept))))
    )


def _after_first(kept: Sequence[Token]) -> bool:
    one = kept[0] if len(kept) == 1 else None
    return one is not None and one.first and (one.telling or one.given) and not one.capital


def _is_initial(token: Token) -> bool:
    return len(token.text) == 2 and token.text.endswith(".")


def is_pair(tokens: Sequence[Token]) -> bool:
    """Whether these words are a first name and a surname, in either order, one of them telling."""
    if len(tokens) < 2:
        return False
    ends = (tokens[0], tokens[-1])
    if _crossed(*ends) and any(one.telling for one in ends):
        return True
    return any(
        one.first
        and (one.telling or one.given)
        and other.strange
        and (other.capital or not one.capital)
        for one, other in (ends, ends[::-1])
    )


def _crossed(one: Token, other: Token) -> bool:
    return (one.first and other.surname) or (one.surname and other.first)


def is_whole(first: Token, second: Token) -> bool:
    """Whether two words side by side are somebody, wherever they stand, by their capitals."""
    if not (first.capital and second.capital):
        return False
    for one, other in ((first, second), (second, first)):
        if not one.first or is_administrative(one.text) or is_administrative(other.text):
            continue
        if other.folded in _WISHES or is_place(one.text):
            continue
        if other.surname and (one.telling or (other.telling and not one.shout)):
            return True
        # « Léa Zorbakov », « Léa OUEDRAOGO »: shouted amid capitals it would tell nothing.
        shouts = other.shout and not one.shout and len(other.text) > 2
        if one.telling and not one.shout and other.strange and (one is first or shouts):
            return True
    return False


def are_names(tokens: Sequence[Token]) -> bool:
    """Whether no list knows them but they can be somebody: « mon amie Ewa KOWALSKA »."""
    return len(tokens) in {2, 3} and all(
        token.capital and (token.strange or token.telling) and not is_administrative(token.text)
        for token in (tokens[0], tokens[-1])
    )


def are_one_surname(one: Token, other: Token) -> bool:
    """Whether two words are one surname: « Le Goff », « Da Costa »."""
    return is_particle(one) and len(other.text) <= _LONG and is_surname(f"{one.text} {other.text}")


def is_particle(token: Token) -> bool:
    """Whether this is a small word of names: « Da Silva », « El Amrani »."""
    return token.folded in _PARTICLES


def is_title_of_office(token: Token) -> bool:
    """Whether this word after « Monsieur » opens an office: « le Maire », « la Préfète »."""
    folded = token.folded
    if folded in {"le", "la", "les"} or folded[:2] in {"l'", "l’"}:
        return True
    return token.ordinary and not (token.capital and token.surname)


def span(tokens: Sequence[Token]) -> Span | None:
    """Return where these words stand; nowhere when they name somebody known of all."""
    if not tokens or is_public([token.folded for token in tokens]):
        return None
    return tokens[0].start, tokens[-1].end

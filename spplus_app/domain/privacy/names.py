"""Persons named in a text: by what stands before, by their signature, by two names together.

A list of names alone flags ordinary words, and a small statistical model finds little more than
half of them (`reference/text-tools.md`): words around a name decide, lists confirm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..text import fold
from .kinds import Finding, Kind, Role
from .lexicon import is_first_name, is_ordinary, is_place, is_public, is_surname
from .name_contexts import (
    ACCLAIMED,
    AM,
    CIVILITY,
    CLOSING,
    JOB_NEAR,
    KIN,
    OFFICER,
    SELF,
    WITNESS,
)
from .wording import listed

_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ]+(?:[-’'][A-Za-zÀ-ÖØ-öø-ÿŒœ]+)*\.?")
_PARTICLES = listed("de, du, des, d, la, le, el, al, ben, bin, van, von, da, dos, di, abou")
_LONGEST = 5

_REASONS = {
    Role.AUTHOR: "Cela ressemble à votre nom.",
    Role.THIRD: "Cela ressemble au nom d’une autre personne.",
    Role.AGENT: "Cela ressemble au nom d’un agent.",
    Role.UNKNOWN: "Cela ressemble au nom d’une personne.",
}
Span = tuple[int, int]


class _Token:
    """A word of the text, and what it can be."""

    __slots__ = ("capital", "end", "shout", "start", "text")

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start = text, start
        self.end = start + len(text)
        self.capital = text[0].isupper()
        self.shout = len(text) > 1 and text.isupper()

    @property
    def named(self) -> bool:
        return is_first_name(self.text) or is_surname(self.text)

    @property
    def telling(self) -> bool:
        """Whether the word is a name, and nothing else."""
        return self.named and not is_ordinary(self.text)


def persons(text: str) -> Iterator[Finding]:
    """Yield the persons named in a text, with their role when the words around tell it."""
    for pattern, role, rule in _RULES:
        for match in pattern.finditer(text):
            span = rule(text, match.end())
            if span is not None:
                yield _finding(text, span, role, match.start())
    for span in _pairs(text):
        yield _finding(text, span, Role.UNKNOWN, span[0])


def _finding(text: str, span: Span, role: Role, start: int) -> Finding:
    if role is Role.UNKNOWN and JOB_NEAR.search(text, max(0, start - 40), start + 8):
        role = Role.AGENT
    return Finding(*span, Kind.PERSON, _REASONS[role], role)


def _following(text: str, at: int) -> list[_Token]:
    """Return the words that follow each other from here, with one space between."""
    tokens: list[_Token] = []
    while len(tokens) < _LONGEST:
        match = _WORD.match(text, at)
        if match is None:
            break
        word = match.group()
        stops = word.endswith(".") and len(word) > 2
        tokens.append(_Token(word.rstrip(".") if stops else word, at))
        at = match.end()
        if stops or text[at : at + 1] != " ":
            break
        at += 1
    return tokens


def _taken(tokens: Sequence[_Token], *, lower: bool) -> list[_Token]:
    """Return the words that make a name: capitals, small words between, names in lower case."""
    kept: list[_Token] = []
    for place, token in enumerate(tokens):
        folded = fold(token.text)
        if folded in _PARTICLES and place + 1 < len(tokens):
            after = tokens[place + 1]
            if after.capital and not is_ordinary(after.text):
                kept.append(token)
                continue
            break
        if is_ordinary(token.text) and not (
            token.capital and (_beside(kept) if kept else token.named)
        ):
            break
        if not (token.capital or (lower and token.telling)) or len(token.text.rstrip(".")) < 2:
            break
        kept.append(token)
    while kept and fold(kept[-1].text) in _PARTICLES:
        kept.pop()
    return kept


def _beside(kept: Sequence[_Token]) -> bool:
    return len(kept) == 1 and is_first_name(kept[0].text) and not is_ordinary(kept[0].text)


def _span(tokens: Sequence[_Token]) -> Span | None:
    if not tokens or is_public([token.text for token in tokens]):
        return None
    return tokens[0].start, tokens[-1].end


def _after_title(text: str, at: int) -> Span | None:
    """« Mme Durand »: any capitalised word that is no office, or a name in lower case."""
    tokens = _following(text, at)
    if not tokens or _is_office(tokens[0]):
        return None
    return _span(_taken(tokens, lower=True))


def _is_office(token: _Token) -> bool:
    folded = fold(token.text)
    if folded[:2] in ("l'", "l’") or folded in _PARTICLES - {"de", "d", "ben", "el", "al", "abou"}:
        return True
    return is_ordinary(token.text) and not (token.capital and is_surname(token.text))


def _told(text: str, at: int) -> Span | None:
    """« je m’appelle … »: names, at least one of them known or in capitals beside a known one."""
    taken = _taken(_following(text, at), lower=True)
    return _span(taken) if any(token.telling for token in taken) else None


def _stated(text: str, at: int) -> Span | None:
    """« je suis Français » is nobody: two names, or one that is a first name and nothing else."""
    taken = _taken(_following(text, at), lower=False)
    names = [token for token in taken if token.named]
    if len(taken) >= 2 and any(token.telling for token in names):
        return _span(taken)
    if len(taken) == 1 and is_first_name(taken[0].text) and not is_ordinary(taken[0].text):
        return _span(taken)
    return None


def _signed(text: str, at: int) -> Span | None:
    """« Cordialement, Léa Durand »: two names or more, or one that ends the text or a line."""
    taken = _taken(_following(text, at), lower=False)
    if not any(token.telling for token in taken):
        return None
    ends = (
        taken[-1].end >= len(text.rstrip(" .!\n"))
        or text[taken[-1].end : taken[-1].end + 1] in "\n."
    )
    return _span(taken) if len(taken) >= 2 or ends else None


def _close(text: str, at: int) -> Span | None:
    """« mon fils Léo », « merci à Sandrine »: a name that is nothing else comes first."""
    taken = _taken(_following(text, at), lower=False)
    if not taken or not any(token.telling for token in taken[:2]):
        return None
    return _span(taken)


_RULES = (
    (SELF, Role.AUTHOR, _told),
    (AM, Role.AUTHOR, _stated),
    (KIN, Role.THIRD, _close),
    (CIVILITY, Role.UNKNOWN, _after_title),
    (OFFICER, Role.AGENT, _close),
    (WITNESS, Role.UNKNOWN, _close),
    (ACCLAIMED, Role.AGENT, _close),
    (CLOSING, Role.AUTHOR, _signed),
)

_LETTERS = r"[A-Za-zÀ-ÖØ-öø-ÿŒœ]+"
_CAPITALIZED = rf"[A-ZÀ-ÖØ-ÝŒ]{_LETTERS}(?:[-’']{_LETTERS})*"
_CAPITALS = re.compile(
    rf"(?<![\wÀ-ÿ’'@.-]){_CAPITALIZED}"
    rf"(?:[ ](?:(?:de|du|le|la|el|ben|van|von)[ ])?{_CAPITALIZED}){{1,4}}"
)
_LAST_WORD = re.compile(r"([A-Za-zÀ-ÿ-]+)[ ](?:(?:de|du|des|la|le|l[’'])[ ]?)?$")


def _pairs(text: str) -> Iterator[Span]:
    """Yield a first name beside a surname, capitals both, unless a place bears them."""
    for match in _CAPITALS.finditer(text):
        before = _LAST_WORD.search(text, max(0, match.start() - 30), match.start())
        if before is not None and is_place(before.group(1)):
            continue
        tokens = _following(text, match.start())
        for first, second in pairwise(tokens):
            if second.end > match.end() or not _pair(first, second):
                continue
            place = tokens.index(first)
            if place and is_place(tokens[place - 1].text):
                break
            span = _span(_taken(tokens[place:], lower=False)[:4])
            if span is not None and span[1] > first.end:
                yield span
            break


def _pair(first: _Token, second: _Token) -> bool:
    if not (first.capital and second.capital):
        return False
    for one, other in ((first, second), (second, first)):
        if is_first_name(one.text) and not is_ordinary(one.text):
            # « JEAN DUPONT » shouted amid capitals tells nothing by its capitals.
            known = is_surname(other.text) and not is_ordinary(other.text)
            if known or (
                other.shout
                and not one.shout
                and len(other.text) > 2
                and not is_ordinary(other.text)
            ):
                return True
    return False

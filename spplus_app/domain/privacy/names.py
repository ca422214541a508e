"""Persons named in a text: by what stands before, by their signature, by two names together.

A list of names alone flags ordinary words, and a small statistical model finds little more than
half of them (`reference/text-tools.md`): words around a name decide, lists confirm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .kinds import Finding, Kind, Role
from .lexicon import is_place
from .name_contexts import (
    ACCLAIMED,
    ACCLAIMED_BEFORE,
    AM,
    CIVILITY,
    CLOSING,
    JOB_NEAR,
    KIN,
    KIN_TITLE,
    OFFICER,
    SELF,
    WITNESS,
)
from .name_words import LETTERS, Span, Token, following, is_pair, is_title_of_office, span, taken

_REASONS = {
    Role.AUTHOR: "Cela ressemble à votre nom.",
    Role.THIRD: "Cela ressemble au nom d’une autre personne.",
    Role.AGENT: "Cela ressemble au nom d’un agent.",
    Role.UNKNOWN: "Cela ressemble au nom d’une personne.",
}


def persons(text: str) -> Iterator[Finding]:
    """Yield the persons named in a text, with their role when the words around tell it."""
    for pattern, role, rule in _RULES:
        for match in pattern.finditer(text):
            where = rule(text, match.end())
            if where is not None:
                yield _finding(text, where, role, match.start())
    for match in _LINE.finditer(text):
        tokens = taken(following(text, match.start(1)), lower=True)
        where = span(tokens) if is_pair(tokens) and tokens[-1].end == match.end(1) else None
        if where is not None:
            yield _finding(text, where, Role.AUTHOR, match.start())
    for where in _pairs(text):
        yield _finding(text, where, Role.UNKNOWN, where[0])


def _finding(text: str, where: Span, role: Role, start: int) -> Finding:
    near = max(0, start - 40)
    if role is Role.UNKNOWN and (
        JOB_NEAR.search(text, near, start + 8) or ACCLAIMED_BEFORE.search(text, near, start)
    ):
        role = Role.AGENT
    return Finding(*where, Kind.PERSON, _REASONS[role], role)


def _after_title(text: str, at: int) -> Span | None:
    """« Mme Durand »: any capitalised word that is no office, or a name in lower case."""
    tokens = following(text, at)
    if not tokens or is_title_of_office(tokens[0]):
        return None
    return span(taken(tokens, lower=True))


def _told(text: str, at: int) -> Span | None:
    """« je m’appelle … »: names, at least one of them nothing else."""
    found = taken(following(text, at), lower=True)
    return span(found) if any(token.telling for token in found) or is_pair(found) else None


def _stated(text: str, at: int) -> Span | None:
    """« je suis Français » is nobody: two names, or one that is a first name and nothing else."""
    found = taken(following(text, at), lower=False)
    if len(found) >= 2 and any(token.telling for token in found):
        return span(found)
    if len(found) == 1 and found[0].first and found[0].telling:
        return span(found)
    return _whole(text, at)


def _signed(text: str, at: int) -> Span | None:
    """« Cordialement, Léa Durand »: two names or more, or one that ends the text or a line."""
    found = taken(following(text, at), lower=False)
    if not any(token.telling for token in found) and not is_pair(found):
        return _whole(text, at)
    end = found[-1].end
    ends = end >= len(text.rstrip(" .!\n")) or text[end : end + 1] in "\n."
    return span(found) if len(found) >= 2 or ends else None


def _close(text: str, at: int) -> Span | None:
    """« mon fils Léo », « merci à Sandrine »: a name that is nothing else, or two together."""
    found = taken(following(text, at), lower=False)
    if any(token.telling for token in found[:2]) or _is_full(found):
        return span(found)
    return _whole(text, at)


def _is_full(tokens: list[Token]) -> bool:
    """« Marine Bourgeois »: words both, in the place of a name and with capitals, are one."""
    return len(tokens) > 1 and tokens[0].first and tokens[-1].surname


def _whole(text: str, at: int) -> Span | None:
    """« ma voisine andrée jacquot »: in lower case, a first name and a surname."""
    found = taken(following(text, at), lower=True)
    return span(found) if is_pair(found) else None


_RULES = (
    (SELF, Role.AUTHOR, _told),
    (AM, Role.AUTHOR, _stated),
    (KIN_TITLE, Role.THIRD, _after_title),
    (KIN, Role.THIRD, _close),
    (CIVILITY, Role.UNKNOWN, _after_title),
    (OFFICER, Role.AGENT, _close),
    (WITNESS, Role.UNKNOWN, _close),
    (ACCLAIMED, Role.AGENT, _close),
    (CLOSING, Role.AUTHOR, _signed),
)

_LINE = re.compile(
    rf"^[ ]*({LETTERS}(?:[-’']{LETTERS})*(?:[ ]{LETTERS}(?:[-’']{LETTERS})*){{1,3}})[ ]*,?[ ]*$",
    re.MULTILINE,
)
_CAPITALIZED = rf"[A-ZÀ-ÖØ-ÝŒ]{LETTERS}(?:[-’']{LETTERS})*"
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
        tokens = following(text, match.start())
        for first, second in pairwise(tokens):
            if second.end > match.end() or not _pair(first, second):
                continue
            place = tokens.index(first)
            if place and is_place(tokens[place - 1].text):
                break
            where = span(taken(tokens[place:], lower=False)[:4])
            if where is not None and where[1] > first.end:
                yield where
            break


def _pair(first: Token, second: Token) -> bool:
    if not (first.capital and second.capital):
        return False
    for one, other in ((first, second), (second, first)):
        # « JEAN DUPONT » shouted amid capitals tells nothing by its capitals.
        known = other.surname or (other.shout and not one.shout and len(other.text) > 2)
        if one.first and known and not one.ordinary and not other.ordinary:
            return True
    return False

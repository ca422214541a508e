"""Persons named in a text: by what stands before, by their signature, by two names together.

A list of names alone flags ordinary words, and a small statistical model finds little more than
half of them (`reference/text-tools.md`): words around a name decide, lists confirm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .kinds import Finding, Kind, Role
from .lexicon import is_place, plain_names
from .name_contexts import (
    ACCLAIMED,
    ACCLAIMED_BEFORE,
    AM,
    CIVILITY,
    CLOSING,
    JOB_AFTER,
    JOB_NEAR,
    KIN,
    KIN_TITLE,
    LABELLED,
    OF,
    OFFICER,
    SELF,
    SO,
    WITNESS,
)
from .name_words import (
    LETTERS,
    Span,
    Token,
    are_names,
    are_one_surname,
    following,
    is_pair,
    is_particle,
    is_title_of_office,
    is_whole,
    may_begin,
    span,
    taken,
)
from .reading import Reading

_REASONS = {
    Role.AUTHOR: "Cela ressemble à votre nom.",
    Role.THIRD: "Cela ressemble au nom d’une autre personne.",
    Role.AGENT: "Cela ressemble au nom d’un agent.",
    Role.UNKNOWN: "Cela ressemble au nom d’une personne.",
}


def persons(reading: Reading) -> Iterator[Finding]:
    """Yield the persons named in a text, with their role when the words around tell it."""
    text = reading.text
    told: list[list[Finding]] = [[] for _ in _RULES]
    for start, word in reading.words:
        for number in _OPENING.get(word, ()):
            context, role, rule = _RULES[number]
            match = context.pattern.match(reading.low, start)
            at = reading.at(match.end()) if match else -1
            where = rule(text, at) if match and may_begin(text, at) else None
            if where is not None:
                told[number].append(_finding(reading, where, role))
    for several in told:
        yield from several
    for match in _LINE.finditer(text):
        tokens = taken(following(text, match.start(1)), lower=True)
        where = span(tokens) if is_pair(tokens) and tokens[-1].end == match.end(1) else None
        if where is not None:
            yield _finding(reading, where, Role.AUTHOR)
    for where in _pairs(text):
        yield _finding(reading, where, Role.UNKNOWN)
    for where in _low_pairs(reading):
        yield _finding(reading, where, Role.UNKNOWN)


def _finding(reading: Reading, where: Span, role: Role) -> Finding:
    if role is Role.UNKNOWN:
        left = reading.before(where[0], 50)
        right = reading.after(where[1], 40)
        if JOB_NEAR.search(left) or ACCLAIMED_BEFORE.search(left) or JOB_AFTER.match(right):
            role = Role.AGENT
    return Finding(*where, Kind.PERSON, _REASONS[role], role)


def _after_title(text: str, at: int) -> Span | None:
    """« Mme Durand »: any capitalised word that is no office, or a name in lower case."""
    tokens = following(text, at)
    if not tokens:
        return None
    # « Madame Le Goff » is no « Monsieur Le Maire ».
    named = len(tokens) > 1 and tokens[1].capital and are_one_surname(*tokens[:2])
    if is_title_of_office(tokens[0]) and not named:
        return None
    return span(taken(tokens, lower=True))


def _told(text: str, at: int) -> Span | None:
    """« je m’appelle … »: names, at least one of them nothing else."""
    found = taken(following(text, at), lower=True)
    return span(found) if any(token.telling for token in found) or is_pair(found) else None


def _introduced(text: str, at: int) -> Span | None:
    """« je m’appelle … »: told, or two names that no list knows."""
    found = taken(following(text, at), lower=False)
    return _told(text, at) or (span(found) if are_names(found) else None)


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
    if _GENITIVE.match(text, at):
        return None
    found = taken(following(text, at), lower=False)
    if any(token.telling for token in found[:2]) or _is_full(found):
        return span(found)
    return _whole(text, at)


_GENITIVE = re.compile(r"(?:de|du|des)[ ]|d[’']", re.IGNORECASE)


def _kin(text: str, at: int) -> Span | None:
    """« ma collègue Ewa KOWALSKA »: close, or two names that no list knows."""
    found = taken(following(text, at), lower=False)
    if _GENITIVE.match(text, at) or not are_names(found):
        return _close(text, at)
    return span(found)


def _is_full(tokens: list[Token]) -> bool:
    """« Marine Bourgeois »: words both, in the place of a name and with capitals, are one."""
    return len(tokens) > 1 and tokens[0].first and tokens[-1].surname


def _whole(text: str, at: int) -> Span | None:
    """« ma voisine andrée jacquot »: in lower case, a first name and a surname."""
    found = taken(following(text, at), lower=True)
    return span(found) if is_pair(found) else None


_RULES = (
    (SELF, Role.AUTHOR, _introduced),
    (LABELLED, Role.AUTHOR, _introduced),
    (SO, Role.AUTHOR, _told),
    (AM, Role.AUTHOR, _stated),
    (KIN_TITLE, Role.THIRD, _after_title),
    (KIN, Role.THIRD, _kin),
    (OF, Role.THIRD, _close),
    (CIVILITY, Role.UNKNOWN, _after_title),
    (OFFICER, Role.AGENT, _close),
    (WITNESS, Role.UNKNOWN, _close),
    (ACCLAIMED, Role.AGENT, _close),
    (CLOSING, Role.AUTHOR, _signed),
)

_OPENING: dict[str, list[int]] = {}
for _number, _one in enumerate(_RULES):
    for _word in _one[0].opens:
        _OPENING.setdefault(_word, []).append(_number)

_LINE = re.compile(
    rf"^[ ]{{0,9}}(?={LETTERS}[-’' ])((?:{LETTERS}[-’' ]){{1,6}}{LETTERS})[ ]{{0,9}},?[ ]{{0,9}}$",
    re.MULTILINE,
)
_CAPITALIZED = rf"[A-ZÀ-ÖØ-ÝŒ]{LETTERS}(?:[-’']{LETTERS}){{0,3}}"
# The capital first: what stands before it is looked at afterwards, and only there.
_CAPITALS = re.compile(
    rf"{_CAPITALIZED}(?:[ ](?:(?:de|du|le|la|el|ben|van|von)[ ])?{_CAPITALIZED}){{1,4}}"
)
_LAST_WORD = re.compile(r"([A-Za-zÀ-ÿ-]+)[ ](?:(?:de|du|des|la|le|l[’'])[ ]?)?$")


def _pairs(text: str) -> Iterator[Span]:
    """Yield a first name beside a surname, capitals both, unless a place bears them."""
    for match in _CAPITALS.finditer(text):
        start = match.start()
        if start and (text[start - 1].isalnum() or text[start - 1] in "’'@.-_"):
            elided = (
                text[start - 1] in "’'" and text[max(0, start - 3) : start - 1].lower() in _ELIDED
            )
            if not elided:
                continue
        before = _LAST_WORD.search(text, max(0, start - 30), start)
        if before is not None and is_place(before.group(1)):
            continue
        tokens = following(text, start)
        for place, (first, second) in enumerate(pairwise(tokens)):
            if is_particle(second) and place + 2 < len(tokens):
                second = tokens[place + 2]
            if second.end > match.end() or not is_whole(first, second):
                continue
            if place and is_place(tokens[place - 1].text):
                break
            where = span(taken(tokens[place:], lower=False)[:4])
            if where is not None and where[1] > first.end:
                yield where
            break


_ELIDED = frozenset({" d", " l", " qu", " c", "(d", "\nd"})


def _low_pairs(reading: Reading) -> Iterator[Span]:
    """Yield a first name before a surname, in lower case, that are no other words."""
    text = reading.text
    firsts, lasts = plain_names()
    for (start, first), (then, second) in pairwise(reading.words):
        if first not in firsts or second not in lasts:
            continue
        begin, next_ = reading.at(start), reading.at(then)
        if text[begin].isupper() or text[begin + len(first) : next_] != " ":
            continue
        before = _LAST_WORD.search(text, max(0, begin - 30), begin)
        if before is None or not is_place(before.group(1)):
            where = span(following(text, begin)[:2])
            if where is not None:
                yield where

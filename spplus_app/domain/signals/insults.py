"""Insults and coarse words, as the lexicon has them and as people hide them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from .reading import Reading
from .values import Seen, Signal

_STRETCH = re.compile(r"([a-z])\1{2,}")
_REPEAT = re.compile(r"([a-z])\1+")
_SPELT = re.compile(r"(?<![a-z0-9])[a-z0-9](?:[ .*_-]{1,2}[a-z0-9]){3,}(?![a-z0-9])")
_HIDDEN = re.compile(r"(?<![a-z0-9@$*#.])[a-z0-9@$*#!]{3,20}(?![a-z0-9@$*#.]|[.]\w)")
_LEET = str.maketrans("013457@$!", "oieastasi")
_MASKS = "*#"
_SHORTEST_SPELT = 4
"""Shorter words come out of any row of lone letters."""


class _Lexicon(NamedTuple):
    """The list, ready to be asked: words, expressions by first word, words squeezed, by length."""

    words: frozenset[str]
    expressions: dict[str, tuple[tuple[str, ...], ...]]
    squeezed: frozenset[str]
    by_length: dict[int, tuple[str, ...]]
    longest: int


@cache
def _lexicon() -> _Lexicon:
    text = resources.files("spplus_app.lexicons").joinpath("insults.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    words = frozenset(line for line in lines if " " not in line)
    expressions: dict[str, list[tuple[str, ...]]] = {}
    for line in lines:
        if " " in line:
            first, *_ = parts = line.split()
            expressions.setdefault(first, []).append(tuple(parts))
    lengths: dict[int, list[str]] = {}
    for word in words:
        lengths.setdefault(len(word), []).append(word)
    return _Lexicon(
        words,
        {first: tuple(found) for first, found in expressions.items()},
        frozenset(_REPEAT.sub(r"\1", word) for word in words),
        {length: tuple(found) for length, found in lengths.items()},
        max(lengths),
    )


def insults(reading: Reading) -> Iterator[Seen]:
    """Yield the insults of a text: whole words, plurals, stretched, spelt out or masked."""
    lexicon = _lexicon()
    for at, word in enumerate(reading.words):
        if _listed(word, lexicon):
            yield reading.seen_words(Signal.INSULT, at, at)
        for expression in lexicon.expressions.get(word, ()):
            if reading.words[at : at + len(expression)] == expression:
                yield reading.seen_words(Signal.INSULT, at, at + len(expression) - 1)
    yield from _spelt_out(reading, lexicon)
    yield from _hidden(reading, lexicon)


def _listed(word: str, lexicon: _Lexicon) -> bool:
    if word in lexicon.words or (word[-1] in "sx" and word[:-1] in lexicon.words):
        return True
    # Squeezed only where stretched: « cone » is not « conne ».
    if _STRETCH.search(word):
        squeezed = _REPEAT.sub(r"\1", word)
        return squeezed in lexicon.squeezed or squeezed.rstrip("s") in lexicon.squeezed
    return False


def _spelt_out(reading: Reading, lexicon: _Lexicon) -> Iterator[Seen]:
    """Yield « c o n n a r d » and « c.o.n.n.a.r.d »."""
    for match in _SPELT.finditer(reading.folded):
        places = [at for at in range(*match.span()) if reading.folded[at].isalnum()]
        letters = "".join(reading.folded[at] for at in places)
        at = 0
        while at <= len(letters) - _SHORTEST_SPELT:
            for length in range(min(lexicon.longest, len(letters) - at), _SHORTEST_SPELT - 1, -1):
                if letters[at : at + length] in lexicon.words:
                    last = at + length - 1
                    yield reading.seen(Signal.INSULT, places[at], places[last] + 1)
                    at = last
                    break
            at += 1


def _hidden(reading: Reading, lexicon: _Lexicon) -> Iterator[Seen]:
    """Yield « c0nnard », « conn@rd » and « c*nnard »."""
    for match in _HIDDEN.finditer(reading.folded):
        word = match.group().rstrip("!")
        if word.isalpha() or word.isdigit():
            continue
        if any(mask in word for mask in _MASKS):
            listed = _masked(word, lexicon)
        else:
            plain = word.translate(_LEET)
            listed = (
                plain.isalpha() and sum(map(str.isalpha, word)) >= 2 and _listed(plain, lexicon)
            )
        if listed:
            yield reading.seen(Signal.INSULT, match.start(), match.start() + len(word))


def _masked(word: str, lexicon: _Lexicon) -> bool:
    """Whether a word of the list can be read through the stars of ``word``.

    Its first letter and as many letters as stars must be left: « M*** » may be anybody's name.
    """
    stars = sum(word.count(mask) for mask in _MASKS)
    if word[0] in _MASKS or (word[-1] in _MASKS and stars == 1) or len(word) - stars < stars:
        return False
    plain = word.translate(_LEET)
    return any(
        all(shown in ("*", "#", letter) for shown, letter in zip(plain, listed, strict=True))
        for listed in lexicon.by_length.get(len(plain), ())
    )

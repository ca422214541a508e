"""Text turned into the terms a search compares: folded, stemmed, with their places in the text.

The one function behind the index, the query and the highlighting, on both databases. A word gives
one or two terms: its French stem without accents, and the stem of the word without accents. What
is typed « deposee » then meets « déposée », whose accents the stemmer of Snowball relies on.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from .text import fold, words

LONGEST = 40
"""Characters kept of a term: beyond, it is a key or an address rather than a word."""

_RUN = re.compile("[\\w\u0300-\u036f]+")
_local = threading.local()

STOP_WORDS = frozenset(
    words(
        "a ai aie ait alors as au aussi autre aux avaient avais avait avant avec avez aviez "
        "avions avoir avons ayant aura aurais aurait c ca car ce cela celle celles celui ces "
        "cet cette ceux chez comme d dans de des dit dont donc du elle elles en encore entre es "
        "est et etaient etais etait etant ete etes etre eu eux fait faire fais font fut il ils "
        "j je jusqu l la le les leur leurs lors lorsque lui m ma mais me meme mes moi mon n ne "
        "ni nos notre nous on ont ou par parce pas peu peut plus pour pourquoi puis qu quand "
        "que quel quelle quelles quels qui quoi s sa sans se sera serait ses si sien soi soit "
        "sommes son sont sous suis sur t ta te tes toi ton tous tout toute toutes tres trop tu "
        "un une vers vos votre vous y"
    )
)
"""Words of grammar: they say nothing of what a text is about."""


class Token(NamedTuple):
    """A word of a text: where it stands (offsets in characters) and its terms."""

    start: int
    end: int
    terms: tuple[str, ...]


def tokens(text: str) -> list[Token]:
    """Return the telling words of ``text`` in order; words of grammar are left out."""
    return [
        Token(run.start(), run.end(), found)
        for run in _RUN.finditer(text)
        if (found := _terms_of_run(run.group()))
    ]


def places(text: str, wanted: Collection[str]) -> list[tuple[int, int]]:
    """Return where the words of ``text`` stand that have one of these terms."""
    sought = frozenset(wanted)
    return [
        run.span()
        for run in _RUN.finditer(text)
        if not sought.isdisjoint(_terms_of_run(run.group()))
    ]


def terms(text: str) -> list[str]:
    """Return the terms of ``text`` in order, repeated as often as they stand there."""
    return [term for run in _RUN.findall(text) for term in _terms_of_run(run)]


def query_words(text: str, most: int = 10) -> tuple[tuple[str, ...], ...]:
    """Return the words typed in a search, each as its alternative terms, in order, once each."""
    found = dict.fromkeys(token.terms for token in tokens(text))
    return tuple(found)[:most]


@lru_cache(maxsize=65_536)
def _terms_of_run(run: str) -> tuple[str, ...]:
    """Return the terms of a run of letters and digits; none for a word of grammar."""
    found: list[str] = []
    lowered = run.casefold().replace("_", " ")
    for word in lowered.split():
        plain = words(word)
        if len(plain) == 1:
            if plain[0] not in STOP_WORDS:
                found += (_stem_and_fold(word[: LONGEST * 2]), _stem(plain[0][:LONGEST]))
        else:
            found += (_stem(part[:LONGEST]) for part in plain if part not in STOP_WORDS)
    return tuple(dict.fromkeys(term for term in found if term))


def _stem_and_fold(word: str) -> str:
    return "".join(words(fold(_stem(word))))[:LONGEST]


def _stem(word: str) -> str:
    # A stemmer keeps what it works on in itself: one a thread.
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:
        stemmer = _local.stemmer = Stemmer.Stemmer("french")
    return str(stemmer.stemWord(word))

"""A text as its contexts are read: in lower case, without accents, its mistypings understood."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property, lru_cache

from ..text import fold
from .lexicon import is_first_name, is_frequent, is_surname
from .wording import listed

_PLAIN: dict[int, str] = {
    code: folded for code in range(0xC0, 0x250) if len(folded := fold(chr(code))) == 1
}
_PLAIN |= {ord(char): "'" for char in "’‘ʼ´`"}
_PLAIN |= {ord(char): " " for char in "\u00a0\u202f\u2009\t"}
_PLAIN[ord("º")] = "°"
_WORD = re.compile(r"[a-z0-9]+")
_MEANT = listed(
    "accueil, accueilli, accueillie, adherent, adresse, agent, allocataire, amicalement, appelle, "
    "arrete, assure, beneficiaire, carte, cerfa, collegue, compagne, compagnon, conjoint, "
    "conjointe, conseiller, conseillere, contribuable, cordialement, cousine, declarant, decret, "
    "demande, demandeur, demandeuse, docteur, domicilie, dossier, epouse, femme, fille, fils, "
    "fiscal, formulaire, frere, grise, guichet, habite, identifiant, immatriculation, immatricule, "
    "immatriculee, impots, madame, mademoiselle, mari, matricule, merci, mere, monsieur, "
    "naissance, "
    "nomme, numero, pension, pere, plainte, plaque, portable, recu, reference, remercie, "
    "remercier, remorque, respectueusement, retraite, salutations, scooter, securite, signe, "
    "sinceres, sociale, soeur, soussigne, suivi, telephone, teledeclarant, usager, vehicule, "
    "voisin, voisine, voiture"
)
"""Words of contexts that are understood with one letter more, less, or swapped with its next."""
_SHORT, _LONG = 4, 18


def _shorter(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


_WITHOUT = {less: word for word in sorted(_MEANT) for less in _shorter(word)}
_SWAPPED = {
    word[:at] + word[at + 1] + word[at] + word[at + 2 :]: word
    for word in sorted(_MEANT)
    for at in range(len(word) - 1)
}


@lru_cache(maxsize=20_000)
def meant(word: str) -> str:
    """Return the word of a context that was mistyped so; the same when it is a word already."""
    if word in _MEANT or is_frequent(word):
        return word
    near = _SWAPPED.get(word) or _WITHOUT.get(word)
    if near is None:
        near = next((less for less in sorted(_shorter(word)) if less in _MEANT), None)
    if near is None or is_first_name(word) or is_surname(word):
        return word
    return near


def plain(text: str) -> str:
    """Return the text in lower case without accents, character for character."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(one if len(one := char.lower()) == 1 else char for char in text)
    return low.translate(_PLAIN)


class Reading:
    """A text and how its contexts read: ``words`` are pairs, where each stands in ``low``.

    ``vocabulary`` is the set of these words as they were typed: a finder looks there first.
    Places in ``low`` and in ``text`` differ only where a word was mistyped: see `at`, `low_at`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = plain(text)
        self.words = [(match.start(), match.group()) for match in _WORD.finditer(self.low)]
        self._moved: list[tuple[int, int, int]] = [(0, 0, 0)]
        self.vocabulary = {word for _, word in self.words}
        wrong = {
            word: right
            for word in self.vocabulary
            if _SHORT <= len(word) <= _LONG and (right := meant(word)) is not word
        }
        if wrong:
            self._correct(wrong)

    def _correct(self, wrong: dict[str, str]) -> None:
        pieces: list[str] = []
        words: list[tuple[int, str]] = []
        low = self.low
        done = moved = 0
        for start, word in self.words:
            if word not in wrong:
                words.append((start + moved, word))
                continue
            right = wrong[word]
            words.append((start + moved, right))
            pieces += [low[done:start], right]
            done = start + len(word)
            moved += len(right) - len(word)
            self._moved.append((done + moved, done, moved))
        self.words, self.low = words, "".join([*pieces, low[done:]])

    @cached_property
    def digits(self) -> int:
        """How many digits there are."""
        return sum(map(self.low.count, "0123456789"))

    def at(self, place: int) -> int:
        """Return where a place of ``low`` stands in ``text``."""
        if len(self._moved) == 1:
            return place
        here = self._moved[bisect_right(self._moved, place, key=lambda one: one[0]) - 1]
        return place - here[2]

    def low_at(self, place: int) -> int:
        """Return where a place of ``text`` stands in ``low``."""
        if len(self._moved) == 1:
            return place
        here = self._moved[bisect_right(self._moved, place, key=lambda one: one[1]) - 1]
        return place + here[2]

    def before(self, place: int, most: int) -> str:
        """Return how the ``most`` characters before a place of ``text`` read."""
        end = self.low_at(place)
        return self.low[max(0, end - most) : end]

    def after(self, place: int, most: int) -> str:
        """Return how the ``most`` characters from a place of ``text`` on read."""
        start = self.low_at(place)
        return self.low[start : start + most]

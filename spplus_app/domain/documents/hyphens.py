"""A word cut by a line: « adminis- / tration » is one, « rendez- / vous » keeps its hyphen.

The hyphen stays where the document itself writes the word with it elsewhere, where French always
writes it (a list of compounds, numbers, pronouns after a verb), before a capital or a figure. It
goes otherwise: most hyphens at the end of a line are only there for the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spplus_app.domain.text import fold

from .abbreviations import words

HYPHENS = "-\u2010"
# Each run of signs is looked at once: a text of them costs no more than another.
_EDGES = re.compile(r"^\W+|(?<!\W)\W++$")

_COMPOUNDS = words(
    """
    rendez-vous peut-être c'est-à-dire vis-à-vis au-dessus au-dessous au-delà ci-joint ci-jointe
    ci-joints ci-jointes ci-dessus ci-dessous ci-après ci-contre ci-inclus là-bas là-dessus
    celui-ci celle-ci ceux-ci celles-ci celui-là celle-là ceux-là celles-là moi-même
    toi-même lui-même elle-même soi-même nous-mêmes vous-même vous-mêmes eux-mêmes elles-mêmes
    quelques-uns quelques-unes sous-préfet sous-préfète sous-préfecture sous-directeur
    sous-directrice sous-direction sous-location sous-locataire sous-traitant sous-traitance
    sous-total sous-seing sous-ensemble vice-président vice-présidente vice-recteur ex-conjoint
    ex-conjointe ex-époux ex-épouse ex-mari ex-femme mi-temps mi-mandat porte-monnaie après-midi
    avant-dernier avant-dernière avant-projet avant-hier contre-expertise contre-visite
    contre-indication contre-valeur quasi-totalité grand-mère grand-père grands-parents
    petit-fils petite-fille petits-enfants beau-père belle-mère beau-frère belle-sœur beau-fils
    belle-fille beaux-parents demi-frère demi-sœur demi-part demi-tarif demi-journée
    demi-pension demi-heure temps-plein mot-clé mots-clés chef-lieu procès-verbal procès-verbaux
    procès-verbale compte-rendu long-terme libre-service savoir-faire plus-value
    plus-values moins-value moins-values trop-perçu trop-perçus trop-versé trop-versés
    laissez-passer bien-être bien-fondé mieux-disant sans-abri sans-papiers hors-taxe
    tiers-payant tiers-détenteur pré-demande pré-inscription arc-en-ciel court-circuit
    non-paiement non-respect non-lieu non-recours chèque-vacances titre-restaurant carte-mère
    état-major état-civil face-à-face tête-à-tête porte-parole garde-fou sauf-conduit
    remise-reprise aide-soignant aide-soignante aide-mémoire auto-entrepreneur
    auto-entrepreneuse micro-entreprise micro-entrepreneur micro-crèche socio-professionnelle
    socio-professionnel médico-social médico-sociale médico-légal franco-allemand assurance-vie
    assurance-maladie assurance-chômage location-accession e-mail en-tête
    """
)
_ALWAYS_BEFORE = frozenset({"non", "demi", "quasi", "ci", "vice", "semi"})
_TENS = words(
    """
    dix vingt trente quarante cinquante soixante quatre quatre-vingt quatre-vingt-dix
    soixante-dix cent
    """
)
_UNITS = words(
    """
    un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
    vingt vingts
    """
)
_AFTER_A_VERB = frozenset({"vous", "nous", "moi", "toi", "lui", "elles", "ils", "meme", "memes"})
_QUESTION = re.compile(r"(est|sont|etait|serait|fut|peut)$")


def is_cut(word: str) -> bool:
    """Whether a line that ends with ``word`` may go on in the same word on the next."""
    return len(word) > 1 and word[-1] in HYPHENS and word[-2].isalpha()


def joined(word: str, following: str, known: frozenset[str] = frozenset()) -> str | None:
    """Return the start of a word cut by a hyphen as it goes on, ``None`` when it is no cut word.

    ``word`` ends a line, ``following`` begins the next: what comes back is ``word`` with or
    without its hyphen, to be followed at once by ``following``. ``known`` holds the document's
    own words (`vocabulary`).
    """
    if not is_cut(word) or not following[:1].isalnum():
        return None
    bare = word[:-1]
    return f"{bare}-" if _keeps(bare, following, known) else bare


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of a document, as `joined` compares them; line ends are left out."""
    seen: set[str] = set()
    for text in texts:
        told = text.split()
        seen.update(told[1:-1])
        seen.update(word for word in (told[:1] + told[-1:]) if not is_cut(word))
    return frozenset(map(_bare, seen)) - {""}


def _bare(word: str) -> str:
    return fold(_EDGES.sub("", word).replace("’", "'").replace("\u2010", "-"))


def _keeps(bare: str, following: str, known: frozenset[str]) -> bool:
    first, second = _bare(bare), _bare(following)
    hyphened = f"{first}-{second}"
    if hyphened in _COMPOUNDS or hyphened in known or following[0].isdigit():
        return True
    if following[0].isupper():
        # A text in capitals cuts its words too.
        return not (bare.isupper() and following[:2].isupper() and len(second) > 1)
    if f"{first}{second}" in known:
        return False
    if "-" in first or first in _ALWAYS_BEFORE or (first in _TENS and second in _UNITS):
        return True
    if second in _AFTER_A_VERB and len(first) > 1:
        return True
    return second in {"ce", "il", "elle", "on"} and _QUESTION.search(first) is not None

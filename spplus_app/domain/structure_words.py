"""Words of the administrations: what people call a service, and what its name says.

Each line holds forms that mean the same; wherever a structure bears one, it is found by all.
Facts of common use (names of the networks, their usual acronyms), kept by hand.
"""

from __future__ import annotations

from collections.abc import Iterable

from .text import words

STOP_WORDS = frozenset(
    words(
        "a au aux chez d dans de des du en et l la le les ma mes mon n ou par pour s sur un une "
        "votre"
    )
)
"""Words that say nothing of which service it is."""

SAME: tuple[tuple[str, ...], ...] = (
    ("caf", "caisse allocations familiales", "allocations familiales"),
    ("cpam", "caisse primaire assurance maladie", "assurance maladie", "securite sociale", "secu"),
    ("cgss", "caisse generale securite sociale"),
    ("ddfip", "direction departementale finances publiques", "dir dept finances publiques"),
    ("drfip", "direction regionale finances publiques", "dir region finances publiques"),
    ("dgfip", "finances publiques", "impots"),
    ("sip", "service impots particuliers", "centre impots"),
    ("sie", "service impots entreprises", "centre impots entreprises"),
    ("msa", "mutualite sociale agricole"),
    ("mdph", "maison departementale personnes handicapees", "maison personnes handicapees"),
    ("ccas", "centre communal action sociale"),
    ("urssaf", "recouvrement cotisations sociales"),
    ("carsat", "caisse assurance retraite sante travail", "assurance retraite"),
    ("cnav", "caisse nationale assurance vieillesse", "assurance retraite"),
    ("pole emploi", "france travail", "anpe", "poleemploi", "francetravail"),
    ("apec", "association emploi cadres"),
    ("france services", "franceservices", "maison services public", "msap"),
    ("sous prefecture", "sousprefecture"),
    ("ants", "agence nationale titres securises", "france titres", "carte grise"),
    ("crous", "centre regional oeuvres universitaires scolaires"),
    ("dsden", "inspection academique", "direction services departementaux education nationale"),
    ("rectorat", "academie"),
    ("ddt", "direction departementale territoires"),
    ("ddtm", "direction departementale territoires mer"),
    ("ddpp", "direction departementale protection populations"),
    ("ddets", "direction departementale emploi travail solidarites"),
    ("ddetspp", "direction departementale emploi travail solidarites protection populations"),
    ("dreets", "direction regionale economie emploi travail solidarites"),
    ("draaf", "direction regionale alimentation agriculture foret"),
    ("drac", "direction regionale affaires culturelles"),
    ("dreal", "direction regionale environnement amenagement logement"),
    ("prud hommes", "prudhommes", "prudhomme", "prudhommal"),
    ("tribunal judiciaire", "tgi", "tribunal grande instance", "tj"),
    ("spip", "service penitentiaire insertion probation"),
    ("prison", "maison arret", "etablissement penitentiaire", "centre penitentiaire"),
    ("mjd", "maison justice droit"),
    ("commissariat", "hotel police", "circonscription securite publique"),
    ("gendarmerie", "gendarme"),
    ("efs", "etablissement francais sang", "don sang", "maison don"),
    ("douane", "douanes", "dgddi"),
    ("onacvg", "onac", "anciens combattants"),
    ("csnj", "centre service national jeunesse", "jdc", "journee defense citoyennete"),
    ("consulat", "ambassade", "reseau consulaire"),
    ("mairie", "hotel ville", "commune"),
    ("conseil departemental", "departement"),
    ("rsa", "revenu solidarite active"),
    ("bu", "bibliotheque universitaire", "bibliotheques universitaires"),
    ("universite", "fac", "faculte"),
    ("hopital", "centre hospitalier", "ch", "chu"),
)

SPELLINGS: dict[str, tuple[str, ...]] = {
    "st": ("saint",),
    "ste": ("sainte",),
    "saint": ("st",),
    "sainte": ("ste",),
    "dept": ("departement",),
    "gd": ("grand",),
}
"""Single words written two ways, in names of towns above all."""


def content(text: str) -> list[str]:
    """Return the folded words of ``text`` that say something, in order."""
    return [word for word in words(text) if word not in STOP_WORDS]


def _forms() -> dict[str, list[tuple[tuple[str, ...], frozenset[str]]]]:
    """Return each form by its first word, with the words that all its equals add."""
    found: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for line in SAME:
        split = [tuple(content(form)) for form in line]
        whole = frozenset(word for form in split for word in form)
        for form in split:
            if form:
                found.setdefault(form[0], []).append((form, whole - frozenset(form)))
    return found


_FORMS = _forms()


def added_words(sequence: Iterable[str]) -> set[str]:
    """Return the words under which these words (in order) are also known.

    >>> sorted(added_words(["caf", "gard"]))
    ['allocations', 'caisse', 'familiales']
    """
    kept = list(sequence)
    added: set[str] = set()
    for place, word in enumerate(kept):
        added.update(SPELLINGS.get(word, ()))
        for form, others in _FORMS.get(word, ()):
            if tuple(kept[place : place + len(form)]) == form:
                added |= others
    return added

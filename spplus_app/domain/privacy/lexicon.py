"""The names that are given in France, and the words that only look like names."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

from ..text import fold
from .wording import listed


@cache
def _list(name: str) -> frozenset[str]:
    text = resources.files("spplus_app.lexicons").joinpath(name).read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


@lru_cache(maxsize=20_000)
def is_first_name(word: str) -> bool:
    """Whether this is a first name, « Jean-Pierre » included."""
    folded, known = fold(word), _list("first_names.txt")
    return folded in known or (
        "-" in folded and all(part in known for part in folded.split("-") if len(part) > 1)
    )


@lru_cache(maxsize=20_000)
def is_surname(word: str) -> bool:
    """Whether this is a surname, « Martin-Durand » and « d’Alembert » included."""
    folded, known = fold(word).replace("’", "'"), _list("surnames.txt")
    return folded in known or any(part in known for part in folded.replace("'", "-").split("-")[1:])


@lru_cache(maxsize=20_000)
def is_ordinary(word: str) -> bool:
    """Whether this name is a frequent word too: alone, it names nobody."""
    folded = fold(word)
    return folded in _list("ordinary_names.txt") or folded in _WORDS


def is_frequent(folded: str) -> bool:
    """Whether this folded word is a frequent one, and no name."""
    return folded in _list("frequent_words.txt")


@cache
def plain_names() -> tuple[frozenset[str], frozenset[str]]:
    """Return the first names and the surnames that are no other words, folded."""
    words = _list("ordinary_names.txt") | _WORDS
    return _list("first_names.txt") - words, _list("surnames.txt") - words


def is_given(word: str) -> bool:
    """Whether this first name is one before all, though a word too: « Claire », « Pierre »."""
    return fold(word) in _GIVEN


def is_administrative(word: str) -> bool:
    """Whether this is a word of the administration, whatever its capital."""
    return fold(word) in _WORDS


_GIVEN = listed(
    "aimee, ana, ange, blanche, claire, clemence, colombe, constance, felicite, iris, jean, jules, "
    "junior, louis, luis, maria, marie, marine, max, peter, pierre, romain, "
    "romaine, rose, thomas, violet, colin, benoite, angelique, olivier, virginie, jade, regis, "
    "aida, "
    "emilienne, julien, maxime, isabelle, gilles, elie, auguste, octave, romane, eve, tom"
)
_WORDS = listed(
    "administration, agence, ameli, ants, assurance, bonjour, bonsoir, bureau, caf, "
    "caisse, carsat, "
    "centre, cerfa, chere, cher, citoyen, commune, commissaire, conseil, consul, consulat, "
    "cordialement, cpam, delegue, departement, directeur, directrice, etat, europe, france, "
    "francaise, francais, general, gendarmerie, hopital, impots, inspecteur, internet, la, "
    "le, les, "
    "linky, maire, mairie, mediateur, mediatrice, merci, ministere, ministre, monsieur, madame, "
    "mademoiselle, municipal, national, nationale, pole, police, poste, prefecture, "
    "prefet, premier, "
    "president, presidente, publique, public, publics, republique, responsable, sante, securite, "
    "service, services, social, sociale, titre, titres, travail, tresor, tribunal, urssaf, ville, "
    "voila, guichet, accueil, standard, "
    "connect, identite, numerique, france-connect, franceconnect, droits, droit, defenseur"
)
"""Words of the administration that stand with a capital beside a name, or after « Monsieur »."""

_PLACES = listed(
    "rue, avenue, boulevard, place, chemin, allee, impasse, quai, route, cours, square, lycee, "
    "college, ecole, hopital, clinique, universite, faculte, stade, gare, aeroport, "
    "station, metro, "
    "mediatheque, bibliotheque, theatre, salle, espace, maison, centre, residence, quartier, pont, "
    "tour, fondation, institut, musee, gymnase, piscine, parc, jardin, groupe, cite, loi, plan, "
    "prix, saint, sainte, ehpad, foyer, chu, chr, caserne, arret, faubourg, esplanade, "
    "pointe, fort, prefecture, sous-prefecture, mairie, caf, cpam, commune, ville, tribunal, "
    "gendarmerie, commissariat, agence, collectif, entreprise, societe, cabinet, laboratoire, "
    "monument, statue, stade, terminal, resto, restaurant, magasin, galerie, arena, "
    "porte, rond-point, creche, association"
)


@lru_cache(maxsize=20_000)
def is_place(word: str) -> bool:
    """Whether what is named after this word is a place: « lycée Jean Moulin »."""
    return fold(word) in _PLACES


_PUBLIC = listed(
    "emmanuel macron, brigitte macron, francois hollande, nicolas sarkozy, jacques chirac, "
    "francois mitterrand, valery giscard, georges pompidou, charles de gaulle, elisabeth borne, "
    "jean castex, edouard philippe, gabriel attal, michel barnier, francois bayrou, "
    "sebastien lecornu, bruno le maire, gerald darmanin, amelie de montchalin, stanislas guerini, "
    "eric dupond-moretti, olivier veran, agnes buzyn, jean-michel blanquer, bruno retailleau, "
    "catherine vautrin, rachida dati, christophe castaner, manuel valls, bernard cazeneuve, "
    "jean-marc ayrault, francois fillon, marine le pen, jean-luc melenchon, eric zemmour, "
    "anne hidalgo, simone veil, jean moulin, victor hugo, jules ferry, jean jaures, emile zola, "
    "louis pasteur, marie curie, pierre mendes, leon blum, jules verne, albert camus, "
    "antoine de saint-exupery, robert schuman, jean monnet, pierre brossolette, robert badinter, "
    "alexandre dumas, jean rostand, louis armand, louis aragon, paul eluard, pablo picasso, "
    "martin luther, nelson mandela, joe biden, donald trump, vladimir poutine, angela merkel, "
    "bernard arnault, edouard herriot, rosa parks, jean zay, leon gambetta, marcel pagnol, "
    "georges brassens, edith piaf, johnny hallyday, jacques prevert, arthur rimbaud, paul "
    "verlaine, louise michel, lucie aubrac, gisele halimi, josephine baker, henri "
    "dunant, thomas pesquet, elon musk, mark zuckerberg, xavier niel, aurore berge, georges "
    "clemenceau, gustave eiffel, claude bernard, claude monet, auguste renoir, marcel proust, "
    "gustave flaubert, guy moquet, pierre semard, rene descartes, blaise pascal, denis diderot, "
    "jean-jacques rousseau, francois rabelais, jean mermoz, helene boucher, romain rolland, "
    "anatole france, frederic mistral, alphonse daudet, ambroise pare, andre malraux, "
    "marguerite yourcenar, george sand, francoise dolto, maria montessori, celestin freinet, "
    "francoise giroud, eric ciotti, jordan bardella, fabien roussel, raphael glucksmann, "
    "sandrine rousseau, francois ruffin, mathilde panot, laurent wauquiez, valerie pecresse, "
    "xavier bertrand, christine lagarde, roselyne bachelot, marlene schiappa, agnes pannier- "
    "runacher, olivier dussopt, clement beaune, nicole belloubet, jean-noel barrot, guillaume "
    "kasbarian, segolene royal, lionel jospin, alain juppe, dominique de villepin, rene coty, "
    "vincent auriol, franklin roosevelt, john kennedy, winston churchill"
)
_PUBLIC_NAMES = listed(
    "macron, hollande, sarkozy, chirac, mitterrand, castex, borne, attal, barnier, "
    "bayrou, lecornu, "
    "darmanin, veran, blanquer, montchalin, guerini, melenchon, zemmour, hidalgo, retailleau, "
    "castaner, valls, cazeneuve"
)


def is_public(words: list[str]) -> bool:
    """Whether these folded words name somebody known of all, of today or of history."""
    if len(words) == 1:
        return words[0] in _PUBLIC_NAMES
    return any(" ".join(words[:many]) in _PUBLIC for many in range(2, len(words) + 1))

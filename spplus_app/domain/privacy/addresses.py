"""Postal addresses of persons; not towns, nor the street where an office stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .kinds import Finding, Kind
from .wording import before, either

_STREET = either(
    "rue, avenue, av, av., ave, boulevard, boul., bd, bd., bld, blvd, chemin, chem., place, pl., "
    "allée(s), impasse, imp., quai, route, rte, cours, square, résidence, rés., lotissement, lot., "
    "hameau, lieu-dit, passage, sente, sentier, ruelle, villa, cité, voie, montée, traverse, "
    "esplanade, promenade, faubourg, fbg, clos, domaine, quartier, rond-point"
)
_LINK = (
    r"(?i:de[ ]la[ ]|de[ ]l[’']|d[eu]s?[ ]|las?[ ]|les?[ ]|l[’']|d[’']|et[ ]|en[ ]|sur[ ]|sous[ ]"
    r"|aux?[ ]|à[ ]|saint-?e?[ ]|ste?[ ])"
)
_CAPITAL = r"[A-ZÀ-Ý][\wÀ-ÿ’'-]*"
# « rue », its small words, one word in any case, then those in capitals.
_WAY = (
    rf"{_STREET}(?![\wÀ-ÿ])[ ](?:{_LINK}){{0,3}}(?:n°[ ]?)?[\wÀ-ÿ][\wÀ-ÿ’'-]*"
    rf"(?:[ ](?:{_LINK})?(?:{_CAPITAL}|\d{{1,2}}(?=[ ]{_CAPITAL}))){{0,5}}"
)
_TOWN = rf"{_CAPITAL}(?:[ -](?:(?:{_LINK})|sur-|en-|les-|de-)?{_CAPITAL}){{0,4}}(?:[ ](?i:cedex))?"
_POSTCODE = rf"(?:F-|FR-)?\d{{2}}[ ]?\d{{3}}(?!\d)(?:[ ]+(?:{_TOWN}|[a-zà-ÿ-]{{3,}}))?"
_WITHIN = rf"(?:{either('appartement, appt, appt., apt, bâtiment, bât, bât.')}[ ]\w{{1,4}},?[ ])?"
_NUMBER = r"\d{1,4}(?:[ ]?(?i:bis|ter|quater|[A-D](?![\wÀ-ÿ])))?(?:[ ]?[-/][ ]?\d{1,4})?"
_TAIL = rf"(?:[ ]{{0,2}}[,;\n-]?[ \n]{{0,2}}(?:[àa][ ])?{_POSTCODE})?"
_NUMBERED = re.compile(rf"(?<![\w.,/]){_WITHIN}{_NUMBER}[ ]?,?[ ]{{0,2}}{_WAY}{_TAIL}")
_BARE = re.compile(rf"(?<![\wÀ-ÿ]){_WAY}{_TAIL}")
_HOME = before(
    either(
        "habite, habitons, habitais, habitant, habitent, j’habite, réside, résidons, résidais, "
        "résidant, domicilié(e)(s), demeure, demeurant, logé(e)(s), adresse, adresse est, "
        "déménagé, déménageons, emménagé, chez moi, chez nous, domicile, hébergé(e)(s), vis au, "
        "vit au, vis dans, vit dans"
    ),
    25,
)
_OFFICE = before(
    either(
        "caf, cpam, msa, carsat, cnav, mairie(s), préfecture(s), agence(s), bureau(x), guichet(s), "
        "centre(s), antenne(s), tribunal, service(s), hôpital, clinique, impôts, trésorerie, "
        "finances, pôle emploi, france travail, poste, commissariat, gendarmerie, consulat, "
        "ambassade, école, collège, lycée, maison, mdph, mds, ccas, urssaf, ofii, ants, site, "
        "accueil, locaux, siège, banque, médiathèque, métro, arrêt, station, situé(e)(s)"
    ),
    45,
)
_NEAR = 80


def addresses(text: str) -> Iterator[Finding]:
    """Yield the addresses of persons.

    With a number in the street, unless an office is told just before; without one, only where the
    words before tell a home.
    """
    for match in _NUMBERED.finditer(text):
        around = text[max(0, match.start() - _NEAR) : match.start()]
        if _HOME.search(around) or not _OFFICE.search(around):
            yield _found(text, match)
    for match in _BARE.finditer(text):
        if _HOME.search(text[max(0, match.start() - _NEAR) : match.start()]):
            yield _found(text, match)


def _found(text: str, match: re.Match[str]) -> Finding:
    end = match.end()
    while text[end - 1] in " ,;-\n":
        end -= 1
    return Finding(match.start(), end, Kind.ADDRESS, "Cela ressemble à une adresse postale.")

"""Postal addresses of persons; not towns, nor the street where an office stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .kinds import Finding, Kind
from .reading import Reading
from .wording import before, context, either, typed

_STREETS = (
    "rue, avenue, av, av., ave, boulevard, boul., bd, bd., bld, blvd, chemin, chem., place, pl., "
    "allée(s), impasse, imp., quai, route, rte, cours, square, résidence, rés., lotissement, lot., "
    "hameau, lieu-dit, passage, sente, sentier, ruelle, villa, cité, voie, montée, traverse, "
    "esplanade, promenade, faubourg, fbg, clos, domaine, quartier, rond-point"
)
_STREET = typed(_STREETS)
_ANY_STREET = context(_STREETS, r"(?!\w)")
_LINK = (
    r"(?i:de[ ]la[ ]|de[ ]l[’']|d[eu]s?[ ]|las?[ ]|les?[ ]|l[’']|d[’']|et[ ]|en[ ]|sur[ ]|sous[ ]"
    r"|aux?[ ]|à[ ]|saint-?e?[ ]|ste?[ ])"
)
_CAPITAL = r"[A-ZÀ-Ý][\wÀ-ÿ’'-]*"
# « rue », its small words, one word in any case, then those in capitals.
_WAY = (
    rf"{_STREET}(?![\wÀ-ÿ])[ ](?:{_LINK}){{0,3}}(?:n°[ ]?)?[\wÀ-ÿ][\wÀ-ÿ’'-]*"
    rf"(?:[ ](?:{_LINK})?(?:{_CAPITAL}|(?<=Mai[ ])\d{{4}}|\d{{1,2}}(?=[ ]{_CAPITAL}))){{0,5}}"
)
_TOWN = (
    rf"(?:(?i:saint|sainte|st|ste|le|la|les|l[’'])[ ])?{_CAPITAL}"
    rf"(?:[ ](?i:sur|en|les|lès|sous|de)[ ]{_CAPITAL})?(?:[ ](?i:cedex))?"
)
_POSTCODE = rf"(?:F-|FR-)?\d{{2}}[ ]?\d{{3}}(?!\d)(?:[ ]+(?:{_TOWN}|[a-zà-ÿ’-]{{3,}}))?"
_WITHIN = rf"(?:{typed('appartement, appt, appt., apt, bâtiment, bât, bât.')}[ ]\w{{1,4}},?[ ])?"
_NUMBER = r"\d{1,4}(?:[ ]?(?i:bis|ter|quater|[A-D](?![\wÀ-ÿ])))?(?:[ ]?[-/][ ]?\d{1,4})?"
_TAIL = rf"(?:[ ]{{0,2}}[,;\n-]?[ \n]{{0,2}}(?:[àa][ ])?{_POSTCODE})?"
_NUMBERED = re.compile(rf"(?<![\w.,/]){_WITHIN}{_NUMBER}[ ]?,?[ ]{{0,2}}{_WAY}{_TAIL}")
# A post code ends the street, whatever the letters: « 66, rue célina delannoy à 30100 alès ».
_WITH_POSTCODE = re.compile(
    rf"(?<![\w.,/]){_WITHIN}{_NUMBER}[ ]?,?[ ]{{0,2}}{_STREET}(?:[ ][\wÀ-ÿ’'-]+){{1,7}}?"
    rf"[ ]?[,;\n-]?[ \n]?(?:[àa][ ])?{_POSTCODE}"
)
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
_LEFT, _RIGHT = 40, 170


def addresses(reading: Reading) -> Iterator[Finding]:
    """Yield the addresses of persons.

    With a number in the street, unless an office is told just before; without one, only where the
    words before tell a home.
    """
    text, done = reading.text, 0
    if _ANY_STREET.opens.isdisjoint(reading.vocabulary):
        return
    for start, word in reading.words:
        if word not in _ANY_STREET.opens or not _ANY_STREET.pattern.match(reading.low, start):
            continue
        at = reading.at(start)
        if at < done:
            continue
        for pattern in (_WITH_POSTCODE, _NUMBERED, _BARE):
            first = at if pattern is _BARE else max(done, at - _LEFT)
            match = pattern.search(text, first, min(len(text), at + _RIGHT))
            # Only what holds this very street: the next one has its own turn.
            if match is None or not match.start() <= at < match.end():
                continue
            if _is_home(reading, match.start(), numbered=pattern is not _BARE):
                found = _found(text, match)
                yield found
                done = found.end
                break


def _is_home(reading: Reading, start: int, *, numbered: bool) -> bool:
    around = reading.before(start, _NEAR)
    return bool(_HOME.search(around)) or (numbered and not _OFFICE.search(around))


def _found(text: str, match: re.Match[str]) -> Finding:
    end = match.end()
    while text[end - 1] in " ,;-\n":
        end -= 1
    return Finding(match.start(), end, Kind.ADDRESS, "Cela ressemble à une adresse postale.")

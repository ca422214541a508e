"""Numbers that stand for somebody: social security, bank, taxes, files, plates, births."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban
from stdnum.exceptions import ValidationError
from stdnum.fr import nir

from .kinds import Finding, Kind
from .wording import after, before, either

_SEP = r"[ .\-/]{0,2}"
_NIR = re.compile(
    rf"(?<![\w])[1-478]{_SEP}\d{{2}}{_SEP}(?:0[1-9]|1[0-2]|[2-9]\d){_SEP}(?:\d{{2}}|2[ABab]){_SEP}"
    rf"\d{{3}}{_SEP}\d{{3}}(?:[ ]?/?{_SEP}\d{{2}})?(?![\w])"
)
_NIR_TOLD = before(
    either("sécu, sécurité sociale, nir, n.i.r., n° ss, ss, numéro insee, n° insee"), 25
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ .-]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])")
_FRENCH_IBAN = re.compile(
    r"(?<![A-Za-z0-9])FR[ .-]?\d{2}(?:[ .-]?\d){10}(?:[ .-]?[A-Z0-9]){11}(?:[ .-]?\d){2}"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_RIB = re.compile(
    r"(?<!\w)\d{5}[ .|-]{0,3}\d{5}[ .|-]{0,3}[A-Z0-9]{11}[ .|-]{0,3}\d{2}(?!\w)", re.IGNORECASE
)
_RIB_TOLD = before(either("rib, bancaire, banque, compte"), 60)

_NUMBER = either(
    "n°, n º, n o, nos, n°s, numéro(s), num, num., réf, réf., référence(s), identifiant(s), "
    "matricule(s), code(s)"
)
_VALUE = (
    r"(?P<value>(?i:(?![A-Z]{4})(?=[A-Z0-9./ _-]*\d)[A-Z0-9]"
    r"(?:[A-Z0-9]|[./_-](?=[A-Z0-9])|[ ](?=\d)){3,24}[A-Z0-9]))(?![\w])"
)
_IS = (
    r"\s{0,2}(?i:est|[ée]tait)?\s{0,2}(?i:le|la)?[\s:=,(]{0,3}(?i:n\s?[°ºo]\.?|num[ée]ro)?"
    r"[\s:=,(]{0,3}"
)
_OF = r"\s{0,2}(?i:de\s|d[’']|du\s|:\s?)?(?i:(?:ma|mon|mes|la|le)\s)?"
_TAXED = either(
    "fiscal(e)(s), fisacl, fisscal, fical, spi, télédéclarant, déclarant, déclarant en ligne, "
    "déclarant fiscal, "
    "accès en ligne, contribuable"
)
_TAX = after(rf"(?:{_NUMBER}{_OF}{_TAXED}|(?i:spi|sip)|(?i:fiscal)(?=\s?[:(,])){_IS}{_VALUE}")
_HELD = either(
    "dossier(s), allocataire(s), adhérent(e)(s), assuré(e)(s), demande(s), demandeur(s), "
    "demandeuse, usager(s), bénéficiaire(s), client(e)(s), contrat(s), inscription(s), pension(s), "
    "retraite(s), retraité(e)(s), étranger(s), agdref, ants, caf, msa, cpam, cnav, carsat, urssaf, "
    "pôle emploi, france travail, permis, neph, passeport, cni, carte, carte d’identité, titre, "
    "titre de séjour, récépissé(s), plainte(s), procès-verbal, pv, réclamation(s), suivi, "
    "affaire(s), sinistre(s), avis, contravention(s), amende(s), patient(e)(s), étudiant(e)(s), "
    "ine, identifiant(s), matricule(s), compte, facture, téléservice, naturalisation, visa, "
    "candidat(e)(s), agent, salarié(e)(s), cotisant(e)(s)"
)
_FILE = after(
    rf"(?:{_NUMBER}{_OF}{_HELD}(?![\wÀ-ÿ])"
    rf"|{_HELD}\s{{0,2}}(?:[A-Za-zé’']{{2,14}}\s){{0,2}}{_NUMBER}"
    rf"|{either('allocataire, adhérent(e), matricule, neph, agdref, identifiant')}\s?:"
    rf"|{either('nos, vos, mes, ma, notre, votre')}\s{_NUMBER}){_IS}{_VALUE}"
)
_BARE = after(rf"(?i:dossiers?)\s?:?\s{_VALUE}")
_LONG = (
    r"(?P<value>(?<![\w.,/-])(?!0\d{9}(?!\d))(?:[A-Z]{1,3}-?)?\d{6,13}[A-Z]{0,2})"
    r"(?![\w]|[.,/-]\d|[ ]?(?:€|euros?|%|km|kg))"
)
_FILE_NEAR = after(rf"{_HELD}(?![\wÀ-ÿ])[^.!?\n\d]{{0,30}}?{_LONG}")
_FILE_AFTER = re.compile(rf"{_LONG}[^.!?\n\d]{{0,25}}?(?<![\wÀ-ÿ]){_NUMBER}{_OF}{_HELD}(?![\wÀ-ÿ])")
_THIRTEEN = re.compile(r"(?<![\w.,/-])(?!00)[0-3](?:[ ]?\d){12}(?![\w]|[.,/-]\d|[ ]\d)")
_TAX_NEAR = re.compile(r"(?i:fisc|fisa|imp[ôo]ts?\b|contribuable|d[ée]clarant|\bspi\b|taxe d)")
_NEVER = re.compile(r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}[ ]?[hH]\d{0,2}")

_PLATE = re.compile(
    r"(?<![\w-])[A-HJ-NP-TV-Z]{2}(?P<gap>[ -]?)\d{3}(?P=gap)[A-HJ-NP-TV-Z]{2}(?![\w-])"
)
_VEHICLE = either(
    "immatriculé(e)(s), immatriculation, plaque(s), véhicule(s), voiture(s), camion, camionnette, "
    "moto, scooter, remorque, caravane, fourgon, utilitaire, quad, clio, twingo, mégane, scénic, "
    "kangoo, peugeot, renault, citroën, dacia, sandero, duster, golf, polo, fiat, toyota, yaris, "
    "carte(s) grise(s)"
)
_PLATE_TOLD = after(
    rf"{_VEHICLE}(?![\wÀ-ÿ])[^\n.!?]{{0,25}}?(?<![\w-])(?P<value>(?i:"
    r"[A-HJ-NP-TV-Z]{2}[ -]?\d{3}[ -]?[A-HJ-NP-TV-Z]{2}"
    r"|\d{1,4}[ -]?[A-Z]{2,3}[ -]?(?:\d{2,3}|2[AB])))(?![\w-])"
)

_MONTH = either(
    "janvier, janv, janv., février, févr, févr., mars, avril, avr, avr., mai, juin, juillet, juil, "
    "juil., août, septembre, sept, sept., octobre, oct, oct., novembre, nov, nov., décembre, déc, "
    "déc."
)
_DATE = (
    r"(?P<value>\d{1,2}\s?[./\- ]\s?\d{1,2}\s?[./\- ]\s?(?:\d{4}|\d{2})(?!\d)"
    rf"|\d{{1,2}}(?:er)?\s{_MONTH}\s(?:\d{{4}}|\d{{2}})(?!\d))"
)
_BORN = r"(?i:n[ée]+(?:\(?e\)?)?s?)"
_DAY = either("lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche")
_BIRTH = after(
    rf"(?:{_BORN}\s{{1,2}}(?i:le\s|un\s|:\s?)?(?:{_DAY}\s)?"
    rf"|{_BORN}\s(?i:à|a|en|au|aux)\s[\wÀ-ÿ’' -]{{2,40}}?\s(?i:le)\s"
    rf"|{either('date de naissance, dates de naissance, jour de naissance')}[^\d\n]{{0,25}}"
    rf"|(?i:naissance)\s?:\s?(?:le\s)?|(?i:ddn)\s?:?\s?){_DATE}"
)
_SO_CALLED = re.compile(rf"(?<![\w/.-]){_DATE}[^.\d\n]{{0,12}}(?i:date|jour)[ ]de[ ]naiss")


def social_security(text: str) -> Iterator[Finding]:
    """Yield numbers of social security, 13 or 15 characters, Corsica included.

    A false key is told but does not save the number: people mistype. Thirteen digits that nothing
    announces are taken only when they can be such a number.
    """
    for match in _NIR.finditer(text):
        told = _NIR_TOLD.search(text, max(0, match.start() - 60), match.start()) is not None
        compact = re.sub(r"\W", "", match.group()).upper()
        right = len(compact) == 15 and _valid_nir(compact)
        if not told and not right and compact[0] not in "12":
            continue
        if not told and len(compact) == 15 and not right:
            reason = "Cela ressemble à un numéro de sécurité sociale, dont la clé serait fausse."
        else:
            reason = "Cela ressemble à un numéro de sécurité sociale."
        yield Finding(match.start(), match.end(), Kind.NIR, reason)


def _valid_nir(compact: str) -> bool:
    try:
        nir.validate(compact)
    except ValidationError:
        return False
    return True


def accounts(text: str) -> Iterator[Finding]:
    """Yield bank accounts: any French IBAN, foreign ones whose key is right, RIBs that are told."""
    reason = "Cela ressemble à un numéro de compte bancaire."
    for match in _FRENCH_IBAN.finditer(text):
        yield Finding(match.start(), match.end(), Kind.IBAN, reason)
    for match in _IBAN.finditer(text):
        end = _iban_end(text, match)
        if end:
            yield Finding(match.start(), end, Kind.IBAN, reason)
    for match in _RIB.finditer(text):
        if _RIB_TOLD.search(text, max(0, match.start() - 99), match.start()):
            yield Finding(match.start(), match.end(), Kind.IBAN, reason)


def _iban_end(text: str, match: re.Match[str]) -> int:
    """Return where the account ends: words that follow may look like more of it."""
    for end in range(match.end(), match.start() + 14, -1):
        piece = match.string[match.start() : end]
        if piece[-1].isalnum() and iban.is_valid(re.sub(r"[ .-]", "", piece), check_country=False):
            return end
    return 0


def taxes(text: str) -> Iterator[Finding]:
    """Yield tax numbers that are told as such."""
    yield from _told(_TAX, text, Kind.TAX, "Cela ressemble à votre numéro fiscal.")


def files(text: str) -> Iterator[Finding]:
    """Yield the numbers of files, of claimants, of members, that are told as such."""
    reason = "Cela ressemble à un numéro de dossier ou d’usager."
    yield from _told(_FILE, text, Kind.FILE, reason)
    yield from _told(_BARE, text, Kind.FILE, reason, digits=5)


def loose_files(text: str) -> Iterator[Finding]:
    """Yield long numbers that stand near the word of a file, before it or after; asked last.

    « mon dossier est bloqué (78-1234567) », « 1234567 est mon numéro d’allocataire ».
    """
    reason = "Cela ressemble à un numéro de dossier ou d’usager."
    for pattern in (_FILE_NEAR, _FILE_AFTER):
        yield from _told(pattern, text, Kind.FILE, reason, digits=6)


def loose_taxes(text: str) -> Iterator[Finding]:
    """Yield numbers of thirteen digits near the word of taxes, or that can be nothing else."""
    for match in _THIRTEEN.finditer(text):
        around = text[max(0, match.start() - 60) : match.end() + 40]
        if match.group()[0] in "03" or _TAX_NEAR.search(around):
            yield Finding(*match.span(), Kind.TAX, "Cela ressemble à votre numéro fiscal.")


def _told(
    pattern: re.Pattern[str], text: str, kind: Kind, reason: str, digits: int = 4
) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        start, end = match.span("value")
        value = match.group("value")
        if sum(char.isdigit() for char in value) >= digits and not _NEVER.fullmatch(value):
            yield Finding(start, end, kind, reason)


def plates(text: str) -> Iterator[Finding]:
    """Yield number plates: new ones in capitals anywhere, others where a vehicle is told."""
    reason = "Cela ressemble à une plaque d’immatriculation."
    for match in _PLATE.finditer(text):
        yield Finding(match.start(), match.end(), Kind.PLATE, reason)
    for match in _PLATE_TOLD.finditer(text):
        yield Finding(*match.span("value"), Kind.PLATE, reason)


def births(text: str) -> Iterator[Finding]:
    """Yield dates that are told as somebody's birth."""
    for pattern in (_BIRTH, _SO_CALLED):
        for match in pattern.finditer(text):
            where = match.span("value")
            yield Finding(*where, Kind.BIRTH, "Cela ressemble à une date de naissance.")

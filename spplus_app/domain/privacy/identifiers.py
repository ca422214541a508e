"""Bank accounts, number plates and dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban

from .kinds import Finding, Kind
from .reading import Reading
from .wording import before, either

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ .-]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])")
_COUNTRY = re.compile(r"[A-Za-z]{2}[ .-]?\d{2}")
_FRENCH_IBAN = re.compile(
    r"(?<![A-Za-z0-9])FR[ .-]?\d{2}(?:[ .-]?\d){10}(?:[ .-]?[A-Z0-9]){11}(?:[ .-]?\d){2}"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_RIB = re.compile(
    r"(?<!\w)\d{5}[ .|-]{0,3}\d{5}[ .|-]{0,3}[A-Z0-9]{11}[ .|-]{0,3}\d{2}(?!\w)", re.IGNORECASE
)
_RIB_TOLD = before(either("rib, bancaire, banque, compte"), 60)

_PLATE = re.compile(
    r"[A-HJ-NP-TV-Z]{2}(?P<gap>[ -]?)\d{3}(?P=gap)[A-HJ-NP-TV-Z]{2}(?![\w-])"
    r"|[a-hj-np-tv-z]{2}-\d{3}-[a-hj-np-tv-z]{2}(?![\w-])"
)
_SOME_PLATE = re.compile(
    r"(?<![\w-])(?:[A-HJ-NP-TV-Z]{2}[ -]?\d{3}[ -]?[A-HJ-NP-TV-Z]{2}"
    r"|\d{1,4}[ -]?[A-Z]{2,3}[ -]?(?:\d{2,3}|2[AB]))(?![\w-])",
    re.IGNORECASE,
)
_OLD = re.compile(r"\d{2,4}([ -]?)[A-HJ-NP-TV-Z]{2,3}\1(?:\d{2}|97\d|2[AB])(?![\w-])")
_VEHICLE = re.compile(
    r"\b"
    + either(
        "immatriculé(e)(s), immatriculation, plaque(s), véhicule(s), voiture(s), camion(s), "
        "camionnette, moto, motocyclette, scooter, cyclomoteur, remorque, caravane, fourgon, "
        "fourgonnette, utilitaire, quad, clio, twingo, mégane, scénic, berlingo, partner, "
        "kangoo, peugeot, renault, citroën, dacia, sandero, duster, golf, polo, fiat, toyota, "
        "yaris, bmw, audi, mercedes, ford, fiesta, opel, corsa, seat, ibiza, skoda, volkswagen, "
        "nissan, hyundai, kia, suzuki, honda, yamaha, volvo, tesla, zoé, c3, c4, 206, 207, 208, "
        "308, auto, automobile, bagnole, berline, break, monospace, camping-car, tracteur, "
        "mobylette, "
        "carte(s) grise(s), certificat de cession, cession, fourrière, crit’air, contrôle "
        "technique, stationné(e), garé(e), stationnement, radar, flashé(e), siv, conducteur, "
        "conduisais, amende, contravention, pv, procès-verbal, vignette, parking, épave, vendu(e)"
    )
    + r"(?!\w)"
)

_MONTH = either(
    "janvier, janv, janv., février, févr, févr., mars, avril, avr, avr., mai, juin, juillet, juil, "
    "juil., août, septembre, sept, sept., octobre, oct, oct., novembre, nov, nov., décembre, déc, "
    "déc."
)
_DATE = re.compile(
    r"(?<![\w/.-])(?:\d{1,2}\s?[./\- ]\s?\d{1,2}\s?[./\- ]\s?(?:\d{4}|\d{2})(?!\d)"
    rf"|\d{{1,2}}(?:er)?\s?{_MONTH}\s?(?:\d{{4}}|\d{{2}})(?!\d))"
)
_DAY = either("lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche")
_NOUN = either(
    "date de naissance, dates de naissance, date naissance, jour de naissance, ddn, "
    "date de ma naissance, date de sa naissance, jour de ma naissance, jour de sa naissance, "
    "date et lieu de naissance, année de naissance, "
    "d.d.n., d.d.n, date naiss, date de naiss, vu le jour, venu au monde, "
    "venue au monde, natif, native"
)
_BORN = r"n[eé]+(?:\(?e\)?|[./·-]e)?\(?s?\)?"
_BORN_BEFORE = re.compile(
    rf"\b(?:{_BORN}(?!\w)[ :,(]{{0,3}}"
    r"(?:(?:a|au|aux|en|dans|l\x27|pres de)[ ]?[\w\x27 ()/-]{2,45}?[,)]?[ ])?"
    rf"(?:(?:le|un|du|ce)[ ]?:?[ ]|l\x27|:[ ]?)?(?:{_DAY}[ ])?"
    rf"|(?:{_NOUN}|date \w{{3,12}} de naissance)(?!\w)[^.!?;\n\d]{{0,40}}(?:\n[ ]?)?"
    r"|(?<!acte de )(?<!extrait de )(?<!conge de )(?<!prime de )(?<!declaration de )naissance"
    r"(?: de [\w\x27 ]{2,30}?|[ ]?:)?[ ]?(?:(?:le|du|au|est|etait)[ ]){0,2})$"
)
_BORN_AFTER = re.compile(
    r"[ )\],:(=\"-]{0,4}(?:[\w\x27][\w\x27 ]{0,24}[ ])?(?:date|jour|lieu)[ ](?:et lieu )?de[ ]"
    r"(?:ma |sa |votre |leur )?naiss"
    r"|[ )\],:(=-]{1,3}(?:est |c\x27est |etant )?(?:ma|sa|la|leur)[ ](?:vraie |bonne |veritable )?"
    r"(?:date de|naissance)"
)
_TWIN = re.compile(
    r"[ ,]{0,2}(?:et|ou|,|/)[ ](?:(?:non|pas|l\x27autre|la seconde|le second)[ ])?(?:le[ ]|du[ ])?$"
)


def accounts(reading: Reading) -> Iterator[Finding]:
    """Yield bank accounts: any French IBAN, foreign ones whose key is right, RIBs that are told."""
    if reading.digits < 12:
        return
    text = reading.text
    reason = "Cela ressemble à un numéro de compte bancaire."
    for country in _COUNTRY.finditer(text):
        start = country.start()
        if (match := _FRENCH_IBAN.match(text, start)) is not None:
            yield Finding(start, match.end(), Kind.IBAN, reason)
        elif (match := _IBAN.match(text, start)) is not None and (end := _iban_end(text, match)):
            yield Finding(start, end, Kind.IBAN, reason)
    for match in _RIB.finditer(text) if reading.digits >= 18 else ():
        if _RIB_TOLD.search(reading.before(match.start(), 99)):
            yield Finding(match.start(), match.end(), Kind.IBAN, reason)


def _iban_end(text: str, match: re.Match[str]) -> int:
    """Return where the account ends: words that follow may look like more of it."""
    for end in range(match.end(), match.start() + 14, -1):
        piece = match.string[match.start() : end]
        if piece[-1].isalnum() and iban.is_valid(re.sub(r"[ .-]", "", piece), check_country=False):
            return end
    return 0


def plates(reading: Reading) -> Iterator[Finding]:
    """Yield number plates: those in capitals anywhere, others where a vehicle is told."""
    if reading.digits < 3:
        return
    text = reading.text
    reason = "Cela ressemble à une plaque d’immatriculation."
    for match in _SOME_PLATE.finditer(text):
        if "000" in match.group():
            continue
        if _PLATE.fullmatch(match.group()) or _is_old(match.group()) or _of_vehicle(reading, match):
            yield Finding(match.start(), match.end(), Kind.PLATE, reason)


def _is_old(value: str) -> bool:
    return _OLD.fullmatch(value) is not None and len(re.sub(r"\D", "", value)) >= 5


def _of_vehicle(reading: Reading, match: re.Match[str]) -> bool:
    left = reading.before(match.start(), 50)
    left = left[max(map(left.rfind, ".!?\n")) + 1 :]
    right = re.split(r"[.!?\n]", reading.after(match.end(), 40), maxsplit=1)[0]
    return _VEHICLE.search(left) is not None or _VEHICLE.search(right) is not None


def births(reading: Reading) -> Iterator[Finding]:
    """Yield dates that are told as somebody's birth, or that follow such a one: « et le »."""
    if reading.digits < 3:
        return
    last = -1
    # Without what was corrected: dates are matched in the folded text, where months are.
    for match in _DATE.finditer(reading.low):
        left = reading.low[max(0, match.start() - 90) : match.start()]
        told = _BORN_BEFORE.search(left) is not None
        told = told or (last >= 0 and _TWIN.fullmatch(reading.low, last, match.start()) is not None)
        told = told or _BORN_AFTER.match(reading.low, match.end(), match.end() + 50) is not None
        if told:
            last = match.end()
            where = reading.at(match.start()), reading.at(match.end())
            yield Finding(*where, Kind.BIRTH, "Cela ressemble à une date de naissance.")

"""E-mail addresses and telephone numbers, in every French writing of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumberType

from ..text import fold
from .kinds import Finding, Kind
from .reading import Reading
from .wording import either, listed

_HOST = r"[A-Za-z0-9À-ÿ](?:[A-Za-z0-9À-ÿ-]{0,60})"
_AT = r"(?:\s?@\s?|\s?[\[(]\s?(?:at|arobase|chez)\s?[\])]\s?|\s(?:arobase|arobas|arrobase|at)\s)"
_DOT = r"(?:\s?\.\s?|\s?[\[(]\s?(?:dot|point)\s?[\])]\s?|\spoint\s)"
_ENDINGS = (
    "fr|com|net|org|eu|be|ch|lu|ca|de|it|es|uk|pt|me|info|io|pro|email|re|gp|mq|gf|yt|nc|pf|bzh|"
    "paris"
)
# A mark of an address first, then what stands around it: one that is absent costs one look.
_MARK = re.compile(rf"{_AT}", re.IGNORECASE)
_MARKS = listed("at, arobase, arobas, arrobase, chez")
_BEFORE = re.compile(r"[A-Za-z0-9À-ÿ][\wÀ-ÿ%+'’.-]{0,63}$")
_SPELLED = re.compile(
    r"(?:[A-Za-z0-9À-ÿ][\w-]{0,30}\s(?:point|tiret)\s){1,3}[A-Za-z0-9À-ÿ][\w-]{0,30}$"
)
_AFTER = re.compile(
    rf"{_HOST}(?:{_DOT}{_HOST}){{0,3}}{_DOT}(?:{_ENDINGS})(?![A-Za-zÀ-ÿ0-9])", re.IGNORECASE
)
_OFFICES = re.compile(
    either(
        "contact, accueil, mairie, info(s), secretariat, service(s), sav, support, aide, courrier, "
        "ne-pas-repondre, nepasrepondre, noreply, no-reply, webmaster, dpo, prefecture, standard, "
        "prenom.nom, nom.prenom, prenom-nom"
    )
)
_ADMINISTRATION = re.compile(
    r"(?:^|\.)(?:gouv|caf|cnaf|ameli|assurance-maladie|msa|urssaf|carsat|cnav|francetravail|pole-emploi|"
    r"service-public|france-services|interieur|laposte-service)\.fr$"
)
_NAMED = re.compile(r"[a-z][a-z-]+\.[a-z][a-z-]+")

_PHONE = re.compile(
    r"(?<![\w.,/-])(?:(?:\+|00)[ .-]?33[ .-]?(?:\(0\)[ .-]?)?[1-79](?:[ .\-/]{0,2}\d){8}"
    r"|0[1-79](?:[ .\-/]{0,2}\d){8}"
    r"|(?:\+|00)[1-9](?:[ .()\-/]{0,2}\d){7,13})(?![\w]|[.,/-]\d)"
)
_SERVICES = frozenset(
    (
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
    )
)


def emails(reading: Reading) -> Iterator[Finding]:
    """Yield e-mail addresses, « arobase », « point » and spaces included.

    An office's own address (« contact@… », « mairie@… ») is not personal.
    """
    text = reading.text
    if "@" not in text and _MARKS.isdisjoint(reading.vocabulary):
        return
    for mark in _MARK.finditer(text):
        local = _SPELLED.search(text, max(0, mark.start() - 99), mark.start()) or _BEFORE.search(
            text, max(0, mark.start() - 64), mark.start()
        )
        host = _AFTER.match(text, mark.end())
        if local is None or host is None or _is_office(local.group(), host.group()):
            continue
        yield Finding(local.start(), host.end(), Kind.EMAIL, "Cela ressemble à une adresse e-mail.")


def _is_office(local: str, host: str) -> bool:
    """Whether a service reads it; in an administration, only « prenom.nom » is somebody."""
    folded = fold(local)
    if _ADMINISTRATION.search(fold(host)) and not _NAMED.fullmatch(folded):
        return True
    return _OFFICES.fullmatch(folded) is not None


def phones(reading: Reading) -> Iterator[Finding]:
    """Yield telephone numbers of persons; not short ones, nor services’ (0 800 to 0 899)."""
    if reading.digits < 9:
        return
    for match in _PHONE.finditer(reading.text):
        if _is_personal(match.group()):
            yield Finding(
                match.start(), match.end(), Kind.PHONE, "Cela ressemble à un numéro de téléphone."
            )


def _is_personal(written: str) -> bool:
    digits = re.sub(r"[^\d+]", "", written.replace("(0)", ""))
    french = digits if digits[0] == "0" and digits[:2] != "00" else ""
    if french:
        return len(french) == 10
    try:
        number = phonenumbers.parse("+" + digits.removeprefix("+").removeprefix("00"), None)
    except phonenumbers.NumberParseException:
        return False
    return (
        phonenumbers.is_possible_number(number)
        and phonenumbers.number_type(number) not in _SERVICES
        and (number.country_code == 33 or phonenumbers.is_valid_number(number))
    )

"""What personal data is made of: its kinds, the word that stands in its place, whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a piece of a text tells of somebody."""

    EMAIL = "email"
    PHONE = "phone"
    NIR = "nir"
    IBAN = "iban"
    TAX = "tax"
    FILE = "file"
    PLATE = "plate"
    BIRTH = "birth"
    ADDRESS = "address"
    PERSON = "person"


WORDS: dict[Kind, str] = {
    Kind.EMAIL: "[adresse e-mail]",
    Kind.PHONE: "[téléphone]",
    Kind.NIR: "[numéro de sécurité sociale]",
    Kind.IBAN: "[compte bancaire]",
    Kind.TAX: "[numéro fiscal]",
    Kind.FILE: "[numéro de dossier]",
    Kind.PLATE: "[plaque]",
    Kind.BIRTH: "[date de naissance]",
    Kind.ADDRESS: "[adresse]",
    Kind.PERSON: "[nom]",
}
"""The plain word that takes the place of each kind; none is ever found again."""


class Role(StrEnum):
    """Who a person named in a text is, as far as the words around tell."""

    AUTHOR = "author"
    THIRD = "third"
    AGENT = "agent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of a text that tells who somebody is: ``text[start:end]``.

    ``reason`` is a French sentence for the author; ``role`` is told of persons only.
    """

    start: int
    end: int
    kind: Kind
    reason: str
    role: Role = Role.UNKNOWN

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
    CHOSEN = "chosen"


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
    Kind.CHOSEN: "[masqué]",
}
"""The plain word that takes the place of each kind; none is ever found again."""
AGENT_WORD = "[agent]"
"""What takes the place of the name of somebody met at work, where no word beside tells it."""


class Role(StrEnum):
    """Who a person named in a text is, as far as the words around tell."""

    AUTHOR = "author"
    THIRD = "third"
    AGENT = "agent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of a text that tells who somebody is: ``text[start:end]``.

    ``reason`` is a French sentence for the author; ``role`` is told of persons only. ``instead``
    is what takes its place when it is not the word of its kind: `AGENT_WORD`, or a first name.
    """

    start: int
    end: int
    kind: Kind
    reason: str
    role: Role = Role.UNKNOWN
    instead: str = ""

    @property
    def word(self) -> str:
        """What takes its place in a text that everyone reads."""
        return self.instead or WORDS[self.kind]

    @property
    def shows(self) -> bool:
        """Whether something of it stays to be read: the first name of an agent."""
        return self.instead not in {"", AGENT_WORD}
